/// The transaction of a request that the peer sent and that is no INVITE.
///
/// - Source: RFC 3261 §17.2.2; RFC 4320 §4.2: what nobody answers in time is never answered.
public struct NonInviteServerTransaction: StateMachine {
    /// Where the transaction stands, by the RFC's names.
    public enum State: Hashable, Sendable {
        /// Not answered. Exits: proceeding, completed, terminated.
        case trying
        /// Answered for the time being. Exits: completed, terminated.
        case proceeding
        /// Finally answered; the answer is sent again to each repetition. Exit: terminated.
        case completed
        /// Over.
        case terminated
    }

    /// Where the transaction stands.
    public private(set) var state = State.trying
    private let timers: SIPTimerValues
    private let isReliable: Bool
    private var lastResponse: SIPMessage?

    /// A transaction whose request has just come; ``start()`` begins its time.
    ///
    /// - Parameter isReliable: whether what carries its answer loses nothing: then the request does not come again.
    public init(timers: SIPTimerValues, isReliable: Bool = false) {
        (self.timers, self.isReliable) = (timers, isReliable)
    }

    /// Begins the time in which the request must be answered.
    public func start() -> [SIPTransactionEffect] { [.setTimer(.x, after: self.timers.timeout)] }

    /// Takes one event.
    public mutating func handle(_ event: SIPServerTransactionEvent, at now: MonotonicTime) -> [SIPTransactionEffect] {
        switch (self.state, event) {
        case (.trying, .respond(let response)), (.proceeding, .respond(let response)):
            guard let status = response.status else { return [] }
            self.lastResponse = response
            guard status.isFinal else {
                self.state = .proceeding
                return [.send(response)]
            }
            self.state = self.isReliable ? .terminated : .completed
            return [.send(response), self.isReliable ? .terminate : .setTimer(.j, after: self.timers.timeout)]
        case (.proceeding, .received), (.completed, .received):
            return self.lastResponse.map { [.send($0)] } ?? []
        case (.trying, .timerFired(.x)), (.proceeding, .timerFired(.x)), (.completed, .timerFired(.j)):
            self.state = .terminated
            return [.terminate]
        default:
            return []
        }
    }
}
