/// Tells the time to whoever drives a machine: the plug-in point for clocks. Open: conform as you like.
///
/// `now` never runs backwards. `wallTime` may jump when an operator sets the clock; nothing but the
/// date that people read depends on it.
public protocol CallClock: Clock, Sendable where Instant == MonotonicTime, Duration == Swift.Duration {
    /// The date and time that people read.
    var wallTime: WallTime { get }
}

extension CallClock {
    /// The wall time of the clock's beginning, by which a machine turns its moments into dates.
    public var epoch: WallTime {
        WallTime(milliseconds: self.wallTime.milliseconds - self.now.nanoseconds / 1_000_000)
    }
}
