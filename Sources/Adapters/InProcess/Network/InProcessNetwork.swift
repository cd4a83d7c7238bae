public import CallCore
private import Synchronization

/// A network in memory: transports at endpoints, between which messages are handed over in order.
///
/// A message to an endpoint where nobody is goes nowhere, as on a real network.
public final class InProcessNetwork<Message: Sendable>: Sendable {
    /// Decides what becomes of a message: how often it is delivered. 1 is the ordinary case, 0 loses it, 2 doubles it.
    public typealias Fate = @Sendable (_ message: Message, _ from: Endpoint, _ to: Endpoint) -> Int

    private struct State {
        var inboxes: [Endpoint: AsyncStream<(Message, Endpoint)>.Continuation] = [:]
        var peers: [Endpoint: Set<Endpoint>] = [:]
        var fate: Fate?
    }

    private let state = Mutex(State())
    private let farewell: (@Sendable () -> Message)?

    /// A network without transports.
    ///
    /// - Parameter farewell: what the peers of a transport receive from its endpoint when it closes, as over connections;
    ///   nil where nobody notices, as over datagrams.
    public init(farewell: (@Sendable () -> Message)? = nil) { self.farewell = farewell }

    /// Opens a transport. One that was open at the same endpoint gets no more messages.
    public func transport(at endpoint: Endpoint) -> InProcessTransport<Message> {
        let (inbox, continuation) = AsyncStream.makeStream(of: (Message, Endpoint).self)
        let before = self.state.withLock { state in
            state.inboxes.updateValue(continuation, forKey: endpoint)
        }
        before?.finish()
        return InProcessTransport(localEndpoint: endpoint, network: self, inbox: inbox)
    }

    /// Closes the transport at an endpoint and tells those it has spoken with.
    public func close(_ endpoint: Endpoint) {
        let (inbox, peers) = self.state.withLock { state in
            let peers = state.peers.removeValue(forKey: endpoint) ?? []
            for peer in peers { state.peers[peer]?.remove(endpoint) }
            return (state.inboxes.removeValue(forKey: endpoint), peers.compactMap { state.inboxes[$0] })
        }
        inbox?.finish()
        guard let farewell else { return }
        for peer in peers { peer.yield((farewell(), endpoint)) }
    }

    /// Lets a rule decide about every message from now on; nil delivers each once.
    public func setFate(_ fate: Fate?) { self.state.withLock { $0.fate = fate } }

    fileprivate func deliver(_ message: Message, from: Endpoint, to: Endpoint) throws(TransportError) {
        let (open, fate, inbox) = self.state.withLock { state in
            let open = state.inboxes[from] != nil
            if open, state.inboxes[to] != nil, self.farewell != nil {
                state.peers[from, default: []].insert(to)
                state.peers[to, default: []].insert(from)
            }
            return (open, state.fate, state.inboxes[to])
        }
        guard open else { throw TransportError(.closed, "the transport at \(from) is closed") }
        guard let inbox else { return }
        for _ in 0..<max(0, fate?(message, from, to) ?? 1) { inbox.yield((message, from)) }
    }
}

/// One end of an ``InProcessNetwork``.
public final class InProcessTransport<Message: Sendable>: Transport {
    /// Where peers reach this transport.
    public let localEndpoint: Endpoint
    private let network: InProcessNetwork<Message>
    private let inbox: AsyncStream<(Message, Endpoint)>

    fileprivate init(
        localEndpoint: Endpoint, network: InProcessNetwork<Message>, inbox: AsyncStream<(Message, Endpoint)>
    ) {
        (self.localEndpoint, self.network, self.inbox) = (localEndpoint, network, inbox)
    }

    /// Hands a message to the transport at `peer`, or to nobody.
    ///
    /// - Throws: `.closed` after the end.
    public func send(_ message: Message, to peer: Endpoint) throws(TransportError) {
        try self.network.deliver(message, from: self.localEndpoint, to: peer)
    }

    /// Receives until the surrounding task is cancelled or the transport is closed.
    public func run(
        _ receive: @escaping @Sendable @concurrent (_ message: Message, _ peer: Endpoint) async -> Void
    ) async throws(TransportError) {
        for await (message, peer) in self.inbox { await receive(message, peer) }
    }
}
