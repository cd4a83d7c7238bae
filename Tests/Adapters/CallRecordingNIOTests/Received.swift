import CallCore
import Synchronization

/// What a transport has handed over: the test waits for one after another.
final class Received<Message: Sendable>: Sendable {
    typealias Item = (message: Message, peer: Endpoint)

    private let items = Mutex<[Item]>([])
    private let stream: AsyncStream<Item>
    private let continuation: AsyncStream<Item>.Continuation

    init() { (self.stream, self.continuation) = AsyncStream.makeStream() }

    /// Everything so far.
    var all: [Item] { self.items.withLock { $0 } }

    /// To be handed to `run(_:)`.
    var take: @Sendable @concurrent (Message, Endpoint) async -> Void {
        { message, peer in
            self.items.withLock { $0.append((message, peer)) }
            self.continuation.yield((message, peer))
        }
    }

    /// Waits for the next.
    func next() async -> Item? {
        var iterator = self.stream.makeAsyncIterator()
        return await iterator.next()
    }
}
