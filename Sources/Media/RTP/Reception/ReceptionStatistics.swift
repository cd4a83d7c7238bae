/// What a receiver tells the sender of a stream: losses and the variation of arrival.
///
/// - Source: RFC 3550 §6.4.1, appendix A.3, A.8.
public struct ReceptionStatistics: Hashable, Sendable {
    /// How much arrival varies.
    ///
    /// - Unit: ticks of the payload's clock.
    public var jitter: UInt32 { UInt32(clamping: self.scaledJitter >> 4) }

    /// Ticks of the payload's clock a second.
    ///
    /// - Unit: Hz.
    public let clockRate: Int
    /// Sixteen times the jitter, so that its sixteenths are not lost.
    private var scaledJitter: Int64 = 0
    private var lastTransit: UInt32?
    private var lastExpected = 0
    private var lastReceived = 0
    private var reportedRestarts = 0
    private var lastSenderReport: UInt32 = 0
    private var senderReportArrival = MonotonicTime.zero
    private var senderReportSource: UInt32?

    /// Nothing has come yet.
    ///
    /// - Parameter clockRate: ticks of the payload's clock a second.
    public init(clockRate: Int = 8_000) { self.clockRate = clockRate }

    /// Takes a packet that has arrived, of sound whose timestamps count the samples.
    ///
    /// - Returns: by how many ticks timestamps have jumped ahead of the clock, or behind it where negative; nil where they
    ///   go on with it, up to three seconds. A jump is the sender's, and says nothing about the network: jitter is not
    ///   made of it.
    @discardableResult
    public mutating func receive(timestamp: UInt32, at time: MonotonicTime) -> Int? {
        let arrival = Int64(
            truncatingIfNeeded: Int128(time.nanoseconds) * Int128(self.clockRate) / 1_000_000_000)
        let transit = UInt32(truncatingIfNeeded: arrival) &- timestamp
        defer { self.lastTransit = transit }
        guard let lastTransit else { return nil }
        let change = Int64(Int32(bitPattern: transit &- lastTransit))
        guard change.magnitude <= self.maximumChange else { return Int(-change) }
        self.scaledJitter += Int64(change.magnitude) - (self.scaledJitter + 8) >> 4
        return nil
    }

    /// Forgets how long packets travelled, since the sender's timestamps have started again.
    public mutating func restart() { self.lastTransit = nil }

    /// Takes a sender's report, of which the next report tells how long ago it came.
    ///
    /// - Source: RFC 3550 §6.4.1, LSR and DLSR.
    public mutating func receive(_ report: RTCPSenderReport, at time: MonotonicTime) {
        self.lastSenderReport = NTPTime.middle(of: report.ntpTime)
        (self.senderReportArrival, self.senderReportSource) = (time, report.ssrc)
    }

    /// The report on a stream, and the beginning of the span that the next report is about. It is about the stream since
    /// its source changed or it began anew, as its sender sees it.
    ///
    /// - Parameter now: when the report is sent.
    /// - Returns: nil where nothing has come yet, or no two packets in a row.
    public mutating func report(on tracker: SequenceTracker, at now: MonotonicTime) -> RTCPReportBlock? {
        guard let ssrc = tracker.ssrc, tracker.isProven else { return nil }
        if self.reportedRestarts != tracker.restarts {
            (self.lastExpected, self.lastReceived, self.reportedRestarts) = (0, 0, tracker.restarts)
        }
        let run = tracker.run
        let expectedSince = run.expected - self.lastExpected
        let lostSince = expectedSince - (run.received - self.lastReceived)
        (self.lastExpected, self.lastReceived) = (run.expected, run.received)
        var block = RTCPReportBlock(
            ssrc: ssrc,
            fractionLost: expectedSince > 0 && lostSince > 0 ? UInt8(clamping: lostSince * 256 / expectedSince) : 0,
            cumulativeLost: Int32(clamping: run.expected - run.received),
            highestSequenceNumber: run.highest, jitter: self.jitter)
        if self.senderReportSource == ssrc {
            block.lastSenderReport = self.lastSenderReport
            block.delaySinceLastSenderReport = NTPTime.units(of: now - self.senderReportArrival)
        }
        return block
    }

    /// - Unit: ticks; three seconds, by which no network delays a packet.
    private var maximumChange: UInt64 { UInt64(clamping: 3 &* self.clockRate) }
}
