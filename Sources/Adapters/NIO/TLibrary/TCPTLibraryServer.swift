internal import NIOCore
internal import NIOPosix
public import TLib

/// The T-Library port of a switch, over TCP. A peer is one client's connection.
///
/// When a connection ends, whoever ended it, `EventServerDisconnected` is received from its peer. A client whose
/// stream is malformed, or who does not take what is sent to it, is disconnected; others do not notice.
public final class TCPTLibraryServer: Transport {
    /// Where clients connect to.
    public let localEndpoint: Endpoint

    private let channel: any Channel
    private let connections: TLibraryConnections

    private init(_ channel: any Channel, at endpoint: Endpoint, _ connections: TLibraryConnections) {
        (self.channel, self.localEndpoint, self.connections) = (channel, endpoint, connections)
    }

    deinit {
        self.channel.close(promise: nil)
        self.connections.shut()
    }

    /// Begins to listen.
    ///
    /// - Parameters:
    ///   - endpoint: the address and the port; port 0 takes any that is free.
    ///   - limits: what clients may cost.
    /// - Throws: `.unavailable` where the address or port cannot be had.
    public static func bind(
        to endpoint: Endpoint, limits: TLibraryLimits = TLibraryLimits()
    ) async throws(TransportError) -> TCPTLibraryServer {
        let connections = TLibraryConnections(limits: limits)
        do {
            let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .serverChannelOption(.backlog, value: 256)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
                .childChannelOption(.socketOption(.so_keepalive), value: 1)
                .childChannelOption(.writeBufferWaterMark, value: limits.waterMark)
                .childChannelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(TLibraryHandler(connections))
                    }
                }
                .bind(to: endpoint.socketAddress()).get()
            return TCPTLibraryServer(channel, at: Endpoint(channel.localAddress) ?? endpoint, connections)
        } catch {
            throw TransportError(binding: "TCP", to: endpoint, error)
        }
    }

    /// How many clients are connected.
    public var connectionCount: Int { self.connections.count }

    /// Queues a message for a client. `EventServerDisconnected` is not sent: it closes
    /// the connection.
    public func send(_ message: TMessage, to peer: Endpoint) throws(TransportError) {
        if message.type == .eventServerDisconnected { return self.connections.close(peer) }
        let frame = try TLibraryConnections.frame(message)
        switch self.connections.outlet(for: frame, to: peer, opening: false) {
        case .write(let channel): channel.writeAndFlush(frame, promise: nil)
        case .closed: throw TransportError(.closed, "The T-Library port \(self.localEndpoint) is closed")
        case .kept, .none, .full: throw TransportError(.unreachable, "No T-Library client is connected from \(peer)")
        }
    }

    /// Receives until the surrounding task is cancelled; then closes the port and all connections.
    public func run(
        _ receive: @escaping @Sendable @concurrent (_ message: TMessage, _ peer: Endpoint) async -> Void
    ) async throws(TransportError) {
        self.channel.closeFuture.whenComplete { [inbox = self.connections.inbox] _ in inbox.close() }
        await self.connections.inbox.drain(into: receive)
        let hasFailed = !Task.isCancelled
        try? await self.channel.close().get()
        await self.connections.closeAll()
        if hasFailed { throw TransportError(.failed, "The T-Library port \(self.localEndpoint) was closed") }
    }
}

extension TLibraryLimits {
    var waterMark: ChannelOptions.Types.WriteBufferWaterMark {
        ChannelOptions.Types.WriteBufferWaterMark(low: max(1, self.unsentBytes / 2), high: max(2, self.unsentBytes))
    }
}
