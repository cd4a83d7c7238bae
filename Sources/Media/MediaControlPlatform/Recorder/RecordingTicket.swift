public import CallCore
public import CaptureJournal

/// Everything that is needed to make a recording out of the journal, given when it begins and written into the journal,
/// so that it can be finished after a crash from the journal alone.
public struct RecordingTicket: Hashable, Sendable {
    /// One channel of the recording.
    public struct Channel: Hashable, Sendable {
        /// The leg whose sound it is.
        public var leg: LegID
        /// The party's number.
        public var dn: String

        /// Describes a channel.
        public init(leg: LegID, dn: String) { (self.leg, self.dn) = (leg, dn) }
    }

    /// One file to be made.
    public struct File: Hashable, Sendable {
        /// Its name in the working directory.
        public var name: String
        /// The `AudioFileFormat` that makes it, for example `audio/mp3`.
        public var mediaType: String

        /// Describes a file.
        public init(name: String, mediaType: String) { (self.name, self.mediaType) = (name, mediaType) }
    }

    /// The recording's number in the journal.
    public var number: RecordingNumber
    /// The recording's name at the switch: the parameter `id` of `gvp:recorder`.
    public var id: String
    /// The conference that is recorded.
    public var conference: String
    /// The parties: channel 0 is the one who called.
    public var channels: [Channel]
    /// The files to be made.
    public var files: [File]
    /// The date of the beginning.
    public var startTime: WallTime
    /// What else travels with the recording: the parameters of `gvp:recorder` and of the IVR profile.
    public var parameters: [String: String]

    /// The parameter that says what is heard where sound was lost, or where silence was described instead of sent: silence,
    /// unless it is `conceal`.
    static let gapParameter = "recordingclient.gaps"
    /// Whether lost sound, and silence that is described, are made up.
    var fillsGaps: Bool { self.parameters[Self.gapParameter] == "conceal" }

    /// The parameter that says whether it may be seen in the journal which keys were pressed (RFC 4733): they are blanked,
    /// unless it is `keep`.
    static let keysParameter = "recordingclient.dtmf"
    /// The parameter that says, with `true` or `false`, whether what is keyed must not be kept for the time being.
    static let sensitiveParameter = "sensitive"
    /// Whether what is keyed when the recording begins must not be kept.
    var isSensitive: Bool { self.parameters[Self.sensitiveParameter] == "true" }
    /// Whether keys that were pressed are kept, but in spans that are marked as sensitive.
    public var keepsKeys: Bool { self.parameters[Self.keysParameter] == "keep" }

    /// Describes a recording.
    public init(
        number: RecordingNumber, id: String, conference: String, channels: [Channel], files: [File],
        startTime: WallTime, parameters: [String: String] = [:]
    ) {
        (self.number, self.id, self.conference, self.channels) = (number, id, conference, channels)
        (self.files, self.startTime, self.parameters) = (files, startTime, parameters)
    }
}
