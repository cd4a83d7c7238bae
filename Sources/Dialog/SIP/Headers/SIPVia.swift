public import CallCore

/// One hop that a request has taken, and that its responses take back.
///
/// - Source: RFC 3261 §20.42, RFC 3581.
public struct SIPVia: Sendable {
    private let buffer: [UInt8]
    private var places: SIPViaPlaces

    private init(_ buffer: [UInt8], _ places: SIPViaPlaces) { (self.buffer, self.places) = (buffer, places) }

    /// Describes a hop.
    public init(transport: String = "UDP", host: String, port: UInt16?, branch: String? = nil) {
        var parameters = SIPParameters()
        parameters["branch"] = branch
        self.init(Parts(transport: transport, host: host, port: port, parameters: parameters))
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

extension SIPVia {
    /// The transport's name, for example `UDP`.
    public var transport: String {
        get { self.buffer.span.string(self.places.transport.range) }
        set { self.change { $0.transport = newValue } }
    }

    /// The host of `sent-by`; IPv6 in brackets.
    public var host: String {
        get { self.buffer.span.string(self.places.host.range) }
        set { self.change { $0.host = newValue } }
    }

    /// The port of `sent-by`, where named.
    public var port: UInt16? {
        get { self.places.port }
        set { self.change { $0.port = newValue } }
    }

    /// `branch`, `received`, `rport` and others.
    public var parameters: SIPParameters {
        get { SIPParameters(self.buffer, self.places.parameters, isCanonical: self.places.areParametersCanonical) }
        set { self.change { $0.parameters = newValue } }
    }
}

extension SIPVia: SIPHeaderValue, CustomStringConvertible {
    /// Reads a hop that fills the span; blanks round the slashes and the colon are allowed.
    public init?(parsing bytes: Span<UInt8>) { self.init(parsing: WireText(copying: bytes)) }

    /// Reads a hop that fills the text.
    public init?(parsing text: borrowing WireText) {
        self.init(text.buffer, SIPViaPlaces())
        let bytes = text.buffer.span
        guard self.places.take(bytes, in: bytes.trimmed(text.range)) else { return nil }
    }

    /// Writes the hop.
    public func write(to output: inout [UInt8]) {
        if self.places.isCanonical {
            output.append(self.buffer, self.places.text.range)
        } else {
            _ = Parts(self).write(to: &output)
        }
    }

    /// The hop as on the wire.
    public var description: String { self.written }
}

extension SIPVia: Hashable {
    /// Equal where they are written alike.
    public static func == (left: SIPVia, right: SIPVia) -> Bool {
        guard left.places.isCanonical, right.places.isCanonical else { return left.written == right.written }
        return left.canonicalText == right.canonicalText
    }

    /// Hashes the hop as it is written.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(self.places.isCanonical ? self.canonicalText : WireText(self.written))
    }

    private var canonicalText: WireText { WireText(self.buffer, in: self.places.text.range) }
}

extension SIPVia {
    /// A hop taken apart, to be put together again.
    fileprivate struct Parts {
        var transport: String
        var host: String
        var port: UInt16?
        var parameters: SIPParameters
    }

    private init(_ parts: Parts) {
        var buffer: [UInt8] = []
        let places = parts.write(to: &buffer)
        self.init(buffer, places)
    }

    private mutating func change(_ change: (inout Parts) -> Void) {
        var parts = Parts(self)
        change(&parts)
        self = SIPVia(parts)
    }
}

extension SIPVia.Parts {
    init(_ via: SIPVia) {
        self.init(transport: via.transport, host: via.host, port: via.port, parameters: via.parameters)
    }

    /// Writes the hop.
    ///
    /// - Returns: where its parts stand.
    func write(to output: inout [UInt8]) -> SIPViaPlaces {
        let start = output.count
        output.append(text: "SIP/2.0/")
        let transport = output.append(part: self.transport)
        output.append(0x20)
        let host = output.append(part: self.host)
        if let port = self.port {
            output.append(UInt8(ascii: ":"))
            output.append(number: Int(port))
        }
        let parameters = self.parameters.append(to: &output)
        return SIPViaPlaces(
            text: SIPPlace(start..<output.count), transport: transport, host: host, port: self.port,
            parameters: parameters, areParametersCanonical: true, isCanonical: true)
    }
}
