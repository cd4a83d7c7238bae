import CallCore
import RecordingStorage
import Testing

@testable import MediaControlPlatform

@Suite struct UploadJobTests {
    private static let unreachable = StorageError(.unreachable, "the store does not answer")

    private var job = UploadJob(name: "call", files: ["call.mp3", "call.wav"])

    @Test mutating func `metadata is posted only after every file is stored, and nothing is removed before that`() {
        var steps = self.steps(of: .started)
        for _ in 0..<5 { if let last = steps.last { steps += self.steps(of: .succeeded(last)) } }
        #expect(steps == [.store(0), .store(1), .post, .settle, .remove])
    }

    @Test mutating func `a job ends when the local copies are gone`() {
        for event: UploadJob.Event in [
            .started, .succeeded(.store(0)), .succeeded(.store(1)), .succeeded(.post), .succeeded(.settle),
        ] { _ = self.job.handle(event, at: .zero) }
        #expect(self.job.handle(.succeeded(.remove), at: .zero) == [.finished])
        #expect(self.job.handle(.started, at: .zero) == [])
    }

    @Test mutating func `a failed step is tried again, and no later step begins`() {
        _ = self.job.handle(.started, at: .zero)
        let effects = self.job.handle(.failed(.store(0), Self.unreachable), at: .zero)
        #expect(effects.contains(.setTimer(.retry(.store(0), failures: 1), after: .seconds(1))))
        #expect(self.job.handle(.succeeded(.store(1)), at: .zero) == [])
        #expect(self.job.handle(.timerFired(.retry(.store(0), failures: 1)), at: .zero) == [.perform(.store(0))])
    }

    @Test mutating func `the wait doubles up to the longest and never ends`() {
        _ = self.job.handle(.started, at: .zero)
        var waits: [Int64] = []
        for _ in 0..<200 {
            for case .setTimer(let timer, let wait) in self.job.handle(.failed(.store(0), Self.unreachable), at: .zero)
            {
                waits.append(wait.milliseconds / 1_000)
                #expect(self.job.handle(.timerFired(timer), at: .zero) == [.perform(.store(0))])
            }
        }
        #expect(waits.prefix(10) == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300])
        #expect(waits.count == 200 && waits.dropFirst(10).allSatisfy { $0 == 300 })
    }

    @Test mutating func `a failure that may pass raises one alarm at the third time, and its end is told`() {
        _ = self.job.handle(.started, at: .zero)
        var levels: [CallReport.Level] = []
        for _ in 0..<5 { levels += self.levels(of: .failed(.store(0), Self.unreachable)) }
        #expect(levels == [.warning, .warning, .alarm, .warning, .warning])
        #expect(self.names(of: .succeeded(.store(0))) == ["upload.recovered", "upload.stored"])
    }

    @Test(arguments: [StorageError.Code.conflict, .refused, .notFound, .corrupt])
    func `a failure that does not pass by itself raises an alarm at once and is tried again`(code: StorageError.Code) {
        var job = self.job
        _ = job.handle(.started, at: .zero)
        let effects = job.handle(.failed(.store(0), StorageError(code, "no")), at: .zero)
        #expect(effects.contains(.setTimer(.retry(.store(0), failures: 1), after: .seconds(1))))
        #expect(effects.contains { if case .report(let report) = $0 { report.level == .alarm } else { false } })
    }

    @Test mutating func `an old timer changes nothing`() {
        _ = self.job.handle(.started, at: .zero)
        _ = self.job.handle(.failed(.store(0), Self.unreachable), at: .zero)
        _ = self.job.handle(.timerFired(.retry(.store(0), failures: 1)), at: .zero)
        _ = self.job.handle(.failed(.store(0), Self.unreachable), at: .zero)
        #expect(self.job.handle(.timerFired(.retry(.store(0), failures: 1)), at: .zero) == [])
        _ = self.job.handle(.succeeded(.store(0)), at: .zero)
        #expect(self.job.handle(.timerFired(.retry(.store(0), failures: 2)), at: .zero) == [])
    }

    @Test func `a settled job only removes`() {
        var job = UploadJob(name: "call", files: ["call.mp3"], isSettled: true)
        #expect(job.handle(.started, at: .zero) == [.perform(.remove)])
        #expect(job.handle(.succeeded(.remove), at: .zero) == [.finished])
    }

    private mutating func steps(of event: UploadJob.Event) -> [UploadJob.Step] {
        self.job.handle(event, at: .zero).compactMap { if case .perform(let step) = $0 { step } else { nil } }
    }

    private mutating func levels(of event: UploadJob.Event) -> [CallReport.Level] {
        self.job.handle(event, at: .zero).compactMap { if case .report(let report) = $0 { report.level } else { nil } }
    }

    private mutating func names(of event: UploadJob.Event) -> [String] {
        self.job.handle(event, at: .zero).compactMap { if case .report(let report) = $0 { report.name } else { nil } }
    }
}
