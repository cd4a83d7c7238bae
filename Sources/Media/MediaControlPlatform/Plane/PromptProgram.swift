public import CallAudio

/// What a party is played: sounds one after another, perhaps again and again.
public struct PromptProgram: Hashable, Sendable {
    /// The sounds, in order; those without a sample are left out.
    public let clips: [SoundClip]
    /// How often all of them are played; nil until it is stopped.
    public var iterations: Int?
    /// The silence between two turns.
    public var interval: Duration
    /// After so long it ends, wherever it is; nil for never.
    public var longest: Duration?
    /// Whether the party does not hear the others meanwhile; otherwise the sounds are laid over what they say.
    public var replacesTalk: Bool
    /// Whether a key that the party presses ends it.
    public var endsWithKey: Bool

    /// Describes what is played.
    public init(
        _ clips: [SoundClip], iterations: Int? = 1, interval: Duration = .zero, longest: Duration? = nil,
        replacesTalk: Bool, endsWithKey: Bool = false
    ) {
        self.clips = clips.filter { !$0.samples.isEmpty }
        (self.iterations, self.interval, self.longest) = (iterations, interval, longest)
        (self.replacesTalk, self.endsWithKey) = (replacesTalk, endsWithKey)
    }
}

/// Names something that is being played; never used twice.
public struct PromptNumber: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The number itself.
    public var rawValue: UInt64

    /// Wraps a number.
    public init(rawValue: UInt64) { self.rawValue = rawValue }

    /// The number, in decimal.
    public var description: String { String(self.rawValue) }
}

/// Why something is no longer played.
public enum PromptEnd: UInt8, Hashable, Sendable {
    /// All of it was sent.
    case complete = 0
    /// Its longest time was over.
    case longest = 1
    /// It was told to end, or the party pressed a key.
    case stopped = 2
    /// The party was put on hold, or takes no sound that could be sent.
    case held = 3
    /// The party left, or the recording ended.
    case left = 4
}

/// What the parties of a recording are played.
public struct PromptPlan: Hashable, Sendable {
    /// One sound and who hears it.
    public struct Part: Hashable, Sendable {
        /// What the metadata call it, for example the URI of the sound.
        public var name: String
        /// The sound.
        public var clip: SoundClip
        /// Who hears it.
        public var legs: [LegID]

        /// Describes a part.
        public init(name: String, clip: SoundClip, legs: [LegID]) {
            (self.name, self.clip, self.legs) = (name, clip, legs)
        }
    }

    /// What is played once, instead of the talk, to each as soon as he hears this media server.
    public var announcement: Part?
    /// Whether the recording counts as consented only when the announcement was heard in full.
    public var asksConsent: Bool
    /// What is laid over the talk again and again.
    public var beep: Part?
    /// The time between two beeps.
    public var silence: Duration

    /// Describes what is played.
    public init(
        announcement: Part? = nil, asksConsent: Bool = false, beep: Part? = nil, silence: Duration = .seconds(15)
    ) {
        (self.announcement, self.asksConsent, self.beep, self.silence) = (announcement, asksConsent, beep, silence)
    }
}
