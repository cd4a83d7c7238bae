/// When a participant sends its next report, so that all reports together take a twentieth of the session's bandwidth.
///
/// - Source: RFC 3550 §6.2, §6.3.1, appendix A.7 `rtcp_interval`.
public struct RTCPInterval: Hashable, Sendable {
    /// How many are in the session, this participant included.
    public var members: Int
    /// How many of them send.
    public var senders: Int
    /// What all reports together may take.
    ///
    /// - Unit: bytes a second; a twentieth of the session's bandwidth.
    public var bandwidth: Double
    /// Whether this participant has sent packets since its last report but one.
    public var hasSent: Bool
    /// How long reports are on the average, with the headers of UDP and IP.
    ///
    /// - Unit: bytes.
    public var averageByteCount: Double
    /// Whether this participant has sent no report yet.
    public var isInitial: Bool

    /// Describes a session as a participant sees it.
    public init(
        members: Int, senders: Int, bandwidth: Double, hasSent: Bool, averageByteCount: Double, isInitial: Bool
    ) {
        (self.members, self.senders, self.bandwidth) = (members, senders, bandwidth)
        (self.hasSent, self.averageByteCount, self.isInitial) = (hasSent, averageByteCount, isInitial)
    }

    /// The interval before chance varies it: `Td`.
    public var deterministic: Duration { .seconds(self.seconds) }

    /// The interval by which the next report is sent, other in every call: `T`.
    public func next(using generator: inout some RandomNumberGenerator) -> Duration {
        let chance = Double(generator.next() >> 11) / Double(1 << 53 as UInt64)
        return .seconds(self.seconds * (0.5 + chance) / Self.compensation)
    }

    /// What a report's size adds to the average: `avg_rtcp_size`.
    ///
    /// - Source: RFC 3550 §6.3.3.
    public static func average(_ average: Double, with byteCount: Int) -> Double {
        Double(byteCount) / 16 + average * 15 / 16
    }

    private var seconds: Double {
        let minimum = self.isInitial ? Self.minimum / 2 : Self.minimum
        var bandwidth = max(0, self.bandwidth)
        var sharers = max(0, self.members)
        if Double(self.senders) <= Double(self.members) * Self.senderShare {
            bandwidth *= self.hasSent ? Self.senderShare : 1 - Self.senderShare
            sharers = self.hasSent ? self.senders : sharers - self.senders
        }
        guard bandwidth > 0 else { return Self.maximum }
        let average = max(0, self.averageByteCount) * Double(max(0, sharers)) / bandwidth
        // A session nobody can have, or bandwidth of nearly nothing, must not make an interval that no clock holds.
        return average.isFinite ? min(max(average, minimum), Self.maximum) : Self.maximum
    }

    /// - Unit: seconds.
    private static let minimum = 5.0
    /// - Unit: seconds; a day.
    private static let maximum = 86_400.0
    private static let senderShare = 0.25
    /// Reconsideration lets reports come sooner than the interval says; this puts the average right.
    private static let compensation = 2.71828 - 1.5
}
