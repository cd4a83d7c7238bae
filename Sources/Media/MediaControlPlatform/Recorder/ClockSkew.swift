/// Notices that a sender's clock, or the way to it, has moved away from ours for good, and says how to follow.
///
/// Single packets are late by chance; the shortest delay over some seconds is not. Where that has moved by more than 2
/// ms, the stream is moved by a sample a packet, which nobody hears, until it is within half a millisecond; faster where
/// it is far off.
struct ClockSkew: Hashable, Sendable {
    private var lowest = Int64.max
    private var lowestBefore: Int64?
    private var count = 0
    private var direction: Int64 = 0

    /// - Unit: samples: 2 ms.
    static let threshold: Int64 = 16
    /// - Unit: samples: half a millisecond.
    static let tolerance: Int64 = 4
    /// - Unit: packets; at 20 ms each, 2.56 s.
    static let span = 128
    /// - Unit: samples a packet; of 20 ms, 5 %.
    private static let maximumStep: Int64 = 8

    /// Takes how much later than its place in the file a packet came.
    ///
    /// - Returns: by how many samples this packet and all after it are moved.
    mutating func observe(_ delay: Int64) -> Int64 {
        self.lowest = min(self.lowest, delay)
        self.count += 1
        if self.count == Self.span { (self.lowestBefore, self.lowest, self.count) = (self.lowest, .max, 0) }
        guard let before = self.lowestBefore else { return 0 }
        let low = min(before, self.lowest)
        if self.direction == 0, low.magnitude > Self.threshold { self.direction = low.signum() }
        if low * self.direction <= Self.tolerance { self.direction = 0 }
        let step = self.direction * min(Self.maximumStep, 1 + low * self.direction / 160)
        self.lowestBefore = before - step
        if self.lowest != .max { self.lowest -= step }
        return step
    }
}
