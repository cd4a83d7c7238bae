public import CallAudio
public import CallCore
public import SDP

/// How a media server answers, and what it does with what it records.
public struct MediaServerConfiguration: Hashable, Sendable {
    /// Whose recordings these are.
    public var tenant: TenantName
    /// How calls are recorded; its parameters travel with each recording.
    public var profile: IVRProfile
    /// Which kind of store keeps each file of a recording, in their order, for example `directory`; the last one counts
    /// for those that follow. `mediaDescriptor.storage`.
    public var storage: [String]
    /// What this media server can hear and say, in order of preference.
    public var codecs: [AudioCodec]
    /// The sounds that the parties can be played.
    public var sounds: SoundLibrary
    /// Whether media that is not protected by SRTP is refused. Where it is not, a party has protection that offers it; in
    /// either case the media transport must be able to protect, which `SRTPMedia` makes any.
    public var requiresProtectedMedia: Bool
    /// More legs are refused with 503.
    public var legLimit: Int
    /// How long the media plane may take for an order before the peer is told that it failed.
    public var mediaPatience: Duration
    /// How failed uploads are tried again.
    public var uploadPatience: UploadPatience
    /// How long a shut-down waits for uploads; what is left then is kept for the next start.
    public var shutDownPatience: Duration
    /// What the server calls itself in SIP. `Server`.
    public var product: String

    /// Describes a media server.
    public init(
        tenant: TenantName = "Environment", profile: IVRProfile = IVRProfile(), storage: [String] = ["directory"],
        codecs: [AudioCodec] = [.pcmu, .pcma, .telephoneEvent(101)], sounds: SoundLibrary = SoundLibrary(),
        requiresProtectedMedia: Bool = false,
        legLimit: Int = 4_000,
        mediaPatience: Duration = .seconds(4), uploadPatience: UploadPatience = UploadPatience(),
        shutDownPatience: Duration = .seconds(60), product: String = "MediaControlPlatform"
    ) {
        (self.tenant, self.profile, self.storage, self.codecs) = (tenant, profile, storage, codecs)
        self.sounds = sounds
        self.requiresProtectedMedia = requiresProtectedMedia
        (self.legLimit, self.mediaPatience, self.uploadPatience) = (legLimit, mediaPatience, uploadPatience)
        (self.shutDownPatience, self.product) = (shutDownPatience, product)
    }
}

/// One kind of file that is made of each recording.
public struct RecordingFormat: Hashable, Sendable {
    /// For example `audio/mp3`.
    public var mediaType: String
    /// For example `mp3`.
    public var pathExtension: String

    /// Describes a kind of file.
    public init(mediaType: String, pathExtension: String) {
        (self.mediaType, self.pathExtension) = (mediaType, pathExtension)
    }

    /// MP3.
    public static let mp3 = RecordingFormat(mediaType: "audio/mp3", pathExtension: "mp3")
    /// WAV.
    public static let wav = RecordingFormat(mediaType: "audio/wav", pathExtension: "wav")

    /// The formats of those at hand that a profile wants, the one for playback first; all where it wants none of them,
    /// since a file in another format is better than none.
    static func wanted(by profile: IVRProfile, of available: [RecordingFormat]) -> [RecordingFormat] {
        let wanted = [profile.type, profile.type2].compactMap { type in
            available.first { $0.mediaType == type }
        }
        return wanted.isEmpty ? available : wanted
    }
}
