/// Everything that the capture journal shows about one recording: what arrived, what did not, what was left out and on
/// whose order. From this alone follows the ``Verdict``.
public struct RecordingEvidence: Hashable, Sendable {
    /// The parties' streams, in the order of the channels.
    public var streams: [Stream]
    /// The spans that were left out because somebody ordered it.
    public var pauses: [Pause]
    /// What else is missing, a sentence each: why the recording was cut off, which file could not be made.
    public var cuts: [String]
    /// The records of the journal that the recording was made of.
    public var journal: JournalSpan

    /// Describes what the journal shows.
    public init(
        streams: [Stream] = [], pauses: [Pause] = [], cuts: [String] = [], journal: JournalSpan = JournalSpan()
    ) {
        (self.streams, self.pauses, self.cuts, self.journal) = (streams, pauses, cuts, journal)
    }

    /// What arrived from one party.
    public struct Stream: Hashable, Sendable {
        /// How many packets arrived, and how many did not.
        public var counts: Verdict.Stream
        /// Packets that could not be read.
        public var unreadable: Int
        /// The numbers of the packets, the first runs where there are many.
        public var runs: [Run]
        /// How many runs there were.
        public var runCount: Int
        /// What of the sound was lost.
        public var gaps: Gaps
        /// What the packets held, from when on; the first codecs where there are many.
        public var codecs: [CodecChange]
        /// How often there was a codec, or another one.
        public var codecCount: Int
        /// What the sender said about itself; nil where it said nothing.
        public var sender: Sender?

        /// Describes a stream.
        ///
        /// - Parameters:
        ///   - runCount: nil where all runs are listed.
        ///   - codecCount: nil where all codecs are listed.
        public init(
            counts: Verdict.Stream, unreadable: Int = 0, runs: [Run] = [], runCount: Int? = nil, gaps: Gaps = Gaps(),
            codecs: [CodecChange] = [], codecCount: Int? = nil, sender: Sender? = nil
        ) {
            (self.counts, self.unreadable, self.runs) = (counts, unreadable, runs)
            (self.runCount, self.gaps, self.codecs) = (runCount ?? runs.count, gaps, codecs)
            (self.codecCount, self.sender) = (codecCount ?? codecs.count, sender)
        }
    }

    /// Packets in a row of one source, by their extended sequence numbers: those of the wire, with the wraps above the
    /// lower 16 bits. A new run begins where the sender began anew, and after a pause.
    public struct Run: Hashable, Sendable {
        /// Whose packets they are.
        public var ssrc: UInt32
        /// The lowest number that came.
        public var first: Int
        /// The highest number that came.
        public var last: Int
        /// Packets that came, each counted once.
        public var received: Int
        /// Numbers in between that never came.
        public var lost: Int
        /// Packets that came too late.
        public var late: Int
        /// Packets that came again.
        public var duplicate: Int

        /// Describes a run.
        public init(
            ssrc: UInt32, first: Int, last: Int, received: Int, lost: Int = 0, late: Int = 0, duplicate: Int = 0
        ) {
            (self.ssrc, self.first, self.last, self.received) = (ssrc, first, last, received)
            (self.lost, self.late, self.duplicate) = (lost, late, duplicate)
        }
    }

    /// What of a party's sound was lost.
    public struct Gaps: Hashable, Sendable {
        /// Where, from the start of the recording; the first ones where there are many.
        public var spans: [Mask]
        /// How many there are.
        public var count: Int
        /// How long they are together.
        public var total: Duration
        /// How long the longest is.
        public var longest: Duration

        /// Describes gaps; the count and the lengths are those of the spans where they are not given.
        public init(spans: [Mask] = [], count: Int? = nil, total: Duration? = nil, longest: Duration? = nil) {
            let lengths = spans.map { $0.end - $0.start }
            (self.spans, self.count) = (spans, count ?? spans.count)
            (self.total, self.longest) = (total ?? lengths.reduce(.zero, +), longest ?? lengths.max() ?? .zero)
        }
    }

    /// A codec that a party began to speak.
    public struct CodecChange: Hashable, Sendable {
        /// When, from the start of the recording.
        public var at: Duration
        /// As in SDP, for example `PCMU`.
        public var name: String

        /// Describes a change.
        public init(at: Duration, name: String) { (self.at, self.name) = (at, name) }
    }

    /// A span that was left out.
    public struct Pause: Hashable, Sendable {
        /// The span.
        public var span: Mask
        /// Who ordered the pause.
        public var paused: Requester
        /// Who ended it; nil where it lasted to the end of the recording.
        public var resumed: Requester?

        /// Describes a pause.
        public init(span: Mask, paused: Requester = .unknown, resumed: Requester? = nil) {
            (self.span, self.paused, self.resumed) = (span, paused, resumed)
        }
    }

    /// The records of the journal that belong to a recording.
    public struct JournalSpan: Hashable, Sendable {
        /// How many.
        public var recordCount: Int
        /// - Unit: bytes, frames included.
        public var byteCount: Int64
        /// Of the records' bytes in their order, as they stand in the journal where it is not encrypted.
        public var sha256: [UInt8]

        /// Describes a span.
        public init(recordCount: Int = 0, byteCount: Int64 = 0, sha256: [UInt8] = []) {
            (self.recordCount, self.byteCount, self.sha256) = (recordCount, byteCount, sha256)
        }
    }
}

/// Who had a recording paused or resumed, and why, as far as it was said.
public struct Requester: Hashable, Sendable {
    /// For example `7001 (agent1) by Desktop`.
    public var who: String
    /// The reasons that were given.
    public var why: String

    /// Names somebody; what is empty is unknown, and what is longer than 256 code points is cut.
    public init(who: String = "", why: String = "") {
        // Scalars, since a character can have any number of them, and all must fit a journal record.
        self.who = who.isEmpty ? "unknown" : String(who.unicodeScalars.prefix(256))
        self.why = why.isEmpty ? "unknown" : String(why.unicodeScalars.prefix(256))
    }

    /// Nothing was said.
    public static let unknown = Requester()
}
