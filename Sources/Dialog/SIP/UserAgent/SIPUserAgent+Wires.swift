// Which wire a request takes, and what its header says for it. RFC 3261 §18.1.1, §8.1.1.7, §8.1.1.8.

extension SIPUserAgent {
    /// A wire and its other end.
    struct Hop: Hashable, Sendable {
        var wire: SIPWire
        var endpoint: Endpoint
    }

    /// The hop on which a session runs.
    struct Flow: Hashable, Sendable {
        var hop: Hop
        /// Whether the peer itself is at the other end, which may not listen anywhere else.
        var isDirect: Bool
    }

    /// A request that is longer takes a connection. - Unit: bytes.
    private static let datagramLimit = 1_300
    /// How long a peer that took no connection is sent long requests by datagrams without another try.
    private static let datagramsOnly: Duration = .seconds(600)

    /// The ways that a request can take, the one to be tried first in front.
    ///
    /// - Returns: none where it must not travel in clear and there is no TLS.
    func hops(for request: SIPMessage, to endpoint: Endpoint, in session: SIPSessionID?, at now: MonotonicTime) -> [Hop]
    {
        guard !self.streams.isEmpty || request.nextURI?.scheme == "sips" else {
            return [Hop(wire: .udp, endpoint: endpoint)]
        }
        if request.method == .cancel, let invite = self.inviteClient(of: request) { return [invite.hop] }
        let flow = session.flatMap { self.flows[$0] }
        let asked = request.nextURI.flatMap(SIPWire.init(of:))
        let wire = asked ?? flow?.hop.wire ?? .udp
        guard wire == .udp || self.streams[wire] != nil else {
            return request.nextURI?.scheme == "sips" ? [] : [Hop(wire: .udp, endpoint: endpoint)]
        }
        let hop = Hop(wire: wire, endpoint: endpoint)
        if wire.isReliable, let flow, flow.isDirect, flow.hop != hop, flow.hop.wire == wire,
            flow.hop.endpoint.withPort(endpoint.port) == endpoint
        {
            return [flow.hop, hop]
        }
        let connected = Hop(wire: .tcp, endpoint: endpoint)
        guard wire == .udp, asked == nil, self.streams[.tcp] != nil, request.method != .ack,
            self.withoutConnections[endpoint].map({ $0 <= now }) ?? true,
            request.encoded().count > Self.datagramLimit
        else { return [hop] }
        return [connected, hop]
    }

    /// The ACK of a 2xx goes where the session's requests go, and is heard of no more.
    func acknowledgement(
        _ message: SIPMessage, to endpoint: Endpoint, in session: SIPSessionID, at now: MonotonicTime
    ) -> Effect? {
        guard let hop = self.hops(for: message, to: endpoint, in: session, at: now).first else { return nil }
        return .send(self.addressed(message, over: hop, reachedBy: hop.wire), to: hop.endpoint)
    }

    private func inviteClient(of request: SIPMessage) -> Client? {
        guard let branch = request[.via]?.branch,
            let id = self.clientNames[ClientName(branch: branch, method: .invite)]
        else { return nil }
        return self.clients[id]
    }

    /// Writes into Via what carries the request, and into our Contact by which wire we are reached.
    func addressed(_ request: SIPMessage, over hop: Hop, reachedBy wire: SIPWire) -> SIPMessage {
        guard hop.wire.isReliable, let endpoint = self.streams[hop.wire], var via = request[.via] else {
            return request
        }
        var message = request
        via.wire = hop.wire
        via.port = endpoint.port
        // Requests of the peer's may come over the same connection: RFC 5923 §8.1.
        if hop.wire == .tls { via.parameters["alias"] = "" }
        message[.via] = via
        self.name(wire, in: &message, isSecret: request.requestURI?.scheme == "sips")
        return message
    }

    /// Says in our Contact by which wire we are reached.
    ///
    /// - Source: RFC 3261 §12.1.1: whoever is called by a `sips` URI names one.
    func name(_ wire: SIPWire, in message: inout SIPMessage, isSecret: Bool) {
        guard wire.isReliable, let endpoint = self.streams[wire], var contact = message[.contact],
            contact.uri.endpoint == self.context.localEndpoint
        else { return }
        contact.uri.port = endpoint.port
        if isSecret {
            contact.uri.scheme = "sips"
        } else {
            contact.uri.parameters["transport"] = wire.parameter
        }
        message[.contact] = contact
    }

    /// Notes how a session's peer is reached.
    mutating func note(_ invite: SIPMessage, from source: Endpoint, for session: SIPSessionID) {
        guard let via = invite[.via], !self.streams.isEmpty else { return }
        self.flows[session] = Flow(
            hop: Hop(wire: via.wire, endpoint: source), isDirect: invite.all(.via).count == 1)
    }

    /// The transport could not get a request to its peer: the next way is tried.
    ///
    /// - Source: RFC 3261 §18.1.1: a long request that no connection takes goes by datagrams all the same.
    mutating func retry(_ client: Client, at now: MonotonicTime, _ effects: inout [Effect]) {
        let rest = Array(client.hops.dropFirst())
        if rest.first?.wire == .udp {
            self.withoutConnections = self.withoutConnections.filter { $0.value > now }
            self.withoutConnections[client.hop.endpoint] = now + Self.datagramsOnly
        }
        if case .session(let session, _) = client.owner { self.flows[session]?.isDirect = false }
        self.begin(client.request, over: rest, for: client.owner, answers: client.answers, at: now, &effects)
    }
}

extension SIPMessage {
    /// What a request is sent to: its first route, otherwise its own URI.
    var nextURI: SIPURI? { self[.route]?.uri ?? self.requestURI }
}
