internal import CallCore

/// One line of a description, kept as the bytes in which it came.
///
/// - Source: RFC 8866 §5.
public struct SDPLine: Hashable, Sendable {
    /// Where the line is, without its end, in bytes that it shares with the other lines.
    let text: WireText

    init(_ text: WireText) { self.text = text }

    /// Makes a line. Line ends and zeros in `value` become blanks, so that no value can smuggle in a line.
    ///
    /// - Parameter type: an ASCII letter.
    public init(_ type: Character, _ value: String) {
        var bytes: [UInt8] = [type.asciiValue ?? UInt8(ascii: "?"), UInt8(ascii: "=")]
        bytes.reserveCapacity(2 + value.utf8.count)
        for byte in value.utf8 { bytes.append(byte.written) }
        self.init(WireText(bytes, in: 0..<bytes.count))
    }

    /// Makes an attribute: `a=name:value`, or `a=name` where there is no value.
    ///
    /// - Source: RFC 8866 §5.13.
    public static func attribute(_ name: String, _ value: String? = nil) -> SDPLine {
        SDPLine("a", value.map { "\(name):\($0)" } ?? name)
    }

    /// The letter before the `=`.
    public var type: Character { Character(Unicode.Scalar(self.text.buffer[self.text.range.lowerBound])) }

    /// What follows the `=`, without the line end; bytes that are no UTF-8 are replaced.
    public var value: String { self.text.extracting(self.valueRange).string }

    private var valueRange: Range<Int> { self.text.range.lowerBound + 2..<self.text.range.upperBound }

    /// The name and the value of an attribute; nil where this is another kind of line.
    public var attribute: SDPAttribute? {
        guard self.type == "a" else { return nil }
        let (span, range) = (self.text.buffer.span, self.valueRange)
        let colon = span.end(of: range, before: UInt8(ascii: ":"))
        return SDPAttribute(
            span.string(range.lowerBound..<colon),
            colon < range.upperBound ? span.string(colon + 1..<range.upperBound) : nil)
    }
}

extension SDPLine: CustomStringConvertible {
    /// The line without its end, and without the keys that it may carry.
    public var description: String {
        switch self.type {
        case "k": return "k=…"
        // Also in an attribute that carries another one, such as a=acap of RFC 5939.
        case "a": return "a=\(SDPKey.withheld(from: self.value))"
        default: return "\(self.type)=\(self.value)"
        }
    }
}

/// What an `a=` line says.
///
/// - Source: RFC 8866 §5.13.
public struct SDPAttribute: Hashable, Sendable {
    /// What is described, for example `rtpmap`; names are case-sensitive.
    public var name: String
    /// What is said of it; nil for a mere flag such as `sendonly`.
    public var value: String?

    /// Names a property.
    public init(_ name: String, _ value: String? = nil) { (self.name, self.value) = (name, value) }
}
