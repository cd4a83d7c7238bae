extension RecordingSession.Event: CustomStringConvertible {
    /// The event as it stands in transcripts: `requested for=7001 by=tLibraryClient`, `recorder paused`.
    public var description: String {
        switch self {
        case .requested(let party, let trigger): "requested for=\(party) by=\(trigger.rawValue)"
        case .released(let party): "released \(party)"
        case .pauseRequested: "pauseRequested"
        case .resumeRequested: "resumeRequested"
        case .stopRequested: "stopRequested"
        case .recorder(let report): "recorder \(report)"
        }
    }

    /// Reads an event of a transcript.
    ///
    /// - Returns: nil where `text` is none.
    public init?(_ text: some StringProtocol) {
        let words = String(text).split(separator: " ").map(String.init)
        switch (words.first, words.count) {
        case ("requested", 3):
            guard words[1].hasPrefix("for="), words[2].hasPrefix("by="),
                let trigger = RecordingTrigger(rawValue: String(words[2].dropFirst(3)))
            else { return nil }
            self = .requested(for: DN(words[1].dropFirst(4)), by: trigger)
        case ("released", 2): self = .released(DN(words[1]))
        case ("pauseRequested", 1): self = .pauseRequested
        case ("resumeRequested", 1): self = .resumeRequested
        case ("stopRequested", 1): self = .stopRequested
        case ("recorder", 2...):
            guard let report = RecorderReport(words.dropFirst().joined(separator: " ")) else { return nil }
            self = .recorder(report)
        default: return nil
        }
    }
}

extension RecordingSession.Effect: CustomStringConvertible {
    /// The effect as it stands in transcripts: `startRecorder for=7001`, `announce ON`, `refuse notRecording`.
    public var description: String {
        switch self {
        case .startRecorder(let party): "startRecorder for=\(party)"
        case .pauseRecorder: "pauseRecorder"
        case .resumeRecorder: "resumeRecorder"
        case .stopRecorder: "stopRecorder"
        case .announce(let state): "announce \(state.rawValue)"
        case .refuse(.recorderRefused(let reason)): "refuse recorderRefused: \(reason)"
        case .refuse(.recorderFailed(let reason)): "refuse recorderFailed: \(reason)"
        case .refuse(.notRecording): "refuse notRecording"
        case .refuse(.alreadyRecording): "refuse alreadyRecording"
        case .refuse(.alreadyPaused): "refuse alreadyPaused"
        case .refuse(.notPaused): "refuse notPaused"
        case .refuse(.busy): "refuse busy"
        }
    }
}

extension RecorderReport: CustomStringConvertible {
    /// The report as it stands in transcripts: `started`, `refused: no such conference`.
    public var description: String {
        switch self {
        case .started: "started"
        case .paused: "paused"
        case .resumed: "resumed"
        case .stopped: "stopped"
        case .refused(let reason): "refused: \(reason)"
        case .failed(let reason): "failed: \(reason)"
        }
    }

    /// Reads a report of a transcript.
    ///
    /// - Returns: nil where `text` is none.
    public init?(_ text: some StringProtocol) {
        switch text {
        case "started": self = .started
        case "paused": self = .paused
        case "resumed": self = .resumed
        case "stopped": self = .stopped
        default:
            let parts = String(text).split(separator: ":", maxSplits: 1)
            guard parts.count == 2 else { return nil }
            switch parts[0] {
            case "refused": self = .refused(String(parts[1].drop { $0 == " " }))
            case "failed": self = .failed(String(parts[1].drop { $0 == " " }))
            default: return nil
            }
        }
    }
}
