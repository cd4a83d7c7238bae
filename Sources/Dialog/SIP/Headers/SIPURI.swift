public import CallCore

/// Where somebody can be reached: `sip:user@host:port;parameters?headers`, `tel:` or any other scheme.
///
/// User, password and headers are kept as they stand on the wire, with their escapes. A URI of another scheme than
/// `sip` and `sips` has an empty ``host``; what follows the scheme stands in ``user``.
///
/// - Source: RFC 3261 §19.1, RFC 3966.
public struct SIPURI: Sendable {
    let buffer: [UInt8]
    private(set) var places: SIPURIPlaces

    init(_ buffer: [UInt8], _ places: SIPURIPlaces) { (self.buffer, self.places) = (buffer, places) }

    /// Describes a SIP URI.
    public init(
        scheme: String = "sip", user: String? = nil, host: String, port: UInt16? = nil,
        parameters: SIPParameters = SIPParameters()
    ) {
        self.init(
            Parts(
                scheme: scheme, user: user, password: nil, host: host, port: port, parameters: parameters,
                headers: SIPParameters()))
    }

    /// The URI of a user at an endpoint.
    public init(user: String? = nil, endpoint: Endpoint, parameters: SIPParameters = SIPParameters()) {
        let host = endpoint.family == .ipv6 ? "[\(endpoint.host)]" : endpoint.host
        self.init(user: user, host: host, port: endpoint.port, parameters: parameters)
    }

    /// Reads a URI.
    ///
    /// - Returns: nil where `text` is none.
    public init?(_ text: some StringProtocol) { self.init(parsing: WireText(text)) }

    /// Where requests to this URI are sent: a numeric host and the port, or 5060 (5061 for `sips`).
    ///
    /// - Returns: nil where the host is a name.
    public var endpoint: Endpoint? {
        Endpoint(host: self.host, port: self.port ?? (self.places.scheme == .sips ? 5061 : 5060))
    }
}

extension SIPURI {
    /// The scheme in lower case.
    public var scheme: String {
        get {
            switch self.places.scheme {
            case .sip: "sip"
            case .sips: "sips"
            case .tel: "tel"
            case .other: self.buffer.span.string(self.places.schemeName.range).lowercased()
            }
        }
        set { self.change { $0.scheme = newValue } }
    }

    /// The user part, escaped as on the wire; for `tel` the number.
    public var user: String? {
        get { self.text(self.places.user) }
        set { self.change { $0.user = newValue } }
    }

    /// The password, escaped as on the wire.
    public var password: String? {
        get { self.text(self.places.password) }
        set { self.change { $0.password = newValue } }
    }

    /// A name or numeric address; IPv6 in brackets.
    public var host: String {
        get { self.buffer.span.string(self.places.host.range) }
        set { self.change { $0.host = newValue } }
    }

    /// The port where one is named.
    public var port: UInt16? {
        get { self.places.port }
        set { self.change { $0.port = newValue } }
    }

    /// What stands behind semicolons, for example `lr` or `transport=udp`.
    public var parameters: SIPParameters {
        get {
            SIPParameters(self.buffer, self.places.parameters, isCanonical: self.places.areParametersCanonical)
        }
        set { self.change { $0.parameters = newValue } }
    }

    /// The headers to be set in a request to this URI, as written.
    public var headers: SIPParameters {
        get {
            SIPParameters(
                self.buffer, self.places.headers, separator: UInt8(ascii: "&"),
                isCanonical: self.places.areHeadersCanonical)
        }
        set { self.change { $0.headers = newValue } }
    }

    private func text(_ place: SIPPlace) -> String? {
        place.isAbsent ? nil : self.buffer.span.string(place.range)
    }
}

extension SIPURI: SIPHeaderValue, CustomStringConvertible {
    /// Reads a URI that fills the span.
    public init?(parsing bytes: Span<UInt8>) { self.init(parsing: WireText(copying: bytes)) }

    /// Reads a URI that fills the text.
    public init?(parsing text: borrowing WireText) {
        self.init(text.buffer, SIPURIPlaces())
        guard self.places.take(text.buffer.span, in: text.range) else { return nil }
    }

    /// Writes the URI.
    public func write(to output: inout [UInt8]) { _ = self.append(to: &output) }

    /// Writes the URI.
    ///
    /// - Returns: where its parts stand.
    func append(to output: inout [UInt8]) -> SIPURIPlaces {
        guard self.places.isCanonical else { return Parts(self).write(to: &output) }
        let text = self.places.text.range
        let distance = output.count - text.lowerBound
        output.append(self.buffer, text)
        return self.places.moved(by: distance)
    }

    /// Whether this is the URI of a Contact `*`, which is none.
    var isWildcard: Bool { self.places.scheme == .other && self.places.schemeName.isEmpty && self.host == "*" }

    /// The URI as on the wire.
    public var description: String { self.written }
}

extension SIPURI: Hashable {
    /// Equal where they are written alike.
    public static func == (left: SIPURI, right: SIPURI) -> Bool {
        guard left.places.isCanonical, right.places.isCanonical else { return left.written == right.written }
        return left.canonicalText == right.canonicalText
    }

    /// Hashes the URI as it is written.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(self.places.isCanonical ? self.canonicalText : WireText(self.written))
    }

    private var canonicalText: WireText { WireText(self.buffer, in: self.places.text.range) }
}

extension SIPURI {
    /// A URI taken apart, to be put together again.
    fileprivate struct Parts {
        var scheme: String
        var user: String?
        var password: String?
        var host: String
        var port: UInt16?
        var parameters: SIPParameters
        var headers: SIPParameters
    }

    private init(_ parts: Parts) {
        var buffer: [UInt8] = []
        let places = parts.write(to: &buffer)
        self.init(buffer, places)
    }

    private mutating func change(_ change: (inout Parts) -> Void) {
        var parts = Parts(self)
        change(&parts)
        self = SIPURI(parts)
    }
}

extension SIPURI.Parts {
    init(_ uri: SIPURI) {
        self.init(
            scheme: uri.scheme, user: uri.user, password: uri.password, host: uri.host, port: uri.port,
            parameters: uri.parameters, headers: uri.headers)
    }

    /// Writes the URI.
    ///
    /// - Returns: where its parts stand.
    func write(to output: inout [UInt8]) -> SIPURIPlaces {
        var places = SIPURIPlaces()
        let start = output.count
        places.scheme =
            self.scheme == "sip" ? .sip : self.scheme == "sips" ? .sips : self.scheme == "tel" ? .tel : .other
        places.schemeName = output.append(part: self.scheme)
        output.append(UInt8(ascii: ":"))
        if let user = self.user {
            places.user = output.append(part: user)
            if let password = self.password {
                output.append(UInt8(ascii: ":"))
                places.password = output.append(part: password)
            }
            if !self.host.isEmpty { output.append(UInt8(ascii: "@")) }
        }
        places.host = output.append(part: self.host)
        places.port = self.port
        if let port = self.port {
            output.append(UInt8(ascii: ":"))
            output.append(number: Int(port))
        }
        places.parameters = self.parameters.append(to: &output)
        if !self.headers.isEmpty {
            output.append(UInt8(ascii: "?"))
            places.headers = SIPParameters(self.headers.elements, separator: UInt8(ascii: "&")).append(to: &output)
        }
        places.text = SIPPlace(start..<output.count)
        return places
    }
}
