public import CallCore
private import Synchronization

/// A clock that stands still until it is told to go on: time for simulations and tests.
public final class ManualClock: CallClock {
    private struct Sleeper {
        var deadline: MonotonicTime
        var number: Int
        var continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var now = MonotonicTime.zero
        var sleepers: [Sleeper] = []
        var cancelled: Set<Int> = []
        var count = 0
    }

    private let start: WallTime
    private let state = Mutex(State())

    /// A clock that shows `start`.
    public init(start: WallTime = WallTime(milliseconds: 1_700_000_000_000)) { self.start = start }

    /// The moment to which the clock was last put.
    public var now: MonotonicTime { self.state.withLock { $0.now } }

    /// The date that belongs to ``now``.
    public var wallTime: WallTime { WallTime(epoch: self.start, moment: self.now) }

    /// The smallest step of the clock.
    public var minimumResolution: Duration { .nanoseconds(1) }

    /// Puts the clock forward and wakes those whose time has come, the earliest first.
    public func advance(by duration: Duration) {
        let woken = self.state.withLock { state in
            state.now = state.now + duration
            let due = state.sleepers.filter { $0.deadline <= state.now }
                .sorted { ($0.deadline, $0.number) < ($1.deadline, $1.number) }
            state.sleepers.removeAll { $0.deadline <= state.now }
            return due
        }
        for sleeper in woken { sleeper.continuation.resume() }
    }

    /// Waits until the clock has been put to `deadline`, or the task is cancelled.
    ///
    /// - Throws: `CancellationError` where the task was cancelled.
    public func sleep(until deadline: MonotonicTime, tolerance: Duration?) async throws {
        let number = self.state.withLock { state in
            state.count += 1
            return state.count
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let outcome: Result<Void, any Error>? = self.state.withLock { state in
                    if state.cancelled.remove(number) != nil { return .failure(CancellationError()) }
                    if deadline <= state.now { return .success(()) }
                    state.sleepers.append(Sleeper(deadline: deadline, number: number, continuation: continuation))
                    return nil
                }
                if let outcome { continuation.resume(with: outcome) }
            }
        } onCancel: {
            let sleeper = self.state.withLock { state -> Sleeper? in
                guard let index = state.sleepers.firstIndex(where: { $0.number == number }) else {
                    state.cancelled.insert(number)
                    return nil
                }
                return state.sleepers.remove(at: index)
            }
            sleeper?.continuation.resume(throwing: CancellationError())
        }
    }
}
