/// The switch's own name of a call: 64 bits, written as 16 lower-case hexadecimal digits.
///
/// - Source: T-Library `AttributeConnID`.
public struct ConnID: RawRepresentable, Hashable, Sendable, Codable, CustomStringConvertible {
    /// The 64 bits.
    public var rawValue: UInt64

    /// Wraps 64 bits.
    public init(rawValue: UInt64) { self.rawValue = rawValue }

    /// Reads hexadecimal digits, at most 16, in either case.
    ///
    /// - Returns: nil where `text` is anything else.
    public init?(_ text: some StringProtocol) {
        guard (1...16).contains(text.utf8.count), text.utf8.first != UInt8(ascii: "+"),
            text.utf8.first != UInt8(ascii: "-"), let value = UInt64(text, radix: 16)
        else { return nil }
        self.rawValue = value
    }

    /// The 16 digits.
    public var description: String {
        let digits = String(self.rawValue, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
