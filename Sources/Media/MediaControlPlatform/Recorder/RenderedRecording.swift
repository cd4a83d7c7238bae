public import CallCore
public import RecordingStorage

/// A recording whose files are whole and on the disk of the node.
public struct RenderedRecording: Hashable, Sendable {
    /// One file.
    public struct File: Hashable, Sendable {
        /// Its name in the working directory.
        public var name: String
        /// For example `audio/mp3`.
        public var mediaType: String
        /// - Unit: bytes.
        public var byteCount: Int64
        /// Length of the sound, pauses included.
        public var duration: Duration

        /// Describes a file.
        public init(name: String, mediaType: String, byteCount: Int64, duration: Duration) {
            (self.name, self.mediaType, self.byteCount, self.duration) = (name, mediaType, byteCount, duration)
        }
    }

    /// What the recording was begun with.
    public var ticket: RecordingTicket
    /// The files that could be made, in the order of the ticket.
    public var files: [File]
    /// The length, pauses included.
    public var duration: Duration
    /// The spans in which it was paused, from its start.
    public var masks: [Mask]
    /// What arrived, and what did not.
    public var verdict: Verdict
    /// Who talks, how loud, and the outline of it.
    public var sound: SoundProfile?
    /// What is known of each channel's packets.
    var evidence: [StreamEvidence] = []

    /// When the first sample was heard.
    public var startTime: WallTime { self.ticket.startTime }
    /// When the last sample was heard.
    public var stopTime: WallTime { self.ticket.startTime + self.duration }

    /// Describes a recording.
    public init(
        ticket: RecordingTicket, files: [File], duration: Duration, masks: [Mask] = [], verdict: Verdict = Verdict()
    ) {
        (self.ticket, self.files, self.duration) = (ticket, files, duration)
        (self.masks, self.verdict) = (masks, verdict)
    }
}
