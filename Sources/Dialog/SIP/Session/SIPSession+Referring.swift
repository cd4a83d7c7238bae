// REFERs of ours, and the news that we get of them. RFC 3515, RFC 3892, RFC 4488.

extension SIPSession {
    struct OwnReferral: Sendable {
        var token: Int
        /// The number of the REFER.
        var sequence: UInt32
        /// The REFER where it is to make the dialog.
        var request: SIPMessage?
        /// Counts the news.
        var count = 0
    }

    /// How long news may be awaited where the peer does not say.
    ///
    /// - Unit: seconds.
    static let newsInterval = 300

    mutating func refer(_ referral: SIPReferral, _ token: Int, _ invitation: SIPInvitation?) {
        guard let invitation else { return self.enqueue(.refer(referral, token: token)) }
        guard self.phase == .fresh else { return }
        self.phase = .referring
        self.peer = invitation.destination
        self.contact.uri.user = invitation.contactUser
        var message = self.firstRequest(.refer, invitation, 1)
        referral.write(to: &message)
        for field in invitation.fields { message.addField(field) }
        self.referrals.append(OwnReferral(token: token, sequence: 1, request: message))
        self.outputs.append(.request(message, to: self.peer, .refer(1)))
    }

    mutating func sendRefer(_ referral: SIPReferral, _ token: Int) {
        let sequence = self.sendFirst(.refer, adding: { referral.write(to: &$0) }, for: { .refer($0) })
        self.referrals.append(OwnReferral(token: token, sequence: sequence))
    }

    mutating func receiveReferResponse(_ response: SIPMessage?, _ status: SIPStatus, _ sequence: UInt32) {
        guard let index = self.referrals.firstIndex(where: { $0.sequence == sequence }) else { return }
        let referral = self.referrals[index]
        self.outputs.append(.report(.referralAnswered(token: referral.token, status)))
        guard status.isSuccess, let response else {
            self.referrals.remove(at: index)
            if status == .callDoesNotExist || status == .requestTimeout { self.lose(status, response) }
            return self.settle()
        }
        if let request = referral.request, self.dialog == nil {
            self.dialog = SIPDialog(request: request, response: response)
        } else {
            self.dialog?.refreshTarget(from: response)
        }
        if response[.referSub]?.isNamed("false") == true {
            self.referrals.remove(at: index)
            self.settle()
        } else if referral.count == 0 {
            self.awaitNews(of: index, for: Self.newsInterval)
        }
    }

    /// News, which may come before the REFER is answered.
    ///
    /// - Source: RFC 3515 §2.4.4-2.4.7; RFC 6665 §4.1.3.
    mutating func receiveNews(_ request: SIPMessage, _ transaction: SIPTransactionID) {
        guard let event = request[.event], event.name == SIPToken.refer.name else {
            self.respond(.badEvent, to: transaction, request, adding: { $0.setAll([.refer], for: .allowEvents) })
            return
        }
        guard let index = self.referral(of: event) else {
            return self.respond(.callDoesNotExist, to: transaction, request)
        }
        guard let state = request[.subscriptionState], let body = request.body,
            let status = SIPFragment(body)?.status, status >= .trying
        else {
            let isReadable = request.body?.isOfType(SIPFragment.mediaType) ?? true
            return self.respond(isReadable ? .badRequest : .unsupportedMediaType, to: transaction, request)
        }
        self.dialog?.refreshTarget(from: request)
        self.respond(.ok, to: transaction, request)
        let token = self.referrals[index].token
        self.outputs.append(.report(.notified(token: token, status, isLast: state.isTerminated)))
        if state.isTerminated {
            self.referrals.remove(at: index)
            self.settle()
        } else {
            self.awaitNews(of: index, for: min(state.expires ?? Self.newsInterval, 86_400))
        }
    }

    /// Without an id, an event is about the first REFER of the dialog.
    private func referral(of event: SIPToken) -> Int? {
        guard let id = event.id else { return self.referrals.indices.first }
        return self.referrals.firstIndex { String($0.sequence) == id }
    }

    /// What comes before the answer to our REFER makes the dialog too.
    ///
    /// - Source: RFC 6665 §4.4.1.
    mutating func openDialog(by request: SIPMessage) {
        guard self.dialog == nil, self.phase == .referring, request.method == .notify,
            let sequence = self.referrals.first?.sequence
        else { return }
        self.dialog = SIPDialog(request: request, localTag: self.localTag)
        self.dialog?.localSequence = sequence
    }

    private mutating func awaitNews(of index: Int, for seconds: Int) {
        self.referrals[index].count += 1
        let referral = self.referrals[index]
        let patience = Duration.seconds(seconds) + self.context.timers.timeout
        self.outputs.append(.setTimer(.silent(referral.sequence, referral.count), after: patience))
    }

    mutating func giveUpNews(_ sequence: UInt32, _ count: Int) {
        guard let index = self.referrals.firstIndex(where: { $0.sequence == sequence && $0.count == count }) else {
            return
        }
        let referral = self.referrals.remove(at: index)
        self.outputs.append(.report(.notified(token: referral.token, .requestTimeout, isLast: true)))
        self.settle()
    }
}

extension SIPReferral {
    /// Adds the fields of a REFER.
    func write(to message: inout SIPMessage) {
        message[.referTo] = self.referTo
        message[.referredBy] = self.referredBy
        if !self.wantsNews { message[.referSub] = "false" }
    }
}
