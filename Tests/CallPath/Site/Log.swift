import CallRecording
import Synchronization

/// What happened so far, noted from whatever thread.
final class Log<Entry: Sendable>: Sendable {
    private let entries = Mutex<[Entry]>([])

    var all: [Entry] { self.entries.withLock { $0 } }

    func append(_ entry: Entry) { self.entries.withLock { $0.append(entry) } }
}

/// What the boxes report.
extension Log: CallObserver where Entry == CallReport {
    func observe(_ report: CallReport) { self.append(report) }

    func reports(named name: String) -> [CallReport] { self.all.filter { $0.name == name } }
}

/// A transport that notes what goes through it.
struct WatchedTransport<Message: Sendable>: Transport {
    let inner: any Transport<Message>
    let sent = Log<Message>()
    let received = Log<Message>()

    init(_ inner: any Transport<Message>) { self.inner = inner }

    var localEndpoint: Endpoint { self.inner.localEndpoint }

    func send(_ message: Message, to peer: Endpoint) throws(TransportError) {
        self.sent.append(message)
        try self.inner.send(message, to: peer)
    }

    func run(
        _ receive: @escaping @Sendable @concurrent (_ message: Message, _ peer: Endpoint) async -> Void
    ) async throws(TransportError) {
        let received = self.received
        try await self.inner.run { message, peer in
            received.append(message)
            await receive(message, peer)
        }
    }
}

extension Log where Entry == SIPMessage {
    /// The requests of a method, retransmissions left out.
    func requests(_ method: SIPMethod) -> [SIPMessage] {
        var branches: Set<String> = []
        return self.all.filter { message in
            message.isRequest && message.method == method && branches.insert(message[.via]?.branch ?? "").inserted
        }
    }
}
