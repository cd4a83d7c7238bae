/// A hint about what is wrong, from one who knows.
///
/// - Source: RFC 3261 §20.43.
public struct SIPWarning: Hashable, Sendable {
    /// What is wrong, 300…399.
    public var code: Int
    /// Who says so: a host, perhaps with a port, or another name.
    public var agent: String
    /// For people.
    public var text: String

    /// Describes a hint.
    public init(_ code: Int, agent: String, text: String) {
        (self.code, self.agent, self.text) = (code, agent, text)
    }
}

extension SIPWarning: SIPHeaderValue, CustomStringConvertible {
    /// Reads `code agent "text"`.
    public init?(parsing bytes: Span<UInt8>) {
        var scanner = SIPValueScanner(bytes)
        guard let digits = scanner.run(bytes, while: { (0x30...0x39).contains($0) }), digits.count == 3,
            let code = bytes.number(digits, limit: 999), code >= 100, scanner.next(bytes)?.isSpace == true
        else { return nil }
        scanner.skipSpace(bytes)
        guard let agent = scanner.run(bytes, while: { !$0.isSpace && $0 != UInt8(ascii: "\"") }),
            scanner.next(bytes)?.isSpace == true
        else { return nil }
        scanner.skipSpace(bytes)
        guard let text = scanner.quoted(bytes), scanner.isAtEnd else { return nil }
        (self.code, self.agent, self.text) = (code, bytes.string(agent), text)
    }

    /// Writes `code agent "text"`.
    public func write(to output: inout [UInt8]) {
        output.append(text: "\(self.code) \(self.agent) ")
        output.append(quoted: self.text)
    }

    /// The value as on the wire.
    public var description: String { self.written }
}
