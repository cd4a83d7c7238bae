internal import RecordingStorage
internal import SIP
internal import TLib

// MARK: - A call comes in

extension CallControl {
    /// A phone calls.
    mutating func invited(_ session: SIPSessionID, _ invite: SIPMessage) {
        let from = invite[.from]
        let destination = invite.requestURI.flatMap { DN(user: $0) }
        if let status = self.refusal(of: invite, to: destination) {
            self.report(
                .warning, "call.refused", "A call to \(destination?.rawValue ?? "nobody") was refused: \(status)",
                ["ani": from?.uri.user ?? "", "dnis": destination?.rawValue ?? "", "status": String(status.code)])
            return self.order(session, .reject(status))
        }
        guard let destination else { return }
        let origin = from.flatMap { DN(user: $0.uri) } ?? "anonymous"
        let connID = self.makeCall(from: origin, to: destination)
        self.calls[connID]?.caller.session = session
        self.calls[connID]?.caller.description = invite.sessionDescription
        self.calls[connID]?.caller.isInvolved = true
        self.sessions[session] = .party(connID, .a)
        self.distribute(.eventDialing, to: .a, of: connID)
        self.invite(connID, offer: invite.sessionDescription, displayName: from?.displayName)
    }

    /// Why a call cannot be taken.
    private func refusal(of invite: SIPMessage, to destination: DN?) -> SIPStatus? {
        if self.isShuttingDown { return .serviceUnavailable }
        guard let destination, self.configuration.dns[destination] != nil else { return .notFound }
        if invite.body != nil, invite.sessionDescription == nil { return .unsupportedMediaType }
        return self.refusal(of: destination)
    }

    /// Why a device that exists cannot be called.
    func refusal(of destination: DN) -> SIPStatus? {
        guard self.contact(of: destination) != nil else { return .temporarilyUnavailable }
        guard self.configuration.dns[destination]?.rejectCallInCall == true else { return nil }
        return self.calls.values.contains { $0.role(of: destination) != nil } ? .busyHere : nil
    }

    /// Brings a call into being.
    mutating func makeCall(from origin: DN, to destination: DN) -> ConnID {
        let connID = ConnID(rawValue: self.tokens.next())
        let isInternal = self.configuration.dns[origin].map { $0.type != .trunk && $0.type != .trunkGroup } ?? false
        let goesOut = self.configuration.dns[destination]?.type == .trunk
        self.lastCallID = self.lastCallID % 0x7FFF_FFFF + 1
        let call = Call(
            connID: connID, callUUID: CallUUID(tokens: &self.tokens), callID: self.lastCallID,
            callType: !isInternal ? .inbound : goesOut ? .outbound : .internal, ani: origin, dnis: destination,
            caller: self.party(origin), callee: self.party(destination))
        self.calls[connID] = call
        self.history(
            .callCreated(connID: connID, callType: call.callType.name, ani: origin, dnis: destination),
            of: call.callUUID)
        self.history(.partyAdded(origin, role: "Origination", agent: call.caller.agent), of: call.callUUID)
        self.report(.info, "call.created", "\(origin) calls \(destination)", about: call)
        return connID
    }

    private mutating func party(_ dn: DN) -> Call.Party {
        let agent = self.configuration.dns[dn]?.agent
        return Call.Party(
            dn: dn, agent: agent.map { self.configuration.agents[$0] ?? Agent(id: $0) },
            uuid: CallUUID(tokens: &self.tokens).rawValue,
            origin: Call.Origin(sessionID: self.tokens.next() >> 2))
    }

    /// Calls the called device.
    ///
    /// - Parameter offer: the calling device's description; nil asks the called device for one.
    mutating func invite(_ connID: ConnID, offer: [UInt8]?, displayName: String?) {
        guard let call = self.calls[connID], let contact = self.contact(of: call.dnis) else { return }
        let session = self.userAgent.makeSession()
        self.sessions[session] = .party(connID, .b)
        self.calls[connID]?.callee.session = session
        self.calls[connID]?.phase = .inviting
        self.history(.partyAdded(call.dnis, role: "Destination", agent: call.callee.agent), of: call.callUUID)
        let body = offer.map { self.body($0, for: .b, of: connID) }
        self.order(
            session,
            .invite(
                SIPInvitation(
                    requestURI: contact.uri, from: self.address(call.ani, displayName: displayName),
                    to: self.address(call.dnis), contactUser: call.ani.escaped, destination: contact.endpoint,
                    fields: [SIPHeaderField("X-Genesys-CallUUID", call.callUUID.rawValue)], offer: body)))
    }

    func address(_ dn: DN, displayName: String? = nil) -> SIPAddress {
        SIPAddress(SIPURI(user: dn.escaped, endpoint: self.sipEndpoint), displayName: displayName)
    }
}

// MARK: - A call goes on

extension CallControl {
    /// A phone says something.
    mutating func party(_ role: Call.Role, of connID: ConnID, _ session: SIPSessionID, _ report: SIPSession.Report) {
        guard let call = self.calls[connID], call[role].session == session else { return }
        switch report {
        // What our user agent does not offer is not reported: REFER is refused by 405.
        case .invited, .invitedToReplace, .refreshed, .referred, .referralAnswered, .notified: break
        case .progress(let message): self.progress(message, from: role, of: connID)
        case .established(let message):
            if role == .a {
                self.callerAnswered(message, connID)
            } else {
                self.calleeAnswered(message, connID)
            }
        case .confirmed(let message): self.confirmed(message, connID)
        case .rejected(let status, _): self.rejected(status, by: role, of: connID)
        case .offered(let message): self.offered(message.sessionDescription, by: role, of: connID)
        case .offerWithdrawn: self.offerWithdrawn(by: role, of: connID)
        case .answered(let message): self.answered(message.sessionDescription, by: role, of: connID)
        case .acknowledged(let message): self.acknowledged(message.sessionDescription, by: role, of: connID)
        case .offerRefused(let status): self.offerRefused(status, by: role, of: connID)
        case .info(let transaction, let message): self.pass(message, transaction, from: role, of: connID)
        case .infoAnswered(let token, let status, let body): self.passedInfoAnswered(token, status, body)
        case .ended: self.end(connID, by: role)
        }
    }

    /// The called device rings, or lets something be heard.
    private mutating func progress(_ message: SIPMessage, from role: Call.Role, of connID: ConnID) {
        guard role == .b, let status = message.status, status > .trying, let call = self.calls[connID],
            call.phase == .inviting
        else { return }
        self.alerting(connID)
        guard !call.isMadeByClient else { return }
        let early = message.sessionDescription.map { self.body($0, for: .a, of: connID) }
        self.order(call.caller.session, .progress(status, early))
    }

    private mutating func alerting(_ connID: ConnID) {
        guard let call = self.calls[connID], !call.callee.isInvolved else { return }
        self.calls[connID]?.callee.isInvolved = true
        self.history(.partyState(call.dnis, "Alerting"), of: call.callUUID)
        self.distribute(.eventRinging, to: .b, of: connID)
        self.report(.info, "call.ringing", "\(call.dnis) rings", about: call)
    }

    private mutating func calleeAnswered(_ message: SIPMessage, _ connID: ConnID) {
        guard let call = self.calls[connID], call.phase == .inviting else { return }
        self.alerting(connID)
        let description = message.sessionDescription
        self.calls[connID]?.callee.description = description
        self.calls[connID]?.phase = .answered
        self.calls[connID]?.isAnswered = true
        let body = description.map { self.body($0, for: .a, of: connID) }
        if call.isMadeByClient {
            if let body { self.order(call.caller.session, .answer(body)) }
        } else {
            self.order(call.caller.session, .accept(body))
        }
        for role in Call.Role.allCases {
            self.history(.partyState(call[role].dn, "Connected"), of: call.callUUID)
            self.distribute(.eventEstablished, to: role, of: connID)
        }
        self.report(.info, "call.established", "\(call.ani) and \(call.dnis) are connected", about: call)
        if call.isMadeByClient { self.connected(connID) }
    }

    /// The calling device has confirmed the answer; from here on it can be offered something else.
    private mutating func confirmed(_ message: SIPMessage, _ connID: ConnID) {
        guard let call = self.calls[connID], call.phase == .answered else { return }
        if let answer = message.sessionDescription {
            // The INVITE had no offer, so the called device made it.
            self.calls[connID]?.caller.description = answer
            let body = self.body(answer, for: .b, of: connID)
            self.order(call.callee.session, .answer(body))
        }
        self.connected(connID)
    }

    private mutating func connected(_ connID: ConnID) {
        self.calls[connID]?.phase = .established
        self.applyPolicy(to: connID)
        self.startDeferredRecording(of: connID)
    }

    /// The device that a client called for has answered; now the called device.
    private mutating func callerAnswered(_ message: SIPMessage, _ connID: ConnID) {
        guard let call = self.calls[connID], call.phase == .ringingCaller else { return }
        guard let offer = message.sessionDescription, self.contact(of: call.dnis) != nil else {
            return self.end(connID, by: nil)
        }
        self.calls[connID]?.caller.description = offer
        self.invite(connID, offer: offer, displayName: nil)
    }
}

// MARK: - A call ends

extension CallControl {
    private mutating func rejected(_ status: SIPStatus, by role: Call.Role, of connID: ConnID) {
        guard let call = self.calls[connID] else { return }
        let passedOn = Self.statusForCaller(status)
        let state = Self.callState(of: status)
        if role == .b {
            if state == .busy { self.distribute(.eventDestinationBusy, to: .a, of: connID, state: .busy) }
            if call.isMadeByClient {
                self.endMadeCall(call)
            } else {
                self.order(call.caller.session, .reject(passedOn))
            }
        }
        self.report(.info, "call.rejected", "\(call[role].dn) refused the call: \(status)", about: call)
        self.finish(connID, by: role, state: state)
    }

    /// What the calling device is told when the called device refuses.
    ///
    /// What concerns only the way between us and the called device is not for the calling device to see.
    ///
    /// - Source: RFC 3261 §16.7, items 6 and 7.
    static func statusForCaller(_ status: SIPStatus) -> SIPStatus {
        switch status.code {
        case 300..<400, 408, 481, 482, 483, 430: .temporarilyUnavailable
        case 401, 407: .forbidden
        case 503: .serverInternalError
        case 400..<700: status
        default: .temporarilyUnavailable
        }
    }

    private static func callState(of status: SIPStatus) -> TCallState {
        switch status.code {
        case 486, 600: .busy
        case 408, 480: .noAnswer
        default: .generalError
        }
    }

    /// Ends a call: a party has left it (nil: we end it for both).
    ///
    /// - Parameter isGone: whether the party that leaves has hung up; otherwise its device has to be told.
    mutating func end(_ connID: ConnID, by leaver: Call.Role?, isGone: Bool = true) {
        guard let call = self.calls[connID], call.phase != .ended else { return }
        self.calls[connID]?.phase = .ended
        self.media(.hangUp, of: connID)
        self.dropRecording(of: connID)
        for role in Call.Role.allCases where role != leaver || !isGone {
            if role == .a, call.isMadeByClient, call.phase == .inviting {
                self.endMadeCall(call)
            } else {
                self.order(call[role].session, .end)
            }
        }
        self.finish(connID, by: leaver, state: leaver == nil ? .ok : .remoteRelease)
    }

    /// The calling device has offered its media and waits: its offer must be answered before it can be let go.
    private mutating func endMadeCall(_ call: Call) {
        if let offer = call.caller.description { self.order(call.caller.session, .answer(.sdp(offer))) }
        self.order(call.caller.session, .end)
    }

    /// Tells everybody that a call is over, and forgets it.
    private mutating func finish(_ connID: ConnID, by leaver: Call.Role?, state: TCallState) {
        guard let call = self.calls[connID] else { return }
        self.calls[connID]?.phase = .ended
        for role in [leaver ?? .a, (leaver ?? .a).other] where call[role].isInvolved {
            let isAbandoned = role == .b && leaver != .b && !call.isAnswered
            self.distribute(
                isAbandoned ? .eventAbandoned : .eventReleased, to: role, of: connID,
                state: isAbandoned ? .abandoned : role == leaver ? .ok : state)
        }
        for role in Call.Role.allCases where role == .a || call.callee.session != nil {
            self.history(.partyRemoved(call[role].dn), of: call.callUUID)
        }
        self.history(.callEnded, of: call.callUUID)
        self.report(.info, "call.ended", "The call of \(call.ani) and \(call.dnis) is over", about: call)
        self.calls[connID] = nil
    }
}
