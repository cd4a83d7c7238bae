internal import NIOCore
internal import NIOPosix
internal import SIP

/// The UDP socket of a SIP transport: one message a datagram.
struct DatagramSocket: Sendable {
    /// The longest datagram that UDP over IPv4 carries.
    private static let maximumByteCount = 65_507

    let channel: any Channel
    let counter: DatagramCounter
    /// Where the socket is bound.
    let endpoint: Endpoint

    /// Opens a socket; port 0 takes any that is free.
    ///
    /// - Throws: `.unavailable` where the address or port cannot be had.
    static func bind(
        to endpoint: Endpoint, socketBuffer: Int, into inbox: Inbox<SIPMessage>
    ) async throws(TransportError) -> DatagramSocket {
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
                        try channel.pipeline.syncOperations.addHandler(Self.handler(inbox, counter))
                    }
                }
                .bind(to: endpoint.socketAddress()).get()
            return DatagramSocket(
                channel: channel, counter: counter, endpoint: Endpoint(channel.localAddress) ?? endpoint)
        } catch {
            throw TransportError(binding: "UDP", to: endpoint, error)
        }
    }

    private static func handler(
        _ inbox: Inbox<SIPMessage>, _ counter: DatagramCounter
    ) -> DatagramHandler<SIPMessage> {
        DatagramHandler(inbox, counter) { bytes in
            var message = try? SIPMessage(parsing: bytes)
            message?.correctVia(receivedBy: .udp)
            return message
        } refuse: { bytes, peer in
            SIPRefusal(of: bytes, from: peer).map { ($0.response.encoded(), $0.destination) }
        }
    }

    /// Queues a message; where the network takes nothing for a while, it is dropped like any lost datagram.
    ///
    /// - Throws: `.closed` after the end, `.unreachable` where the peer's address is of another family, `.failed`
    ///   where the message is longer than a datagram.
    func send(_ message: SIPMessage, to peer: Endpoint) throws(TransportError) {
        guard self.channel.isActive else {
            throw TransportError(.closed, "The SIP transport \(self.endpoint) is closed")
        }
        guard peer.port != 0, let address = try? peer.socketAddress(),
            address.protocol == self.channel.localAddress?.protocol
        else {
            throw TransportError(
                .unreachable, "No way leads from \(self.endpoint) to \(peer): another IP version, or port 0")
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
}

extension SIPMessage {
    /// Makes the top Via of a request say by which wire it came: the answer takes that one, whatever a forger wrote.
    /// Over a connection the answer is also asked back to the port from which the request came.
    ///
    /// - Source: RFC 3261 §18.2.2, RFC 3581 §4.
    mutating func correctVia(receivedBy wire: SIPWire) {
        guard self.isRequest, var via = self[.via] else { return }
        let isRight = via.transport == wire.rawValue || via.wire == wire
        let lacksPort = wire.isReliable && via.parameters["rport"] == nil
        guard !isRight || lacksPort else { return }
        if !isRight { via.wire = wire }
        if lacksPort { via.parameters["rport"] = "" }
        self[.via] = via
    }
}
