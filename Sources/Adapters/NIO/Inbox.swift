internal import CallCore
private import Synchronization

/// What has been received and not yet been taken: one row for all peers, in the order of arrival, bounded.
final class Inbox<Message: Sendable>: Sendable {
    private struct State {
        var waiting = 0
        /// Those who hold something back until there is room.
        var held: [@Sendable () -> Void] = []
    }

    /// In order; ends when the inbox is closed or the task that reads is cancelled.
    let messages: AsyncStream<(Message, Endpoint)>

    private let continuation: AsyncStream<(Message, Endpoint)>.Continuation
    private let state = Mutex(State())
    private let capacity: Int

    init(capacity: Int) {
        self.capacity = capacity
        (self.messages, self.continuation) = AsyncStream.makeStream()
    }

    /// Keeps a place in the row for a message that is put there next; false where the row is full.
    ///
    /// - Parameter whenRoom: called once, on any thread, when a full row has room again; nil where nobody waits.
    func reserve(whenRoom: (@Sendable () -> Void)? = nil) -> Bool {
        self.state.withLock { state in
            guard state.waiting < self.capacity else {
                if let whenRoom { state.held.append(whenRoom) }
                return false
            }
            state.waiting += 1
            return true
        }
    }

    /// Puts a message at the place that was reserved.
    func put(_ message: Message, from peer: Endpoint) { self.continuation.yield((message, peer)) }

    /// Puts a message at the end of the row; false where the row is full.
    func offer(_ message: Message, from peer: Endpoint) -> Bool {
        guard self.reserve() else { return false }
        self.put(message, from: peer)
        return true
    }

    /// Puts a message at the end of the row however long it is: for what must not get lost and is bounded otherwise.
    func insist(_ message: Message, from peer: Endpoint) {
        self.state.withLock { $0.waiting += 1 }
        self.put(message, from: peer)
    }

    /// Hands out messages until the inbox is closed or the task is cancelled.
    func drain(into receive: @escaping @Sendable @concurrent (Message, Endpoint) async -> Void) async {
        for await (message, peer) in self.messages {
            for resume in self.taken() { resume() }
            await receive(message, peer)
        }
    }

    /// Notes that a message was taken.
    ///
    /// - Returns: those who may go on, once the row is down to half.
    private func taken() -> [@Sendable () -> Void] {
        self.state.withLock { state in
            state.waiting -= 1
            guard state.waiting <= self.capacity / 2, !state.held.isEmpty else { return [] }
            defer { state.held = [] }
            return state.held
        }
    }

    func close() { self.continuation.finish() }
}
