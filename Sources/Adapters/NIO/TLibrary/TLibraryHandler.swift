internal import NIOCore
internal import TLib

/// One T-Library connection on its event loop: bytes to messages, and the end of the connection to a message.
final class TLibraryHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let connections: TLibraryConnections
    private var decoder = TFrameDecoder()
    private let expected: Endpoint?
    private var peer: Endpoint?

    /// A connection that is about to open; where it was asked for, `expected` says to whom.
    init(_ connections: TLibraryConnections, to expected: Endpoint? = nil) {
        (self.connections, self.expected) = (connections, expected)
    }

    func channelActive(context: ChannelHandlerContext) {
        guard let peer = self.expected ?? Endpoint(context.remoteAddress),
            let waiting = self.connections.open(context.channel, to: peer)
        else { return context.close(promise: nil) }
        self.peer = peer
        for frame in waiting { context.write(self.wrapOutboundOut(frame), promise: nil) }
        context.flush()
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard let peer = self.peer else { return }
        let bytes = self.unwrapInboundIn(data)
        self.decoder.append(bytes.readableBytesUInt8Span)
        do {
            while let message = try self.decoder.next() {
                guard self.connections.inbox.offer(message, from: peer) else { return self.leave(context) }
            }
        } catch {
            if self.expected == nil, let answer = error.answer, let frame = try? TLibraryConnections.frame(answer) {
                context.writeAndFlush(self.wrapOutboundOut(frame), promise: nil)
            }
            self.leave(context)
        }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        // The high water mark is the limit of unsent bytes: whoever is so slow is not worth the memory.
        if !context.channel.isWritable { self.leave(context) }
        context.fireChannelWritabilityChanged()
    }

    func channelInactive(context: ChannelHandlerContext) {
        self.forget(context.channel)
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { self.leave(context) }

    /// Nothing of this peer is taken from here on.
    private func leave(_ context: ChannelHandlerContext) {
        self.forget(context.channel)
        context.close(promise: nil)
    }

    private func forget(_ channel: any Channel) {
        if let peer = self.peer { self.connections.close(peer, channel) }
        self.peer = nil
    }
}
