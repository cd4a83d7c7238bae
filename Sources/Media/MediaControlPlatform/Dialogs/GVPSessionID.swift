public import CallCore

/// Names one session of the voice platform across its parts: `006B015F-1000427D`.
///
/// - Source: header `X-Genesys-GVP-Session-ID`.
public struct GVPSessionID: Hashable, Sendable, CustomStringConvertible {
    /// Two groups of eight upper-case hexadecimal digits.
    public let rawValue: String

    /// Reads an id; more text after a `;` is left out, as Resource Manager adds parameters there.
    ///
    /// - Returns: nil where `text` is not two groups of eight hexadecimal digits.
    public init?(_ text: some StringProtocol) {
        let id = String(text.prefix { $0 != ";" && $0 != " " }).uppercased()
        let groups = id.split(separator: "-", omittingEmptySubsequences: false)
        guard groups.count == 2, groups.allSatisfy({ $0.utf8.count == 8 && $0.utf8.allSatisfy(Self.isDigit) })
        else { return nil }
        self.rawValue = id
    }

    /// Makes an id, for a session that came without one.
    public init(tokens: inout TokenGenerator) {
        let digits = tokens.token().uppercased()
        self.rawValue = "\(digits.prefix(8))-\(digits.suffix(8))"
    }

    /// The id itself.
    public var description: String { self.rawValue }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "A")...UInt8(ascii: "F")).contains(byte)
    }
}
