/// Packets whose numbers follow each other: those of one SSRC, until the sender starts again.
public struct SequenceRun: Hashable, Sendable {
    /// Whose packets these are.
    public var ssrc: UInt32
    /// The lowest extended number that came.
    public var first: Int
    /// The highest extended number that came.
    public var last: Int
    /// Packets that came in time, each counted once.
    public var received: Int
    /// Numbers between the first and the last that never came.
    public var lost: Int
    /// Packets that were overtaken by more than the tracker's window.
    public var late: Int
    /// Packets that came again.
    public var duplicate: Int

    /// Describes a run.
    public init(ssrc: UInt32, first: Int, last: Int, received: Int, lost: Int = 0, late: Int = 0, duplicate: Int = 0) {
        (self.ssrc, self.first, self.last, self.received) = (ssrc, first, last, received)
        (self.lost, self.late, self.duplicate) = (lost, late, duplicate)
    }
}
