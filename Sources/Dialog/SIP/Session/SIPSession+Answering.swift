// The side that is called. RFC 3261 §13.3.

extension SIPSession {
    /// A session that the peer starts.
    ///
    /// - Returns: nil where the INVITE cannot make a dialog.
    init?(context: Context, seed: UInt64, invite: SIPMessage, from source: Endpoint, _ transaction: SIPTransactionID) {
        self.init(context: context, seed: seed)
        guard let dialog = SIPDialog(invite: invite, localTag: self.localTag) else { return nil }
        self.dialog = dialog
        self.callID = dialog.callID
        self.peer = source
        self.contact.uri.user = invite.requestURI?.user
        self.phase = .ringing(transaction)
        self.openRequests[transaction] = invite
    }

    /// What is done when the INVITE has come.
    func begin() -> [Output] {
        guard case .ringing(let transaction) = self.phase, let invite = self.openRequests[transaction] else {
            return []
        }
        return [.respond(self.response(.trying, to: invite), transaction), .report(.invited(invite))]
    }

    mutating func answerForNow(_ status: SIPStatus, _ body: SIPBody?) {
        guard case .ringing(let transaction) = self.phase, let invite = self.openRequests[transaction],
            status > .trying, status.isProvisional
        else { return }
        self.outputs.append(.respond(self.response(status, to: invite, body), transaction))
    }

    mutating func accept(_ body: SIPBody?) {
        guard case .ringing(let transaction) = self.phase, let invite = self.openRequests[transaction] else { return }
        self.phase = .accepted(thenEnds: false)
        self.answerInvite(invite, transaction, body)
    }

    mutating func reject(_ status: SIPStatus) {
        guard case .ringing(let transaction) = self.phase, let invite = self.openRequests[transaction],
            status.isFinal, !status.isSuccess
        else { return }
        self.respond(status, to: transaction, invite)
        self.finish(.local, nil)
    }

    /// Sends a 2xx, and sends it again until its ACK has come.
    ///
    /// - Source: RFC 3261 §13.3.1.4.
    mutating func answerInvite(_ invite: SIPMessage, _ transaction: SIPTransactionID, _ body: SIPBody?) {
        self.openRequests[transaction] = nil
        let sequence = invite[.cseq]?.number ?? 0
        let response = self.response(.ok, to: invite, body)
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
