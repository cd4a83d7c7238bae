extension RecordingEvidence {
    /// What a party's sender said of itself, and how that compares with what came.
    ///
    /// - Source: RFC 3550 §6.4.1, sender's packet count.
    public struct Sender: Hashable, Sendable {
        /// How often it said so.
        public var reportCount: Int
        /// Packets sent since it began, as it said last. It may have begun long before the recording.
        public var packetCount: Int64
        /// - Unit: bytes of payload, as it said last.
        public var byteCount: Int64
        /// Packets that it sent between its reports, by its own count.
        public var sent: Int64
        /// Packets that came between the same reports, or are known to be missing from their numbers.
        public var accounted: Int64
        /// Whether it said that it leaves.
        public var hasLeft: Bool

        /// Describes what was said.
        public init(
            reportCount: Int = 0, packetCount: Int64 = 0, byteCount: Int64 = 0, sent: Int64 = 0, accounted: Int64 = 0,
            hasLeft: Bool = false
        ) {
            (self.reportCount, self.packetCount, self.byteCount) = (reportCount, packetCount, byteCount)
            (self.sent, self.accounted, self.hasLeft) = (sent, accounted, hasLeft)
        }

        /// So many packets may be on their way when a report comes, or wait to be taken: 100 to 200 ms.
        public static let tolerance: Int64 = 10

        /// Packets that it sent and of which nothing else shows; 0 where its count agrees.
        public var unseen: Int64 {
            let difference = self.sent - self.accounted
            return difference > Self.tolerance ? difference : 0
        }
    }
}
