internal import NIOCore
internal import NIOPosix
public import SIP

/// SIP over UDP and TCP at one address, and over TLS where it is given certificates (`CallRecordingNIOTLS`).
///
/// Which wire a message takes stands in its top Via. A connection is used again for whatever goes to the same peer over
/// the same wire; answers go back over the one on which the request came. A request that does not get to its peer is
/// answered by a 503 from ``localEndpoint``, whose Warning says why.
///
/// - Source: RFC 3261 §18; RFC 3581; RFC 5626 §4.4.1; RFC 5922.
public final class SIPTransport: SIPStreamTransport {
    /// Where peers reach this transport over UDP and TCP.
    public let localEndpoint: Endpoint
    /// Where peers reach it over TCP and TLS: what a user agent is told as its streams.
    public let streams: [SIPWire: Endpoint]

    private let socket: DatagramSocket
    private let listeners: [any Channel]
    private let connections: SIPConnections

    private init(
        _ socket: DatagramSocket, _ listeners: Listeners, at endpoint: Endpoint, _ connections: SIPConnections
    ) {
        (self.socket, self.localEndpoint, self.connections) = (socket, endpoint, connections)
        (self.listeners, self.streams) = (listeners.channels, listeners.streams)
    }

    deinit {
        self.socket.channel.close(promise: nil)
        for listener in self.listeners { listener.close(promise: nil) }
        self.connections.shut()
    }

    /// Opens the sockets.
    ///
    /// - Parameters:
    ///   - endpoint: the address and the port; port 0 takes any that is free.
    ///   - advertised: where peers reach them, if not where they are bound: behind NAT, or where they are bound to all
    ///     addresses. Port 0 stands for the socket's own.
    ///   - limits: what peers may cost.
    /// - Throws: `.unavailable` where the address or a port cannot be had.
    public static func bind(
        to endpoint: Endpoint, advertised: Endpoint? = nil, limits: SIPConnectionLimits = SIPConnectionLimits()
    ) async throws(TransportError) -> SIPTransport {
        try await self.bind(to: endpoint, advertised: advertised, limits: limits, securely: nil)
    }

    /// Opens the sockets; those for TLS as well where there is what makes it.
    ///
    /// - Parameter securely: the port may be nil: the one after the other, or any where that is free.
    package static func bind(
        to endpoint: Endpoint, advertised: Endpoint?, limits: SIPConnectionLimits,
        securely: (protection: any ConnectionProtection, port: UInt16?)?
    ) async throws(TransportError) -> SIPTransport {
        let inbox = Inbox<SIPMessage>(capacity: limits.receivedMessages)
        // A port that is free for datagrams may be taken for connections.
        var attempts = endpoint.port == 0 ? 16 : 1
        while true {
            attempts -= 1
            let socket = try await DatagramSocket.bind(to: endpoint, socketBuffer: 4 << 20, into: inbox)
            let local = socket.endpoint.told(as: advertised)
            let connections = SIPConnections(
                inbox, limits: limits, localEndpoint: local, protection: securely?.protection)
            do throws(TransportError) {
                var listeners = Listeners()
                try await listeners.listen(.tcp, at: socket.endpoint, told: advertised, connections, nil)
                if let securely {
                    let port = securely.port ?? (endpoint.port == 0 ? 0 : endpoint.port &+ 1)
                    try await listeners.listen(
                        .tls, at: endpoint.withPort(port), told: advertised?.withPort(0), connections,
                        securely.protection)
                }
                return SIPTransport(socket, listeners, at: local, connections)
            } catch {
                socket.channel.close(promise: nil)
                guard attempts > 0 else { throw error }
            }
        }
    }

    /// What became of the datagrams so far.
    public var counts: DatagramCounts { self.socket.counter.value }

    /// How many connections are open or being opened.
    public var connectionCount: Int { self.connections.count }

    /// Queues a message for the wire that its top Via names, and opens a connection where there is none.
    ///
    /// - Throws: `.closed` after the end, `.unreachable` where there is no such wire or the peer's address is of
    ///   another family, `.failed` where the message is longer than a datagram.
    public func send(_ message: SIPMessage, to peer: Endpoint) throws(TransportError) {
        let via = message[.via]
        guard let via, via.wire.isReliable else { return try self.socket.send(message, to: peer) }
        guard self.streams[via.wire] != nil, peer.port != 0, peer.family == self.socket.endpoint.family else {
            throw TransportError(.unreachable, "No way leads from \(self.localEndpoint) to \(peer) over \(via.wire)")
        }
        let key = self.key(for: message, via, to: peer)
        let parcel = SIPConnections.Parcel(message)
        switch self.connections.outlet(for: parcel, to: key) {
        case .write(let channel): self.connections.write(parcel, to: channel)
        case .kept(first: true): self.open(key)
        case .kept(first: false): break
        case .full: self.connections.fail(message, because: "\(peer) does not take what is sent to it")
        case .closed: throw TransportError(.closed, "The SIP transport \(self.localEndpoint) is closed")
        }
    }

    /// Which connection a message takes: one that the peer has opened where there is one, otherwise one of ours.
    private func key(for message: SIPMessage, _ via: SIPVia, to peer: Endpoint) -> SIPConnections.Key {
        let theirs = SIPConnections.Key(wire: via.wire, peer: peer)
        guard message.isRequest else {
            // RFC 3261 §18.2.2: where the connection is gone, the answer goes to where the sender listens.
            guard !self.connections.has(theirs), let host = via.parameters["received"],
                let sender = Endpoint(host: host, port: via.port ?? (via.wire == .tls ? 5061 : 5060))
            else { return theirs }
            return SIPConnections.Key(wire: via.wire, peer: sender, name: via.wire == .tls ? via.host : nil)
        }
        guard via.wire == .tls else { return theirs }
        // Somebody who has connected to us can be answered there, but has not shown to be anybody by name.
        let name = message[.route]?.uri.host ?? message.requestURI?.host ?? peer.host
        if Endpoint(host: name, port: 0) != nil, self.connections.has(theirs) { return theirs }
        return SIPConnections.Key(wire: .tls, peer: peer, name: name.lowercased())
    }

    private func open(_ key: SIPConnections.Key) {
        let connections = self.connections
        guard let address = try? key.peer.socketAddress() else {
            return connections.end(key, nil, because: "\(key.peer) is no address")
        }
        ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelOption(.socketOption(.so_keepalive), value: 1)
            .channelOption(.writeBufferWaterMark, value: connections.limits.waterMark)
            .connectTimeout(.nanoseconds(connections.limits.opening.nanoseconds))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if key.wire == .tls {
                        let name = key.name.flatMap { Endpoint(host: $0, port: 0) == nil ? $0 : nil }
                        try connections.protection?.connect(on: channel, to: name)
                    }
                    try channel.pipeline.syncOperations.addHandler(
                        SIPConnectionHandler(connections, wire: key.wire, wanted: key))
                }
            }
            .connect(to: address)
            .whenFailure { error in
                let reason = TransportError(connectingTo: key.peer, error).message
                connections.end(key, nil, because: reason)
            }
    }

    /// Receives until the surrounding task is cancelled; then closes all sockets.
    public func run(
        _ receive: @escaping @Sendable @concurrent (_ message: SIPMessage, _ peer: Endpoint) async -> Void
    ) async throws(TransportError) {
        let sockets = [self.socket.channel] + self.listeners
        for socket in sockets {
            socket.closeFuture.whenComplete { [inbox = self.connections.inbox] _ in inbox.close() }
        }
        await self.connections.inbox.drain(into: receive)
        let hasFailed = !Task.isCancelled
        for socket in sockets { try? await socket.close().get() }
        await self.connections.closeAll()
        if hasFailed { throw TransportError(.failed, "The SIP transport \(self.localEndpoint) was closed") }
    }
}
