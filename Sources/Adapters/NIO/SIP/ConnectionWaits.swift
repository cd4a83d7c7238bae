internal import CallCore
internal import NIOCore

/// How long a connection has been waiting for what.
struct ConnectionWaits {
    /// What is to be done when a wait is over.
    enum Due: Hashable {
        case nothing
        case keepAlive
        case end(because: String)
    }

    private let limits: SIPConnectionLimits
    private var lastMessage = NIODeadline.uptimeNanoseconds(0)
    private var lastByte = NIODeadline.uptimeNanoseconds(0)
    private var messageBegan: NIODeadline?
    /// When the peer must have answered our keep-alive.
    private var pongEnd: NIODeadline?
    /// Whether a keep-alive of ours is not answered yet.
    var awaitsPong: Bool { self.pongEnd != nil }
    /// When the next look is planned.
    var planned: NIODeadline?

    init(_ limits: SIPConnectionLimits) { self.limits = limits }

    /// A message, or a peer's keep-alive, has come or gone.
    mutating func noteMessage(at now: NIODeadline) { (self.lastMessage, self.lastByte) = (now, now) }

    /// Something has come: the peer is alive.
    mutating func noteByte(at now: NIODeadline) { (self.lastByte, self.pongEnd) = (now, nil) }

    /// A keep-alive has gone.
    ///
    /// - Source: RFC 5626 §4.4.1.
    mutating func notePing(at now: NIODeadline) { (self.lastByte, self.pongEnd) = (now, now + .seconds(10)) }

    /// Whether a message, or a handshake, has begun and not ended.
    mutating func isWithinMessage(_ isWithin: Bool, at now: NIODeadline) {
        self.messageBegan = isWithin ? self.messageBegan ?? now : nil
    }

    private var messageEnd: NIODeadline? {
        self.messageBegan.map { $0 + .nanoseconds(self.limits.message.nanoseconds) }
    }
    private var idleEnd: NIODeadline { self.lastMessage + .nanoseconds(self.limits.idle.nanoseconds) }
    private var keepAlive: NIODeadline? {
        self.limits.keepAlive > .zero ? self.lastByte + .nanoseconds(self.limits.keepAlive.nanoseconds) : nil
    }

    /// When to look again.
    var next: NIODeadline? { [self.messageEnd, self.idleEnd, self.keepAlive, self.pongEnd].compactMap(\.self).min() }

    /// What is to be done at a time.
    func due(at now: NIODeadline) -> Due {
        if let end = self.messageEnd, end <= now { return .end(because: "The peer takes too long over a message") }
        if self.idleEnd <= now { return .end(because: "The connection was idle") }
        if let end = self.pongEnd, end <= now { return .end(because: "The peer does not answer a keep-alive") }
        if let time = self.keepAlive, time <= now { return .keepAlive }
        return .nothing
    }
}
