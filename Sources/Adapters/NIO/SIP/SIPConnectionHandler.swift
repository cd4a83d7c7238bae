internal import NIOCore
internal import NIOTLS
internal import SIP

/// One SIP connection on its event loop: bytes to messages, keep-alives, and the waits that end it.
final class SIPConnectionHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let connections: SIPConnections
    private let wire: SIPWire
    /// What a connection is for that we open ourselves.
    private let wanted: SIPConnections.Key?
    /// By what the connection is found; nil before it is open, and after its end.
    private var key: SIPConnections.Key?
    private var decoder: SIPStreamDecoder
    /// A message for which the row of received ones has no room: nothing more is read until it has.
    private var held: SIPMessage?
    private var waits: ConnectionWaits
    private var tick: Scheduled<Void>?
    private var isShakingHands = false
    /// Whom the peer has shown to be, where it has connected to us with a certificate.
    private var names: PeerNames?
    /// What the peer wants this connection to be found by as well.
    private var alias: SIPConnections.Key?
    private var hasLeft = false

    /// A connection that is about to open; where we asked for it, `wanted` says for whom.
    init(_ connections: SIPConnections, wire: SIPWire, wanted: SIPConnections.Key? = nil) {
        (self.connections, self.wire, self.wanted) = (connections, wire, wanted)
        let limits = connections.limits
        self.decoder = SIPStreamDecoder(headerLimit: limits.headerBytes, bodyLimit: limits.bodyBytes)
        self.waits = ConnectionWaits(limits)
    }

    func channelActive(context: ChannelHandlerContext) {
        let now = context.eventLoop.now
        self.waits.noteMessage(at: now)
        self.waits.isWithinMessage(self.wire == .tls, at: now)
        self.schedule(context)
        if self.wire == .tcp {
            self.open(context)
        } else if self.wanted == nil {
            self.isShakingHands = self.connections.beginHandshake()
            if !self.isShakingHands { self.leave(context, because: "There are too many connections") }
        }
        context.fireChannelActive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .handshakeCompleted? = event as? TLSUserEvent {
            if let name = self.wanted?.name, let objection = self.objection(to: name, context) {
                self.leave(context, because: objection)
            } else {
                self.waits.isWithinMessage(false, at: context.eventLoop.now)
                self.endHandshake()
                if self.wanted == nil { self.names = self.connections.protection?.peerNames(on: context.channel) }
                self.open(context)
            }
        }
        context.fireUserInboundEventTriggered(event)
    }

    private func endHandshake() {
        if self.isShakingHands { self.connections.endHandshake() }
        self.isShakingHands = false
    }

    /// Why the peer is not whom we asked for; nil where it is.
    private func objection(to name: String, _ context: ChannelHandlerContext) -> String? {
        guard let names = self.connections.protection?.peerNames(on: context.channel) else {
            return "The TLS peer shows no certificate"
        }
        guard names.areValid(for: name) else {
            return
                "The certificate of the TLS peer is for \(names), not for \(name): put the URI or the certificate right"
        }
        return nil
    }

    private func open(_ context: ChannelHandlerContext) {
        guard let peer = self.wanted?.peer ?? Endpoint(context.remoteAddress) else {
            return self.leave(context, because: "The connection has no peer")
        }
        let key = self.wanted ?? SIPConnections.Key(wire: self.wire, peer: peer)
        guard let waiting = self.connections.open(context.channel, as: key) else {
            return self.leave(context, because: "There are too many connections")
        }
        self.key = key
        for parcel in waiting { self.connections.write(parcel, to: context.channel) }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !self.hasLeft else { return }
        var bytes = self.unwrapInboundIn(data)
        // Two answers to pings of ours would look like a ping.
        let view = bytes.readableBytesView
        if self.waits.awaitsPong, !self.decoder.isWithinMessage, view.starts(with: [0x0D, 0x0A]),
            !view.starts(with: [0x0D, 0x0A, 0x0D, 0x0A])
        {
            bytes.moveReaderIndex(forwardBy: 2)
        }
        self.waits.noteByte(at: context.eventLoop.now)
        self.decoder.append(bytes.readableBytesUInt8Span)
        self.takeMessages(context)
    }

    private func takeMessages(_ context: ChannelHandlerContext) {
        guard self.held == nil, let peer = self.key?.peer else { return }
        let now = context.eventLoop.now
        do {
            while let message = try self.decoder.next() {
                self.waits.noteMessage(at: now)
                guard self.take(message, from: peer, context) else { break }
            }
        } catch {
            if let refusal = self.decoder.refusal(from: peer) {
                let bytes = ByteBuffer(bytes: refusal.response.encoded())
                context.writeAndFlush(self.wrapOutboundOut(bytes), promise: nil)
            }
            return self.leave(context, because: "The peer sends what is no SIP: \(error)")
        }
        if self.decoder.pings > 0 {
            self.decoder.pings = 0
            self.waits.noteMessage(at: now)
            context.writeAndFlush(self.wrapOutboundOut(ByteBuffer(string: "\r\n")), promise: nil)
        }
        self.waits.isWithinMessage(self.held == nil && self.decoder.isWithinMessage, at: now)
        self.schedule(context)
    }

    /// Hands a message on.
    ///
    /// - Returns: false where there is no room for it, so that it is held and nothing more is read.
    private func take(_ message: SIPMessage, from peer: Endpoint, _ context: ChannelHandlerContext) -> Bool {
        guard self.connections.inbox.reserve() || self.reserveOrPause(context) else {
            self.held = message
            _ = context.channel.setOption(.autoRead, value: false)
            return false
        }
        self.noteAlias(message, from: peer, context)
        var message = message
        message.correctVia(receivedBy: self.wire)
        self.connections.inbox.put(message, from: peer)
        return true
    }

    /// Lets requests for the address that the peer advertises take this connection, where it asks for that and has shown
    /// a certificate: they go to whom that speaks for, and to nobody else.
    ///
    /// - Source: RFC 5923 §8.2, §9.2.
    private func noteAlias(_ message: SIPMessage, from peer: Endpoint, _ context: ChannelHandlerContext) {
        guard let names = self.names, message.isRequest, let via = message[.via], via.parameters["alias"] != nil else {
            return
        }
        let alias = SIPConnections.Key(wire: self.wire, peer: peer.withPort(via.port ?? 5061))
        guard alias != self.alias else { return }
        self.forgetAlias(context)
        self.alias = alias
        self.connections.beginAlias(alias, context.channel, for: names)
    }

    private func forgetAlias(_ context: ChannelHandlerContext) {
        if let alias = self.alias { self.connections.endAlias(alias, context.channel) }
        self.alias = nil
    }

    /// Asks once more for a place in the row, and to be called when there is one.
    private func reserveOrPause(_ context: ChannelHandlerContext) -> Bool {
        let paused = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        let eventLoop = context.eventLoop
        return self.connections.inbox.reserve(whenRoom: {
            eventLoop.execute { paused.value.0.resume(paused.value.1) }
        })
    }

    private func resume(_ context: ChannelHandlerContext) {
        guard let message = self.held, !self.hasLeft, let peer = self.key?.peer else { return }
        self.held = nil
        guard self.take(message, from: peer, context) else { return }
        _ = context.channel.setOption(.autoRead, value: true)
        self.takeMessages(context)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        self.waits.noteMessage(at: context.eventLoop.now)
        context.write(data, promise: promise)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        // The high water mark is the limit of unsent bytes: whoever is so slow is not worth the memory.
        if !context.channel.isWritable { self.leave(context, because: "The peer does not take what is sent to it") }
        context.fireChannelWritabilityChanged()
    }

    func channelInactive(context: ChannelHandlerContext) {
        self.forget(context, because: "The peer has closed the connection")
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        self.leave(context, because: "The connection has failed: \(error)")
    }

    // MARK: - Waits

    private func schedule(_ context: ChannelHandlerContext) {
        guard !self.hasLeft, let next = self.waits.next else { return }
        if let planned = self.waits.planned, planned <= next { return }
        self.tick?.cancel()
        self.waits.planned = next
        self.tick = context.eventLoop.assumeIsolated().scheduleTask(deadline: next) { self.due(context) }
    }

    private func due(_ context: ChannelHandlerContext) {
        let now = context.eventLoop.now
        self.waits.planned = nil
        switch self.waits.due(at: now) {
        case .nothing: break
        case .end(let reason): return self.leave(context, because: reason)
        case .keepAlive:
            self.waits.notePing(at: now)
            context.writeAndFlush(self.wrapOutboundOut(ByteBuffer(string: "\r\n\r\n")), promise: nil)
        }
        self.schedule(context)
    }

    // MARK: - End

    /// Nothing of this peer is taken from here on.
    private func leave(_ context: ChannelHandlerContext, because reason: String) {
        guard !self.hasLeft else { return }
        self.forget(context, because: reason)
        context.close(promise: nil)
    }

    private func forget(_ context: ChannelHandlerContext, because reason: String) {
        self.hasLeft = true
        self.tick?.cancel()
        self.held = nil
        self.endHandshake()
        self.forgetAlias(context)
        if let key = self.key ?? self.wanted { self.connections.end(key, context.channel, because: reason) }
        self.key = nil
    }
}
