internal import CallCore
internal import SDP
internal import SIP

// MARK: - Calls, and the offers and answers in them

extension PhoneMachine {
    mutating func call(_ number: DN, at now: MonotonicTime) {
        guard self.call == nil else { return }
        let session = self.userAgent.makeSession()
        var exchange = self.newExchange()
        guard let offer = self.offer(in: &exchange) else { return }
        self.call = Call(session: session, state: .calling, exchange: exchange)
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
        let said = offer.map { self.answer(to: $0, in: &call.exchange) } ?? self.offer(in: &call.exchange)
        guard let said else { return }
        self.call = call
        self.tell(.order(call.session, .accept(Self.body(said))), at: now)
        if offer != nil { self.speak() }
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
        case .confirmed(let message), .acknowledged(let message): self.speak(as: message)
        case .refreshed(let message):
            // The user agent has offered by itself what we said last.
            if Self.description(in: message) != nil, (try? self.call?.exchange.offerAgain()) != nil {
                self.speak(as: message)
            }
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
        self.call = Call(
            session: session, state: .ringing(from: caller, offer: Self.description(in: invite)),
            exchange: self.newExchange())
        self.tell(.order(session, .progress(.ringing, nil)), at: now)
        self.effects.append(.tell(.ringing(from: caller)))
        if let wait = self.configuration.answersAfter { self.effects.append(.setTimer(.answer(session), after: wait)) }
    }

    private func refusal(of invite: SIPMessage) -> SIPStatus? {
        guard invite.requestURI?.user == self.configuration.number.rawValue else { return .notFound }
        guard self.call == nil else { return .busyHere }
        guard invite.body != nil else { return nil }
        guard let offer = Self.description(in: invite) else { return .badRequest }
        return offer.placing(self.proposal) == nil ? .notAcceptableHere : nil
    }

    private mutating func offered(_ request: SIPMessage, _ session: SIPSessionID, at now: MonotonicTime) {
        guard var call else { return }
        let offer = Self.description(in: request)
        let said = offer.map { self.answer(to: $0, in: &call.exchange) } ?? self.offer(in: &call.exchange)
        guard request.body == nil || offer != nil, let said else {
            return self.tell(.order(session, .refuseOffer(.notAcceptableHere)), at: now)
        }
        self.call = call
        self.tell(.order(session, .answer(Self.body(said))), at: now)
        if offer != nil { self.speak() }
    }

    /// Takes the answer to our offer, where a message has it.
    private mutating func speak(as message: SIPMessage) {
        guard let answer = Self.description(in: message), var call, (try? call.exchange.take(answer: answer)) != nil
        else { return }
        self.call = call
        self.speak()
    }

    /// Speaks as was agreed.
    private mutating func speak() {
        guard let agreement = self.call?.exchange.agreement, let target = AudioTarget(agreement) else { return }
        self.effects.append(.speak(target))
    }

    private mutating func end(_ report: PhoneReport) {
        self.call = nil
        self.effects.append(.fallSilent)
        self.effects.append(.tell(report))
    }

    private func newExchange() -> OfferAnswer {
        OfferAnswer(origin: SDPOrigin(sessionID: 1, version: 1, address: SDPConnection(self.mediaEndpoint)))
    }

    private var proposal: MediaProposal { MediaProposal(at: self.mediaEndpoint, codecs: self.configuration.codecs) }

    private func offer(in exchange: inout OfferAnswer) -> SessionDescription? {
        var proposal = self.proposal
        proposal.packetTime = .milliseconds(20)
        return try? exchange.offer(only: proposal)
    }

    private func answer(to offer: SessionDescription, in exchange: inout OfferAnswer) -> SessionDescription? {
        try? exchange.answer(offer, only: self.proposal)
    }

    private static func description(in message: SIPMessage) -> SessionDescription? {
        guard let bytes = message.body?.part(of: "application/sdp")?.bytes else { return nil }
        return try? SessionDescription(parsing: bytes.span)
    }

    private static func body(_ description: SessionDescription) -> SIPBody {
        SIPBody(type: "application/sdp", bytes: description.encoded())
    }
}
