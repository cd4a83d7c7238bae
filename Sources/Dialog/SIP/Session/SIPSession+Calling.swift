// The side that calls. RFC 3261 §9.1, §13.2.

extension SIPSession {
    mutating func call(_ invitation: SIPInvitation) {
        guard self.phase == .fresh else { return }
        self.invitation = invitation
        self.peer = invitation.destination
        self.contact.uri.user = invitation.contactUser
        self.sendInvite(invitation)
    }

    private mutating func sendInvite(_ invitation: SIPInvitation) {
        self.phase = .calling(isHeard: false)
        self.branch = Branch()
        self.otherBranches = []
        self.inviteSequence += 1
        var message = self.firstRequest(.invite, invitation, self.inviteSequence)
        self.askForLiveness(&message)
        message.offer(packages: self.context.capabilities.infoPackages)
        if let replaces = invitation.replaces {
            message[.replaces] = replaces
            message.setAll(message.all(.require) + [.replaces], for: .require)
        }
        for field in invitation.fields { message.addField(field) }
        if let offer = invitation.offer { message.body = offer }
        self.invite = message
        self.lastInviteBranch = message[.via]?.branch
        self.outputs.append(.request(message, to: self.peer, .invite(self.inviteSequence)))
    }

    /// A request that is to make a dialog.
    mutating func firstRequest(_ method: SIPMethod, _ invitation: SIPInvitation, _ sequence: UInt32) -> SIPMessage {
        var from = invitation.from
        from.tag = self.localTag
        var message = SIPMessage(request: method, uri: invitation.requestURI)
        message[.maxForwards] = 70
        message[.from] = from
        message[.to] = invitation.to
        message[.callID] = self.callID
        message[.cseq] = SIPCSeq(sequence, method)
        self.complete(&message)
        return message
    }

    mutating func receiveInviteResponse(_ response: SIPMessage, _ status: SIPStatus, _ sequence: UInt32) {
        guard sequence == self.inviteSequence, self.dialog?.isInitiator != false, self.invite != nil else {
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
        case .fresh, .ringing, .accepted, .referring:
            break
        }
    }

    private mutating func receiveProgress(_ response: SIPMessage, _ status: SIPStatus) {
        switch self.phase {
        case .calling:
            self.phase = .calling(isHeard: true)
            if status > .trying { self.receiveProvisional(response) }
        case .cancelling(isSent: false):
            self.sendCancel()
        default:
            break
        }
    }

    private mutating func receiveAcceptance(_ response: SIPMessage) {
        guard let invite = self.invite, self.choose(response, of: invite) else { return }
        let isWanted = if case .calling = self.phase { true } else { false }
        self.phase = .established
        guard isWanted else {
            // The 2xx and our CANCEL have crossed.
            self.acknowledge(self.inviteSequence)
            self.sendBye()
            return
        }
        self.adoptLiveness(of: response)
        if case .owingProvisional = self.exchange {
            // The peer did not wait for our PRACK; the ACK does as well.
            self.exchange = .owing(sequence: self.inviteSequence)
        } else if !self.branch.isAgreed, invite.body == nil, response.body != nil {
            self.exchange = .owing(sequence: self.inviteSequence)
            self.branch.remote = response.body
        } else {
            if !self.branch.isAgreed { self.agree(invite.body, response.body) }
            self.acknowledge(self.inviteSequence)
        }
        self.branch.isAgreed = true
        self.outputs.append(.report(.established(response)))
    }

    private mutating func receiveRefusal(_ response: SIPMessage, _ status: SIPStatus) {
        guard case .calling = self.phase else { return self.finish(.local, response) }
        if status == .intervalTooSmall, self.raiseInterval(response), let invitation = self.invitation {
            self.sendInvite(invitation)
        } else {
            self.branch = Branch()
            self.finish(report: .rejected(status, response))
        }
    }

    /// A 2xx that comes again is acknowledged again; one from another branch of a fork, or after we have given up, is
    /// ended at once.
    private mutating func receiveAcceptanceAgain(_ response: SIPMessage, _ sequence: UInt32) {
        let isOurs = self.dialog?.remoteTag == response[.to]?.tag ?? ""
        if isOurs, self.lastAcknowledgement?.sequence == sequence { return self.acknowledgeAgain(sequence) }
        if isOurs, case .owing(sequence) = self.exchange { return }
        guard let invite = self.invite, var other = SIPDialog(request: invite, response: response) else { return }
        let destination = other.nextHop ?? self.peer
        var acknowledgement = other.makeRequest(.ack, sequence: sequence)
        self.complete(&acknowledgement)
        self.outputs.append(.acknowledge(acknowledgement, to: destination))
        // A 2xx that comes again is acknowledged again, but its dialog is ended only once.
        guard self.strangers.count < Self.branchLimit, self.strangers.insert(other.remoteTag).inserted else { return }
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
        case .established where sequence != self.inviteSequence || self.dialog?.isInitiator == false:
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
