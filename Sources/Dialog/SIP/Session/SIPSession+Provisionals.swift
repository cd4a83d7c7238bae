// Provisional responses of the side that is called, and how they are made reliable. RFC 3262 §3, §5.

extension SIPSession {
    /// What stands between the peer's INVITE and our final answer.
    struct Answering: Sendable {
        /// The number of our last reliable response; 0 before the first.
        var lastNumber: UInt32 = 0
        /// The reliable response that waits to be confirmed; one at a time.
        var provisional: Provisional?
        /// Reliable responses that wait for the one before them.
        var queue: [(status: SIPStatus, body: SIPBody?)] = []
        /// The call is taken, once nothing stands in its way.
        var acceptance: Acceptance?

        struct Acceptance: Sendable { var body: SIPBody? }
    }

    struct Provisional: Sendable {
        var number: UInt32
        var transaction: SIPTransactionID
        var response: SIPMessage
        var interval: Duration
        var hasDescription: Bool
        /// Whether the description is an offer, and PRACK must have the answer.
        var isOffer: Bool
    }

    mutating func answerForNow(_ status: SIPStatus, _ body: SIPBody?) {
        guard case .ringing(let transaction) = self.phase, let invite = self.openRequests[transaction],
            status > .trying, status.isProvisional, self.answering.acceptance == nil
        else { return }
        let description = self.branch.isAgreed ? nil : body
        let option = SIPOptionTag.reliableProvisional
        let isReliable =
            self.context.capabilities.reliableProvisionals
            && (invite.requires(option) || description != nil && invite.supports(option))
        guard isReliable else {
            self.outputs.append(.respond(self.response(status, to: invite, description), transaction))
            return
        }
        self.answering.queue.append((status, description))
        self.sendProvisional()
    }

    /// Sends the next reliable response, where none waits to be confirmed.
    private mutating func sendProvisional() {
        guard case .ringing(let transaction) = self.phase, let invite = self.openRequests[transaction],
            self.answering.provisional == nil, !self.answering.queue.isEmpty
        else { return }
        let (status, body) = self.answering.queue.removeFirst()
        let description = self.branch.isAgreed ? nil : body
        let number = self.answering.lastNumber
        self.answering.lastNumber = number == 0 ? self.firstNumber() : number + 1
        var response = self.response(status, to: invite, description)
        response.setAll([.reliableProvisional], for: .require)
        response[.rseq] = Int(self.answering.lastNumber)
        self.addCapabilities(&response)
        self.answerPackages(invite, &response)
        let isOffer = description != nil && invite.body == nil
        if description != nil, !isOffer {
            self.branch.isAgreed = true
            self.agree(description, invite.body)
        }
        let interval = self.context.timers.t1
        self.answering.provisional = Provisional(
            number: self.answering.lastNumber, transaction: transaction, response: response, interval: interval,
            hasDescription: description != nil, isOffer: isOffer)
        self.outputs.append(.respond(response, transaction))
        self.outputs.append(.setTimer(.provisional(self.answering.lastNumber), after: interval))
        self.outputs.append(.setTimer(.unconfirmed(self.answering.lastNumber), after: self.context.timers.timeout))
    }

    /// Anything below 2³¹, so that it can be counted up from.
    private mutating func firstNumber() -> UInt32 { UInt32(truncatingIfNeeded: self.tokens.next() % 0x7FFF_FFFE) + 1 }

    /// The interval doubles without bound, since it is PRACK by itself that is sent again when it is lost.
    mutating func retransmitProvisional(_ number: UInt32) {
        guard case .ringing = self.phase, var pending = self.answering.provisional, pending.number == number else {
            return
        }
        pending.interval *= 2
        self.answering.provisional = pending
        self.outputs.append(.respond(pending.response, pending.transaction))
        self.outputs.append(.setTimer(.provisional(number), after: pending.interval))
    }

    mutating func giveUpProvisional(_ number: UInt32) {
        guard case .ringing(let transaction) = self.phase, let invite = self.openRequests[transaction],
            self.answering.provisional?.number == number
        else { return }
        self.respond(.serverTimeout, to: transaction, invite)
        self.finish(.timedOut, nil)
    }

    /// A PRACK, which may come after the final answer too.
    mutating func receiveConfirmation(_ request: SIPMessage, _ transaction: SIPTransactionID) {
        guard let pending = self.answering.provisional, let confirmed = request[.rack],
            confirmed == SIPRAck(pending.number, pending.response[.cseq] ?? SIPCSeq(0, .invite))
        else {
            self.respond(.callDoesNotExist, to: transaction, request)
            return
        }
        self.answering.provisional = nil
        if pending.isOffer {
            self.branch.isAgreed = true
            self.agree(pending.response.body, request.body)
        } else if request.hasDescription, self.isRinging {
            self.receiveOffer(request, transaction)
            self.proceed()
            return
        }
        self.respond(.ok, to: transaction, request)
        if pending.hasDescription, self.isRinging { self.outputs.append(.report(.acknowledged(request))) }
        self.proceed()
    }

    private var isRinging: Bool { if case .ringing = self.phase { true } else { false } }

    /// Goes on with what has waited for something to be settled.
    mutating func proceed() {
        self.sendProvisional()
        if let acceptance = self.answering.acceptance {
            self.answering.acceptance = nil
            self.accept(acceptance.body)
        }
        self.sendQueued()
    }
}
