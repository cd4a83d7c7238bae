// Requests of ours that wait their turn.

extension SIPSession {
    mutating func enqueue(_ item: Queued) {
        switch self.phase {
        case .ending, .ended, .cancelling, .referring, .accepted(thenEnds: true): return
        default: break
        }
        self.queue.append(item)
        self.sendQueued()
    }

    /// Whether no offer is under way.
    var isExchangeFree: Bool { if case .none = self.exchange { self.glare == nil } else { false } }

    /// Sends what may be sent now. A request is held back while one before it may still be overtaken, since the peer
    /// refuses requests that come out of order; an offer, while another is not settled.
    mutating func sendQueued() {
        while self.unheard.isEmpty, let index = self.queue.firstIndex(where: { self.maySend($0) }) {
            self.send(self.queue.remove(at: index))
        }
    }

    private func maySend(_ item: Queued) -> Bool {
        switch item {
        case .notify: self.dialog != nil
        case .refer, .info: self.phase == .established
        case .offer: self.phase == .established && self.isExchangeFree
        case .refresh: self.phase == .established && (self.takesUpdate || self.isExchangeFree)
        case .update(let body):
            switch self.phase {
            case .established: body == nil && self.takesUpdate || self.isExchangeFree
            case .calling: self.maySendEarly(body) && self.dialog != nil
            // Until our answer in a provisional response is confirmed, the peer may not know it.
            case .ringing: self.maySendEarly(body) && self.answering.provisional == nil
            default: false
            }
        }
    }

    /// - Source: RFC 3311 §5.1.
    private func maySendEarly(_ body: SIPBody?) -> Bool {
        self.takesUpdate && (body == nil || self.branch.isAgreed && self.isExchangeFree)
    }

    var takesUpdate: Bool { self.branch.peerMethods.contains(.update) }

    private mutating func send(_ item: Queued) {
        switch item {
        case .offer(let body): self.sendInvite(body, as: item)
        case .update(let offer?): self.sendUpdate(offer, as: item)
        case .update(nil): self.sendSignOfLife(as: item)
        case .refresh(let round):
            if self.liveness.round == round, self.liveness.isRunning { self.sendSignOfLife(as: item) }
        case .info(let body, let token, let package): self.sendInfo(body, token, package)
        case .refer(let referral, let token): self.sendRefer(referral, token)
        case .notify(let transaction, let status, let reason): self.sendNotify(transaction, status, reason)
        }
    }

    private mutating func sendInvite(_ body: SIPBody?, as item: Queued) {
        let (liveness, packages) = (self.refreshFields, self.context.capabilities.infoPackages)
        let sequence = self.sendFirst(
            .invite, body,
            adding: { message in
                liveness.write(to: &message)
                message.offer(packages: packages)
            }, for: { .invite($0) })
        self.exchange = .offering(Offer(sequence: sequence, item: item, body: body))
    }

    /// To a peer that takes no UPDATE, what stands is offered again.
    private mutating func sendSignOfLife(as item: Queued) {
        if self.takesUpdate || self.branch.local == nil {
            self.sendUpdate(nil, as: item)
        } else {
            self.sendInvite(self.branch.local, as: item)
        }
    }

    private mutating func sendUpdate(_ body: SIPBody?, as item: Queued) {
        guard self.takesUpdate || body == nil else { return self.sendInvite(body, as: item) }
        let liveness = self.refreshFields
        let sequence = self.sendFirst(.update, body, adding: { liveness.write(to: &$0) }, for: { .update($0) })
        if let body { self.exchange = .offering(Offer(sequence: sequence, item: item, body: body)) }
    }
}
