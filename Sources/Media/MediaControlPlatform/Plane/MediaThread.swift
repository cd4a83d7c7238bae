public import CaptureJournal
public import RTP
import Synchronization

/// Turns a ``MediaPlane`` on a thread of its transport's own, from ``start()`` until `shutDown` was ordered.
///
/// Orders wait in one queue and are taken once a turn; reports and committed batches come on the threads that make
/// them.
public final class MediaThread: Sendable {
    private let transport: any MediaTransport
    private let journal: any JournalStorage
    private let seed: UInt64
    private let report: @Sendable (MediaPlaneReport) -> Void
    private let committed: @Sendable ([UInt8], Result<Void, JournalError>) -> Void
    private let orders = Mutex<[MediaPlaneOrder]>([])
    /// When each batch was handed to the journal that it has not answered, in order.
    private let unanswered = Mutex<[MonotonicTime]>([])

    /// Describes a thread that has not been started.
    ///
    /// - Parameters:
    ///   - journal: secures what is captured.
    ///   - seed: of SSRCs and of the numbers that streams begin with.
    ///   - report: is told what the plane says, on the media thread; returns at once.
    ///   - committed: is handed each batch of the journal, in order, when it is on the disk or cannot be: feed it to a
    ///     `Renderer`. Returns at once.
    public init(
        transport: any MediaTransport, journal: any JournalStorage, seed: UInt64,
        report: @escaping @Sendable (MediaPlaneReport) -> Void,
        committed: @escaping @Sendable (_ batch: [UInt8], _ outcome: Result<Void, JournalError>) -> Void
    ) {
        (self.transport, self.journal, self.seed) = (transport, journal, seed)
        (self.report, self.committed) = (report, committed)
    }

    /// Queues an order. From any thread; also before ``start()``.
    public func order(_ order: MediaPlaneOrder) { self.order([order]) }

    /// Queues orders that are carried out in one turn, so that no packet is treated between them.
    public func order(_ orders: [MediaPlaneOrder]) {
        guard !orders.isEmpty else { return }
        self.orders.withLock { $0 += orders }
        self.transport.wake()
    }

    /// Starts the thread and returns. Call it once. After ``MediaPlaneReport/finished`` the thread is gone.
    public func start() {
        self.transport.start {
            var plane = MediaPlane(transport: self.transport, seed: self.seed)
            while !plane.isFinished {
                self.transport.wait(plane.patience, gathering: plane.gathering)
                self.turn(&plane)
            }
        }
    }

    /// For how long the journal has kept silent about a batch; zero where it keeps up.
    ///
    /// - Parameter now: on the transport's clock.
    public func journalDelay(at now: MonotonicTime) -> Duration {
        self.unanswered.withLock { $0.first }.map { now - $0 } ?? .zero
    }

    private func turn(_ plane: inout MediaPlane) {
        // Orders are taken before the packets, so that every packet that came before an order is treated before it.
        let orders = self.orders.withLock { orders in
            defer { orders = [] }
            return orders
        }
        let reports = plane.turn(orders)
        if let batch = plane.takeBatch() {
            self.unanswered.withLock { $0.append(self.transport.now) }
            self.journal.append(batch) { outcome in
                self.unanswered.withLock { if !$0.isEmpty { $0.removeFirst() } }
                self.committed(batch, outcome)
            }
        }
        for report in reports { self.report(report) }
    }
}
