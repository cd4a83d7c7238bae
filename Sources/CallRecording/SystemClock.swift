public import CallCore

#if canImport(Glibc)
    private import Glibc
#elseif canImport(Darwin)
    private import Darwin
#endif

/// The machine's own clock.
public struct SystemClock: CallClock {
    /// The moment from which this process counts.
    private static let beginning = ContinuousClock.now

    /// Reads the machine's clock.
    public init() {}

    /// Time since this process first asked.
    public var now: MonotonicTime {
        MonotonicTime(nanoseconds: (ContinuousClock.now - Self.beginning).nanoseconds)
    }

    /// The smallest step of the clock.
    public var minimumResolution: Duration { .nanoseconds(1) }

    /// The system's date and time, UTC.
    public var wallTime: WallTime {
        var time = timespec()
        // Safe: the pointer is to a local that outlives the call, and the call writes nothing but it.
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return WallTime(milliseconds: Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000)
    }

    /// Waits until a moment has come or the task is cancelled.
    ///
    /// - Throws: `CancellationError` where the task was cancelled.
    public func sleep(until deadline: MonotonicTime, tolerance: Duration?) async throws {
        try await Task.sleep(for: self.now.duration(to: deadline), tolerance: tolerance, clock: ContinuousClock())
    }
}
