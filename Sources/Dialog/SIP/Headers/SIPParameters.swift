/// The `;name=value` parameters of a URI or a header value, in order.
///
/// Names are compared in any case. Values are kept as they stand on the wire, so what is carried on stays exact;
/// reading takes quotes off, and writing adds them where a value needs them.
///
/// - Source: RFC 3261 §19.1.1, §25.1 `generic-param`.
public struct SIPParameters: Hashable, Sendable, ExpressibleByDictionaryLiteral {
    /// One parameter.
    public struct Element: Hashable, Sendable {
        /// The name as written.
        public var name: String
        /// The value as written, with its quotes; nil where there is none.
        public var rawValue: String?

        /// Describes a parameter.
        public init(name: String, rawValue: String?) { (self.name, self.rawValue) = (name, rawValue) }
    }

    /// The parameters in order.
    public var elements: [Element]

    /// No parameters.
    public init() { self.elements = [] }

    /// Parameters in the order written; an empty value makes one without a value.
    public init(dictionaryLiteral elements: (String, String)...) {
        self.elements = []
        for (name, value) in elements { self[name] = value }
    }

    /// Whether there is none.
    public var isEmpty: Bool { self.elements.isEmpty }

    /// The value of a parameter: nil where it is absent, "" where it has no value. Setting nil removes it.
    public subscript(name: String) -> String? {
        get {
            guard let element = self.elements.first(where: { $0.name.equalsIgnoringCase(name) }) else { return nil }
            guard let value = element.rawValue else { return "" }
            guard value.utf8.first == UInt8(ascii: "\"") else { return value }
            let bytes = Array(value.utf8)
            return bytes.span.unquoted(0..<bytes.count)
        }
        set {
            let index = self.elements.firstIndex { $0.name.equalsIgnoringCase(name) }
            guard let newValue else {
                self.elements.removeAll { $0.name.equalsIgnoringCase(name) }
                return
            }
            let raw = newValue.isEmpty ? nil : Self.written(newValue)
            if let index {
                self.elements[index].rawValue = raw
            } else {
                self.elements.append(Element(name: name, rawValue: raw))
            }
        }
    }

    private static func written(_ value: String) -> String {
        let isPlain = value.utf8.allSatisfy { byte in
            byte > 0x20 && byte != 0x7F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: ";")
                && byte != UInt8(ascii: ",") && byte != UInt8(ascii: "<") && byte != UInt8(ascii: ">")
                && byte != UInt8(ascii: "?") && byte != UInt8(ascii: "\\")
        }
        if isPlain { return value }
        var quoted: [UInt8] = []
        quoted.append(quoted: value)
        return String(decoding: quoted, as: UTF8.self)
    }
}

extension SIPParameters {
    /// Reads `;name=value` up to the end of the range.
    ///
    /// - Returns: nil where something stands between the parameters, or a quote stays open.
    init?(parsing bytes: Span<UInt8>, in range: Range<Int>, separator: UInt8 = UInt8(ascii: ";")) {
        self.elements = []
        var index = range.lowerBound
        while index < range.upperBound {
            var end = index
            var equals: Int?
            while end < range.upperBound, bytes[end] != separator {
                if bytes[end] == UInt8(ascii: "\"") {
                    guard let next = bytes.endOfQuotedString(from: end, end: range.upperBound) else { return nil }
                    end = next
                } else {
                    if bytes[end] == UInt8(ascii: "="), equals == nil { equals = end }
                    end += 1
                }
            }
            end = Swift.min(end, range.upperBound)
            let name = bytes.trimmed(index..<(equals ?? end))
            if !name.isEmpty {
                let value = equals.map { bytes.string(bytes.trimmed(($0 + 1)..<end)) }
                self.elements.append(Element(name: bytes.string(name), rawValue: value))
            } else if equals != nil {
                return nil
            }
            index = end + 1
        }
    }

    /// Writes the parameters, each with its leading separator.
    func write(to output: inout [UInt8]) {
        for element in self.elements {
            output.append(UInt8(ascii: ";"))
            output.append(text: element.name)
            if let value = element.rawValue {
                output.append(UInt8(ascii: "="))
                output.append(text: value)
            }
        }
    }
}

extension String {
    /// Equal but for the case of ASCII letters.
    func equalsIgnoringCase(_ other: String) -> Bool {
        self.utf8.count == other.utf8.count && self.utf8.elementsEqual(other.utf8) { $0.lowercased == $1.lowercased }
    }
}
