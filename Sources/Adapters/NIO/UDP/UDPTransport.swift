internal import NIOCore
internal import NIOPosix
public import SIP

/// SIP over UDP: one socket, one message a datagram.
///
/// What is no SIP message is counted; a request that is only broken is answered by a ``SIPRefusal``.
///
/// - Source: RFC 3261 §18.
public final class UDPTransport: Transport {
    /// The longest datagram that UDP over IPv4 carries.
    private static let maximumByteCount = 65_507

    /// Where peers reach this transport.
    public let localEndpoint: Endpoint

    private let channel: any Channel
    private let inbox: Inbox<SIPMessage>
    private let counter: DatagramCounter

    private init(
        _ channel: any Channel, at endpoint: Endpoint, _ inbox: Inbox<SIPMessage>, _ counter: DatagramCounter
    ) {
        (self.channel, self.localEndpoint, self.inbox, self.counter) = (channel, endpoint, inbox, counter)
    }

    deinit { self.channel.close(promise: nil) }

    /// Opens a socket.
    ///
    /// - Parameters:
    ///   - endpoint: the address and the port; port 0 takes any that is free.
    ///   - advertised: where peers reach the socket, if not where it is bound: behind NAT, or where it is bound to
    ///     all addresses. Port 0 stands for the socket's own.
    ///   - socketBuffer: how much the system is asked to keep of what arrives. - Unit: bytes.
    ///   - capacity: how many messages may wait to be taken; beyond, what arrives is dropped.
    /// - Throws: `.unavailable` where the address or port cannot be had.
    public static func bind(
        to endpoint: Endpoint, advertised: Endpoint? = nil, socketBuffer: Int = 4 << 20, capacity: Int = 16_384
    ) async throws(TransportError) -> UDPTransport {
        let inbox = Inbox<SIPMessage>(capacity: capacity)
        let counter = DatagramCounter()
        do {
            let size = min(max(0, socketBuffer), Int(Int32.max))
            let channel = try await DatagramBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .channelOption(.socketOption(.so_rcvbuf), value: size)
                .channelOption(.socketOption(.so_sndbuf), value: size)
                .channelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 65_535))
                .channelOption(.writeBufferWaterMark, value: .init(low: 512 << 10, high: 1 << 20))
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        let handler = DatagramHandler(inbox, counter) {
                            try? SIPMessage(parsing: $0)
                        } refuse: { bytes, peer in
                            SIPRefusal(of: bytes, from: peer).map { ($0.response.encoded(), $0.destination) }
                        }
                        try channel.pipeline.syncOperations.addHandler(handler)
                    }
                }
                .bind(to: endpoint.socketAddress()).get()
            var local = Endpoint(channel.localAddress) ?? endpoint
            if let advertised { local = advertised.port == 0 ? advertised.withPort(local.port) : advertised }
            return UDPTransport(channel, at: local, inbox, counter)
        } catch {
            throw TransportError(binding: "UDP", to: endpoint, error)
        }
    }

    /// What became of the datagrams so far.
    public var counts: DatagramCounts { self.counter.value }

    /// Queues a message; where the network takes nothing for a while, it is dropped like any lost datagram.
    ///
    /// - Throws: `.closed` after the end, `.unreachable` where the peer's address is of another family, `.failed`
    ///   where the message is longer than a datagram.
    public func send(_ message: SIPMessage, to peer: Endpoint) throws(TransportError) {
        guard self.channel.isActive else {
            throw TransportError(.closed, "The SIP transport \(self.localEndpoint) is closed")
        }
        guard peer.port != 0, let address = try? peer.socketAddress(),
            address.protocol == self.channel.localAddress?.protocol
        else {
            throw TransportError(
                .unreachable, "No way leads from \(self.localEndpoint) to \(peer): another IP version, or port 0")
        }
        let bytes = message.encoded()
        guard bytes.count <= Self.maximumByteCount else {
            self.counter.count(\.unsent)
            throw TransportError(.failed, "A SIP message of \(bytes.count) bytes does not fit a datagram")
        }
        guard self.channel.isWritable else { return self.counter.count(\.unsent) }
        self.counter.count(\.sent)
        let datagram = AddressedEnvelope(remoteAddress: address, data: ByteBuffer(bytes: bytes))
        self.channel.writeAndFlush(datagram, promise: nil)
    }

    /// Receives until the surrounding task is cancelled; then closes the socket.
    public func run(
        _ receive: @escaping @Sendable @concurrent (_ message: SIPMessage, _ peer: Endpoint) async -> Void
    ) async throws(TransportError) {
        self.channel.closeFuture.whenComplete { [inbox = self.inbox] _ in inbox.close() }
        await self.inbox.drain(into: receive)
        let hasFailed = !Task.isCancelled
        try? await self.channel.close().get()
        if hasFailed { throw TransportError(.failed, "The SIP transport \(self.localEndpoint) was closed") }
    }
}
