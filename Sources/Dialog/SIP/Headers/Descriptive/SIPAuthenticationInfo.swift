/// What a server says after it has let somebody in: its own proof, and the nonce to use next.
///
/// - Source: RFC 3261 §20.6; RFC 7616 §3.5.
public struct SIPAuthenticationInfo: Hashable, Sendable {
    /// `nextnonce`, `qop`, `rspauth`, `cnonce`, `nc` and others, in order.
    public var parameters: SIPParameters

    /// Nothing yet.
    public init() { self.parameters = SIPParameters() }

    /// The nonce to use next. - Source: RFC 7616 §3.5.
    public var nextNonce: String? {
        get { self.parameters["nextnonce"] }
        set { self.parameters.setQuoted("nextnonce", to: newValue) }
    }

    /// The server's proof that it knows the password too: `rspauth`. - Source: RFC 7616 §3.5.
    public var responseDigest: String? {
        get { self.parameters["rspauth"] }
        set { self.parameters.setQuoted("rspauth", to: newValue) }
    }
}

extension SIPAuthenticationInfo: SIPHeaderValue, CustomStringConvertible {
    /// Reads `name=value, name="value"`; there must be one.
    public init?(parsing bytes: Span<UInt8>) {
        let range = bytes.trimmed(0..<bytes.count)
        guard let parameters = SIPParameters(parsing: bytes, in: range, separator: UInt8(ascii: ",")),
            !parameters.isEmpty
        else { return nil }
        self.parameters = parameters
    }

    /// Writes `name=value, name="value"`.
    public func write(to output: inout [UInt8]) {
        var separator = ""
        for element in self.parameters.elements {
            output.append(text: separator + element.name)
            if let value = element.rawValue { output.append(text: "=" + value) }
            separator = ", "
        }
    }

    /// The value as on the wire.
    public var description: String { self.written }
}
