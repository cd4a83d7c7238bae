/// One INVITE session, from the INVITE until BYE, as a user agent follows it.
///
/// A session ends with exactly one report, either `.rejected` or `.ended`, and takes no order after that.
///
/// - Source: RFC 3261 §13-15, RFC 3264 §4 (who offers), RFC 6026, RFC 6086.
public struct SIPSession: Sendable {
    let context: Context
    var tokens: TokenGenerator
    var phase = Phase.fresh
    var exchange = Exchange.none
    var dialog: SIPDialog?
    /// Our tag, which names the session together with the Call-ID.
    let localTag: String
    var callID: String
    var contact: SIPAddress
    /// Where requests go when the dialog's next hop is a name.
    var peer: Endpoint
    /// The INVITE that made the session.
    var invite: SIPMessage?
    /// Its number.
    var firstSequence: UInt32 = 1
    /// The peer's requests that wait for the box, INVITE included.
    var openRequests: [SIPTransactionID: SIPMessage] = [:]
    var queue: [Queued] = []
    /// Our request that nothing has come back for yet: another sent now could overtake it.
    var unheard: Purpose?
    var glare: Glare?
    var lastAcknowledgement: Acknowledgement?
    var outputs: [Output] = []

    /// A session that we start.
    init(context: Context, seed: UInt64) {
        self.context = context
        self.tokens = TokenGenerator(seed: seed)
        self.localTag = self.tokens.token()
        self.callID = "\(self.tokens.token())\(self.tokens.token())@\(context.localEndpoint.host)"
        self.contact = SIPAddress(SIPURI(endpoint: context.localEndpoint))
        self.peer = context.localEndpoint
    }

    /// Takes one event and says what must be done about it, in order.
    mutating func handle(_ input: Input) -> [Output] {
        self.outputs = []
        switch input {
        case .order(let order): self.take(order)
        case .request(let message, let transaction): self.receive(message, transaction)
        case .acknowledged(let message): self.receiveAcknowledgement(message)
        case .cancelled(let message, let transaction): self.receiveCancel(message, transaction)
        case .response(let message, let purpose): self.receive(response: message, purpose)
        case .unanswered(let purpose): self.receiveNothing(purpose)
        case .timerFired(let timer): self.fire(timer)
        }
        return self.outputs
    }

    private mutating func take(_ order: Order) {
        switch order {
        case .invite(let invitation): self.call(invitation)
        case .progress(let status, let body): self.answerForNow(status, body)
        case .accept(let body): self.accept(body)
        case .reject(let status): self.reject(status)
        case .offer(let body): self.enqueue(.offer(body))
        case .answer(let body): self.answer(body)
        case .refuseOffer(let status): self.refuseOffer(status)
        case .info(let body, let token): self.enqueue(.info(body, token: token))
        case .answerInfo(let transaction, let status, let body): self.answerInfo(transaction, status, body)
        case .end: self.end()
        }
    }

    private mutating func receive(response: SIPMessage, _ purpose: Purpose) {
        guard let status = response.status else { return }
        if self.unheard == purpose { self.unheard = nil }
        switch purpose {
        case .invite(let sequence): self.receiveInviteResponse(response, status, sequence)
        case .info(let token) where status.isFinal: self.receiveInfoResponse(response, status, token)
        case .bye where status.isFinal && self.phase == .ending: self.finish(.local, response)
        case .info, .bye, .cancel, .farewell: break
        }
        self.sendQueued()
    }

    private mutating func receiveNothing(_ purpose: Purpose) {
        if self.unheard == purpose { self.unheard = nil }
        switch purpose {
        case .invite(let sequence): self.receiveNoInviteResponse(sequence)
        case .info(let token):
            guard self.isAlive else { return }
            self.outputs.append(.report(.infoAnswered(token: token, .requestTimeout, nil)))
            self.abandon(.timedOut, nil)
        case .bye where self.phase == .ending: self.finish(.local, nil)
        case .bye, .cancel, .farewell: break
        }
    }

    private mutating func fire(_ timer: Timer) {
        switch timer {
        case .retransmit(let sequence): self.retransmitAnswer(sequence)
        case .unacknowledged(let sequence): self.giveUpAnswer(sequence)
        case .glare(let sequence): self.tryAgain(sequence)
        case .cancelled:
            if case .cancelling = self.phase { self.finish(.local, nil) }
        case .forgotten: self.outputs.append(.forget)
        }
    }
}
