/// What can be said of a recording's sound without listening to it: what a player draws, and what quality management
/// searches for.
public struct SoundProfile: Hashable, Sendable {
    /// One party.
    public struct Channel: Hashable, Sendable {
        /// How long the party talks.
        public var talk: Duration
        /// How long of that another party talks, too.
        public var crossTalk: Duration
        /// How loud the party is while it talks, nil where it never does. A square wave that fills the format has 0.
        ///
        /// - Unit: tenths of dBov.
        public var level: Int?
        /// The outline of the waveform: the lowest and the highest sample of each interval in turn, from -128 to 127.
        public var peaks: [Int8]

        /// Describes a party.
        public init(talk: Duration, crossTalk: Duration, level: Int?, peaks: [Int8]) {
            (self.talk, self.crossTalk, self.level, self.peaks) = (talk, crossTalk, level, peaks)
        }
    }

    /// How much was looked at: the sound in whole frames of 20 ms, pauses included.
    public var length: Duration
    /// How long nobody talks.
    public var silence: Duration
    /// How long an interval of the outlines is; the last one may be shorter.
    public var peakInterval: Duration
    /// The parties, in the order of the channels.
    public var channels: [Channel]

    /// No outline has more intervals.
    public static let peakLimit = 1_800

    /// Describes a recording's sound.
    public init(length: Duration, silence: Duration, peakInterval: Duration, channels: [Channel]) {
        (self.length, self.silence) = (length, silence)
        (self.peakInterval, self.channels) = (peakInterval, channels)
    }
}
