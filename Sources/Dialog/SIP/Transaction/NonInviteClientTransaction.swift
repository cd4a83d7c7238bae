/// The transaction of a request that this side sent and that is no INVITE.
///
/// - Source: RFC 3261 §17.1.2.
public struct NonInviteClientTransaction: StateMachine {
    /// Where the transaction stands, by the RFC's names.
    public enum State: Hashable, Sendable {
        /// Nothing has come yet. Exits: proceeding, completed, terminated.
        case trying
        /// A provisional response has come. Exits: completed, terminated.
        case proceeding
        /// The final response has come; it may come again. Exit: terminated.
        case completed
        /// Over.
        case terminated
    }

    /// Where the transaction stands.
    public private(set) var state = State.trying
    private let request: SIPMessage
    private let timers: SIPTimerValues
    private var interval: Duration

    /// A transaction for a request with its Via.
    public init(request: SIPMessage, timers: SIPTimerValues) {
        (self.request, self.timers, self.interval) = (request, timers, timers.t1)
    }

    /// Takes one event.
    public mutating func handle(_ event: SIPClientTransactionEvent, at now: MonotonicTime) -> [SIPTransactionEffect] {
        switch (self.state, event) {
        case (.trying, .start):
            return [
                .send(self.request), .setTimer(.e, after: self.interval), .setTimer(.f, after: self.timers.timeout),
            ]
        case (.trying, .timerFired(.e)):
            self.interval = min(self.interval * 2, self.timers.t2)
            return [.send(self.request), .setTimer(.e, after: self.interval)]
        case (.proceeding, .timerFired(.e)):
            return [.send(self.request), .setTimer(.e, after: self.timers.t2)]
        case (.trying, .timerFired(.f)), (.proceeding, .timerFired(.f)):
            self.state = .terminated
            return [.timeOut, .terminate]
        case (.trying, .received(let response)), (.proceeding, .received(let response)):
            guard let status = response.status else { return [] }
            self.state = status.isFinal ? .completed : .proceeding
            return [.deliver(response)] + (status.isFinal ? [.setTimer(.k, after: self.timers.t4)] : [])
        case (.completed, .timerFired(.k)):
            self.state = .terminated
            return [.terminate]
        default:
            return []
        }
    }
}
