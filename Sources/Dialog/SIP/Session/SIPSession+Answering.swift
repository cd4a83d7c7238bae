// The side that is called. RFC 3261 §13.3.

extension SIPSession {
    /// A session that the peer starts, by INVITE or by a REFER outside any call.
    ///
    /// - Parameter replaced: the session whose place it is to take.
    /// - Returns: nil where the request cannot make a dialog.
    init?(
        context: Context, seed: UInt64, request: SIPMessage, from source: Endpoint, _ transaction: SIPTransactionID,
        replacing replaced: SIPSessionID? = nil
    ) {
        self.init(context: context, seed: seed)
        guard let dialog = SIPDialog(request: request, localTag: self.localTag) else { return nil }
        self.dialog = dialog
        self.callID = dialog.callID
        self.peer = source
        self.contact.uri.user = request.requestURI?.user
        self.replaced = replaced
        self.phase = request.method == .refer ? .referring : .ringing(transaction)
        self.openRequests[transaction] = request
        self.notePeer(request)
    }

    /// What is done when the INVITE, or the REFER, has come.
    mutating func begin() -> [Output] {
        self.outputs = []
        for (transaction, request) in self.openRequests {
            guard request.method == .invite else {
                self.receiveReferral(request, transaction)
                continue
            }
            self.outputs.append(.respond(self.response(.trying, to: request), transaction))
            self.outputs.append(.report(self.replaced.map { .invitedToReplace($0, request) } ?? .invited(request)))
        }
        return self.outputs
    }

    /// Takes the call, as soon as what was begun before is settled.
    ///
    /// - Source: RFC 3262 §3: no 2xx while a description in a provisional response is not confirmed; RFC 3311 §5.1.
    mutating func accept(_ body: SIPBody?) {
        guard case .ringing(let transaction) = self.phase, let invite = self.openRequests[transaction] else { return }
        guard self.answering.provisional?.hasDescription != true, case .none = self.exchange else {
            self.answering.acceptance = Answering.Acceptance(body: body)
            return
        }
        self.phase = .accepted(thenEnds: false)
        self.answering.queue = []
        let description = self.branch.isAgreed ? nil : body
        self.agree(description, invite.body)
        self.answerInvite(invite, transaction, description)
        if let replaced = self.replaced { self.outputs.append(.end(replaced)) }
    }

    mutating func reject(_ status: SIPStatus, _ fields: [SIPHeaderField] = []) {
        guard case .ringing(let transaction) = self.phase, let invite = self.openRequests[transaction],
            status.isFinal, !status.isSuccess
        else { return }
        self.respond(status, to: transaction, invite, adding: { for field in fields { $0.addField(field) } })
        self.finish(.local, nil)
    }

    /// Sends a 2xx, and sends it again until its ACK has come.
    ///
    /// - Source: RFC 3261 §13.3.1.4.
    mutating func answerInvite(_ invite: SIPMessage, _ transaction: SIPTransactionID, _ body: SIPBody?) {
        self.openRequests[transaction] = nil
        let sequence = invite[.cseq]?.number ?? 0
        var response = self.response(.ok, to: invite, body)
        self.agreeOnLiveness(invite, &response)
        self.answerPackages(invite, &response)
        let interval = self.context.timers.t1
        self.exchange = .unacknowledged(
            Unacknowledged(sequence: sequence, transaction: transaction, response: response, interval: interval))
        self.outputs.append(.respond(response, transaction))
        self.outputs.append(.setTimer(.retransmit(sequence), after: interval))
        self.outputs.append(.setTimer(.unacknowledged(sequence), after: self.context.timers.timeout))
    }

    mutating func retransmitAnswer(_ sequence: UInt32) {
        guard case .unacknowledged(var pending) = self.exchange, pending.sequence == sequence,
            self.phase != .ended
        else { return }
        pending.interval = min(pending.interval * 2, self.context.timers.t2)
        self.exchange = .unacknowledged(pending)
        self.outputs.append(.respond(pending.response, pending.transaction))
        self.outputs.append(.setTimer(.retransmit(sequence), after: pending.interval))
    }

    mutating func giveUpAnswer(_ sequence: UInt32) {
        guard case .unacknowledged(let pending) = self.exchange, pending.sequence == sequence, self.isAlive else {
            return
        }
        self.exchange = .none
        self.abandon(.timedOut, nil)
    }

    mutating func receiveAcknowledgement(_ message: SIPMessage) {
        guard case .unacknowledged(let pending) = self.exchange, message[.cseq]?.number == pending.sequence else {
            return
        }
        self.exchange = .none
        self.branch.isAgreed = true
        self.agree(nil, message.body)
        switch self.phase {
        case .accepted(thenEnds: true):
            self.phase = .established
            self.sendBye()
        case .accepted(thenEnds: false):
            self.phase = .established
            self.outputs.append(.report(.confirmed(message)))
        case .established:
            self.outputs.append(.report(.acknowledged(message)))
        default:
            return
        }
        self.sendQueued()
    }

    /// The peer takes its INVITE back.
    ///
    /// - Source: RFC 3261 §9.2.
    mutating func receiveCancel(_ message: SIPMessage, _ transaction: SIPTransactionID) {
        guard let invite = self.openRequests[transaction], invite.method == .invite else { return }
        self.respond(.requestTerminated, to: transaction, invite)
        if self.phase == .ringing(transaction) {
            self.finish(.cancelled, message)
        } else if case .offered(transaction, _) = self.exchange {
            self.exchange = .none
            self.outputs.append(.report(.offerWithdrawn(message)))
            self.sendQueued()
        }
    }
}
