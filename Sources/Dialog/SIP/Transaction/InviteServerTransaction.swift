/// The transaction of an INVITE that the peer sent.
///
/// - Source: RFC 3261 §17.2.1, with the Accepted state of RFC 6026 §7.1.
public struct InviteServerTransaction: StateMachine {
    /// Where the transaction stands, by the RFC's names.
    public enum State: Hashable, Sendable {
        /// Not finally answered. Exits: accepted, completed.
        case proceeding
        /// Answered by a 2xx, which this side sends again itself until the ACK. Exit: terminated.
        case accepted
        /// Refused; waits for the ACK. Exits: confirmed, terminated.
        case completed
        /// The ACK has come; it may come again. Exit: terminated.
        case confirmed
        /// Over.
        case terminated
    }

    /// Where the transaction stands.
    public private(set) var state = State.proceeding
    private let timers: SIPTimerValues
    private let isReliable: Bool
    private var interval: Duration
    private var lastResponse: SIPMessage?

    /// A transaction whose INVITE has just come.
    ///
    /// - Parameter isReliable: whether what carries its answers loses nothing: then a refusal is sent once.
    public init(timers: SIPTimerValues, isReliable: Bool = false) {
        (self.timers, self.isReliable, self.interval) = (timers, isReliable, timers.t1)
    }

    /// Takes one event.
    public mutating func handle(_ event: SIPServerTransactionEvent, at now: MonotonicTime) -> [SIPTransactionEffect] {
        switch (self.state, event) {
        case (.proceeding, .respond(let response)):
            return self.respond(response)
        case (.accepted, .respond(let response)):
            return response.status?.isSuccess == true ? [.send(response)] : []
        case (_, .received(let request)):
            return request.method == .ack ? self.acknowledge(request) : self.repeatResponse()
        case (.completed, .timerFired(.g)):
            guard let response = self.lastResponse else { return [] }
            self.interval = min(self.interval * 2, self.timers.t2)
            return [.send(response), .setTimer(.g, after: self.interval)]
        case (.completed, .timerFired(.h)):
            self.state = .terminated
            return [.timeOut, .terminate]
        case (.confirmed, .timerFired(.i)), (.accepted, .timerFired(.l)):
            self.state = .terminated
            return [.terminate]
        default:
            return []
        }
    }

    private mutating func respond(_ response: SIPMessage) -> [SIPTransactionEffect] {
        guard let status = response.status else { return [] }
        self.lastResponse = response
        if status.isProvisional { return [.send(response)] }
        if status.isSuccess {
            self.state = .accepted
            return [.send(response), .setTimer(.l, after: self.timers.timeout)]
        }
        self.state = .completed
        let repetition: [SIPTransactionEffect] = self.isReliable ? [] : [.setTimer(.g, after: self.interval)]
        return [.send(response)] + repetition + [.setTimer(.h, after: self.timers.timeout)]
    }

    private mutating func acknowledge(_ request: SIPMessage) -> [SIPTransactionEffect] {
        switch self.state {
        case .completed where self.isReliable:
            self.state = .terminated
            return [.terminate]
        case .completed:
            self.state = .confirmed
            return [.setTimer(.i, after: self.timers.t4)]
        case .accepted:
            return [.deliver(request)]
        case .proceeding, .confirmed, .terminated:
            return []
        }
    }

    /// In Accepted a repeated INVITE is absorbed: the 2xx is sent again by its own timer.
    private func repeatResponse() -> [SIPTransactionEffect] {
        switch self.state {
        case .proceeding, .completed: self.lastResponse.map { [.send($0)] } ?? []
        case .accepted, .confirmed, .terminated: []
        }
    }
}
