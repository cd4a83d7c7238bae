/// Where somebody can be reached: `sip:user@host:port;parameters?headers`, `tel:` or any other scheme.
///
/// User, password and headers are kept as they stand on the wire, with their escapes. A URI of another scheme than
/// `sip` and `sips` has an empty ``host``; what follows the scheme stands in ``user``.
///
/// - Source: RFC 3261 §19.1, RFC 3966.
public struct SIPURI: Hashable, Sendable {
    /// The scheme in lower case.
    public var scheme: String
    /// The user part, escaped as on the wire; for `tel` the number.
    public var user: String?
    /// The password, escaped as on the wire.
    public var password: String?
    /// A name or numeric address; IPv6 in brackets.
    public var host: String
    /// The port where one is named.
    public var port: UInt16?
    /// What stands behind semicolons, for example `lr` or `transport=udp`.
    public var parameters: SIPParameters
    /// The headers to be set in a request to this URI, as written.
    public var headers: SIPParameters

    /// Describes a SIP URI.
    public init(
        scheme: String = "sip", user: String? = nil, host: String, port: UInt16? = nil,
        parameters: SIPParameters = SIPParameters()
    ) {
        (self.scheme, self.user, self.password, self.host, self.port) = (scheme, user, nil, host, port)
        (self.parameters, self.headers) = (parameters, SIPParameters())
    }

    /// The URI of a user at an endpoint.
    public init(user: String? = nil, endpoint: Endpoint, parameters: SIPParameters = SIPParameters()) {
        let host = endpoint.family == .ipv6 ? "[\(endpoint.host)]" : endpoint.host
        self.init(user: user, host: host, port: endpoint.port, parameters: parameters)
    }

    /// Reads a URI.
    ///
    /// - Returns: nil where `text` is none.
    public init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        self.init(parsing: bytes.span)
    }

    /// Where requests to this URI are sent: a numeric host and the port, or 5060 (5061 for `sips`).
    ///
    /// - Returns: nil where the host is a name.
    public var endpoint: Endpoint? {
        Endpoint(host: self.host, port: self.port ?? (self.scheme == "sips" ? 5061 : 5060))
    }
}

extension SIPURI: SIPHeaderValue, CustomStringConvertible {
    /// Reads a URI that fills the span.
    public init?(parsing bytes: Span<UInt8>) {
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":"), in: 0..<bytes.count), colon > 0 else { return nil }
        for index in 0..<bytes.count {
            let byte = bytes[index]
            guard byte > 0x20, byte != 0x7F, byte != UInt8(ascii: "<"), byte != UInt8(ascii: ">") else { return nil }
            guard
                index >= colon || byte.isAlphanumeric || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
                    || byte == UInt8(ascii: ".")
            else { return nil }
        }
        let scheme = bytes.string(0..<colon).lowercased()
        self.init(scheme: scheme, host: "")
        let rest = (colon + 1)..<bytes.count
        guard !rest.isEmpty else { return nil }
        guard scheme == "sip" || scheme == "sips" else {
            let semicolon = scheme == "tel" ? bytes.firstIndex(of: UInt8(ascii: ";"), in: rest) : nil
            let end = semicolon ?? rest.upperBound
            self.user = bytes.string(rest.lowerBound..<end)
            guard let parameters = SIPParameters(parsing: bytes, in: end..<rest.upperBound) else { return nil }
            self.parameters = parameters
            return
        }
        var start = rest.lowerBound
        if let at = bytes.firstIndex(of: UInt8(ascii: "@"), in: rest) {
            let colon = bytes.firstIndex(of: UInt8(ascii: ":"), in: start..<at)
            guard (colon ?? at) > start else { return nil }
            self.user = bytes.string(start..<(colon ?? at))
            self.password = colon.map { bytes.string(($0 + 1)..<at) }
            start = at + 1
        }
        guard let authority = SIPHostPort(parsing: bytes, in: start..<rest.upperBound) else { return nil }
        (self.host, self.port) = (authority.host, authority.port)
        let question = bytes.firstIndex(of: UInt8(ascii: "?"), in: authority.end..<rest.upperBound)
        let parameterEnd = question ?? rest.upperBound
        guard authority.end == parameterEnd || bytes[authority.end] == UInt8(ascii: ";"),
            let parameters = SIPParameters(parsing: bytes, in: authority.end..<parameterEnd)
        else { return nil }
        self.parameters = parameters
        if let question {
            let range = (question + 1)..<rest.upperBound
            guard let headers = SIPParameters(parsing: bytes, in: range, separator: UInt8(ascii: "&")) else {
                return nil
            }
            self.headers = headers
        }
    }

    /// Writes the URI.
    public func write(to output: inout [UInt8]) {
        output.append(text: self.scheme)
        output.append(UInt8(ascii: ":"))
        if let user = self.user {
            output.append(text: user)
            if let password = self.password {
                output.append(UInt8(ascii: ":"))
                output.append(text: password)
            }
            if !self.host.isEmpty { output.append(UInt8(ascii: "@")) }
        }
        output.append(text: self.host)
        if let port = self.port { output.append(text: ":\(port)") }
        self.parameters.write(to: &output)
        var separator = UInt8(ascii: "?")
        for header in self.headers.elements {
            output.append(separator)
            output.append(text: header.name)
            if let value = header.rawValue { output.append(text: "=" + value) }
            separator = UInt8(ascii: "&")
        }
    }

    /// The URI as on the wire.
    public var description: String { self.written }
}

/// `host:port` as in URIs and Via.
struct SIPHostPort {
    var host: String
    var port: UInt16?
    /// The position after it.
    var end: Int

    /// Reads a host, and a port after a colon with or without blanks round it.
    init?(parsing bytes: Span<UInt8>, in range: Range<Int>) {
        var index = range.lowerBound
        guard index < range.upperBound else { return nil }
        if bytes[index] == UInt8(ascii: "[") {
            guard let close = bytes.firstIndex(of: UInt8(ascii: "]"), in: range) else { return nil }
            index = close + 1
        } else {
            while index < range.upperBound,
                bytes[index].isAlphanumeric || bytes[index] == UInt8(ascii: ".")
                    || bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "_")
            { index += 1 }
        }
        guard index > range.lowerBound else { return nil }
        self.host = bytes.string(range.lowerBound..<index)
        self.end = index
        while index < range.upperBound, bytes[index].isSpace { index += 1 }
        guard index < range.upperBound, bytes[index] == UInt8(ascii: ":") else { return }
        index += 1
        while index < range.upperBound, bytes[index].isSpace { index += 1 }
        let digits = index
        while index < range.upperBound, (0x30...0x39).contains(bytes[index]) { index += 1 }
        guard let number = bytes.number(digits..<index, limit: 65_535) else { return nil }
        self.port = UInt16(truncatingIfNeeded: number)
        self.end = index
    }
}
