public import CaptureJournal
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A journal in a folder: segments of 64 MiB, written by a thread of its own.
///
/// All batches that have come while the disk was busy are written and synced together, so that one commit serves many
/// calls. A commit that failed is cut off again, so that a segment holds whole batches but for what a crash has torn.
public final class DirectoryJournal: JournalStorage {
    private struct Waiting: Sendable {
        var batch: [UInt8]
        var committed: @Sendable (Result<Void, JournalError>) -> Void
    }

    private struct State: Sendable {
        var waiting: [Waiting] = []
        var released: Set<RecordingNumber> = []
        var hasReleases = false
        var isClosed = false
    }

    private let state = Mutex(State())
    private let signal = JournalSignal()
    private let segments: JournalSegments

    /// Opens a journal; segments of an earlier run stay until their recordings are released.
    ///
    /// - Parameters:
    ///   - path: a folder, made where there is none, with access for its owner only.
    ///   - segmentByteCount: a segment ends with the batch that makes it larger.
    /// - Throws: `.failed` where the folder cannot be made or used.
    public init(_ path: String, segmentByteCount: Int = 67_108_864) throws(JournalError) {
        self.segments = try JournalSegments(path: path, segmentByteCount: segmentByteCount)
        let released = self.segments.releasedEarlier()
        self.state.withLock { ($0.released, $0.hasReleases) = (released, !released.isEmpty) }
        try self.startWriter()
        if !released.isEmpty { self.signal.raise() }
    }

    /// Queues a batch.
    public func append(_ batch: [UInt8], committed: @escaping @Sendable (Result<Void, JournalError>) -> Void) {
        let isClosed = self.state.withLock { state in
            if !state.isClosed { state.waiting.append(Waiting(batch: batch, committed: committed)) }
            return state.isClosed
        }
        if isClosed {
            committed(.failure(JournalError(.closed, "the journal in \(self.segments.path) has been closed")))
        } else {
            self.signal.raise()
        }
    }

    /// Gives a recording's segments free.
    public func release(_ recording: RecordingNumber) {
        self.state.withLock { state in
            state.released.insert(recording)
            state.hasReleases = true
        }
        self.signal.raise()
    }

    /// Reads the segments of earlier runs, without what was released.
    public func readSegments(_ body: (_ segment: [UInt8]) -> Void) throws(JournalError) {
        let released = self.state.withLock { $0.released }
        var failure: JournalError?
        for name in try self.segments.earlierSegments() {
            do throws(JournalError) {
                body(JournalReader.segment(try self.segments.read(name), without: released))
            } catch {
                // What follows it is of recordings that would be taken for ended, and released with all they have.
                failure = failure ?? error
            }
        }
        if let failure { throw failure }
    }

    /// Ends the journal: what was queued is still committed; what comes later fails with `.closed`. Returns at once.
    public func close() {
        self.state.withLock { $0.isClosed = true }
        self.signal.raise()
    }

    private func startWriter() throws(JournalError) {
        // The thread holds the journal until it was closed.
        let box = Unmanaged.passRetained(self)
        #if canImport(Darwin)
            var thread: pthread_t?
        #else
            var thread = pthread_t()
        #endif
        let outcome = pthread_create(&thread, nil, journalWriterBody, box.toOpaque())
        guard outcome == 0, pthread_detach(thread) == 0 else {
            box.release()
            throw JournalError(.failed, "the journal's thread cannot be started: error \(outcome)")
        }
    }

    fileprivate func write() {
        while true {
            self.signal.wait()
            let (waiting, released, isClosed) = self.state.withLock { state in
                defer {
                    state.waiting = []
                    state.hasReleases = false
                }
                return (state.waiting, state.hasReleases ? state.released : nil, state.isClosed)
            }
            if !waiting.isEmpty {
                let outcome = self.segments.commit(waiting.map(\.batch))
                for batch in waiting { batch.committed(outcome) }
            }
            if let released {
                // Noted first: a crash in between must not leave half a recording that nobody releases any more.
                self.segments.note(released: released)
                let gone = self.segments.remove(released: released)
                self.state.withLock { $0.released.subtract(gone) }
                if !gone.isEmpty { self.segments.note(released: released.subtracting(gone)) }
            }
            if isClosed, self.state.withLock({ $0.waiting.isEmpty && !$0.hasReleases }) {
                self.segments.close()
                return
            }
        }
    }
}

#if canImport(Darwin)
    private func journalWriterBody(_ context: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
        Unmanaged<DirectoryJournal>.fromOpaque(context).takeRetainedValue().write()
        return nil
    }
#else
    private func journalWriterBody(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        guard let context else { return nil }
        Unmanaged<DirectoryJournal>.fromOpaque(context).takeRetainedValue().write()
        return nil
    }
#endif
