internal import CallCore
private import Synchronization

/// What has been received and not yet been taken: one row for all peers, in the order of arrival, bounded.
final class Inbox<Message: Sendable>: Sendable {
    /// In order; ends when the inbox is closed or the task that reads is cancelled.
    let messages: AsyncStream<(Message, Endpoint)>

    private let continuation: AsyncStream<(Message, Endpoint)>.Continuation
    private let waiting = Mutex(0)
    private let capacity: Int

    init(capacity: Int) {
        self.capacity = capacity
        (self.messages, self.continuation) = AsyncStream.makeStream()
    }

    /// Keeps a place in the row for a message that is put there next; false where the row is full.
    func reserve() -> Bool {
        self.waiting.withLock { waiting in
            guard waiting < self.capacity else { return false }
            waiting += 1
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
        self.waiting.withLock { $0 += 1 }
        self.put(message, from: peer)
    }

    /// Hands out messages until the inbox is closed or the task is cancelled.
    func drain(into receive: @escaping @Sendable @concurrent (Message, Endpoint) async -> Void) async {
        for await (message, peer) in self.messages {
            self.waiting.withLock { $0 -= 1 }
            await receive(message, peer)
        }
    }

    func close() { self.continuation.finish() }
}
