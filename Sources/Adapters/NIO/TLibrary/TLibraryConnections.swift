internal import NIOCore
private import Synchronization
internal import TLib

/// The open connections of one transport, known by their peers' endpoints.
///
/// Shared by the handlers on the event loops and by those who send, hence the lock; nothing is called under it.
final class TLibraryConnections: Sendable {
    private enum Way {
        /// Being opened; what is to be sent then.
        case opening([ByteBuffer], byteCount: Int)
        case open(any Channel)
    }

    private struct State {
        var ways: [Endpoint: Way] = [:]
        var isClosed = false
    }

    /// What to do with a message to be sent.
    enum Outlet {
        case write(any Channel)
        /// Is kept; `first` says that nobody is opening the way yet.
        case kept(first: Bool)
        case none
        case full
        case closed
    }

    let inbox: Inbox<TMessage>
    let limits: TLibraryLimits
    private let state = Mutex(State())

    init(limits: TLibraryLimits) {
        self.limits = limits
        self.inbox = Inbox(capacity: limits.receivedMessages)
    }

    /// How many connections are open or being opened.
    var count: Int { self.state.withLock { $0.ways.count } }

    /// Notes that a connection is being opened.
    func expect(_ peer: Endpoint) {
        self.state.withLock { $0.ways[peer] = $0.ways[peer] ?? .opening([], byteCount: 0) }
    }

    /// Takes up a connection.
    ///
    /// - Returns: what has waited for it; nil where the connection is not wanted.
    func open(_ channel: any Channel, to peer: Endpoint) -> [ByteBuffer]? {
        self.state.withLock { state in
            guard !state.isClosed else { return nil }
            switch state.ways[peer] {
            case .opening(let waiting, _):
                state.ways[peer] = .open(channel)
                return waiting
            case .open:
                return nil
            case nil:
                guard state.ways.count < self.limits.connections else { return nil }
                state.ways[peer] = .open(channel)
                return []
            }
        }
    }

    /// Forgets a peer, closes its connection, and says so to whoever receives.
    ///
    /// - Parameter channel: which connection is meant, where the peer may have another one by now.
    func close(_ peer: Endpoint, _ channel: (any Channel)? = nil) {
        let way = self.state.withLock { state -> Way? in
            guard !state.isClosed, let way = state.ways[peer] else { return nil }
            if let channel {
                guard case .open(let current) = way, current === channel else { return nil }
            }
            state.ways[peer] = nil
            return way
        }
        guard let way else { return }
        self.inbox.insist(TMessage(.eventServerDisconnected), from: peer)
        if case .open(let channel) = way { channel.close(promise: nil) }
    }

    /// Where a frame goes.
    func outlet(for frame: ByteBuffer, to peer: Endpoint, opening: Bool) -> Outlet {
        self.state.withLock { state in
            guard !state.isClosed else { return .closed }
            switch state.ways[peer] {
            case .open(let channel):
                return .write(channel)
            case .opening(var waiting, let byteCount):
                guard byteCount + frame.readableBytes <= self.limits.unsentBytes else { return .full }
                waiting.append(frame)
                state.ways[peer] = .opening(waiting, byteCount: byteCount + frame.readableBytes)
                return .kept(first: false)
            case nil where opening:
                state.ways[peer] = .opening([frame], byteCount: frame.readableBytes)
                return .kept(first: true)
            case nil:
                return .none
            }
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
            state.ways = [:]
            return channels
        }
        self.inbox.close()
        for channel in channels { channel.close(promise: nil) }
        return channels
    }

    /// Makes a frame of a message.
    ///
    /// - Throws: `.failed` where the peer would refuse a frame so long.
    static func frame(_ message: TMessage) throws(TransportError) -> ByteBuffer {
        let bytes = message.encodedFrame()
        guard bytes.count <= TFrame.maximumByteCount else {
            throw TransportError(
                .failed,
                "\(message.type) of \(bytes.count) bytes is too long: a frame holds \(TFrame.maximumByteCount)")
        }
        return ByteBuffer(bytes: bytes)
    }
}
