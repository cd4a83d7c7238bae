import CallCore
import CallRecordingInProcess
import CaptureJournal
import Synchronization
import Testing

@testable import MediaControlPlatform

/// A journal on a disk that says nothing until it is told to.
private final class HangingJournal: JournalStorage {
    private let waiting = Mutex<[@Sendable (Result<Void, JournalError>) -> Void]>([])

    func append(_ batch: [UInt8], committed: @escaping @Sendable (Result<Void, JournalError>) -> Void) {
        self.waiting.withLock { $0.append(committed) }
    }

    func release(_ recording: RecordingNumber) {}

    let space = JournalSpace.endless

    func close() {}

    func readSegments(_ body: (_ segment: [UInt8]) -> Void) throws(JournalError) {}

    func answer() {
        for committed in self.waiting.withLock({ $0 }) { committed(.success(())) }
    }
}

@Suite struct MediaThreadTests {
    private final class Notes: Sendable {
        let reports = Mutex<[MediaPlaneReport]>([])
        let batches = Mutex<[(bytes: [UInt8], isCommitted: Bool)]>([])
    }

    private func thread(_ media: ScriptedMedia, _ journal: InProcessJournal, _ notes: Notes) -> MediaThread {
        MediaThread(
            transport: media, journal: journal, seed: 1,
            report: { report in notes.reports.withLock { $0.append(report) } },
            committed: { batch, outcome in
                let isCommitted = if case .success = outcome { true } else { false }
                notes.batches.withLock { $0.append((batch, isCommitted)) }
            })
    }

    @Test func `orders are carried out in their order, and the end brings everything to the journal`() {
        let (media, journal, notes) = (ScriptedMedia(), InProcessJournal(), Notes())
        let thread = self.thread(media, journal, notes)
        for order: MediaPlaneOrder in [
            .openPort(BridgeScene.callerLeg), .join(BridgeScene.callerLeg, conference: "call"),
            .startRecording(BridgeScene.ticket()), .shutDown,
        ] { thread.order(order) }
        thread.start()
        media.runStarted()
        #expect(
            notes.reports.withLock { $0 } == [
                .portOpened(BridgeScene.callerLeg, .loopback(20_000)),
                .recordingStarted(BridgeScene.number, at: .zero), .recordingStopped(BridgeScene.number, at: .zero),
                .finished,
            ])
        #expect(notes.batches.withLock { $0.map(\.bytes) } == journal.batches)
        #expect(journal.batches.count == 1)
    }

    @Test func `orders that belong together are carried out without a packet between them`() {
        let (media, journal, notes) = (ScriptedMedia(), InProcessJournal(), Notes())
        let thread = self.thread(media, journal, notes)
        thread.order([.startRecording(BridgeScene.ticket()), .pauseRecording(BridgeScene.number), .shutDown])
        thread.order([])
        thread.start()
        media.runStarted()
        let isInOrder = notes.reports.withLock { reports in
            guard reports.count == 4, case .recordingStarted = reports[0], case .recordingPaused = reports[1] else {
                return false
            }
            return true
        }
        #expect(isInOrder)
    }

    @Test func `a journal that hangs is seen to hang until it answers`() {
        let (media, journal) = (ScriptedMedia(), HangingJournal())
        let thread = MediaThread(transport: media, journal: journal, seed: 1, report: { _ in }, committed: { _, _ in })
        thread.order([.startRecording(BridgeScene.ticket()), .shutDown])
        thread.start()
        media.runStarted()
        media.advance(to: 5_000)
        #expect(thread.journalDelay(at: media.now) == .seconds(5))
        journal.answer()
        #expect(thread.journalDelay(at: media.now) == .zero)
    }

    @Test func `a batch that the journal could not secure is handed on, with the failure`() {
        let (media, journal, notes) = (ScriptedMedia(), InProcessJournal(), Notes())
        let thread = self.thread(media, journal, notes)
        journal.failNextAppend(with: JournalError(.failed, "the disk broke"))
        thread.order(.startRecording(BridgeScene.ticket()))
        thread.order(.shutDown)
        thread.start()
        media.runStarted()
        #expect(notes.batches.withLock { $0.map(\.isCommitted) } == [false])
        #expect(journal.batches.isEmpty)
    }
}
