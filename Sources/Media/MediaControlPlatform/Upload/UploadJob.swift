public import CallCore
public import RecordingStorage

/// How long a failed upload waits before it is tried again, and when people are told.
public struct UploadPatience: Hashable, Sendable {
    /// The wait after the first failure; it doubles with each further one.
    public var first: Duration
    /// The longest wait.
    public var longest: Duration
    /// An alarm is raised at this failure in a row of a kind that may pass by itself; at once for the others.
    public var alarmAfter: Int

    /// A second at first, five minutes at most, an alarm at the third failure.
    public init(first: Duration = .seconds(1), longest: Duration = .seconds(300), alarmAfter: Int = 3) {
        (self.first, self.longest, self.alarmAfter) = (first, longest, alarmAfter)
    }

    /// The wait after so many failures in a row.
    func wait(after failures: Int) -> Duration {
        min(self.longest, self.first * (1 << min(max(0, failures - 1), 20)))
    }
}

/// Brings one finished recording from the node to where it rests: its files to their stores, then its metadata to the
/// Recording Processor, then it is forgotten here.
///
/// Each step is tried until it succeeds, for ever; no later step begins before that. So nothing is told of a file that
/// is not stored, and nothing is removed that is not stored and told.
///
/// - Source: GIR Solution Guide, "How recording works": file first, metadata after.
public struct UploadJob: StateMachine {
    /// One thing that must succeed.
    public enum Step: Hashable, Sendable {
        /// The file with this index is stored.
        case store(Int)
        /// The metadata is accepted.
        case post
        /// It is noted, crash-safe, that all is confirmed.
        case settle
        /// The local files are removed, and then the notes of the job.
        case remove
    }

    /// Waits that end.
    public enum Timer: Hashable, Sendable {
        /// The step is tried again after so many failures in a row.
        case retry(Step, failures: Int)
    }

    /// What happens to a job.
    public enum Event: Hashable, Sendable {
        /// The job begins, or goes on after a restart.
        case started
        /// A step succeeded.
        case succeeded(Step)
        /// A step failed.
        case failed(Step, StorageError)
        /// A wait is over.
        case timerFired(Timer)
    }

    /// What a job asks for.
    public enum Effect: Hashable, Sendable {
        /// Try a step; it comes back as ``Event/succeeded(_:)`` or ``Event/failed(_:_:)``.
        case perform(Step)
        /// Bring a timer back.
        case setTimer(Timer, after: Duration)
        /// Tell people.
        case report(CallReport)
        /// The recording is safe elsewhere, and nothing of it is left here.
        case finished
    }

    /// The recording's name in reports.
    public let name: String
    /// The local names of the files, in the order in which they are stored.
    public let files: [String]

    private let patience: UploadPatience
    private var step: Step?
    private var failures = 0
    private var hasAlarm = false
    private var firstStep: Step?

    /// Describes a job.
    ///
    /// - Parameter isSettled: everything was confirmed before a restart; only removal is left.
    public init(name: String, files: [String], isSettled: Bool = false, patience: UploadPatience = UploadPatience()) {
        (self.name, self.files, self.patience) = (name, files, patience)
        self.firstStep = isSettled ? .remove : files.isEmpty ? .post : .store(0)
    }

    /// Takes one event and says what must be done.
    public mutating func handle(_ event: Event, at now: MonotonicTime) -> [Effect] {
        switch event {
        case .started:
            guard let step = self.firstStep else { return [] }
            (self.step, self.firstStep) = (step, nil)
            return [.perform(step)]
        case .succeeded(let step):
            return step == self.step ? self.goOn(after: step) : []
        case .failed(let step, let error):
            return step == self.step ? self.wait(after: error, in: step) : []
        case .timerFired(.retry(let step, let failures)):
            return step == self.step && failures == self.failures ? [.perform(step)] : []
        }
    }

    private mutating func goOn(after step: Step) -> [Effect] {
        var effects: [Effect] = []
        if self.hasAlarm {
            let message = "\(self.what(step)) succeeded after \(self.failures) failures."
            effects.append(self.report(.info, "upload.recovered", message))
        }
        (self.failures, self.hasAlarm) = (0, false)
        let next = self.next(after: step)
        self.step = next
        switch step {
        case .store(let index): effects.append(self.report(.info, "upload.stored", "\(self.file(index)) is stored."))
        case .post: effects.append(self.report(.info, "upload.posted", "The metadata of \(self.name) was accepted."))
        case .settle, .remove: break
        }
        effects.append(next.map { .perform($0) } ?? .finished)
        return effects
    }

    private mutating func wait(after error: StorageError, in step: Step) -> [Effect] {
        self.failures += 1
        let wait = self.patience.wait(after: self.failures)
        // One alarm a row of failures: whoever is on duty has been told, and the row's end is told too.
        let isAlarm = !self.hasAlarm && (self.failures >= self.patience.alarmAfter || !error.isTransient)
        if isAlarm { self.hasAlarm = true }
        let message =
            "\(self.what(step)) failed (attempt \(self.failures)): \(error.message). It stays on this node and is tried "
            + "again in \(wait.milliseconds) ms."
        return [
            self.report(isAlarm ? .alarm : .warning, "upload.failed", message),
            .setTimer(.retry(step, failures: self.failures), after: wait),
        ]
    }

    private func next(after step: Step) -> Step? {
        switch step {
        case .store(let index): index + 1 < self.files.count ? .store(index + 1) : .post
        case .post: .settle
        case .settle: .remove
        case .remove: nil
        }
    }

    private func file(_ index: Int) -> String { self.files.indices.contains(index) ? self.files[index] : self.name }

    private func what(_ step: Step) -> String {
        switch step {
        case .store(let index): "Storing \(self.file(index))"
        case .post: "Posting the metadata of \(self.name)"
        case .settle: "Noting that \(self.name) is safe"
        case .remove: "Removing the local copy of \(self.name)"
        }
    }

    private func report(_ level: CallReport.Level, _ name: String, _ message: String) -> Effect {
        .report(CallReport(level, "MediaControlPlatform", name, message, ["recording": self.name]))
    }
}
