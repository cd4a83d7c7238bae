/// A moment on the machine's own clock, which never runs backwards: the time that machines are told.
public struct MonotonicTime: Hashable, Sendable, Comparable, InstantProtocol, CustomStringConvertible {
    /// Nanoseconds since the clock's beginning.
    public var nanoseconds: Int64

    /// A moment so many nanoseconds after the clock's beginning.
    public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

    /// The clock's beginning.
    public static let zero = MonotonicTime(nanoseconds: 0)

    /// The moment `duration` later; the last representable moment where that is past the end of time.
    public func advanced(by duration: Duration) -> MonotonicTime {
        let (sum, overflow) = self.nanoseconds.addingReportingOverflow(duration.nanoseconds)
        return MonotonicTime(nanoseconds: overflow ? (duration > .zero ? .max : .min) : sum)
    }

    /// How long from this moment until another.
    public func duration(to other: MonotonicTime) -> Duration {
        .nanoseconds(other.nanoseconds.subtractingReportingOverflow(self.nanoseconds).partialValue)
    }

    /// Earlier and later.
    public static func < (left: MonotonicTime, right: MonotonicTime) -> Bool { left.nanoseconds < right.nanoseconds }

    /// The moment `duration` later.
    public static func + (time: MonotonicTime, duration: Duration) -> MonotonicTime { time.advanced(by: duration) }

    /// How long from `right` until `left`.
    public static func - (left: MonotonicTime, right: MonotonicTime) -> Duration { right.duration(to: left) }

    /// Milliseconds since the clock's beginning, with the unit.
    public var description: String { "\(self.nanoseconds / 1_000_000) ms" }
}

extension Duration {
    /// The duration in whole nanoseconds, saturated at the ends of `Int64`.
    public var nanoseconds: Int64 {
        let (seconds, attoseconds) = self.components
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        if overflow { return seconds < 0 ? .min : .max }
        let (sum, sumOverflow) = product.addingReportingOverflow(attoseconds / 1_000_000_000)
        return sumOverflow ? (seconds < 0 ? .min : .max) : sum
    }

    /// The duration in whole milliseconds.
    public var milliseconds: Int64 { self.nanoseconds / 1_000_000 }
}
