internal import NIOCore
internal import NIOPosix
internal import SIP

/// The sockets that take up connections.
struct Listeners {
    private(set) var channels: [any Channel] = []
    /// Where peers reach them.
    private(set) var streams: [SIPWire: Endpoint] = [:]

    /// Begins to listen for one wire.
    ///
    /// - Throws: `.unavailable` where the address or port cannot be had; all are closed then.
    mutating func listen(
        _ wire: SIPWire, at endpoint: Endpoint, told advertised: Endpoint?, _ connections: SIPConnections,
        _ protection: (any ConnectionProtection)?
    ) async throws(TransportError) {
        do {
            let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .serverChannelOption(.backlog, value: 256)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
                .childChannelOption(.socketOption(.so_keepalive), value: 1)
                .childChannelOption(.writeBufferWaterMark, value: connections.limits.waterMark)
                .childChannelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try protection?.accept(on: channel)
                        try channel.pipeline.syncOperations.addHandler(SIPConnectionHandler(connections, wire: wire))
                    }
                }
                .bind(to: endpoint.socketAddress()).get()
            self.channels.append(channel)
            self.streams[wire] = (Endpoint(channel.localAddress) ?? endpoint).told(as: advertised)
        } catch {
            for channel in self.channels { channel.close(promise: nil) }
            throw TransportError(binding: "\(wire)", to: endpoint, error)
        }
    }
}

extension SIPConnectionLimits {
    var waterMark: ChannelOptions.Types.WriteBufferWaterMark {
        ChannelOptions.Types.WriteBufferWaterMark(low: max(1, self.unsentBytes / 2), high: max(2, self.unsentBytes))
    }
}
