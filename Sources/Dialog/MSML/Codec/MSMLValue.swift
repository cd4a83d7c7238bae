/// What an attribute can say.
public protocol MSMLValue: Sendable {
    /// Reads the text of an attribute; nil where it makes no sense.
    init?(msml text: String)
    /// The text of an attribute.
    var msml: String { get }
}

extension String: MSMLValue {
    /// Takes any text.
    public init(msml text: String) { self = text }
    /// The text itself.
    public var msml: String { self }
}

extension Bool: MSMLValue {
    /// Reads `true` or `false` in any case; `1`, `0`, `yes` and `no` too.
    ///
    /// - Source: RFC 5707 §16.1.2, `boolean.datatype`.
    public init?(msml text: String) {
        switch text.lowercased() {
        case "true", "1", "yes": self = true
        case "false", "0", "no": self = false
        default: return nil
        }
    }
    /// `true` or `false`.
    public var msml: String { self ? "true" : "false" }
}

extension Int: MSMLValue {
    /// Reads a whole number with or without a sign.
    public init?(msml text: String) { self.init(text) }
    /// The digits.
    public var msml: String { "\(self)" }
}

extension Duration: MSMLValue {
    /// Reads `10s`, `500ms`, `.5s`; a number without a unit counts as seconds.
    ///
    /// More than a billion seconds are no duration, nor is anything finer than a microsecond kept.
    ///
    /// - Source: RFC 5707 §16.1.2, `posDuration.datatype`; §8.4 has `ri="4"`.
    public init?(msml text: String) {
        var bytes = text.utf8[...]
        let isSeconds = bytes.last == UInt8(ascii: "s")
        if isSeconds { bytes.removeLast() }
        let isMilliseconds = isSeconds && bytes.last == UInt8(ascii: "m")
        if isMilliseconds { bytes.removeLast() }
        let isNegative = bytes.first == UInt8(ascii: "-")
        if isNegative || bytes.first == UInt8(ascii: "+") { bytes.removeFirst() }
        // In millionths of the unit; what is finer is left out.
        var (millionths, digits, decimals): (Int64, Int, Int?) = (0, 0, nil)
        for byte in bytes {
            if byte == UInt8(ascii: "."), decimals == nil {
                decimals = 0
                continue
            }
            guard (0x30...0x39).contains(byte) else { return nil }
            digits += 1
            if let places = decimals {
                guard places < 6 else { continue }
                decimals = places + 1
            }
            millionths = millionths * 10 + Int64(byte - 0x30)
            guard millionths <= 1_000_000_000_000_000 else { return nil }
        }
        guard digits > 0 else { return nil }
        for _ in (decimals ?? 0)..<6 {
            millionths *= 10
            guard millionths <= 1_000_000_000_000_000 else { return nil }
        }
        let microseconds = millionths / (isMilliseconds ? 1_000 : 1)
        self = .microseconds(isNegative ? -microseconds : microseconds)
    }

    /// Whole seconds with `s`, all others with `ms`, to the microsecond.
    public var msml: String {
        let (seconds, attoseconds) = self.components
        let (microseconds, isTooLarge) = seconds.multipliedReportingOverflow(by: 1_000_000)
        guard !isTooLarge, attoseconds != 0 else { return "\(seconds)s" }
        let total = microseconds + attoseconds / 1_000_000_000_000
        let fraction = (total.magnitude % 1_000) == 0 ? "" : ".\(total.magnitude % 1_000 + 1_000)".dropFirst(2)
        return "\(total < 0 ? "-" : "")\(total.magnitude / 1_000)\(fraction.isEmpty ? "" : "." + fraction)ms"
    }
}

/// How often something happens.
///
/// - Source: RFC 5707 §16.3.2, `iterate.datatype`.
public enum MSMLIterations: Hashable, Sendable, MSMLValue {
    /// So many times, at least once.
    case times(Int)
    /// Until it is told to end.
    case forever

    /// Reads a number or `forever`, for which the schema has -1 as well.
    public init?(msml text: String) {
        switch (text.lowercased(), Int(text)) {
        case ("forever", _), (_, -1): self = .forever
        case (_, let times?) where times > 0: self = .times(times)
        default: return nil
        }
    }

    /// The number, or `forever`.
    public var msml: String {
        switch self {
        case .times(let times): "\(times)"
        case .forever: "forever"
        }
    }
}

/// By how much the gain of a stream changes.
///
/// - Source: RFC 5707 §8.12.1.1.
public enum MSMLGain: Hashable, Sendable, MSMLValue {
    /// - Unit: dB, -96 to 96.
    case decibels(Int)
    /// Nothing is heard.
    case mute

    /// Reads a number, with or without `dB`, or `mute`.
    public init?(msml text: String) {
        let text = text.lowercased()
        let digits = text.hasSuffix("db") ? text.dropLast(2) : text[...]
        if text == "mute" {
            self = .mute
        } else if let decibels = Int(digits), (-96...96).contains(decibels) {
            self = .decibels(decibels)
        } else {
            return nil
        }
    }

    /// The number, or `mute`.
    public var msml: String {
        switch self {
        case .decibels(let decibels): "\(decibels)"
        case .mute: "mute"
        }
    }
}

/// Names with blanks between them, such as the variables that an event is to carry.
///
/// - Source: RFC 5707 §9.6.3.
public struct MSMLNames: Hashable, Sendable, MSMLValue, ExpressibleByArrayLiteral {
    /// The names in order.
    public var names: [String]

    /// Lists names.
    public init(_ names: [String]) { self.names = names }
    /// Lists names.
    public init(arrayLiteral names: String...) { self.names = names }
    /// Reads names; any blanks may stand between them, and commas.
    public init(msml text: String) {
        self.names = text.utf8.split { $0 <= 0x20 || $0 == UInt8(ascii: ",") }.compactMap { String($0) }
    }
    /// The names with one blank between each.
    public var msml: String { self.names.joined(separator: " ") }
}
