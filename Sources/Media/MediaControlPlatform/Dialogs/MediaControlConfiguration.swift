public import CallCore
public import SDP

/// How a media server answers and names what it records.
public struct MediaControlConfiguration: Hashable, Sendable {
    /// Whose recordings these are.
    public var tenant: TenantName
    /// How calls are recorded; its parameters travel with each recording.
    public var profile: IVRProfile
    /// How the files of each recording end: media type and extension, the file for playback first.
    public var formats: [Format]
    /// What this media server can hear and say, in order of preference.
    public var codecs: [AudioCodec]
    /// More legs are refused with 503.
    public var legLimit: Int
    /// How long the media plane may take for an order before the peer is told that it failed.
    public var mediaPatience: Duration
    /// What the server calls itself in SIP. `Server`.
    public var product: String

    /// One kind of file that is made of each recording.
    public struct Format: Hashable, Sendable {
        /// For example `audio/mp3`.
        public var mediaType: String
        /// For example `mp3`.
        public var pathExtension: String

        /// Describes a kind of file.
        public init(mediaType: String, pathExtension: String) {
            (self.mediaType, self.pathExtension) = (mediaType, pathExtension)
        }
    }

    /// Describes a media server; the defaults are MP3 for playback and WAV for analytics.
    public init(
        tenant: TenantName = "Environment", profile: IVRProfile = IVRProfile(),
        formats: [Format] = [
            Format(mediaType: "audio/mp3", pathExtension: "mp3"), Format(mediaType: "audio/wav", pathExtension: "wav"),
        ], codecs: [AudioCodec] = [.pcmu, .pcma, .telephoneEvent(101)], legLimit: Int = 4_000,
        mediaPatience: Duration = .seconds(4), product: String = "MediaControlPlatform"
    ) {
        (self.tenant, self.profile, self.formats, self.codecs) = (tenant, profile, formats, codecs)
        (self.legLimit, self.mediaPatience, self.product) = (legLimit, mediaPatience, product)
    }
}
