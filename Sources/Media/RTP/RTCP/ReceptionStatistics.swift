/// What a receiver tells the sender of a stream: losses and the variation of arrival.
///
/// - Source: RFC 3550 §6.4.1, appendix A.3, A.8.
public struct ReceptionStatistics: Hashable, Sendable {
    /// How much arrival varies.
    ///
    /// - Unit: ticks of the payload's clock.
    public var jitter: UInt32 { UInt32(clamping: self.scaledJitter >> 4) }

    private let clockRate: Int
    /// Sixteen times the jitter, so that its sixteenths are not lost.
    private var scaledJitter: Int64 = 0
    private var lastTransit: UInt32?
    private var lastExpected = 0
    private var lastReceived = 0

    /// Nothing has come yet.
    ///
    /// - Parameter clockRate: ticks of the payload's clock a second.
    public init(clockRate: Int = 8_000) { self.clockRate = clockRate }

    /// Takes a packet that has arrived.
    public mutating func receive(timestamp: UInt32, at time: MonotonicTime) {
        let arrival = Int64(
            truncatingIfNeeded: Int128(time.nanoseconds) * Int128(self.clockRate) / 1_000_000_000)
        let transit = UInt32(truncatingIfNeeded: arrival) &- timestamp
        defer { self.lastTransit = transit }
        guard let lastTransit else { return }
        let difference = Int64(Int32(bitPattern: transit &- lastTransit).magnitude)
        self.scaledJitter += difference - (self.scaledJitter + 8) >> 4
    }

    /// Forgets how long packets travelled, since the sender's timestamps have started again.
    public mutating func restart() { self.lastTransit = nil }

    /// The report on a stream, and the beginning of the span that the next report is about.
    ///
    /// - Returns: nil where nothing has come yet.
    public mutating func report(on tracker: SequenceTracker) -> RTCPReportBlock? {
        guard let ssrc = tracker.ssrc, let highest = tracker.highest else { return nil }
        let received = tracker.received + tracker.late + tracker.duplicate
        let expectedSince = tracker.expected - self.lastExpected
        let lostSince = expectedSince - (received - self.lastReceived)
        (self.lastExpected, self.lastReceived) = (tracker.expected, received)
        return RTCPReportBlock(
            ssrc: ssrc,
            fractionLost: expectedSince > 0 && lostSince > 0 ? UInt8(clamping: lostSince * 256 / expectedSince) : 0,
            cumulativeLost: Int32(clamping: tracker.expected - received),
            highestSequenceNumber: UInt32(truncatingIfNeeded: highest), jitter: self.jitter)
    }
}
