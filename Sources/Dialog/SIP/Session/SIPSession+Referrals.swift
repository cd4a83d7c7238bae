// REFERs of the peer, and the news that it gets of them. RFC 3515, RFC 4488; RFC 6665 as far as that needs it.

extension SIPSession {
    struct TakenReferral: Sendable {
        /// That of the REFER.
        var transaction: SIPTransactionID
        /// What tells its news from those of others: the number of the REFER, unless it is the first in its dialog.
        var id: UInt32?
        /// What was told last.
        var status = SIPStatus.trying
        /// Counts the news.
        var count = 0
        /// Whether the last news is on its way.
        var isOver = false
    }

    mutating func receiveReferral(_ request: SIPMessage, _ transaction: SIPTransactionID) {
        guard request.hasOneReferTo else { return self.respond(.badRequest, to: transaction, request) }
        self.dialog?.refreshTarget(from: request)
        if self.firstReferral == nil { self.firstReferral = request[.cseq]?.number }
        self.openRequests[transaction] = request
        self.outputs.append(.report(.referred(transaction, request)))
    }

    mutating func acceptReferral(_ transaction: SIPTransactionID) {
        guard let request = self.openRequests[transaction], request.method == .refer else { return }
        let isSilent = request[.referSub]?.isNamed("false") == true
        self.respond(.accepted, to: transaction, request, adding: { if isSilent { $0[.referSub] = "false" } })
        guard !isSilent else { return self.settle() }
        let number = request[.cseq]?.number
        self.taken.append(
            TakenReferral(transaction: transaction, id: number == self.firstReferral ? nil : number))
        self.tellNews(transaction, .trying)
    }

    mutating func refuseReferral(_ transaction: SIPTransactionID, _ status: SIPStatus) {
        guard let request = self.openRequests[transaction], request.method == .refer, status.isFinal,
            !status.isSuccess
        else { return }
        self.respond(status, to: transaction, request)
        self.settle()
    }

    mutating func tellNews(_ transaction: SIPTransactionID, _ status: SIPStatus) {
        self.tell(transaction, status, reason: status.isFinal ? "noresource" : nil)
    }

    private mutating func tell(_ transaction: SIPTransactionID, _ status: SIPStatus, reason: String?) {
        guard let index = self.taken.firstIndex(where: { $0.transaction == transaction }), !self.taken[index].isOver
        else { return }
        self.taken[index].status = status
        self.taken[index].isOver = reason != nil
        self.queue.append(.notify(transaction, status, reason: reason))
        self.sendQueued()
    }

    mutating func sendNotify(_ transaction: SIPTransactionID, _ status: SIPStatus, _ reason: String?) {
        guard let index = self.taken.firstIndex(where: { $0.transaction == transaction }) else { return }
        self.taken[index].count += 1
        let referral = self.taken[index]
        var event = SIPToken.refer
        event.id = referral.id.map(String.init)
        let state = reason.map { SIPToken.terminated(reason: $0) } ?? .active(expires: Self.newsInterval)
        self.unheard.insert(.notify(transaction))
        self.send(
            .notify, SIPFragment(status: status).body,
            adding: { message in
                message[.event] = event
                message[.subscriptionState] = state
            }, for: { _ in .notify(transaction) })
        if reason == nil {
            let patience = Duration.seconds(Self.newsInterval)
            self.outputs.append(.setTimer(.unsettled(transaction, referral.count), after: patience))
        }
    }

    /// Who does not take the news gets no more of it; after the last, nothing is left to tell.
    mutating func receiveNotifyResponse(_ status: SIPStatus, _ transaction: SIPTransactionID) {
        guard let index = self.taken.firstIndex(where: { $0.transaction == transaction }) else { return }
        let isLast = self.taken[index].isOver && !self.isWaiting(transaction)
        guard !status.isSuccess || isLast else { return }
        self.taken.remove(at: index)
        self.queue.removeAll { if case .notify(transaction, _, _) = $0 { true } else { false } }
        self.settle()
    }

    private func isWaiting(_ transaction: SIPTransactionID) -> Bool {
        self.queue.contains { if case .notify(transaction, _, _) = $0 { true } else { false } }
    }

    mutating func giveUpReferral(_ transaction: SIPTransactionID, _ count: Int) {
        guard self.taken.contains(where: { $0.transaction == transaction && $0.count == count }) else { return }
        self.tellNews(transaction, .requestTimeout)
    }

    /// The peer wants news for longer, or no more.
    ///
    /// - Source: RFC 3515 §2.4.4; RFC 6665 §4.2.1.
    mutating func receiveSubscription(_ request: SIPMessage, _ transaction: SIPTransactionID) {
        guard let event = request[.event], event.name == SIPToken.refer.name else {
            self.respond(.badEvent, to: transaction, request, adding: { $0.setAll([.refer], for: .allowEvents) })
            return
        }
        guard let referral = self.taken.first(where: { $0.id.map(String.init) == event.id }), !referral.isOver else {
            return self.respond(.forbidden, to: transaction, request)
        }
        let isWanted = request[.expires] != 0
        self.respond(
            .ok, to: transaction, request, adding: { $0[.expires] = isWanted ? Self.newsInterval : 0 })
        self.tell(referral.transaction, referral.status, reason: isWanted ? nil : "timeout")
    }
}

extension SIPMessage {
    /// - Source: RFC 3515 §2.4.2.
    var hasOneReferTo: Bool { self.fields(SIPHeaderName.referTo.name).count == 1 && self[.referTo] != nil }
}
