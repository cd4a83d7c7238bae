public import CaptureJournal
import Synchronization

/// A journal in memory: for tests, simulations and hosts that can do without recovery.
///
/// A batch is committed within ``append(_:committed:)``.
public final class InProcessJournal: JournalStorage {
    private struct State {
        var batches: [[UInt8]] = []
        var failure: JournalError?
        var released: Set<RecordingNumber> = []
        var space = JournalSpace.endless
    }

    private let state = Mutex(State())

    /// A journal that holds nothing.
    public init() {}

    /// The batches that are kept, oldest first.
    public var batches: [[UInt8]] { self.state.withLock { $0.batches } }

    /// The recordings that were released.
    public var released: Set<RecordingNumber> { self.state.withLock { $0.released } }

    /// Makes the next append fail, and only that one.
    public func failNextAppend(with error: JournalError = JournalError(.full, "the journal was told to fail")) {
        self.state.withLock { $0.failure = error }
    }

    /// How much room it is said to have; at `.full` it keeps no packets.
    public var space: JournalSpace {
        get { self.state.withLock { $0.space } }
        set { self.state.withLock { $0.space = newValue } }
    }

    /// Does nothing: what is kept can be read and added to as long as this value is there.
    public func close() {}

    /// Keeps a batch; where it is full, without its packets.
    public func append(_ batch: [UInt8], committed: @escaping @Sendable (Result<Void, JournalError>) -> Void) {
        let failure = self.state.withLock { state -> JournalError? in
            var failure = state.failure
            state.failure = nil
            if state.space.level == .full { failure = JournalError(.full, "the journal was told to be full") }
            switch failure?.code {
            case nil: state.batches.append(batch)
            case .full: state.batches.append(JournalReader.batch(withoutPacketsOf: batch))
            default: break
            }
            return failure
        }
        committed(failure.map { .failure($0) } ?? .success(()))
    }

    /// Forgets the batches all of whose recordings have been released.
    public func release(_ recording: RecordingNumber) {
        self.state.withLock { state in
            state.released.insert(recording)
            let released = state.released
            state.batches.removeAll { JournalReader.recordings(in: $0.span).isSubset(of: released) }
        }
    }

    /// Hands over the batches that are kept, each as a segment, without what was released.
    public func readSegments(_ body: (_ segment: [UInt8]) -> Void) throws(JournalError) {
        let (batches, released) = self.state.withLock { ($0.batches, $0.released) }
        for batch in batches { body(JournalReader.segment(batch, without: released)) }
    }
}
