import RTP

/// What is known of one party's packets: the numbers of which verdict and manifest are made.
struct StreamEvidence: Hashable, Sendable {
    /// From where on a party's sound was coded otherwise.
    struct CodecChange: Hashable, Sendable {
        /// - Unit: samples since the recording began, by the arrival of the first packet.
        var position: Int64
        var codec: LegCodec
    }

    /// The first runs of sequence numbers, in the order in which they ended; at most ``limit``. A pause ends a run: what
    /// is not recorded is not lost.
    private(set) var runs: [SequenceRun] = []
    /// How many runs there were.
    private(set) var runCount = 0
    /// The first codecs, in order, the one at the beginning included; at most ``limit``.
    private(set) var codecs: [CodecChange] = []
    /// How often there was a codec, or another one.
    private(set) var codecCount = 0
    /// What was lost for good, as gaps in the sound.
    var gaps = StreamGaps()
    /// Packets that are in the recording.
    private(set) var received = 0
    /// Packets that never came.
    private(set) var lost = 0
    /// Packets that came too late for their place in the sound.
    private(set) var late = 0
    /// Packets that came again.
    private(set) var duplicate = 0
    /// Packets that were captured, but are no RTP, or of no payload type that was agreed upon.
    var unreadable = 0
    /// Packets that came and were not captured.
    var refused = StreamRefusals()

    /// No more of anything is listed; all are counted.
    static let limit = 100

    private var codec: LegCodec?

    /// Takes a run that is over.
    mutating func add(_ run: SequenceRun) {
        self.received += run.received
        self.lost += run.lost
        self.late += run.late
        self.duplicate += run.duplicate
        self.runCount += 1
        if self.runs.count < Self.limit { self.runs.append(run) }
    }

    /// Takes packets that came in the right order, but after their place had been taken out.
    mutating func add(overdue count: Int) {
        self.received -= count
        self.late += count
    }

    /// Takes how a packet of sound is coded.
    mutating func note(_ codec: LegCodec, at position: Int64) {
        guard codec != self.codec else { return }
        self.codec = codec
        self.codecCount += 1
        if self.codecs.count < Self.limit { self.codecs.append(CodecChange(position: position, codec: codec)) }
    }
}
