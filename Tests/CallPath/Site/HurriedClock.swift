import CallRecording

/// A clock that goes a hundred times as fast as others: for a site without calls, whose patience is to be over soon.
struct HurriedClock: CallClock {
    private static let factor = 100

    private let clock = SystemClock()
    private let beginning = SystemClock().now

    var now: MonotonicTime { self.beginning + self.beginning.duration(to: self.clock.now) * Self.factor }
    var minimumResolution: Duration { self.clock.minimumResolution }
    var wallTime: WallTime { self.clock.wallTime }

    func sleep(until deadline: MonotonicTime, tolerance: Duration?) async throws {
        try await self.clock.sleep(for: self.now.duration(to: deadline) / Self.factor)
    }
}
