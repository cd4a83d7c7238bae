import CallCore
import RecordingProcessor
import RecordingStorage
import Testing

@Suite struct ProcessingJobTests {
    private let configuration = ProcessingConfiguration(
        region: "us", historyPatience: .seconds(10), historyInterval: .seconds(1), historyIntervalLimit: .seconds(4),
        retryInterval: .seconds(1), retryIntervalLimit: .seconds(10), alarmThreshold: 3)

    private func job(published: Int = 0) throws -> ProcessingJob {
        ProcessingJob(
            files: [try Samples.file()], published: published, publisherCount: 2, configuration: self.configuration)
    }

    /// Effects as short text, reports by level and name.
    private func describe(_ effects: [ProcessingJob.Effect]) -> [String] {
        effects.map { effect in
            switch effect {
            case .readHistory: "read"
            case .publish(let recording, let number): "publish \(number) events=\(recording.eventHistory.count)"
            case .keep(let published): "keep \(published)"
            case .setTimer(_, let duration): "wait \(duration.milliseconds / 1_000)"
            case .report(let report): "\(report.level) \(report.name)"
            case .finished: "finished"
            }
        }
    }

    private func timer(_ effects: [ProcessingJob.Effect]) throws -> ProcessingJob.Timer {
        try #require(effects.compactMap { if case .setTimer(let timer, _) = $0 { timer } else { nil } }.first)
    }

    private func at(_ second: Int64) -> MonotonicTime { MonotonicTime(nanoseconds: second * 1_000_000_000) }

    @Test func `a recording goes to one publisher after the other`() throws {
        var job = try self.job()
        #expect(self.describe(job.handle(.begun, at: .zero)) == ["read"])
        #expect(self.describe(job.handle(.history(try Samples.history()), at: .zero)) == ["publish 0 events=6"])
        #expect(self.describe(job.handle(.published, at: .zero)) == ["keep 1", "publish 1 events=6"])
        #expect(
            self.describe(job.handle(.published, at: .zero)) == ["keep 2", "info recording.published", "finished"])
    }

    @Test func `a job that was taken up again goes on where it was`() throws {
        var job = try self.job(published: 1)
        _ = job.handle(.begun, at: .zero)
        #expect(self.describe(job.handle(.history(try Samples.history()), at: .zero)) == ["publish 1 events=6"])
    }

    @Test func `it waits for the end of the call, and longer each time`() throws {
        var job = try self.job()
        let unfinished = Array(try Samples.history().dropLast())
        _ = job.handle(.begun, at: self.at(0))
        var waits: [String] = []
        var now: Int64 = 0
        for _ in 0..<4 {
            let effects = job.handle(.history(unfinished), at: self.at(now))
            waits += self.describe(effects)
            now += 2
            #expect(self.describe(job.handle(.timerFired(try self.timer(effects)), at: self.at(now))) == ["read"])
        }
        #expect(waits == ["wait 1", "wait 2", "wait 4", "wait 4"])
        #expect(self.describe(job.handle(.history(try Samples.history()), at: self.at(9))) == ["publish 0 events=6"])
    }

    @Test func `when its patience ends it publishes what there is`() throws {
        var job = try self.job()
        _ = job.handle(.begun, at: self.at(0))
        #expect(
            self.describe(job.handle(.history([]), at: self.at(10)))
                == ["warning history.incomplete", "publish 0 events=0"])
    }

    @Test func `a history that cannot be read is waited for without end`() throws {
        var job = try self.job()
        _ = job.handle(.begun, at: .zero)
        var now: Int64 = 0
        var reports: [String] = []
        for _ in 0..<5 {
            let effects = job.handle(.historyFailed(StorageError(.unreachable, "gone")), at: self.at(now))
            reports.append(self.describe(effects)[0])
            now += 1_000
            #expect(self.describe(job.handle(.timerFired(try self.timer(effects)), at: self.at(now))) == ["read"])
        }
        #expect(reports.filter { $0 == "warning history.unreadable" }.count == 2)
        #expect(reports.filter { $0 == "alarm history.unreadable" }.count == 3)
    }

    @Test func `a publisher that does not accept is tried again without end, and the others are not told before it`()
        throws
    {
        var job = try self.job()
        _ = job.handle(.begun, at: .zero)
        _ = job.handle(.history(try Samples.history()), at: .zero)
        var waits: [String] = []
        for _ in 0..<60 {
            let effects = job.handle(.publishFailed(StorageError(.refused, "no")), at: .zero)
            waits.append(try #require(self.describe(effects).last))
            #expect(
                self.describe(job.handle(.timerFired(try self.timer(effects)), at: .zero)) == ["publish 0 events=6"])
        }
        #expect(waits.prefix(6) == ["wait 1", "wait 2", "wait 4", "wait 8", "wait 10", "wait 10"])
        #expect(self.describe(job.handle(.published, at: .zero)) == ["keep 1", "publish 1 events=6"])
    }

    @Test func `a timer of a wait that is over changes nothing`() throws {
        var job = try self.job()
        _ = job.handle(.begun, at: .zero)
        let first = try self.timer(job.handle(.history([]), at: .zero))
        _ = job.handle(.timerFired(first), at: .zero)
        _ = job.handle(.history([]), at: .zero)
        #expect(job.handle(.timerFired(first), at: .zero).isEmpty)
    }

    @Test func `an event that nobody expects changes nothing`() throws {
        var job = try self.job()
        for event: ProcessingJob.Event in [
            .published, .history([]), .timerFired(.retry(0)), .publishFailed(StorageError(.failed, "")),
        ] { #expect(job.handle(event, at: .zero).isEmpty) }
        #expect(self.describe(job.handle(.begun, at: .zero)) == ["read"])
        #expect(job.handle(.begun, at: .zero).isEmpty)
    }
}
