/// One hop that a request has taken, and that its responses take back.
///
/// - Source: RFC 3261 §20.42, RFC 3581.
public struct SIPVia: Hashable, Sendable {
    /// The transport's name, for example `UDP`.
    public var transport: String
    /// The host of `sent-by`; IPv6 in brackets.
    public var host: String
    /// The port of `sent-by`, where named.
    public var port: UInt16?
    /// `branch`, `received`, `rport` and others.
    public var parameters: SIPParameters

    /// Describes a hop.
    public init(transport: String = "UDP", host: String, port: UInt16?, branch: String? = nil) {
        (self.transport, self.host, self.port) = (transport, host, port)
        self.parameters = SIPParameters()
        self.parameters["branch"] = branch
    }

    /// The hop that we are, with `rport`, so that the answer comes back the way the request went.
    public init(_ endpoint: Endpoint, transport: String = "UDP", branch: String) {
        let host = endpoint.family == .ipv6 ? "[\(endpoint.host)]" : endpoint.host
        self.init(transport: transport, host: host, port: endpoint.port, branch: branch)
        self.parameters["rport"] = ""
    }

    /// The name of the transaction.
    public var branch: String? {
        get { self.parameters["branch"] }
        set { self.parameters["branch"] = newValue }
    }

    /// Whether the branch was made by the rules of RFC 3261.
    public var hasMagicCookie: Bool {
        guard let branch = self.branch, branch.utf8.count > 7 else { return false }
        return branch.lowercased().hasPrefix("z9hg4bk")
    }

    /// Notes where the request really came from.
    ///
    /// - Source: RFC 3261 §18.2.1, RFC 3581 §4.
    public mutating func noteSource(_ source: Endpoint) {
        let wantsPort = self.parameters["rport"] != nil
        if wantsPort { self.parameters["rport"] = String(source.port) }
        if wantsPort || Endpoint(host: self.host, port: source.port) != source {
            self.parameters["received"] = source.host
        }
    }

    /// Where a response goes: back to the port that the request came from where `rport` was asked for, otherwise
    /// to the address it came from and the port of `sent-by`.
    ///
    /// - Returns: nil where the host is a name and `received` is missing.
    /// - Source: RFC 3261 §18.2.2, RFC 3581 §4.
    public var responseEndpoint: Endpoint? {
        let port = self.parameters["rport"].flatMap { UInt16($0) } ?? self.port ?? 5060
        return Endpoint(host: self.parameters["received"] ?? self.parameters["maddr"] ?? self.host, port: port)
    }
}

extension SIPVia: SIPHeaderValue, CustomStringConvertible {
    /// Reads a hop that fills the span; blanks round the slashes and the colon are allowed.
    public init?(parsing bytes: Span<UInt8>) {
        let range = bytes.trimmed(0..<bytes.count)
        guard let firstSlash = bytes.firstIndex(of: UInt8(ascii: "/"), in: range),
            let secondSlash = bytes.firstIndex(of: UInt8(ascii: "/"), in: (firstSlash + 1)..<range.upperBound),
            bytes.equalsIgnoringCase(bytes.trimmed(range.lowerBound..<firstSlash), Array("sip".utf8)),
            bytes.equalsIgnoringCase(bytes.trimmed((firstSlash + 1)..<secondSlash), Array("2.0".utf8))
        else { return nil }
        var index = secondSlash + 1
        while index < range.upperBound, bytes[index].isSpace { index += 1 }
        let transportStart = index
        while index < range.upperBound, bytes[index].isToken { index += 1 }
        let transport = transportStart..<index
        while index < range.upperBound, bytes[index].isSpace { index += 1 }
        guard !transport.isEmpty, index > transport.upperBound,
            let authority = SIPHostPort(parsing: bytes, in: index..<range.upperBound)
        else { return nil }
        let rest = bytes.trimmed(authority.end..<range.upperBound)
        guard rest.isEmpty || bytes[rest.lowerBound] == UInt8(ascii: ";"),
            let parameters = SIPParameters(parsing: bytes, in: rest)
        else { return nil }
        (self.transport, self.host, self.port) = (bytes.string(transport), authority.host, authority.port)
        self.parameters = parameters
    }

    /// Writes the hop.
    public func write(to output: inout [UInt8]) {
        output.append(text: "SIP/2.0/\(self.transport) \(self.host)")
        if let port = self.port { output.append(text: ":\(port)") }
        self.parameters.write(to: &output)
    }

    /// The hop as on the wire.
    public var description: String { self.written }
}
