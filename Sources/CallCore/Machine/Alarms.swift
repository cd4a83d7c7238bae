/// Brings a machine's timers back to it: what an actor uses to carry out `setTimer` effects.
///
/// ``set(_:after:)`` never waits. A timer is never taken back: a machine ignores those that no longer matter.
public struct Alarms<Timer: Sendable>: Sendable {
    private let timers: AsyncStream<(Timer, Duration)>
    private let continuation: AsyncStream<(Timer, Duration)>.Continuation

    /// No timer is set.
    public init() {
        (self.timers, self.continuation) = AsyncStream.makeStream()
    }

    /// Sets a timer and returns at once.
    public func set(_ timer: Timer, after duration: Duration) {
        self.continuation.yield((timer, duration))
    }

    /// Fires timers until the surrounding task is cancelled. Call it once.
    ///
    /// - Parameter fire: is handed each timer when its time has come.
    public func run(on clock: any CallClock, fire: @escaping @Sendable (Timer) async -> Void) async {
        await withDiscardingTaskGroup { group in
            for await (timer, duration) in self.timers {
                group.addTask {
                    guard (try? await clock.sleep(for: duration)) != nil else { return }
                    await fire(timer)
                }
            }
            group.cancelAll()
        }
    }
}
