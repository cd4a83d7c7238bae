// The side that calls. RFC 3261 §9.1, §13.2.

extension SIPSession {
    mutating func call(_ invitation: SIPInvitation) {
        guard self.phase == .fresh else { return }
        self.phase = .calling(isHeard: false)
        self.peer = invitation.destination
        self.contact.uri.user = invitation.contactUser
        var from = invitation.from
        from.tag = self.localTag
        var message = SIPMessage(request: .invite, uri: invitation.requestURI)
        message[.maxForwards] = 70
        message[.from] = from
        message[.to] = invitation.to
        message[.callID] = self.callID
        message[.cseq] = SIPCSeq(self.firstSequence, .invite)
        self.complete(&message)
        message.setAll(SIPUserAgent.allowedMethods, for: .allow)
        for field in invitation.fields { message.addField(field) }
        if let offer = invitation.offer { message.body = offer }
        self.invite = message
        self.outputs.append(.request(message, to: self.peer, .invite(self.firstSequence)))
    }

    mutating func receiveInviteResponse(_ response: SIPMessage, _ status: SIPStatus, _ sequence: UInt32) {
        guard sequence == self.firstSequence, self.dialog?.isInitiator != false, self.invite != nil else {
            self.receiveOfferResponse(response, status, sequence)
            return
        }
        switch self.phase {
        case .calling, .cancelling:
            if status.isProvisional {
                self.receiveProgress(response, status)
            } else if status.isSuccess {
                self.receiveAcceptance(response)
            } else {
                self.receiveRefusal(response, status)
            }
        case .established, .ending, .ended:
            if status.isSuccess { self.receiveAcceptanceAgain(response, sequence) }
        case .fresh, .ringing, .accepted:
            break
        }
    }

    private mutating func receiveProgress(_ response: SIPMessage, _ status: SIPStatus) {
        switch self.phase {
        case .calling:
            self.phase = .calling(isHeard: true)
            if status > .trying { self.outputs.append(.report(.progress(response))) }
        case .cancelling(isSent: false):
            self.sendCancel()
        default:
            break
        }
    }

    private mutating func receiveAcceptance(_ response: SIPMessage) {
        guard let invite = self.invite, let dialog = SIPDialog(request: invite, response: response) else { return }
        let isWanted = if case .calling = self.phase { true } else { false }
        self.dialog = dialog
        guard isWanted else {
            // The 2xx and our CANCEL have crossed.
            self.acknowledge(self.firstSequence)
            self.phase = .established
            self.sendBye()
            return
        }
        self.phase = .established
        if invite.body == nil, response.body != nil {
            self.exchange = .owing(sequence: self.firstSequence)
        } else {
            self.acknowledge(self.firstSequence)
        }
        self.outputs.append(.report(.established(response)))
    }

    private mutating func receiveRefusal(_ response: SIPMessage, _ status: SIPStatus) {
        if case .cancelling = self.phase {
            self.finish(.local, response)
        } else {
            self.finish(report: .rejected(status, response))
        }
    }

    /// A 2xx that comes again is acknowledged again; one from another branch of a fork is ended at once.
    private mutating func receiveAcceptanceAgain(_ response: SIPMessage, _ sequence: UInt32) {
        guard let invite = self.invite, let own = self.dialog else { return }
        if response[.to]?.tag ?? "" == own.remoteTag {
            self.acknowledgeAgain(sequence)
            return
        }
        guard var other = SIPDialog(request: invite, response: response) else { return }
        let destination = other.nextHop ?? self.peer
        var acknowledgement = other.makeRequest(.ack, sequence: sequence)
        self.complete(&acknowledgement)
        self.outputs.append(.acknowledge(acknowledgement, to: destination))
        var bye = other.makeRequest(.bye)
        self.complete(&bye)
        self.outputs.append(.request(bye, to: destination, .farewell))
    }

    mutating func acknowledgeAgain(_ sequence: UInt32) {
        guard let last = self.lastAcknowledgement, last.sequence == sequence else { return }
        self.outputs.append(.acknowledge(last.message, to: last.destination))
    }

    mutating func receiveNoInviteResponse(_ sequence: UInt32) {
        switch self.phase {
        case .calling: self.finish(report: .rejected(.requestTimeout, nil))
        case .cancelling: self.finish(.local, nil)
        case .established where sequence != self.firstSequence || self.dialog?.isInitiator == false:
            self.abandon(.timedOut, nil)
        default: break
        }
    }

    /// Takes our INVITE back, once the peer has shown that it has it.
    ///
    /// - Source: RFC 3261 §9.1.
    mutating func sendCancel() {
        guard let invite = self.invite else { return }
        self.phase = .cancelling(isSent: true)
        self.outputs.append(.request(SIPMessage(.cancel, ofTransaction: invite, to: nil), to: self.peer, .cancel))
        self.outputs.append(.setTimer(.cancelled, after: self.context.timers.timeout))
    }
}
