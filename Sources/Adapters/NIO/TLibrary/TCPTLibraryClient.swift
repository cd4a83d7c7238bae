internal import NIOCore
internal import NIOPosix
public import TLib

/// A client's way to T-Servers, over TCP. A peer is one server; the connection to it is opened when something is
/// sent to it and there is none.
///
/// When a connection ends, whoever ended it, or cannot be opened, `EventServerDisconnected` is received from its
/// peer; what was still unsent is lost.
public final class TCPTLibraryClient: Transport {
    /// This end of the first connection.
    public let localEndpoint: Endpoint

    private let connections: TLibraryConnections
    private let connectTimeout: Duration

    private init(at endpoint: Endpoint, _ connections: TLibraryConnections, _ connectTimeout: Duration) {
        (self.localEndpoint, self.connections, self.connectTimeout) = (endpoint, connections, connectTimeout)
    }

    deinit { self.connections.shut() }

    /// Connects to a T-Server.
    ///
    /// - Parameters:
    ///   - server: the server; more can be reached later, by sending to them.
    ///   - limits: what a server may cost.
    ///   - timeout: how long to wait for a connection, now and later.
    /// - Throws: `.unreachable`, `.timedOut` where the server cannot be reached.
    public static func connect(
        to server: Endpoint, limits: TLibraryLimits = TLibraryLimits(), timeout: Duration = .seconds(5)
    ) async throws(TransportError) -> TCPTLibraryClient {
        let connections = TLibraryConnections(limits: limits)
        connections.expect(server)
        do {
            let channel = try await Self.bootstrap(connections, to: server, timeout)
                .connect(to: server.socketAddress()).get()
            return TCPTLibraryClient(at: Endpoint(channel.localAddress) ?? .loopback(0), connections, timeout)
        } catch {
            throw TransportError(connectingTo: server, error)
        }
    }

    private static func bootstrap(
        _ connections: TLibraryConnections, to peer: Endpoint, _ timeout: Duration
    ) -> ClientBootstrap {
        ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelOption(.socketOption(.so_keepalive), value: 1)
            .channelOption(.writeBufferWaterMark, value: connections.limits.waterMark)
            .connectTimeout(.nanoseconds(timeout.nanoseconds))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(TLibraryHandler(connections, to: peer))
                }
            }
    }

    /// Queues a message for a server, and opens the connection where there is none. `EventServerDisconnected` is not sent: it closes
    /// the connection.
    public func send(_ message: TMessage, to peer: Endpoint) throws(TransportError) {
        if message.type == .eventServerDisconnected { return self.connections.close(peer) }
        let frame = try TLibraryConnections.frame(message)
        switch self.connections.outlet(for: frame, to: peer, opening: true) {
        case .write(let channel): channel.writeAndFlush(frame, promise: nil)
        case .kept(first: true): self.open(peer)
        case .kept(first: false): break
        case .full, .none: throw TransportError(.unreachable, "\(peer) does not take what is sent to it")
        case .closed: throw TransportError(.closed, "The T-Library client is closed")
        }
    }

    private func open(_ peer: Endpoint) {
        let connections = self.connections
        guard let address = try? peer.socketAddress() else { return connections.close(peer) }
        Self.bootstrap(connections, to: peer, self.connectTimeout).connect(to: address).whenFailure { _ in
            connections.close(peer)
        }
    }

    /// Receives until the surrounding task is cancelled; then closes all connections.
    public func run(
        _ receive: @escaping @Sendable @concurrent (_ message: TMessage, _ peer: Endpoint) async -> Void
    ) async throws(TransportError) {
        await self.connections.inbox.drain(into: receive)
        await self.connections.closeAll()
    }
}
