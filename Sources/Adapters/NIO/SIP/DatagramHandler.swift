internal import CallCore
internal import NIOCore

/// A socket's datagrams on its event loop: bytes to messages.
final class DatagramHandler<Message: Sendable>: ChannelInboundHandler {
    typealias InboundIn = AddressedEnvelope<ByteBuffer>
    typealias OutboundOut = AddressedEnvelope<ByteBuffer>

    /// The answer to what could not be read, and where it goes.
    typealias Refusal = (bytes: [UInt8], destination: Endpoint)

    private let inbox: Inbox<Message>
    private let counts: DatagramCounter
    private let parse: @Sendable (Span<UInt8>) -> Message?
    private let refuse: @Sendable (Span<UInt8>, Endpoint) -> Refusal?

    init(
        _ inbox: Inbox<Message>, _ counts: DatagramCounter, parse: @escaping @Sendable (Span<UInt8>) -> Message?,
        refuse: @escaping @Sendable (Span<UInt8>, Endpoint) -> Refusal?
    ) {
        (self.inbox, self.counts, self.parse, self.refuse) = (inbox, counts, parse, refuse)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let datagram = self.unwrapInboundIn(data)
        guard let peer = Endpoint(datagram.remoteAddress) else { return }
        let bytes = datagram.data.readableBytesUInt8Span
        // RFC 5626 §4.4.1 and the habits of phones: line ends and zeros keep a way through NAT open.
        guard bytes.indices.contains(where: { bytes[$0] != 13 && bytes[$0] != 10 && bytes[$0] != 0 }) else {
            return self.counts.count(\.keepAlives)
        }
        guard let message = self.parse(bytes) else {
            self.counts.count(\.unreadable)
            if let refusal = self.refuse(bytes, peer) { self.send(refusal, context) }
            return
        }
        guard self.inbox.reserve() else { return self.counts.count(\.overflowed) }
        // Counted before anybody can have it.
        self.counts.count(\.received)
        self.inbox.put(message, from: peer)
    }

    /// Sends an answer, unless the network takes nothing just now.
    private func send(_ refusal: Refusal, _ context: ChannelHandlerContext) {
        guard context.channel.isWritable, refusal.destination.port != 0,
            let address = try? refusal.destination.socketAddress(),
            address.protocol == context.channel.localAddress?.protocol
        else { return }
        self.counts.count(\.sent)
        let datagram = AddressedEnvelope(remoteAddress: address, data: ByteBuffer(bytes: refusal.bytes))
        context.writeAndFlush(self.wrapOutboundOut(datagram), promise: nil)
    }

    /// A datagram that could not be sent or read is lost like any other; the socket stays.
    func errorCaught(context: ChannelHandlerContext, error: any Error) {}
}
