internal import MSML
internal import RecordingControl
internal import SIP
internal import TLib

/// What a call knows of its recording.
struct CallRecording: Sendable {
    /// What somebody asked for besides the recording itself: TPrivateService, extensions.
    struct Wish: Hashable, Sendable {
        var id: String?
        /// Overrides where the recording goes. `dest`.
        var destination: String?
        /// Overrides where the second file goes. `dest2`.
        var secondDestination: String?
        var parameters: [GVPParameter] = []
    }

    var session = RecordingSession()
    var dialog = MediaDialog()
    /// The name of the conference that brings both legs to one media server: `conf-id`.
    var conference = ""
    var legs: [Call.Role: SIPSessionID] = [:]
    /// The name of the recording: user data `GSIP_REC_FN`, parameter `id`.
    var name = ""
    /// For whose sake it is made: `recordDN`.
    var recordDN = DN("")
    /// What the media server is told of it.
    var parameters: [GVPParameter] = []
    var wish = Wish()
    /// For whom a recording is to start as soon as the call is ready for it.
    var deferred: DN?
    /// Who asked for the change that is under way, by where the recording stands until it is done.
    var requests: [RecordingSession.Phase: Request] = [:]

    /// Whether the parties' media is, or is about to be, in the media server.
    var hasMedia: Bool { self.dialog.hasMedia }

    /// The name of the conference with the recorder.
    ///
    /// - Source: observed, SIP Server 8.1.
    var recorderConference: String { self.conference + "_record" }
}
