import CallCore
import CallRecordingInProcess
import CaptureJournal
import Synchronization
import Testing

@Suite struct InProcessJournalTests {
    private final class Outcomes: Sendable {
        let values = Mutex<[String]>([])

        func note(_ name: String) -> @Sendable (Result<Void, JournalError>) -> Void {
            { outcome in
                self.values.withLock { values in
                    switch outcome {
                    case .success: values.append("\(name) committed")
                    case .failure(let error): values.append("\(name) \(error.code)")
                    }
                }
            }
        }
    }

    private func batch(of numbers: UInt64...) -> [UInt8] {
        var writer = JournalWriter()
        for number in numbers { writer.append(.paused, recording: RecordingNumber(rawValue: number), at: .zero) }
        return writer.takeAll() ?? []
    }

    @Test func `an append that was told to fail does, and the next one succeeds`() {
        let journal = InProcessJournal()
        let outcomes = Outcomes()
        journal.failNextAppend(with: JournalError(.failed, "a bad disk"))
        journal.append(self.batch(of: 1), committed: outcomes.note("first"))
        journal.append(self.batch(of: 2), committed: outcomes.note("second"))
        #expect(outcomes.values.withLock { $0 } == ["first failed", "second committed"])
        #expect(journal.batches == [self.batch(of: 2)])
    }

    @Test func `a journal that is full keeps what gives packets their meaning, and says so`() {
        let journal = InProcessJournal()
        let outcomes = Outcomes()
        journal.space = JournalSpace(.full, freeByteCount: 0)
        var writer = JournalWriter()
        let payload: [UInt8] = [1, 2, 3]
        writer.append(.begun, recording: RecordingNumber(rawValue: 1), at: .zero)
        writer.append(.packet, recording: RecordingNumber(rawValue: 1), at: .zero, payload: payload.span)
        let batch = writer.takeAll() ?? []
        journal.append(batch, committed: outcomes.note("first"))
        #expect(outcomes.values.withLock { $0 } == ["first full"])
        #expect(journal.batches == [JournalReader.batch(withoutPacketsOf: batch)])
    }

    @Test func `a batch goes when all its recordings have been released`() {
        let journal = InProcessJournal()
        journal.append(self.batch(of: 1, 2)) { _ in }
        journal.append(self.batch(of: 2)) { _ in }
        journal.release(RecordingNumber(rawValue: 1))
        #expect(journal.batches.count == 2)
        journal.release(RecordingNumber(rawValue: 2))
        #expect(journal.batches.isEmpty)
    }
}
