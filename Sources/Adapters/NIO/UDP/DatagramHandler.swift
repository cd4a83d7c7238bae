internal import CallCore
internal import NIOCore

/// A socket's datagrams on its event loop: bytes to messages.
final class DatagramHandler<Message: Sendable>: ChannelInboundHandler {
    typealias InboundIn = AddressedEnvelope<ByteBuffer>

    private let inbox: Inbox<Message>
    private let counts: DatagramCounter
    private let parse: @Sendable (Span<UInt8>) -> Message?

    init(_ inbox: Inbox<Message>, _ counts: DatagramCounter, parse: @escaping @Sendable (Span<UInt8>) -> Message?) {
        (self.inbox, self.counts, self.parse) = (inbox, counts, parse)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let datagram = self.unwrapInboundIn(data)
        guard let peer = Endpoint(datagram.remoteAddress) else { return }
        let bytes = datagram.data.readableBytesUInt8Span
        // RFC 5626 §4.4.1 and the habits of phones: line ends and zeros keep a way through NAT open.
        guard bytes.indices.contains(where: { bytes[$0] != 13 && bytes[$0] != 10 && bytes[$0] != 0 }) else {
            return self.counts.count(\.keepAlives)
        }
        guard let message = self.parse(bytes) else { return self.counts.count(\.unreadable) }
        guard self.inbox.reserve() else { return self.counts.count(\.overflowed) }
        // Counted before anybody can have it.
        self.counts.count(\.received)
        self.inbox.put(message, from: peer)
    }

    /// A datagram that could not be sent or read is lost like any other; the socket stays.
    func errorCaught(context: ChannelHandlerContext, error: any Error) {}
}
