/// The name of a call that is unique across switches and time: 32 characters of `0-9A-V`.
///
/// - Source: T-Library `AttributeCallUUID`.
public struct CallUUID: Hashable, Sendable, Codable, CustomStringConvertible {
    /// The 32 characters.
    public let rawValue: String

    /// Takes a CallUUID as it stands on a wire.
    ///
    /// - Returns: nil where `text` is not 32 characters of `0-9A-V`.
    public init?(_ text: some StringProtocol) {
        guard text.utf8.count == 32, text.utf8.allSatisfy(Self.isDigit) else { return nil }
        self.rawValue = String(text)
    }

    /// Makes a name from 160 random bits.
    public init(tokens: inout TokenGenerator) {
        var text = ""
        for _ in 0..<4 {
            var bits = tokens.next()
            for _ in 0..<8 {
                text.append(Self.digits[Int(bits & 31)])
                bits >>= 5
            }
        }
        self.rawValue = text
    }

    /// The 32 characters.
    public var description: String { self.rawValue }

    private static let digits = Array("0123456789ABCDEFGHIJKLMNOPQRSTUV")

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "A")...UInt8(ascii: "V")).contains(byte)
    }
}
