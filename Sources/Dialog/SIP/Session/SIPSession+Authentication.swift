// Requests that go out once more, with credentials. RFC 3261 §8.1.3.5, §14.1.

extension SIPSession {
    /// Gives a request that goes out once more its new number.
    ///
    /// - Returns: what it is for now; nil where it is not wanted any more.
    mutating func renumber(_ request: inout SIPMessage, for purpose: Purpose) -> Purpose? {
        if case .cancelling = self.phase { return nil }
        if request.method == .invite { self.lastInviteBranch = request[.via]?.branch }
        if case .calling = self.phase {
            if purpose == .invite(self.inviteSequence) { return self.renumberInvite(request) }
            self.turn(to: request[.to]?.tag ?? "")
        }
        guard let number = self.dialog == nil ? request[.cseq]?.number : self.nextSequence() else { return nil }
        request[.cseq] = SIPCSeq(number, request.method)
        if case .refer(let old) = purpose, let index = self.referrals.firstIndex(where: { $0.sequence == old }) {
            self.referrals[index].sequence = number
        }
        let renumbered = purpose.renumbered(number)
        guard renumbered != purpose else { return purpose }
        if case .offering(var offer) = self.exchange, purpose == purpose.renumbered(offer.sequence) {
            offer.sequence = number
            self.exchange = .offering(offer)
        }
        if self.unheard.remove(purpose) != nil { self.unheard.insert(renumbered) }
        return renumbered
    }

    private mutating func renumberInvite(_ request: SIPMessage) -> Purpose? {
        guard let number = request[.cseq]?.number else { return nil }
        (self.inviteSequence, self.invite) = (number, request)
        self.branch = Branch()
        self.otherBranches = []
        return .invite(number)
    }

    private mutating func nextSequence() -> UInt32? {
        self.dialog?.localSequence += 1
        return self.dialog?.localSequence
    }
}

extension SIPSession.Purpose {
    /// The same, where it goes by the number of its request.
    fileprivate func renumbered(_ number: UInt32) -> SIPSession.Purpose {
        switch self {
        case .invite: .invite(number)
        case .update: .update(number)
        case .prack: .prack(number)
        case .refer: .refer(number)
        case .info, .notify, .bye, .cancel, .farewell: self
        }
    }
}
