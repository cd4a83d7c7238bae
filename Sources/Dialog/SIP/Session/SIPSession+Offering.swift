// Offers and answers in a session, both ways. RFC 3261 §14, RFC 3264, RFC 3311.

extension SIPSession {
    /// Notes the descriptions that both sides now go by; nil leaves one as it was.
    mutating func agree(_ local: SIPBody?, _ remote: SIPBody?) {
        if let local { self.branch.local = local }
        if let remote { self.branch.remote = remote }
    }

    /// The answer to our re-INVITE.
    mutating func receiveOfferResponse(_ response: SIPMessage, _ status: SIPStatus, _ sequence: UInt32) {
        guard status.isFinal else { return }
        guard case .offering(let offer) = self.exchange, offer.sequence == sequence, self.phase == .established else {
            if status.isSuccess { self.receiveLateAnswer(sequence) }
            return
        }
        self.exchange = .none
        guard status.isSuccess else { return self.receiveOfferRefusal(response, status, offer) }
        self.receiveRefreshed(response)
        if offer.body == nil, response.body != nil {
            self.exchange = .owing(sequence: sequence)
            self.branch.remote = response.body
        } else {
            self.acknowledge(sequence)
        }
        self.reportAnswer(response, to: offer)
    }

    /// An offer of ours was taken. One that only refreshes the session is no business of the box, unless the peer has
    /// changed something.
    mutating func reportAnswer(_ response: SIPMessage, to offer: Offer) {
        let isUnchanged = response.body == nil || response.body == self.branch.remote
        if offer.body != nil { self.agree(offer.body, response.body) }
        if !offer.item.isSignOfLife {
            self.outputs.append(.report(.answered(response)))
        } else if !isUnchanged {
            self.outputs.append(.report(.refreshed(response)))
        }
    }

    /// Our offer was not taken: it is tried again where that may help.
    mutating func receiveOfferRefusal(_ response: SIPMessage, _ status: SIPStatus, _ offer: Offer) {
        switch status {
        case .requestPending:
            self.glare = Glare(sequence: offer.sequence, item: offer.item)
            self.outputs.append(.setTimer(.glare(offer.sequence), after: self.glareDelay()))
        case .intervalTooSmall where self.raiseInterval(response): self.queue.insert(offer.item, at: 0)
        case .callDoesNotExist, .requestTimeout: self.lose(status, response)
        default:
            if offer.item.isSignOfLife {
                self.refreshLater()
            } else {
                self.outputs.append(.report(.offerRefused(status)))
            }
        }
    }

    /// A 2xx that comes again, or after our BYE: it wants an ACK all the same.
    private mutating func receiveLateAnswer(_ sequence: UInt32) {
        if case .owing(sequence) = self.exchange { return }
        if self.lastAcknowledgement?.sequence == sequence {
            self.acknowledgeAgain(sequence)
        } else if self.phase == .ending || self.phase == .ended {
            self.acknowledge(sequence)
        }
    }

    /// The side that made the Call-ID waits longer, so that the two do not meet again.
    ///
    /// - Source: RFC 3261 §14.1.
    private mutating func glareDelay() -> Duration {
        let random = self.tokens.next()
        let ticks = self.dialog?.isInitiator == true ? 210 + random % 191 : random % 201
        return .milliseconds(Int64(ticks * 10))
    }

    mutating func tryAgain(_ sequence: UInt32) {
        guard let glare = self.glare, glare.sequence == sequence else { return }
        self.glare = nil
        self.queue.insert(glare.item, at: 0)
        self.sendQueued()
    }

    mutating func answer(_ body: SIPBody) {
        self.turnToOpenOffer()
        switch self.exchange {
        case .offered(let transaction, let request):
            self.exchange = .none
            self.agree(body, request.body)
            guard request.method != .invite else {
                self.answerInvite(request, transaction, body)
                return
            }
            self.answerUpdate(request, transaction, body)
            self.outputs.append(.report(.acknowledged(request)))
        case .owing(let sequence):
            self.exchange = .none
            self.agree(body, nil)
            self.acknowledge(sequence, body)
        case .owingProvisional(let confirmation):
            self.exchange = .none
            self.branch.isAgreed = true
            self.agree(body, nil)
            self.confirm(confirmation, body)
        case .none, .offering, .unacknowledged:
            return
        }
        self.proceed()
    }

    mutating func refuseOffer(_ status: SIPStatus) {
        self.turnToOpenOffer()
        switch self.exchange {
        case .offered(let transaction, let request) where status.isFinal && !status.isSuccess:
            self.exchange = .none
            self.respond(status, to: transaction, request)
        case .owing(let sequence):
            // A 2xx cannot be refused; an ACK without an answer leaves things as they were.
            self.exchange = .none
            self.acknowledge(sequence)
        case .owingProvisional(let confirmation):
            self.exchange = .none
            self.branch.isAgreed = true
            self.confirm(confirmation)
        default:
            return
        }
        self.proceed()
    }

    /// Turns to the branch of a forked call whose offer came first.
    private mutating func turnToOpenOffer() {
        guard case .calling = self.phase, !self.openOffers.isEmpty else { return }
        self.turn(to: self.openOffers.removeFirst())
    }

    /// An offer of the peer: its re-INVITE, or an UPDATE or PRACK with a description.
    ///
    /// - Source: RFC 3261 §14.2, RFC 3311 §5.2.
    mutating func receiveOffer(_ request: SIPMessage, _ transaction: SIPTransactionID) {
        switch self.obstacle(to: request) {
        case .none:
            self.dialog?.refreshTarget(from: request)
            self.notePeer(request)
            self.exchange = .offered(transaction, request)
            self.openRequests[transaction] = request
            if request.method == .invite {
                self.outputs.append(.respond(self.response(.trying, to: request), transaction))
            }
            if case .calling = self.phase { self.openOffers.append(self.dialog?.remoteTag ?? "") }
            self.outputs.append(.report(.offered(request)))
        case .some(.serverInternalError): self.refuseForNow(request, transaction)
        case .some(let status): self.respond(status, to: transaction, request)
        }
    }

    /// Why an offer of the peer cannot be taken now: an offer of ours waits for its answer (491), or one of the peer
    /// does (500).
    private func obstacle(to request: SIPMessage) -> SIPStatus? {
        switch self.exchange {
        case .offering, .unacknowledged: return .requestPending
        case .owing: return request.method == .invite ? .requestPending : .serverInternalError
        case .offered, .owingProvisional: return .serverInternalError
        case .none:
            // The offer that begins the session is the caller's, unless its INVITE had none.
            guard !self.branch.isAgreed else { return nil }
            let isOurs = self.invite.map { $0.body != nil } ?? (self.answering.provisional?.isOffer == true)
            return isOurs ? .requestPending : .serverInternalError
        }
    }

    /// 500 with the time after which the peer may try again.
    mutating func refuseForNow(_ request: SIPMessage, _ transaction: SIPTransactionID) {
        let wait = Int(self.tokens.next() % 11)
        self.respond(
            .serverInternalError, to: transaction, request, adding: { $0[.retryAfter] = SIPRetryAfter(seconds: wait) })
    }
}
