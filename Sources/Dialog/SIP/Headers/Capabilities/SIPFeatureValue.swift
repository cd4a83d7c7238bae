/// One value of a feature parameter: what a contact can do, or what a caller wants one to.
///
/// - Source: RFC 3840 §9 `feature-param`.
public enum SIPFeatureValue: Hashable, Sendable {
    /// Yes or no; a parameter without a value says yes.
    case boolean(Bool)
    /// A word, for example a method or a media type.
    case token(String)
    /// A number, or a range that is open at infinity.
    case number(ClosedRange<Double>)
    /// Text in angle brackets.
    case text(String)
    /// Anything but this.
    indirect case not(SIPFeatureValue)
}

extension SIPParameters {
    /// The values of a feature parameter, for example of `methods="INVITE,BYE"`.
    ///
    /// - Returns: nil where it is absent or malformed.
    /// - Source: RFC 3840 §9.
    public func feature(_ name: String) -> [SIPFeatureValue]? {
        guard let value = self[name] else { return nil }
        guard !value.isEmpty else { return [.boolean(true)] }
        let bytes = Array(value.utf8)
        if bytes.first == UInt8(ascii: "<") {
            guard bytes.count >= 2, bytes.last == UInt8(ascii: ">") else { return nil }
            return [.text(String(decoding: bytes[1..<(bytes.count - 1)], as: UTF8.self))]
        }
        var values: [SIPFeatureValue] = []
        for part in value.split(separator: ",", omittingEmptySubsequences: false) {
            let word = Array(part.utf8)
            guard let value = SIPFeatureValue(parsing: word.span) else { return nil }
            values.append(value)
        }
        return values
    }

    /// Sets a feature parameter; nil removes it.
    public mutating func setFeature(_ name: String, to values: [SIPFeatureValue]?) {
        guard let values, !values.isEmpty, values != [.boolean(true)] else {
            self[name] = values == nil ? nil : ""
            return
        }
        self.setQuoted(name, to: values.map(\.description).joined(separator: ","))
    }
}

extension SIPFeatureValue: CustomStringConvertible {
    /// Reads one value of a list.
    init?(parsing bytes: Span<UInt8>) {
        var scanner = SIPValueScanner(bytes)
        if scanner.skip("!", bytes) {
            let rest = scanner.rest
            guard bytes.extracting(rest).count > 0, bytes[rest.lowerBound] != UInt8(ascii: "!"),
                let value = SIPFeatureValue(parsing: bytes.extracting(rest))
            else { return nil }
            self = .not(value)
            return
        }
        if scanner.skip("#", bytes) {
            guard let range = Self.numbers(bytes.string(scanner.rest)) else { return nil }
            self = .number(range)
            return
        }
        guard let word = scanner.token(bytes), scanner.isAtEnd else { return nil }
        let text = bytes.string(word)
        switch text.lowercased() {
        case "true": self = .boolean(true)
        case "false": self = .boolean(false)
        default: self = .token(text)
        }
    }

    /// Reads `=1`, `>=1`, `<=1` or `1:2`.
    private static func numbers(_ text: String) -> ClosedRange<Double>? {
        if text.hasPrefix(">=") { return Self.number(text.dropFirst(2)).map { $0...Double.infinity } }
        if text.hasPrefix("<=") { return Self.number(text.dropFirst(2)).map { -Double.infinity...$0 } }
        if text.hasPrefix("=") { return Self.number(text.dropFirst()).map { $0...$0 } }
        let bounds = text.split(separator: ":", omittingEmptySubsequences: false)
        guard bounds.count == 2, let low = Self.number(bounds[0]), let high = Self.number(bounds[1]), low <= high else {
            return nil
        }
        return low...high
    }

    private static func number(_ text: Substring) -> Double? {
        let isPlain = text.utf8.allSatisfy { (0x30...0x39).contains($0) || "+-.".utf8.contains($0) }
        guard isPlain, text.utf8.count <= 20, let number = Double(text), number.isFinite else { return nil }
        return number
    }

    private static func text(_ number: Double) -> String {
        let text = String(number)
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    /// The value as in a list.
    public var description: String {
        switch self {
        case .boolean(let value): value ? "TRUE" : "FALSE"
        case .token(let word): word
        case .text(let text): "<\(text)>"
        case .not(let value): "!\(value)"
        case .number(let range):
            if range.lowerBound == range.upperBound {
                "#=\(Self.text(range.lowerBound))"
            } else if range.upperBound == .infinity {
                "#>=\(Self.text(range.lowerBound))"
            } else if range.lowerBound == -.infinity {
                "#<=\(Self.text(range.upperBound))"
            } else {
                "#\(Self.text(range.lowerBound)):\(Self.text(range.upperBound))"
            }
        }
    }
}
