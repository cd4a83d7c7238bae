/// Whether a call is being recorded, and for whose sake.
///
/// The recording lasts as long as one party that is set for recording remains in the call. A change is announced only
/// once the recorder has it: whoever reads `GSIP_RECORD` reads the truth. The machine knows no SIP and no MSML: what
/// carries out its effects reports back by ``Event/recorder(_:)``.
///
/// - Source: GIR Solution Guide, "Mid-Call Control of the Recording Session" and "Recording During Transfers and
///   Conferences".
public struct RecordingSession: StateMachine, Hashable {
    /// What can happen to a recording.
    public enum Event: Hashable, Sendable {
        /// A party is to be recorded.
        case requested(for: DN, by: RecordingTrigger)
        /// A party left the call, or is no longer set for recording.
        case released(DN)
        /// The recording is to leave out what is said. `GSIP_RECORD_PAUSE`.
        case pauseRequested
        /// The recording is to go on. `GSIP_RECORD_RESUME`.
        case resumeRequested
        /// The recording is to end. `GSIP_RECORD_STOP`.
        case stopRequested
        /// The recorder says something of itself.
        case recorder(RecorderReport)
    }

    /// What must be done about it.
    public enum Effect: Hashable, Sendable {
        /// Begin a recording; `recordDN` is the party.
        case startRecorder(for: DN)
        /// Ask the recorder to leave out what is said.
        case pauseRecorder
        /// Ask the recorder to go on.
        case resumeRecorder
        /// Ask the recorder to end; where it is still being started, take it down.
        case stopRecorder
        /// Tell everybody what is true now: `GSIP_RECORD`.
        case announce(RecordingState)
        /// Tell whoever asked that it is not done: EventError. Where nobody asked, an operator should know.
        case refuse(RecordingRefusal)
    }

    /// Where a recording stands.
    public enum Phase: String, Hashable, Sendable {
        /// Nothing is recorded.
        case off
        /// The recorder was asked to begin.
        case starting
        /// What is said is recorded.
        case recording
        /// The recorder was asked to pause, and still records.
        case pausing
        /// What is said is left out.
        case paused
        /// The recorder was asked to resume, and still leaves out what is said.
        case resuming
        /// The recorder was asked to end.
        case stopping
    }

    /// Where the recording stands.
    public private(set) var phase = Phase.off
    /// The parties for whose sake the call is recorded, the first asked for first.
    public private(set) var recordedParties: [DN] = []
    /// What was last announced.
    public private(set) var announced = RecordingState.off

    /// The parties who were asked for while the last recording was being stopped: the next one is theirs.
    private var waiting: [DN] = []
    /// Where a recorder that refuses to stop still is.
    private var phaseBeforeStop = Phase.off

    /// Nothing is recorded.
    public init() {}

    /// Takes one event and says what must be done about it, in order.
    public mutating func handle(_ event: Event, at now: MonotonicTime = .zero) -> [Effect] {
        switch event {
        case .requested(let party, let trigger): self.requested(for: party, by: trigger)
        case .released(let party): self.released(party)
        case .pauseRequested: self.pauseRequested()
        case .resumeRequested: self.resumeRequested()
        case .stopRequested: self.stopRequested()
        case .recorder(let report): self.recorder(report)
        }
    }
}

// MARK: - Requests

extension RecordingSession {
    private mutating func requested(for party: DN, by trigger: RecordingTrigger) -> [Effect] {
        switch self.phase {
        case .off:
            return self.start(for: [party])
        case .starting, .recording, .pausing, .paused, .resuming:
            if self.recordedParties.contains(party) {
                // Configuration and strategies may say the same thing twice; a person who does is told.
                return trigger == .tLibraryClient ? [.refuse(.alreadyRecording)] : []
            }
            self.recordedParties.append(party)
            return []
        case .stopping:
            // The recorder can do nothing else until it has stopped.
            if !self.waiting.contains(party) { self.waiting.append(party) }
            return []
        }
    }

    private mutating func released(_ party: DN) -> [Effect] {
        self.waiting.removeAll { $0 == party }
        let wasRecorded = self.recordedParties.contains(party)
        self.recordedParties.removeAll { $0 == party }
        guard wasRecorded, self.recordedParties.isEmpty, self.phase != .stopping else { return [] }
        return self.stop()
    }

    private mutating func pauseRequested() -> [Effect] {
        switch self.phase {
        case .off, .starting, .stopping: return [.refuse(.notRecording)]
        case .pausing, .paused: return [.refuse(.alreadyPaused)]
        case .resuming: return [.refuse(.busy)]
        case .recording:
            self.phase = .pausing
            return [.pauseRecorder]
        }
    }

    private mutating func resumeRequested() -> [Effect] {
        switch self.phase {
        case .off, .starting, .stopping: return [.refuse(.notRecording)]
        case .recording, .resuming: return [.refuse(.notPaused)]
        case .pausing: return [.refuse(.busy)]
        case .paused:
            self.phase = .resuming
            return [.resumeRecorder]
        }
    }

    private mutating func stopRequested() -> [Effect] {
        switch self.phase {
        case .off:
            return [.refuse(.notRecording)]
        case .stopping:
            guard !self.waiting.isEmpty else { return [.refuse(.notRecording)] }
            self.waiting = []
            return []
        case .starting, .recording, .pausing, .paused, .resuming:
            return self.stop()
        }
    }
}

// MARK: - The recorder

extension RecordingSession {
    private mutating func recorder(_ report: RecorderReport) -> [Effect] {
        switch (report, self.phase) {
        case (_, .off): return []
        case (.stopped, _): return self.ended()
        case (.failed(let reason), .starting): return self.ended() + [.refuse(.recorderFailed(reason))]
        case (.failed, .stopping): return self.ended()
        case (.failed(let reason), _): return self.ended() + [.refuse(.recorderFailed(reason))]
        case (.refused(let reason), _): return self.refused(reason)
        // A confirmation that was given up for lost may still come: what the recorder says of itself is the truth.
        case (.started, .starting), (.resumed, .resuming), (.resumed, .paused):
            self.phase = .recording
            return self.announce(.on)
        case (.paused, .pausing), (.paused, .recording):
            self.phase = .paused
            return self.announce(.paused)
        case (.started, _), (.paused, _), (.resumed, _):
            return []
        }
    }

    private mutating func refused(_ reason: String) -> [Effect] {
        switch self.phase {
        case .off, .recording, .paused: return []
        case .starting: return self.ended() + [.refuse(.recorderFailed(reason))]
        case .pausing: self.phase = .recording
        case .resuming: self.phase = .paused
        case .stopping where self.phaseBeforeStop == .starting:
            return self.ended()
        case .stopping:
            self.phase = self.phaseBeforeStop
            self.recordedParties += self.waiting.filter { !self.recordedParties.contains($0) }
            self.waiting = []
        }
        return [.refuse(.recorderRefused(reason))]
    }
}

// MARK: - Steps

extension RecordingSession {
    private mutating func start(for parties: [DN]) -> [Effect] {
        guard let first = parties.first else { return [] }
        self.phase = .starting
        self.recordedParties = parties
        return [.startRecorder(for: first)]
    }

    private mutating func stop() -> [Effect] {
        switch self.phase {
        case .pausing: self.phaseBeforeStop = .recording
        case .resuming: self.phaseBeforeStop = .paused
        default: self.phaseBeforeStop = self.phase
        }
        self.phase = .stopping
        return [.stopRecorder]
    }

    private mutating func ended() -> [Effect] {
        self.phase = .off
        self.recordedParties = []
        let next = self.waiting
        self.waiting = []
        return self.announce(.off) + self.start(for: next)
    }

    private mutating func announce(_ state: RecordingState) -> [Effect] {
        guard self.announced != state else { return [] }
        self.announced = state
        return [.announce(state)]
    }
}
