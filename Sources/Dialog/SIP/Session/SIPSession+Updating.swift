// UPDATE, both ways. RFC 3311.

extension SIPSession {
    mutating func receiveUpdate(_ request: SIPMessage, _ transaction: SIPTransactionID) {
        if case .offered(_, let earlier) = self.exchange, earlier.method == .update {
            return self.refuseForNow(request, transaction)
        }
        guard !self.refusesInterval(of: request, transaction) else { return }
        guard !request.hasDescription else { return self.receiveOffer(request, transaction) }
        self.dialog?.refreshTarget(from: request)
        self.notePeer(request)
        self.answerUpdate(request, transaction, nil)
    }

    /// 200 to an UPDATE or PRACK, with our answer where it has an offer.
    mutating func answerUpdate(_ request: SIPMessage, _ transaction: SIPTransactionID, _ body: SIPBody?) {
        self.openRequests[transaction] = nil
        var response = self.response(.ok, to: request, body)
        if request.method == .update {
            self.agreeOnLiveness(request, &response)
            self.answerPackages(request, &response)
        }
        self.outputs.append(.respond(response, transaction))
    }

    mutating func receiveUpdateResponse(_ response: SIPMessage, _ status: SIPStatus, _ sequence: UInt32) {
        guard case .offering(let offer) = self.exchange, offer.sequence == sequence else {
            self.receiveSignOfLife(response, status)
            return
        }
        self.exchange = .none
        if status.isSuccess {
            self.receiveRefreshed(response)
            self.reportAnswer(response, to: offer)
        } else {
            self.receiveOfferRefusal(response, status, offer)
        }
        self.proceed()
    }

    /// The answer to an UPDATE that offers nothing.
    private mutating func receiveSignOfLife(_ response: SIPMessage, _ status: SIPStatus) {
        switch status {
        case _ where status.isSuccess: self.receiveRefreshed(response)
        case .callDoesNotExist, .requestTimeout: self.lose(status, response)
        case .intervalTooSmall where self.raiseInterval(response): self.queue.insert(.update(nil), at: 0)
        default: self.refreshLater()
        }
    }

    mutating func receiveNoUpdateResponse(_ sequence: UInt32) {
        if case .offering(let offer) = self.exchange, offer.sequence == sequence { self.exchange = .none }
        self.lose(.requestTimeout, nil)
    }

    /// A 2xx to a re-INVITE or UPDATE of ours.
    mutating func receiveRefreshed(_ response: SIPMessage) {
        self.dialog?.refreshTarget(from: response)
        self.notePeer(response)
        self.adoptLiveness(of: response)
    }

    /// The peer does not know the session any more, or does not answer.
    ///
    /// - Source: RFC 3261 §12.2.1.2.
    mutating func lose(_ status: SIPStatus, _ response: SIPMessage?) {
        switch self.phase {
        case .accepted, .established:
            if status == .callDoesNotExist {
                self.finish(.unknownToPeer, response)
            } else {
                self.abandon(.timedOut, response)
            }
        case .calling:
            self.sendCancel()
            self.finish(report: .rejected(status, response))
        case .ringing: self.finish(status == .callDoesNotExist ? .unknownToPeer : .timedOut, response)
        case .fresh, .cancelling, .referring, .ending, .ended: break
        }
    }
}
