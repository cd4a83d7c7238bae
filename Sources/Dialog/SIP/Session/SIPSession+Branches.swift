// Calls that are not yet taken, from the side that calls: their early dialogs, and provisional responses that are
// confirmed. RFC 3261 §12.1.2, §13.2.2; RFC 3262 §4-5.

extension SIPSession {
    /// So many branches of a forked call are followed; others are heard of only by their responses.
    static let branchLimit = 16

    /// Turns to the branch with a tag of the peer.
    ///
    /// - Returns: false where there is none.
    @discardableResult
    mutating func turn(to tag: String) -> Bool {
        if self.dialog?.remoteTag == tag { return true }
        guard let index = self.otherBranches.firstIndex(where: { $0.dialog?.remoteTag == tag }) else { return false }
        let other = self.otherBranches[index]
        self.otherBranches[index] = self.branch
        self.branch = other
        return true
    }

    /// Whether a tag of the peer belongs to this session. Before a call is taken, every tag may.
    func isPeer(_ tag: String) -> Bool {
        if case .calling = self.phase { return true }
        return self.dialog.map { $0.remoteTag == tag } ?? true
    }

    /// 101 to 199 have come.
    mutating func receiveProvisional(_ response: SIPMessage) {
        guard let invite = self.invite, let tag = response[.to]?.tag, self.openBranch(tag, response, of: invite),
            self.context.capabilities.reliableProvisionals, response.requires(.reliableProvisional),
            let number = response[.rseq].flatMap({ UInt32(exactly: $0) }), let cseq = response[.cseq]
        else {
            self.outputs.append(.report(.progress(response)))
            return
        }
        // While we owe the answer to one response, the next is not to come: it will come again.
        if case .owingProvisional = self.exchange { return }
        if let last = self.branch.lastReliable {
            // What comes again was confirmed; what comes too early will come again.
            guard number > last, number - last == 1 else { return }
        }
        self.branch.lastReliable = number
        self.outputs.append(.report(.progress(response)))
        let confirmation = SIPRAck(number, cseq)
        guard response.hasDescription, !self.branch.isAgreed else { return self.confirm(confirmation) }
        if invite.body == nil {
            self.exchange = .owingProvisional(confirmation)
            self.branch.remote = response.body
            self.openOffers.append(tag)
        } else {
            self.branch.isAgreed = true
            self.agree(invite.body, response.body)
            self.confirm(confirmation)
        }
    }

    /// Turns to the branch that a response comes from; a new one where it is the first.
    private mutating func openBranch(_ tag: String, _ response: SIPMessage, of invite: SIPMessage) -> Bool {
        if !self.turn(to: tag) {
            guard self.otherBranches.count < Self.branchLimit,
                let dialog = SIPDialog(request: invite, response: response)
            else { return false }
            if self.dialog != nil { self.otherBranches.append(self.branch) }
            self.branch = Branch(dialog: dialog)
        }
        self.notePeer(response)
        return true
    }

    /// Turns for good to the branch that has taken the call.
    ///
    /// - Source: RFC 3261 §13.2.2.4: the route set is that of the 2xx.
    mutating func choose(_ response: SIPMessage, of invite: SIPMessage) -> Bool {
        if self.turn(to: response[.to]?.tag ?? "") {
            self.dialog?.confirm(by: response)
        } else {
            guard let dialog = SIPDialog(request: invite, response: response) else { return false }
            self.branch = Branch(dialog: dialog)
        }
        self.notePeer(response)
        (self.otherBranches, self.openOffers) = ([], [])
        return true
    }

    /// Sends PRACK, with our answer where the peer has offered. Otherwise an offer of ours that waits rides in it.
    mutating func confirm(_ confirmation: SIPRAck, _ answer: SIPBody? = nil) {
        let waiting = answer == nil ? self.takeWaitingOffer() : nil
        let sequence = self.sendFirst(
            .prack, answer ?? waiting, adding: { $0[.rack] = confirmation }, for: { .prack($0) })
        if let waiting {
            self.exchange = .offering(Offer(sequence: sequence, item: .update(waiting), body: waiting))
        }
    }

    private mutating func takeWaitingOffer() -> SIPBody? {
        guard self.branch.isAgreed, self.isExchangeFree else { return nil }
        for (index, item) in self.queue.enumerated() {
            guard case .update(let offer?) = item else { continue }
            self.queue.remove(at: index)
            return offer
        }
        return nil
    }

    mutating func receivePrackResponse(_ response: SIPMessage, _ status: SIPStatus, _ sequence: UInt32) {
        guard case .offering(let offer) = self.exchange, offer.sequence == sequence else { return }
        self.exchange = .none
        if status.isSuccess {
            self.agree(offer.body, response.body)
            self.outputs.append(.report(.answered(response)))
        } else if status == .requestPending {
            self.receiveOfferRefusal(response, status, offer)
        } else {
            self.outputs.append(.report(.offerRefused(status)))
        }
    }

    /// Whoever does not answer a PRACK will not take the call either.
    mutating func receiveNoPrackResponse() {
        guard case .calling = self.phase, let invite = self.invite else { return self.lose(.requestTimeout, nil) }
        self.outputs.append(.request(SIPMessage(.cancel, ofTransaction: invite, to: nil), to: self.peer, .farewell))
        self.finish(report: .rejected(.requestTimeout, nil))
    }
}
