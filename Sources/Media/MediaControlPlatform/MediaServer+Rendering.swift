internal import CallCore
internal import CaptureJournal
internal import RecordingStorage
private import Synchronization

/// What the renderer is given.
enum RenderingWork: Sendable {
    /// A batch of the journal, and whether it is on the disk.
    case batch([UInt8], Result<Void, JournalError>)
    /// Try again what could not be brought to the disk.
    case retry
}

// MARK: - From the journal to finished files, beside the actor

extension MediaServer {
    /// How long it takes until what could not be brought to the working directory is tried again.
    static let renderingRetry = Duration.seconds(5)

    @concurrent
    nonisolated func render(_ work: AsyncStream<RenderingWork>, _ recovered: Renderer) async {
        var renderer = recovered
        var journalFails = false
        for await next in work {
            let outcome: Renderer.Outcome
            switch next {
            case .batch(let bytes, let committed):
                self.note(committed, &journalFails)
                // A file holds what the journal holds: nothing that found no room there.
                let isFull = if case .failure(let error) = committed { error.code == .full } else { false }
                outcome = renderer.render(
                    isFull ? JournalReader.batch(withoutPacketsOf: bytes) : bytes, isTrusted: true)
            case .retry: outcome = renderer.retry()
            }
            await self.take(outcome, needsRetry: renderer.needsRetry)
        }
    }

    /// Tells once that the journal takes nothing, and once that it does again: batches come several times a second.
    private nonisolated func note(_ committed: Result<Void, JournalError>, _ journalFails: inout Bool) {
        switch committed {
        case .success:
            if journalFails { self.observe(.info, "journal.recovered", "Captured media goes to the disk again.") }
            journalFails = false
        case .failure(let error):
            if !journalFails, error.code == .full {
                self.observe(
                    .alarm, "journal.full", "What the calls under way say is not recorded any more: \(error.message)")
            } else if !journalFails {
                self.observe(
                    .alarm, "journal.failed",
                    "Captured media is not on the disk, only in memory, until its files are made: \(error.message)")
            }
            journalFails = true
        }
    }

    /// Makes recordings of what an earlier run has left in the journal.
    ///
    /// - Returns: the renderer, which may still hold what could not be brought to the disk.
    @concurrent
    nonisolated func recover() async -> Renderer {
        var renderer = Renderer(formats: self.formats, payloads: self.payloads, directory: self.workingDirectory)
        var outcomes: [Renderer.Outcome] = []
        do throws(JournalError) {
            try self.journal.readSegments { outcomes.append(renderer.render($0)) }
        } catch {
            self.observe(
                .alarm, "journal.unreadable",
                "What an earlier run has left in the journal stays there: \(error.message)")
        }
        outcomes.append(renderer.finishAll(at: .zero, reason: "the media server stopped while it recorded"))
        for outcome in outcomes { await self.take(outcome, needsRetry: renderer.needsRetry) }
        return renderer
    }
}

/// Something that happens once, and for which tasks wait, cancelled or not.
final class MediaEnding: Sendable {
    private struct State {
        var hasHappened = false
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    func happened() {
        let waiters = self.state.withLock { state in
            state.hasHappened = true
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }

    func wait() async {
        await withCheckedContinuation { continuation in
            let isOver = self.state.withLock { state in
                if !state.hasHappened { state.waiters.append(continuation) }
                return state.hasHappened
            }
            if isOver { continuation.resume() }
        }
    }
}
