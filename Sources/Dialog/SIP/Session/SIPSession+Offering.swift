// Offers in an established session, both ways. RFC 3261 §14, RFC 3264, RFC 3311.

extension SIPSession {
    mutating func enqueue(_ item: Queued) {
        switch self.phase {
        case .ending, .ended, .cancelling, .accepted(thenEnds: true): return
        default: break
        }
        self.queue.append(item)
        self.sendQueued()
    }

    /// Sends what may be sent now. A request is held back while one before it may still be overtaken, since the peer
    /// refuses requests that come out of order; an offer, while another is not settled.
    mutating func sendQueued() {
        guard self.phase == .established else { return }
        while self.unheard == nil {
            let isOfferAllowed = if case .none = self.exchange { self.glare == nil } else { false }
            let index = self.queue.firstIndex { item in
                if case .offer = item { isOfferAllowed } else { true }
            }
            guard let index else { return }
            switch self.queue.remove(at: index) {
            case .offer(let body):
                let sequence = self.send(.invite, body) { .invite($0) }
                self.exchange = .offering(sequence: sequence, body)
                self.unheard = .invite(sequence)
            case .info(let body, let token):
                self.send(.info, body) { _ in .info(token: token) }
                self.unheard = .info(token: token)
            }
        }
    }

    mutating func receiveOfferResponse(_ response: SIPMessage, _ status: SIPStatus, _ sequence: UInt32) {
        guard status.isFinal else { return }
        guard case .offering(sequence, let offer) = self.exchange, self.phase == .established else {
            if status.isSuccess { self.receiveLateAnswer(sequence) }
            return
        }
        self.exchange = .none
        switch status {
        case _ where status.isSuccess:
            self.dialog?.refreshTarget(from: response)
            if offer == nil, response.body != nil {
                self.exchange = .owing(sequence: sequence)
            } else {
                self.acknowledge(sequence)
            }
            self.outputs.append(.report(.answered(response)))
        case .requestPending:
            self.glare = Glare(sequence: sequence, offer: offer)
            self.outputs.append(.setTimer(.glare(sequence), after: self.glareDelay()))
        case .callDoesNotExist: self.finish(.unknownToPeer, response)
        case .requestTimeout: self.abandon(.timedOut, response)
        default: self.outputs.append(.report(.offerRefused(status)))
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
        self.queue.insert(.offer(glare.offer), at: 0)
        self.sendQueued()
    }

    mutating func answer(_ body: SIPBody) {
        switch self.exchange {
        case .offered(let transaction, let request):
            self.exchange = .none
            guard request.method == .update else {
                self.answerInvite(request, transaction, body)
                return
            }
            self.respond(.ok, to: transaction, request, body)
            self.outputs.append(.report(.acknowledged(request)))
        case .owing(let sequence):
            self.exchange = .none
            self.acknowledge(sequence, body)
        case .none, .offering, .unacknowledged:
            return
        }
        self.sendQueued()
    }

    mutating func refuseOffer(_ status: SIPStatus) {
        switch self.exchange {
        case .offered(let transaction, let request) where status.isFinal && !status.isSuccess:
            self.exchange = .none
            self.respond(status, to: transaction, request)
        case .owing(let sequence):
            // A 2xx cannot be refused; an ACK without an answer leaves things as they were.
            self.exchange = .none
            self.acknowledge(sequence)
        default:
            return
        }
        self.sendQueued()
    }

    /// The peer's re-INVITE, or an UPDATE with an offer.
    ///
    /// - Source: RFC 3261 §14.2, RFC 3311 §5.2.
    mutating func receiveOffer(_ request: SIPMessage, _ transaction: SIPTransactionID) {
        switch self.exchange {
        case .none:
            self.dialog?.refreshTarget(from: request)
            self.exchange = .offered(transaction, request)
            self.openRequests[transaction] = request
            if request.method == .invite {
                self.outputs.append(.respond(self.response(.trying, to: request), transaction))
            }
            self.outputs.append(.report(.offered(request)))
        case .offered:
            self.refuseForNow(request, transaction)
        case .offering, .owing, .unacknowledged:
            self.respond(.requestPending, to: transaction, request)
        }
    }

    /// 500 with the time after which the peer may try again.
    mutating func refuseForNow(_ request: SIPMessage, _ transaction: SIPTransactionID) {
        var response = self.response(.serverInternalError, to: request)
        response[.retryAfter] = SIPRetryAfter(seconds: Int(self.tokens.next() % 11))
        self.outputs.append(.respond(response, transaction))
    }
}
