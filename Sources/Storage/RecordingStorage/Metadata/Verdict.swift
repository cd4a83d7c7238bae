/// What arrived of a recording, what did not, and what was left out on purpose.
public struct Verdict: Hashable, Sendable {
    /// What arrived from one party.
    public struct Stream: Hashable, Sendable {
        /// The party's number.
        public var dn: String
        /// The party's channel in the file, from 0.
        public var channel: Int
        /// Packets that are in the recording.
        public var received: Int
        /// Packets whose sequence numbers never arrived.
        public var lost: Int
        /// Packets that arrived after their place had been written.
        public var late: Int
        /// Packets that arrived more than once.
        public var duplicate: Int

        /// Describes a stream; nothing has arrived.
        public init(
            dn: String, channel: Int, received: Int = 0, lost: Int = 0, late: Int = 0, duplicate: Int = 0
        ) {
            (self.dn, self.channel, self.received, self.lost) = (dn, channel, received, lost)
            (self.late, self.duplicate) = (late, duplicate)
        }
    }

    /// The parties' streams, in the order of the channels.
    public var streams: [Stream]
    /// The spans that were left out because somebody paused the recording.
    public var pauses: [Mask]
    /// What else is missing, a sentence each.
    public var exceptions: [String]
    /// What the parties were played of the recording, in the order in which it ended.
    public var prompts: [PlayedPrompt]
    /// Whether the recording counts as consented; nil where nobody was to be asked.
    public var consent: RecordingConsent?

    /// Describes what arrived.
    public init(
        streams: [Stream] = [], pauses: [Mask] = [], exceptions: [String] = [], prompts: [PlayedPrompt] = [],
        consent: RecordingConsent? = nil
    ) {
        (self.streams, self.pauses, self.exceptions) = (streams, pauses, exceptions)
        (self.prompts, self.consent) = (prompts, consent)
    }

    /// `complete`, `complete except …` or `partial: …`.
    public var summary: String {
        let lost = self.streams.reduce(0) { $0 + $1.lost + $1.late }
        if !self.exceptions.isEmpty { return "partial: " + self.exceptions.joined(separator: "; ") }
        if lost > 0 { return "complete except \(lost) lost packets" }
        return "complete"
    }
}
