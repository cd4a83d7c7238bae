public import CallCore

/// What a node vouches for when a recording is closed: its files, what they were made of, and what is missing.
///
/// Written and signed as `Documentation/Protocols/Manifest.md` says.
public struct RecordingManifest: Hashable, Sendable {
    /// The version of the form.
    public static let version = 1
    /// How the name of a manifest's file ends.
    public static let nameSuffix = ".manifest.json"

    /// The recording's number in the journal of its node.
    public var number: UInt64
    /// The recording's name at the switch.
    public var id: String
    /// The call. `callUUID`.
    public var callUUID: String
    /// The node that recorded.
    public var node: String
    /// The key by which the signature can be checked; empty where the manifest is not signed.
    public var publicKey: [UInt8]
    /// When the first sample was heard.
    public var startTime: WallTime
    /// The length, pauses included.
    public var duration: Duration
    /// The files that were made.
    public var files: [File]
    /// What the journal shows.
    public var evidence: RecordingEvidence
    /// What follows from it: ``Verdict/summary``.
    public var verdict: String

    /// Describes a closed recording; the verdict follows from the evidence.
    public init(
        number: UInt64, id: String, callUUID: String, node: String, publicKey: [UInt8] = [], startTime: WallTime,
        duration: Duration, files: [File], evidence: RecordingEvidence
    ) {
        (self.number, self.id, self.callUUID, self.node) = (number, id, callUUID, node)
        (self.publicKey, self.startTime, self.duration) = (publicKey, startTime, duration)
        (self.files, self.evidence, self.verdict) = (files, evidence, evidence.verdict.summary)
    }

    /// A file as it left the node.
    public struct File: Hashable, Sendable {
        /// Its name, under which it is stored.
        public var name: String
        /// For example `audio/mp3`.
        public var mediaType: String
        /// - Unit: bytes.
        public var byteCount: Int64
        /// Length of the sound, pauses included.
        public var duration: Duration
        /// Of all its bytes.
        public var sha256: [UInt8]

        /// Describes a file.
        public init(name: String, mediaType: String, byteCount: Int64, duration: Duration, sha256: [UInt8]) {
            (self.name, self.mediaType, self.byteCount) = (name, mediaType, byteCount)
            (self.duration, self.sha256) = (duration, sha256)
        }
    }
}
