internal import NIOCore
internal import SIP
private import Synchronization

/// The connections of one transport, known by wire, peer and, over TLS, the name that was asked for.
///
/// Shared by the handlers on the event loops and by those who send, hence the lock; nothing is called under it.
final class SIPConnections: Sendable {
    /// What a connection is found by.
    struct Key: Hashable, Sendable {
        var wire: SIPWire
        var peer: Endpoint
        /// Whom the peer's certificate must speak for; nil for TCP and for connections that the peer opened.
        var name: String?

        var withoutName: Key { Key(wire: self.wire, peer: self.peer) }
    }

    /// A message on its way out.
    struct Parcel: Sendable {
        let message: SIPMessage
        let bytes: ByteBuffer

        init(_ message: SIPMessage) {
            self.message = message
            self.bytes = ByteBuffer(bytes: message.encoded())
        }
    }

    private enum Way {
        /// Being opened; what is to be sent then.
        case opening([Parcel], byteCount: Int)
        case open(any Channel)
    }

    private struct State {
        var ways: [Key: Way] = [:]
        /// The connections that we opened for some name, by key without it.
        var nameless: [Key: any Channel] = [:]
        /// Connections that peers have opened, by the addresses that they advertise, and for whom each is.
        var aliases: [Key: (channel: any Channel, names: PeerNames)] = [:]
        /// Connections that peers have opened and whose handshake is not done.
        var handshakes = 0
        var isClosed = false

        var count: Int { self.ways.count + self.handshakes }
    }

    /// What to do with a message to be sent.
    enum Outlet {
        case write(any Channel)
        /// Is kept; `first` says that nobody is opening the way yet.
        case kept(first: Bool)
        /// Nothing more may wait, or no more connections may be opened.
        case full
        case closed
    }

    let inbox: Inbox<SIPMessage>
    let limits: SIPConnectionLimits
    /// What makes TLS; nil where there is none.
    let protection: (any ConnectionProtection)?
    /// From where the transport itself speaks.
    private let localEndpoint: Endpoint
    private let state = Mutex(State())

    init(
        _ inbox: Inbox<SIPMessage>, limits: SIPConnectionLimits, localEndpoint: Endpoint,
        protection: (any ConnectionProtection)? = nil
    ) {
        (self.inbox, self.limits, self.localEndpoint) = (inbox, limits, localEndpoint)
        self.protection = protection
    }

    /// How many connections are open or being opened.
    var count: Int { self.state.withLock(\.count) }

    /// Whether a connection is open or being opened; one for any name where the key has none.
    func has(_ key: Key) -> Bool { self.state.withLock { $0.ways[key] != nil || $0.nameless[key] != nil } }

    /// Where a message goes.
    func outlet(for parcel: Parcel, to key: Key) -> Outlet {
        let size = parcel.bytes.readableBytes
        return self.state.withLock { state in
            guard !state.isClosed else { return .closed }
            switch state.ways[key] {
            case .open(let channel):
                return .write(channel)
            case .opening(var waiting, let byteCount):
                guard byteCount + size <= self.limits.unsentBytes else { return .full }
                waiting.append(parcel)
                state.ways[key] = .opening(waiting, byteCount: byteCount + size)
                return .kept(first: false)
            case nil:
                if let channel = state.nameless[key] { return .write(channel) }
                if let name = key.name, let alias = state.aliases[key.withoutName], alias.names.areValid(for: name) {
                    return .write(alias.channel)
                }
                guard state.count < self.limits.connections else { return .full }
                state.ways[key] = .opening([parcel], byteCount: size)
                return .kept(first: true)
            }
        }
    }

    /// Counts a connection whose handshake begins; false where there are too many.
    func beginHandshake() -> Bool {
        self.state.withLock { state in
            guard state.count < self.limits.connections else { return false }
            state.handshakes += 1
            return true
        }
    }

    /// Counts it no more.
    func endHandshake() { self.state.withLock { $0.handshakes -= 1 } }

    /// Lets requests to an address take a connection that a peer has opened, where they are for one of its names.
    func beginAlias(_ key: Key, _ channel: any Channel, for names: PeerNames) {
        self.state.withLock { if !$0.isClosed { $0.aliases[key] = (channel, names) } }
    }

    /// Lets them do so no more.
    func endAlias(_ key: Key, _ channel: any Channel) {
        self.state.withLock { if $0.aliases[key]?.channel === channel { $0.aliases[key] = nil } }
    }

    /// Takes up a connection.
    ///
    /// - Returns: what has waited for it; nil where the connection is not wanted.
    func open(_ channel: any Channel, as key: Key) -> [Parcel]? {
        self.state.withLock { state in
            guard !state.isClosed else { return nil }
            let way = state.ways[key]
            guard way != nil || state.count < self.limits.connections else { return nil }
            state.ways[key] = .open(channel)
            if key.name != nil { state.nameless[key.withoutName] = channel }
            if case .opening(let waiting, _) = way { return waiting }
            return []
        }
    }

    /// Forgets a connection that has ended, or has never opened.
    func end(_ key: Key, _ channel: (any Channel)?, because reason: String) {
        let waiting = self.state.withLock { state -> [Parcel] in
            switch state.ways[key] {
            case .opening(let waiting, _):
                state.ways[key] = nil
                return waiting
            case .open(let current):
                guard current === channel else { return [] }
                state.ways[key] = nil
                if state.nameless[key.withoutName] === channel { state.nameless[key.withoutName] = nil }
                return []
            case nil:
                return []
            }
        }
        for parcel in waiting { self.fail(parcel.message, because: reason) }
    }

    /// Says to whoever receives that a request did not get to its peer. The answer counts as the transport's own
    /// since it comes from where the transport is.
    ///
    /// - Source: RFC 3261 §8.1.3.1, §18.4.
    func fail(_ message: SIPMessage, because reason: String) {
        guard message.isRequest, message.method != .ack, !self.state.withLock(\.isClosed) else { return }
        var response = SIPMessage(response: .serviceUnavailable, to: message)
        let text = reason.map { $0 == "\"" || $0 == "\\" ? "'" : $0 }
        response.setField("Warning", to: "399 \(self.localEndpoint) \"\(String(text))\"")
        self.inbox.insist(response, from: self.localEndpoint)
    }

    /// Sends over an open connection.
    func write(_ parcel: Parcel, to channel: any Channel) {
        channel.writeAndFlush(parcel.bytes).whenFailure { _ in
            self.fail(parcel.message, because: "The connection has ended before the request was sent")
        }
    }

    /// Closes every connection, takes up no more, and waits until all are closed.
    func closeAll() async {
        for channel in self.shut() { try? await channel.closeFuture.get() }
    }

    /// Closes every connection and takes up no more.
    @discardableResult
    func shut() -> [any Channel] {
        let channels = self.state.withLock { state in
            state.isClosed = true
            let channels = state.ways.values.compactMap { way -> (any Channel)? in
                guard case .open(let channel) = way else { return nil }
                return channel
            }
            (state.ways, state.nameless, state.aliases) = ([:], [:], [:])
            return channels
        }
        self.inbox.close()
        for channel in channels { channel.close(promise: nil) }
        return channels
    }
}
