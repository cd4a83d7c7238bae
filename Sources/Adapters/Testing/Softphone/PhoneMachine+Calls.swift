internal import CallCore
internal import SDP
internal import SIP

// MARK: - Calls, and the offers and answers in them

extension PhoneMachine {
    mutating func call(_ number: DN, at now: MonotonicTime) {
        guard self.call == nil else { return }
        let session = self.userAgent.makeSession()
        let offer = self.offer(after: nil)
        self.call = Call(session: session, state: .calling, local: offer)
        let called = self.address(of: number)
        let invitation = SIPInvitation(
            requestURI: called, from: SIPAddress(self.address(of: self.configuration.number)), to: SIPAddress(called),
            contactUser: self.configuration.number.rawValue, destination: self.configuration.registrar,
            offer: Self.body(offer))
        self.tell(.order(session, .invite(invitation)), at: now)
    }

    mutating func pickUp(at now: MonotonicTime) {
        guard var call, case .ringing(_, let offer) = call.state else { return }
        call.state = .established
        if let offer {
            guard let answer = self.answer(to: offer, after: nil) else { return }
            call.local = answer
        } else {
            call.local = self.offer(after: nil)
        }
        self.call = call
        self.tell(.order(call.session, .accept(call.local.map(Self.body))), at: now)
        if let offer { self.speak(to: offer) }
        self.effects.append(.tell(.established))
    }

    mutating func take(_ report: SIPSession.Report, of session: SIPSessionID, at now: MonotonicTime) {
        if case .invited(let invite) = report { return self.invited(invite, session, at: now) }
        guard self.call?.session == session else { return }
        switch report {
        case .progress(let message): if let status = message.status { self.effects.append(.tell(.progress(status))) }
        case .established(let message):
            self.call?.state = .established
            self.speak(as: message)
            self.effects.append(.tell(.established))
        case .confirmed(let message), .acknowledged(let message), .refreshed(let message): self.speak(as: message)
        case .offered(let message): self.offered(message, session, at: now)
        case .info(let transaction, _):
            self.tell(.order(session, .answerInfo(transaction, .unsupportedMediaType, nil)), at: now)
        case .rejected(let status, _): self.end(.refused(status))
        case .ended: self.end(.ended)
        // REFER is not offered, so it is refused by 405 and never reported.
        case .invited, .invitedToReplace, .answered, .offerRefused, .offerWithdrawn, .infoAnswered, .referred,
            .referralAnswered, .notified:
            break
        }
    }

    private mutating func invited(_ invite: SIPMessage, _ session: SIPSessionID, at now: MonotonicTime) {
        if let status = self.refusal(of: invite) { return self.tell(.order(session, .reject(status)), at: now) }
        let caller = DN(invite[.from]?.uri.user ?? "anonymous")
        self.call = Call(session: session, state: .ringing(from: caller, offer: Self.description(in: invite)))
        self.tell(.order(session, .progress(.ringing, nil)), at: now)
        self.effects.append(.tell(.ringing(from: caller)))
        if let wait = self.configuration.answersAfter { self.effects.append(.setTimer(.answer(session), after: wait)) }
    }

    private func refusal(of invite: SIPMessage) -> SIPStatus? {
        guard invite.requestURI?.user == self.configuration.number.rawValue else { return .notFound }
        guard self.call == nil else { return .busyHere }
        guard invite.body != nil else { return nil }
        guard let offer = Self.description(in: invite) else { return .badRequest }
        return self.answer(to: offer, after: nil) == nil ? .notAcceptableHere : nil
    }

    private mutating func offered(_ request: SIPMessage, _ session: SIPSessionID, at now: MonotonicTime) {
        guard request.body != nil else {
            let offer = self.offer(after: self.call?.local)
            self.call?.local = offer
            return self.tell(.order(session, .answer(Self.body(offer))), at: now)
        }
        guard let offer = Self.description(in: request), let answer = self.answer(to: offer, after: self.call?.local)
        else { return self.tell(.order(session, .refuseOffer(.notAcceptableHere)), at: now) }
        self.call?.local = answer
        self.tell(.order(session, .answer(Self.body(answer))), at: now)
        self.speak(to: offer)
    }

    private mutating func speak(as message: SIPMessage) {
        if let description = Self.description(in: message) { self.speak(to: description) }
    }

    /// Speaks as a description says, in a codec of ours.
    private mutating func speak(to description: SessionDescription) {
        guard var target = description.audioTarget else { return }
        target.codecs.removeAll { codec in !self.configuration.codecs.contains { $0.isSameEncoding(as: codec) } }
        self.effects.append(.speak(target))
    }

    private mutating func end(_ report: PhoneReport) {
        self.call = nil
        self.effects.append(.fallSilent)
        self.effects.append(.tell(report))
    }

    private func offer(after local: SessionDescription?) -> SessionDescription {
        local?.nextOffer(at: self.mediaEndpoint, codecs: self.configuration.codecs)
            ?? SessionDescription.audio(
                at: self.mediaEndpoint, codecs: self.configuration.codecs, sessionID: 1, version: 1)
    }

    private func answer(to offer: SessionDescription, after local: SessionDescription?) -> SessionDescription? {
        SessionDescription.negotiateAnswer(
            to: offer, supporting: self.configuration.codecs, at: self.mediaEndpoint,
            sessionID: local?.origin?.sessionID ?? 1, version: (local?.origin?.version ?? 0) &+ 1)
    }

    private static func description(in message: SIPMessage) -> SessionDescription? {
        guard let body = message.body, body.isOfType("application/sdp") else { return nil }
        return try? SessionDescription(parsing: body.bytes.span)
    }

    private static func body(_ description: SessionDescription) -> SIPBody {
        SIPBody(type: "application/sdp", bytes: description.encoded())
    }
}
