/// The transaction of an INVITE that this side sent.
///
/// - Source: RFC 3261 §17.1.1, with the Accepted state of RFC 6026 §7.2.
public struct InviteClientTransaction: StateMachine {
    /// Where the transaction stands, by the RFC's names.
    public enum State: Hashable, Sendable {
        /// Nothing has come yet. Exits: proceeding, completed, accepted, terminated.
        case calling
        /// A provisional response has come. Exits: completed, accepted.
        case proceeding
        /// A refusal has come and is acknowledged each time it comes again. Exit: terminated.
        case completed
        /// A 2xx has come; each one is handed up. Exit: terminated.
        case accepted
        /// Over.
        case terminated
    }

    /// Where the transaction stands.
    public private(set) var state = State.calling
    private let request: SIPMessage
    private let timers: SIPTimerValues
    private let isReliable: Bool
    private var interval: Duration
    private var acknowledgement: SIPMessage?

    /// A transaction for a request with its Via.
    ///
    /// - Parameter isReliable: whether what carries it loses nothing: then it is sent once.
    public init(request: SIPMessage, timers: SIPTimerValues, isReliable: Bool = false) {
        (self.request, self.timers, self.isReliable, self.interval) = (request, timers, isReliable, timers.t1)
    }

    /// Takes one event.
    public mutating func handle(_ event: SIPClientTransactionEvent, at now: MonotonicTime) -> [SIPTransactionEffect] {
        switch (self.state, event) {
        case (.calling, .start):
            let repetition: [SIPTransactionEffect] = self.isReliable ? [] : [.setTimer(.a, after: self.interval)]
            return [.send(self.request)] + repetition + [.setTimer(.b, after: self.timers.timeout)]
        case (.calling, .timerFired(.a)):
            self.interval *= 2
            return [.send(self.request), .setTimer(.a, after: self.interval)]
        case (.calling, .timerFired(.b)):
            self.state = .terminated
            return [.timeOut, .terminate]
        case (_, .received(let response)):
            guard let status = response.status else { return [] }
            return self.receive(response, status)
        case (.completed, .timerFired(.d)), (.accepted, .timerFired(.m)):
            self.state = .terminated
            return [.terminate]
        default:
            return []
        }
    }

    private mutating func receive(_ response: SIPMessage, _ status: SIPStatus) -> [SIPTransactionEffect] {
        switch self.state {
        case .calling, .proceeding:
            if status.isProvisional {
                self.state = .proceeding
                return [.deliver(response)]
            }
            if status.isSuccess {
                self.state = .accepted
                return [.deliver(response), .setTimer(.m, after: self.timers.timeout)]
            }
            let acknowledgement = self.acknowledgement(of: response)
            guard !self.isReliable else {
                self.state = .terminated
                return [.send(acknowledgement), .deliver(response), .terminate]
            }
            self.state = .completed
            self.acknowledgement = acknowledgement
            return [.send(acknowledgement), .deliver(response), .setTimer(.d, after: self.timers.completed)]
        case .completed:
            guard status.isFinal, !status.isSuccess, let acknowledgement = self.acknowledgement else { return [] }
            return [.send(acknowledgement)]
        case .accepted:
            return status.isSuccess ? [.deliver(response)] : []
        case .terminated:
            return []
        }
    }

    /// The ACK of a refusal: it belongs to this transaction, so it has the INVITE's branch and routes.
    ///
    /// - Source: RFC 3261 §17.1.1.3.
    private func acknowledgement(of response: SIPMessage) -> SIPMessage {
        SIPMessage(.ack, ofTransaction: self.request, to: response[.to])
    }
}

extension SIPMessage {
    /// An ACK or CANCEL: a request of the same transaction as another.
    ///
    /// - Source: RFC 3261 §9.1, §17.1.1.3.
    init(_ method: SIPMethod, ofTransaction request: SIPMessage, to: SIPAddress?) {
        self.init(request: method, uri: request.requestURI ?? SIPURI(host: "invalid"))
        self[.via] = request[.via]
        self[.maxForwards] = 70
        self.copy(.route, from: request)
        self.copy(.from, from: request)
        if let to { self[.to] = to } else { self.copy(.to, from: request) }
        self.copy(.callID, from: request)
        self[.cseq] = SIPCSeq(request[.cseq]?.number ?? 0, method)
        self.copy(.userAgent, from: request)
    }
}
