internal import CallCore
internal import CaptureJournal
internal import MSML
internal import SIP

/// Parties who hear each other: the MSML object `conf:<name>`.
struct Conference: Sendable {
    let name: String
    /// The `conf-id` of the call that it belongs to; it ends with the call's last leg.
    let group: String
    /// The leg in whose dialog it was made.
    let creator: LegID
    /// Whether it ends with its last member. `deletewhen="nomedia"`, the default.
    ///
    /// - Source: RFC 5707 §8.
    let endsWithLastMember: Bool
    /// Whether it ends with the dialog in which it was made. `deletewhen="nocontrol"`.
    let endsWithCreator: Bool
    /// What it mixes; it ends with the last of them.
    var mixers: Set<Mixer>

    /// In the order in which they joined.
    var members: [LegID] = []
    var recorder: ConferenceRecorder?

    /// What a conference mixes. Video is never taken, so its mixer is only a name.
    enum Mixer: Hashable, Sendable {
        case audio, video
    }

    /// Two parties are forwarded to each other; more would have to be mixed.
    static let memberLimit = 2
}

/// What records a conference. `gvp:recorder`.
struct ConferenceRecorder: Sendable {
    /// What the media plane was told last.
    enum State: Hashable, Sendable {
        /// It begins as soon as there is somebody to record.
        case armed
        case recording
        case paused
        case stopped
    }

    var state: State
    /// What SIP Server has said of the recording.
    var parameters: [String: String]
    /// The recording that was begun last.
    var ticket: RecordingTicket?

    /// The recording that can be paused or stopped; nil where none is under way.
    var number: RecordingNumber? {
        switch self.state {
        case .recording, .paused: self.ticket?.number
        case .armed, .stopped: nil
        }
    }

    mutating func merge(_ parameters: [GVPParameter]) {
        for parameter in parameters { self.parameters[parameter.name] = parameter.value }
    }
}

/// Something that the media plane was told to do with a recording.
struct RecorderOrder: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
        case start, pause, resume, mark, stop
    }

    var kind: Kind
    var number: RecordingNumber
}

/// An INFO that is answered when the media plane has done what it asks for.
struct PendingAnswer: Sendable {
    var session: SIPSessionID
    var transaction: SIPTransactionID
    var result: MSMLResult
    var awaited: Set<RecorderOrder>
}
