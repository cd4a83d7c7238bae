public import CallCore
public import RecordingStorage

/// The way of one call's files from the media server to everybody who must know of them.
///
/// It waits until the history tells the end of the call, builds the recording, and hands it to one publisher after the
/// other: the next is told only once the one before has accepted. It never gives up; how far it has come is kept, so that
/// a restart does not tell anybody twice without need.
public struct ProcessingJob: StateMachine {
    /// What it waits for. The number tells a timer of a wait that is over from that of the present one.
    public enum Timer: Hashable, Sendable {
        /// The history may be complete now.
        case history(Int)
        /// The publisher may accept now.
        case retry(Int)
    }

    /// What can happen.
    public enum Event: Hashable, Sendable {
        /// The job has been kept.
        case begun
        /// The history has been read.
        case history([CallHistoryEntry])
        /// The history could not be read.
        case historyFailed(StorageError)
        /// The publisher has accepted.
        case published
        /// The publisher has not accepted.
        case publishFailed(StorageError)
        /// A wait is over.
        case timerFired(Timer)
        /// The processor is about to end: whatever the job waits for is tried now.
        case hurried
    }

    /// What must be done.
    public enum Effect: Hashable, Sendable {
        /// Read the history of the call.
        case readHistory(CallUUID)
        /// Hand the recording to the publisher with that number.
        case publish(Recording, to: Int)
        /// Keep that so many publishers have accepted.
        case keep(published: Int)
        /// Wait.
        case setTimer(Timer, after: Duration)
        /// Tell whoever watches.
        case report(CallReport)
        /// Everybody has accepted; the job can be forgotten.
        case finished
    }

    private enum State: Hashable, Sendable {
        case kept
        case readingHistory
        case waitingForHistory
        case publishing(Recording)
        case waitingToPublish(Recording)
        case finished
    }

    /// How many publishers have accepted.
    public private(set) var published: Int
    /// Whether nothing is under way: the job waits for a time to come, or has ended.
    public var isWaiting: Bool {
        switch self.state {
        case .waitingForHistory, .waitingToPublish, .finished: true
        case .kept, .readingHistory, .publishing: false
        }
    }

    private let files: [MediaFile]
    private let publisherCount: Int
    private let configuration: ProcessingConfiguration
    private var state = State.kept
    private var begun = MonotonicTime.zero
    private var failures = 0
    private var waits = 0

    /// A job that has been kept and not yet begun.
    ///
    /// - Parameters:
    ///   - files: the files of one call, at least one.
    ///   - published: how many publishers have accepted already.
    ///   - publisherCount: how many publishers there are.
    public init(files: [MediaFile], published: Int = 0, publisherCount: Int, configuration: ProcessingConfiguration) {
        (self.files, self.published, self.publisherCount) = (files, published, publisherCount)
        self.configuration = configuration
    }

    /// Takes one event and says what must be done about it, in order.
    public mutating func handle(_ event: Event, at now: MonotonicTime) -> [Effect] {
        switch (self.state, event) {
        case (.kept, .begun):
            self.begun = now
            return self.readHistory()
        case (.readingHistory, .history(let entries)):
            return self.read(entries, at: now)
        case (.readingHistory, .historyFailed(let error)):
            self.state = .waitingForHistory
            return self.failed("history.unreadable", "the history cannot be read: \(error)")
                + [
                    self.wait(
                        Timer.history, self.configuration.historyInterval, self.configuration.historyIntervalLimit)
                ]
        case (.waitingForHistory, .timerFired(.history(self.waits))), (.waitingForHistory, .hurried):
            return self.readHistory()
        case (.publishing(let recording), .published):
            self.published += 1
            self.failures = 0
            return [.keep(published: self.published)] + self.publish(recording)
        case (.publishing(let recording), .publishFailed(let error)):
            self.state = .waitingToPublish(recording)
            return self.failed("recording.notAccepted", "publisher \(self.published + 1) did not accept: \(error)")
                + [self.wait(Timer.retry, self.configuration.retryInterval, self.configuration.retryIntervalLimit)]
        case (.waitingToPublish(let recording), .timerFired(.retry(self.waits))),
            (.waitingToPublish(let recording), .hurried):
            return self.publish(recording)
        default:
            return []
        }
    }

    private mutating func readHistory() -> [Effect] {
        guard let call = self.files.first?.callUUID else {
            self.state = .finished
            return [.finished]
        }
        self.state = .readingHistory
        return [.readHistory(call)]
    }

    private mutating func read(_ entries: [CallHistoryEntry], at now: MonotonicTime) -> [Effect] {
        let complete = entries.contains { $0.kind == .callEnded }
        if !complete, now - self.begun < self.configuration.historyPatience {
            self.failures += 1
            self.state = .waitingForHistory
            return [
                self.wait(Timer.history, self.configuration.historyInterval, self.configuration.historyIntervalLimit)
            ]
        }
        self.failures = 0
        guard let recording = Recording(assembling: self.files, history: entries, region: self.configuration.region)
        else {
            self.state = .finished
            return [.finished]
        }
        var effects: [Effect] = []
        if !complete {
            effects.append(
                self.report(.warning, "history.incomplete", "the history does not tell the end of the call"))
        }
        return effects + self.publish(recording)
    }

    private mutating func publish(_ recording: Recording) -> [Effect] {
        guard self.published < self.publisherCount else {
            self.state = .finished
            return [
                self.report(.info, "recording.published", "everybody knows of the recording"), .finished,
            ]
        }
        self.state = .publishing(recording)
        return [.publish(recording, to: self.published)]
    }

    private mutating func failed(_ name: String, _ message: String) -> [Effect] {
        self.failures += 1
        let level: CallReport.Level = self.failures >= self.configuration.alarmThreshold ? .alarm : .warning
        return [self.report(level, name, message)]
    }

    private mutating func wait(_ timer: (Int) -> Timer, _ first: Duration, _ longest: Duration) -> Effect {
        self.waits += 1
        let doublings = min(max(0, self.failures - 1), 20)
        return .setTimer(timer(self.waits), after: min(first * (1 << doublings), longest))
    }

    private func report(_ level: CallReport.Level, _ name: String, _ message: String) -> Effect {
        .report(
            CallReport(
                level, "RecordingProcessor", name, message,
                ["callUUID": self.files.first?.callUUID.rawValue ?? "", "failures": String(self.failures)]))
    }
}
