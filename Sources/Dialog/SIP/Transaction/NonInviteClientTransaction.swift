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
    private let isReliable: Bool
    private var interval: Duration

    /// A transaction for a request with its Via.
    ///
    /// - Parameter isReliable: whether what carries it loses nothing: then it is sent once.
    public init(request: SIPMessage, timers: SIPTimerValues, isReliable: Bool = false) {
        (self.request, self.timers, self.isReliable, self.interval) = (request, timers, isReliable, timers.t1)
    }

    /// Takes one event.
    public mutating func handle(_ event: SIPClientTransactionEvent, at now: MonotonicTime) -> [SIPTransactionEffect] {
        switch (self.state, event) {
        case (.trying, .start):
            let repetition: [SIPTransactionEffect] = self.isReliable ? [] : [.setTimer(.e, after: self.interval)]
            return [.send(self.request)] + repetition + [.setTimer(.f, after: self.timers.timeout)]
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
            guard status.isFinal else {
                self.state = .proceeding
                return [.deliver(response)]
            }
            self.state = self.isReliable ? .terminated : .completed
            return [.deliver(response), self.isReliable ? .terminate : .setTimer(.k, after: self.timers.t4)]
        case (.completed, .timerFired(.k)):
            self.state = .terminated
            return [.terminate]
        default:
            return []
        }
    }
}
