/// What is announced of a call's recording: the values of user data `GSIP_RECORD`.
///
/// - Source: T-Library, user data of EventEstablished and EventAttachedDataChanged.
public enum RecordingState: String, Hashable, Sendable, CaseIterable {
    /// The call is being recorded.
    case on = "ON"
    /// A recording exists and leaves out what is said.
    case paused = "PAUSED"
    /// Nothing is recorded, or no longer.
    case off = "OFF"
}

/// Who or what asked for a recording.
///
/// - Source: GIR Solution Guide, "How Recording Works", Overview, step 1.
public enum RecordingTrigger: String, Hashable, Sendable, CaseIterable {
    /// Static configuration: `record=true` of a DN.
    case dnOption
    /// A routing strategy: `TRouteCall` with `record=`.
    case routing
    /// A T-Library client: `TPrivateService` with `GSIP_RECORD_START`.
    case tLibraryClient
}

/// What the recorder of a call says of itself.
public enum RecorderReport: Hashable, Sendable {
    /// It records, from now on.
    case started
    /// It leaves out what is said, from now on.
    case paused
    /// It records again, after a pause.
    case resumed
    /// It has ended the recording.
    case stopped
    /// It did not do what it was last asked to, and goes on as before; the text says why.
    case refused(String)
    /// There is no recording any more, or there never was; the text says why.
    case failed(String)
}

/// Why a recording is not started, paused, resumed or stopped.
public enum RecordingRefusal: Hashable, Sendable {
    /// There is no recording that could be paused, resumed or stopped.
    case notRecording
    /// The party is being recorded already.
    case alreadyRecording
    /// The recording is paused already, or about to be.
    case alreadyPaused
    /// The recording is not paused.
    case notPaused
    /// Another change is under way; what was asked would contradict it.
    case busy
    /// The recorder did not do it, and the recording goes on as before; the text says why.
    case recorderRefused(String)
    /// The recorder cannot record; the text says why.
    case recorderFailed(String)
}

extension RecordingRefusal: CustomStringConvertible {
    /// One sentence for whoever asked.
    public var description: String {
        switch self {
        case .notRecording: "The call is not being recorded"
        case .alreadyRecording: "The party is already being recorded"
        case .alreadyPaused: "The recording is already paused"
        case .notPaused: "The recording is not paused"
        case .busy: "Another change of the recording is under way"
        case .recorderRefused(let reason): "The media server refused: \(reason)"
        case .recorderFailed(let reason): "The recording failed: \(reason)"
        }
    }
}
