/// One INVITE session, from the INVITE until BYE, as a user agent follows it; or one REFER outside such a session.
///
/// A session ends with exactly one report, either `.rejected` or `.ended`, and takes no order after that but `.notify`.
///
/// - Source: RFC 3261 §13-15, RFC 3262, RFC 3264 §4 (who offers), RFC 3311, RFC 3515, RFC 3891, RFC 4028, RFC 6026,
///   RFC 6086.
public struct SIPSession: Sendable {
    let context: Context
    var tokens: TokenGenerator
    var phase = Phase.fresh
    /// The branch that is spoken with, and of a forked call that nobody has taken yet the others.
    var branch = Branch()
    var otherBranches: [Branch] = []
    /// The peer's tags of the branches whose offers wait for our answer, first come first.
    var openOffers: [String] = []
    /// The peer's tags of branches that took the call when another had.
    var strangers: Set<String> = []
    /// Our tag, which names the session together with the Call-ID.
    let localTag: String
    var callID: String
    var contact: SIPAddress
    /// Where requests go when the dialog's next hop is a name.
    var peer: Endpoint
    var invitation: SIPInvitation?
    /// The INVITE that makes the session, where it is ours.
    var invite: SIPMessage?
    var inviteSequence: UInt32 = 0
    /// The branch of our last INVITE: its transaction may wait for ever for a peer that has answered for the time being.
    var lastInviteBranch: String?
    /// What stands between the peer's INVITE and our final answer.
    var answering = Answering()
    /// The session that this one takes the place of.
    var replaced: SIPSessionID?
    /// The peer's requests that wait for the box, INVITE included.
    var openRequests: [SIPTransactionID: SIPMessage] = [:]
    var queue: [Queued] = []
    /// Our requests that nothing has come back for yet: another sent now could overtake them.
    var unheard: Set<Purpose> = []
    var glare: Glare?
    var lastAcknowledgement: Acknowledgement?
    var liveness = Liveness()
    /// Our REFERs of which there may be news.
    var referrals: [OwnReferral] = []
    /// The peer's REFERs that we have taken.
    var taken: [TakenReferral] = []
    /// The number of the peer's first REFER in this dialog.
    var firstReferral: UInt32?
    /// Whether nothing of the call can still be in the network.
    var isForgettable = false
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

    var dialog: SIPDialog? {
        get { self.branch.dialog }
        set { self.branch.dialog = newValue }
    }

    var exchange: Exchange {
        get { self.branch.exchange }
        set { self.branch.exchange = newValue }
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
        case .reject(let status, let fields): self.reject(status, fields)
        case .offer(let body): self.enqueue(.offer(body))
        case .update(let body): self.enqueue(.update(body))
        case .answer(let body): self.answer(body)
        case .refuseOffer(let status): self.refuseOffer(status)
        case .info(let body, let token, let package): self.enqueue(.info(body, token: token, package: package))
        case .answerInfo(let transaction, let status, let body): self.answerInfo(transaction, status, body)
        case .refer(let referral, let token, let invitation): self.refer(referral, token, invitation)
        case .acceptReferral(let transaction): self.acceptReferral(transaction)
        case .refuseReferral(let transaction, let status): self.refuseReferral(transaction, status)
        case .notify(let transaction, let status): self.tellNews(transaction, status)
        case .end: self.end()
        }
    }

    private mutating func receive(response: SIPMessage, _ purpose: Purpose) {
        guard let status = response.status else { return }
        self.unheard.remove(purpose)
        if case .calling = self.phase { self.turn(to: response[.to]?.tag ?? "") }
        switch purpose {
        case .invite(let sequence): self.receiveInviteResponse(response, status, sequence)
        case .update(let sequence) where status.isFinal: self.receiveUpdateResponse(response, status, sequence)
        case .prack(let sequence) where status.isFinal: self.receivePrackResponse(response, status, sequence)
        case .info(let token) where status.isFinal: self.receiveInfoResponse(response, status, token)
        case .refer(let sequence) where status.isFinal: self.receiveReferResponse(response, status, sequence)
        case .notify(let transaction) where status.isFinal: self.receiveNotifyResponse(status, transaction)
        case .bye where status.isFinal && self.phase == .ending: self.finish(.local, response)
        case .update, .prack, .info, .refer, .notify, .bye, .cancel, .farewell: break
        }
        self.sendQueued()
    }

    private mutating func receiveNothing(_ purpose: Purpose) {
        self.unheard.remove(purpose)
        switch purpose {
        case .invite(let sequence): self.receiveNoInviteResponse(sequence)
        case .update(let sequence): self.receiveNoUpdateResponse(sequence)
        case .prack: self.receiveNoPrackResponse()
        case .info(let token):
            guard self.isAlive else { return }
            self.outputs.append(.report(.infoAnswered(token: token, .requestTimeout, nil)))
            self.abandon(.timedOut, nil)
        case .refer(let sequence): self.receiveReferResponse(nil, .requestTimeout, sequence)
        case .notify(let transaction): self.receiveNotifyResponse(.requestTimeout, transaction)
        case .bye where self.phase == .ending: self.finish(.local, nil)
        case .bye, .cancel, .farewell: break
        }
        self.sendQueued()
    }

    private mutating func fire(_ timer: Timer) {
        switch timer {
        case .retransmit(let sequence): self.retransmitAnswer(sequence)
        case .unacknowledged(let sequence): self.giveUpAnswer(sequence)
        case .provisional(let number): self.retransmitProvisional(number)
        case .unconfirmed(let number): self.giveUpProvisional(number)
        case .glare(let sequence): self.tryAgain(sequence)
        case .cancelled:
            if case .cancelling = self.phase { self.finish(.local, nil) }
        case .refresh(let round): self.refresh(round)
        case .expired(let round): self.expire(round)
        case .silent(let sequence, let count): self.giveUpNews(sequence, count)
        case .unsettled(let transaction, let count): self.giveUpReferral(transaction, count)
        case .forgotten: self.forget()
        }
    }
}
