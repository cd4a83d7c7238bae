/// What is known of one recorded call: the recording resource of the web services.
///
/// - Source: GIR API, `recording`.
public struct Recording: Hashable, Sendable {
    /// The recording's name; equal to the CallUUID.
    public var id: RecordingID
    /// The calling party's number. `callerPhoneNumber`.
    public var callerPhoneNumber: String
    /// The number that was dialled. `dialedPhoneNumber`.
    public var dialedPhoneNumber: String
    /// How the call came about, for example `Internal` or `Inbound`.
    public var callType: String
    /// The region whose web services keep the recording.
    public var region: String
    /// When the first file starts.
    public var startTime: WallTime
    /// When the last file ends.
    public var stopTime: WallTime
    /// The files.
    public var mediaFiles: [MediaFile]
    /// Who was on the call, from when to when.
    public var eventHistory: [HistoryEvent]

    /// Describes a recording.
    public init(
        id: RecordingID, callerPhoneNumber: String = "", dialedPhoneNumber: String = "", callType: String = "",
        region: String = "", startTime: WallTime, stopTime: WallTime, mediaFiles: [MediaFile] = [],
        eventHistory: [HistoryEvent] = []
    ) {
        (self.id, self.callerPhoneNumber, self.dialedPhoneNumber) = (id, callerPhoneNumber, dialedPhoneNumber)
        (self.callType, self.region, self.startTime, self.stopTime) = (callType, region, startTime, stopTime)
        (self.mediaFiles, self.eventHistory) = (mediaFiles, eventHistory)
    }
}

/// One file of a recording.
///
/// - Source: GIR API, `recording.mediaFiles[]`.
public struct MediaFile: Hashable, Sendable {
    /// The file's name in the store. `mediaId`.
    public var mediaID: String
    /// The name under which it is played: `/recordings/{id}/play/{playID}.mp3`.
    public var playID: String
    /// Where the file is stored.
    public var path: RecordingPath
    /// Which kind of store keeps it, for example `directory`, `webDAV`, `awsS3`. `mediaDescriptor.storage`.
    public var storage: String
    /// Media type, for example `audio/mp3`.
    public var type: String
    /// Length of the sound, pauses included.
    public var duration: Duration
    /// - Unit: bytes.
    public var byteCount: Int64
    /// When the file's first sample was heard.
    public var startTime: WallTime
    /// When the file's last sample was heard.
    public var stopTime: WallTime
    /// The call. `callUUID`.
    public var callUUID: CallUUID
    /// Whose recording it is.
    public var tenant: TenantName
    /// The IVR profile that said how to record. `ivrprofile`.
    public var profile: String
    /// The spans in which recording was paused.
    public var masks: [Mask]
    /// What SIP Server and the IVR profile said with the recording: `id`, `recordDN`, `agentId` ….
    public var parameters: [String: String]
    /// What arrived, and what did not.
    public var verdict: Verdict
    /// Who talks, how loud, and the outline of it; nil where nobody has looked.
    public var sound: SoundProfile?

    /// Describes a file.
    public init(
        mediaID: String, playID: String, path: RecordingPath, storage: String, type: String, duration: Duration,
        byteCount: Int64, startTime: WallTime, stopTime: WallTime, callUUID: CallUUID, tenant: TenantName,
        profile: String, masks: [Mask] = [], parameters: [String: String] = [:], verdict: Verdict = Verdict(),
        sound: SoundProfile? = nil
    ) {
        (self.mediaID, self.playID, self.path, self.storage, self.type) = (mediaID, playID, path, storage, type)
        (self.duration, self.byteCount, self.startTime, self.stopTime) = (duration, byteCount, startTime, stopTime)
        (self.callUUID, self.tenant, self.profile, self.masks) = (callUUID, tenant, profile, masks)
        (self.parameters, self.verdict, self.sound) = (parameters, verdict, sound)
    }
}

/// A span in which recording was paused, from the start of the file.
public struct Mask: Hashable, Sendable {
    /// Where silence begins in the file.
    public var start: Duration
    /// Where sound begins again.
    public var end: Duration

    /// Describes a span.
    public init(start: Duration, end: Duration) { (self.start, self.end) = (start, end) }
}

/// One thing that happened on the call, in the order of the call.
///
/// - Source: GIR API, `recording.eventHistory[]`.
public struct HistoryEvent: Hashable, Sendable {
    /// When it happened. `occurredAt`.
    public var occurredAt: WallTime
    /// On which call. `calluuid`.
    public var callUUID: CallUUID
    /// What happened: `Joined`, `Left`, `data`, `RecordingStarted`, `RecordingPaused` ….
    public var event: String
    /// The party's number.
    public var phoneNumber: String
    /// Log-in name of the agent; nil for a party who is none.
    public var userName: String?
    /// The agent's given name.
    public var firstName: String?
    /// The agent's family name.
    public var lastName: String?
    /// What belongs to the event: user data that was attached, reasons that were given.
    public var data: [String: String]

    /// Describes what happened.
    public init(
        occurredAt: WallTime, callUUID: CallUUID, event: String, phoneNumber: String, userName: String? = nil,
        firstName: String? = nil, lastName: String? = nil, data: [String: String] = [:]
    ) {
        (self.occurredAt, self.callUUID, self.event, self.phoneNumber) = (occurredAt, callUUID, event, phoneNumber)
        (self.userName, self.firstName, self.lastName, self.data) = (userName, firstName, lastName, data)
    }
}
