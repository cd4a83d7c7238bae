import CaptureJournal
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The thread that writes a journal, and what waits for it.
final class JournalThread: Sendable {
    private struct Waiting: Sendable {
        var batch: [UInt8]
        var committed: @Sendable (Result<Void, JournalError>) -> Void
    }

    private struct State: Sendable {
        var waiting: [Waiting] = []
        var released: Set<RecordingNumber> = []
        var hasReleases = false
        var isClosed = false
        var space: JournalSpace
    }

    private let state: Mutex<State>
    private let signal = JournalSignal()
    private let segments: JournalSegments
    private let reserve: JournalReserve

    init(_ segments: JournalSegments, reserve: JournalReserve) {
        (self.segments, self.reserve) = (segments, reserve)
        let space = reserve.space(freeByteCount: segments.freeByteCount())
        let released = segments.releasedEarlier()
        self.state = Mutex(State(released: released, hasReleases: !released.isEmpty, space: space))
        if !released.isEmpty { self.signal.raise() }
    }

    var space: JournalSpace { self.state.withLock { $0.space } }

    func append(_ batch: [UInt8], committed: @escaping @Sendable (Result<Void, JournalError>) -> Void) {
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

    func release(_ recording: RecordingNumber) {
        self.state.withLock { state in
            state.released.insert(recording)
            state.hasReleases = true
        }
        self.signal.raise()
    }

    func readSegments(_ body: (_ segment: [UInt8]) -> Void) throws(JournalError) {
        let released = self.state.withLock { $0.released }
        var failure: JournalError?
        for name in try self.segments.earlierSegments() {
            do throws(JournalError) {
                let records = try self.segments.records(of: name)
                self.segments.learn(JournalReader.allRecordings(in: records), of: name)
                body(JournalReader.segment(records, without: released))
            } catch {
                // What follows it is of recordings that would be taken for ended, and released with all they have.
                failure = failure ?? error
            }
        }
        if let failure { throw failure }
    }

    func close() {
        self.state.withLock { $0.isClosed = true }
        self.signal.raise()
    }

    func start() throws(JournalError) {
        // The thread holds this value until it was closed.
        let box = Unmanaged.passRetained(self)
        #if canImport(Darwin)
            var thread: pthread_t?
        #else
            var thread = pthread_t()
        #endif
        let outcome = pthread_create(&thread, nil, journalThreadBody, box.toOpaque())
        guard outcome == 0, pthread_detach(thread) == 0 else {
            box.release()
            throw JournalError(.failed, "the journal's thread cannot be started: error \(outcome)")
        }
    }

    fileprivate func write() {
        // What gives packets their meaning, and has found no room yet.
        var held: [UInt8] = []
        while true {
            self.signal.wait()
            let space = self.reserve.space(freeByteCount: self.segments.freeByteCount())
            let (waiting, released, isClosed) = self.state.withLock { state in
                defer {
                    state.waiting = []
                    state.hasReleases = false
                }
                state.space = space
                return (state.waiting, state.hasReleases ? state.released : nil, state.isClosed)
            }
            if !held.isEmpty, case .success = self.segments.commit(held) { held = [] }
            if !waiting.isEmpty {
                let batch = Self.joined(waiting)
                let outcome = self.commit(batch, &held, space)
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

    /// Commits records; where there is no room for all, those that are no packets.
    private func commit(_ batch: [UInt8], _ held: inout [UInt8], _ space: JournalSpace) -> Result<Void, JournalError> {
        var outcome: Result<Void, JournalError> = .failure(
            JournalError(
                .full,
                "the file system of \(self.segments.path) has \(space.freeByteCount >> 20) MiB left, and "
                    + "\(self.reserve.full >> 20) are kept for the ends of recordings: make room"))
        if space.level > .full, held.isEmpty { outcome = self.segments.commit(batch) }
        if case .failure(let error) = outcome, error.code == .full {
            held = JournalReader.batch(withoutPacketsOf: held + batch)
            if case .success = self.segments.commit(held) { held = [] }
        }
        return outcome
    }

    private static func joined(_ waiting: [Waiting]) -> [UInt8] {
        if waiting.count == 1 { return waiting[0].batch }
        var batch: [UInt8] = []
        batch.reserveCapacity(waiting.reduce(0) { $0 + $1.batch.count })
        for one in waiting { batch += one.batch }
        return batch
    }
}

#if canImport(Darwin)
    private func journalThreadBody(_ context: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
        Unmanaged<JournalThread>.fromOpaque(context).takeRetainedValue().write()
        return nil
    }
#else
    private func journalThreadBody(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        guard let context else { return nil }
        Unmanaged<JournalThread>.fromOpaque(context).takeRetainedValue().write()
        return nil
    }
#endif
