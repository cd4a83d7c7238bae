/// What the parties of a recording hear of being recorded. Part of an IVR profile; off by default.
///
/// - Source: Genesys, "Audio Tones": `recordingclient.AudioSrc`, `recordingclient.ToneSilenceDuration`. The announcement
///   and the consent are ours.
public struct RecordingPrompts: Hashable, Sendable {
    /// A short sound again and again; nil for none.
    public var beep: RecordingBeep?
    /// What is played once, as soon as a party hears the media server; nil for nothing.
    public var announcement: RecordingAnnouncement?

    /// Describes what is heard.
    public init(beep: RecordingBeep? = nil, announcement: RecordingAnnouncement? = nil) {
        (self.beep, self.announcement) = (beep, announcement)
    }

    /// The parties hear nothing.
    public static let none = RecordingPrompts()
}

/// A short sound over the talk, every few seconds. Not while the recording is paused.
public struct RecordingBeep: Hashable, Sendable {
    /// What is heard. `recordingclient.AudioSrc`, where that is a file.
    public var sound: PromptSound
    /// How long it is silent between two beeps, at least 1.5 s. `recordingclient.ToneSilenceDuration`.
    public var silence: Duration
    /// Who hears it.
    public var listeners: PromptListeners

    /// Describes a beep; the defaults are 1 400 Hz for 200 ms every 15 s, to both.
    public init(
        sound: PromptSound = .tone(PromptTone()), silence: Duration = .seconds(15), listeners: PromptListeners = .both
    ) {
        (self.sound, self.silence, self.listeners) = (sound, silence, listeners)
    }
}

/// What is played once when a recording begins, instead of the talk.
public struct RecordingAnnouncement: Hashable, Sendable {
    /// What is heard.
    public var sound: PromptSound
    /// Who hears it.
    public var listeners: PromptListeners
    /// Whether the recording counts as consented only when each listener was played the whole of it without a break.
    public var asksConsent: Bool

    /// Describes an announcement.
    public init(sound: PromptSound, listeners: PromptListeners = .both, asksConsent: Bool = false) {
        (self.sound, self.listeners, self.asksConsent) = (sound, listeners, asksConsent)
    }
}

/// What a prompt sounds like.
public enum PromptSound: Hashable, Sendable {
    /// A tone.
    case tone(PromptTone)
    /// A sound that the media server was given under this URI, for example `file:recorded.wav`.
    case file(String)
}

/// One tone.
public struct PromptTone: Hashable, Sendable {
    /// - Unit: Hz, 100 to 3 900.
    public var frequency: Int
    /// At most ten seconds.
    public var duration: Duration
    /// - Unit: dBm0, -60 to 0.
    public var level: Int

    /// Describes a tone; the defaults are those of a recorder warning tone, as short as is heard without disturbing.
    ///
    /// - Source: Federal Standard 1037C, "recorder warning tone", for 1 400 Hz and 15 s.
    public init(frequency: Int = 1_400, duration: Duration = .milliseconds(200), level: Int = -20) {
        (self.frequency, self.duration, self.level) = (frequency, duration, level)
    }
}

/// Which parties of a recording hear a prompt.
///
/// - Source: Genesys MCP, `[conference] record_recorddnhearstone`, `record_otherdnhearstone`.
public struct PromptListeners: OptionSet, Hashable, Sendable {
    /// A bit a kind of party.
    public var rawValue: UInt8

    /// Takes bits as they are.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// The party for whose sake the call is recorded: the agent. `record_recorddnhearstone`.
    public static let recordDN = PromptListeners(rawValue: 1)
    /// Everybody else: the customer. `record_otherdnhearstone`.
    public static let otherDN = PromptListeners(rawValue: 2)
    /// All parties.
    public static let both: PromptListeners = [.recordDN, .otherDN]
}
