internal import SIP

// A party wants its media elsewhere, or on hold. Where the media is in the media server, that answers; otherwise the
// other party does.
extension CallControl {
    mutating func offered(_ offer: [UInt8]?, by role: Call.Role, of connID: ConnID) {
        guard let call = self.calls[connID] else { return }
        guard call.phase == .established, call.negotiation == nil else {
            return self.order(call[role].session, .refuseOffer(.requestPending))
        }
        if call.recording.hasMedia { return self.media(.partyOffered(role, offer), of: connID) }
        self.calls[connID]?.negotiation = Call.Negotiation(from: role, offer: offer)
        let body = offer.map { self.body($0, for: role.other, of: connID) }
        self.order(call[role.other].session, .offer(body))
    }

    /// The party took its offer back; what has been done with it cannot be undone, and the next offer will.
    mutating func offerWithdrawn(by role: Call.Role, of connID: ConnID) {
        guard let call = self.calls[connID] else { return }
        if call.negotiation?.from == role {
            self.negotiated(connID)
        } else {
            self.media(.partyWithdrew(role), of: connID)
        }
    }

    /// A party has answered what it was offered, or has made the offer that it was asked for.
    mutating func answered(_ description: [UInt8]?, by role: Call.Role, of connID: ConnID) {
        guard let call = self.calls[connID] else { return }
        guard let negotiation = call.negotiation else {
            // Only the media dialog makes offers of its own.
            guard call.recording.hasMedia else { return }
            guard let description else {
                // It has accepted what it did not answer: nobody knows where its media goes.
                return self.media(.partyRefused(role, status: SIPStatus.notAcceptableHere.code), of: connID)
            }
            return self.media(.partyAnswered(role, description), of: connID)
        }
        guard negotiation.from == role.other, let description else {
            if negotiation.from == role.other {
                self.order(call[role.other].session, .refuseOffer(.notAcceptableHere))
            }
            return self.negotiated(connID)
        }
        let body = self.body(description, for: role.other, of: connID)
        self.calls[connID]?[role].description = description
        self.order(call[role.other].session, .answer(body))
        if let offer = negotiation.offer {
            self.calls[connID]?[role.other].description = offer
            self.negotiated(connID)
        } else {
            self.calls[connID]?.negotiation?.isAnswerOwed = true
        }
    }

    /// A party has settled its own offer; where it had asked for one, this is its answer.
    mutating func acknowledged(_ answer: [UInt8]?, by role: Call.Role, of connID: ConnID) {
        guard let call = self.calls[connID] else { return }
        guard let answer else { return self.acknowledgedNothing(role, call) }
        guard let negotiation = call.negotiation else {
            return self.media(.partyAnswered(role, answer), of: connID)
        }
        guard negotiation.from == role, negotiation.isAnswerOwed else { return }
        self.calls[connID]?[role].description = answer
        let body = self.body(answer, for: role.other, of: connID)
        self.order(call[role.other].session, .answer(body))
        self.negotiated(connID)
    }

    /// A party has asked for an offer, and left it without an answer: all is as it was before.
    private mutating func acknowledgedNothing(_ role: Call.Role, _ call: Call) {
        if let negotiation = call.negotiation, negotiation.from == role, negotiation.isAnswerOwed {
            self.order(call[role.other].session, .refuseOffer(.notAcceptableHere))
            self.negotiated(call.connID)
        } else if call.negotiation == nil, call.recording.dialog[role].place == .lending {
            self.media(.partyRefused(role, status: SIPStatus.notAcceptableHere.code), of: call.connID)
        }
    }

    mutating func offerRefused(_ status: SIPStatus, by role: Call.Role, of connID: ConnID) {
        guard let call = self.calls[connID] else { return }
        guard let negotiation = call.negotiation else {
            return self.media(.partyRefused(role, status: status.code), of: connID)
        }
        guard negotiation.from == role.other else { return }
        self.order(call[role.other].session, .refuseOffer(Self.statusForCaller(status)))
        self.negotiated(connID)
    }

    private mutating func negotiated(_ connID: ConnID) {
        self.calls[connID]?.negotiation = nil
        self.startDeferredRecording(of: connID)
    }
}

// MARK: - INFO

/// An INFO that was passed from one party to the other.
struct PassedInfo: Hashable, Sendable {
    let session: SIPSessionID
    let transaction: SIPTransactionID
}

extension CallControl {
    /// Digits and the like go across.
    mutating func pass(
        _ info: SIPMessage, _ transaction: SIPTransactionID, from role: Call.Role, of connID: ConnID
    ) {
        guard let call = self.calls[connID], let session = call[role].session else { return }
        guard let body = info.body, call.phase == .established, call[role.other].session != nil else {
            return self.order(session, .answerInfo(transaction, .ok, nil))
        }
        self.lastInfoToken += 1
        self.passedInfo[self.lastInfoToken] = PassedInfo(session: session, transaction: transaction)
        self.order(call[role.other].session, .info(body, token: self.lastInfoToken))
    }

    mutating func passedInfoAnswered(_ token: Int, _ status: SIPStatus, _ body: SIPBody?) {
        guard let info = self.passedInfo.removeValue(forKey: token) else { return }
        self.order(info.session, .answerInfo(info.transaction, status, body))
    }
}
