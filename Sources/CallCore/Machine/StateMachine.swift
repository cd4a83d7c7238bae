/// A pure state machine: events and the time go in, effects come out.
///
/// A machine has no clock, no socket, no task, no lock and no randomness. So one test can run it faster than
/// real time, a transcript can replay it, and a fuzzer can drive it.
public protocol StateMachine<Event, Effect>: Sendable {
    /// What can happen to the machine.
    associatedtype Event: Sendable
    /// What the machine can ask for.
    associatedtype Effect: Sendable, Equatable

    /// Takes one event and says what must be done about it, in order.
    ///
    /// An event that the present state does not expect changes nothing, or returns the refusal that
    /// its protocol defines. It never traps: peers send anything.
    ///
    /// - Parameter now: when the event happened; never earlier than in the call before.
    mutating func handle(_ event: Event, at now: MonotonicTime) -> [Effect]
}
