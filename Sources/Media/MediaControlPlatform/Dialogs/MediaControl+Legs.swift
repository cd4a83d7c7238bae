internal import CallCore
internal import SDP
internal import SIP

// MARK: - Dialogs with the parties' SIP Server: offer, answer, end

extension MediaControl {
    mutating func take(_ report: SIPSession.Report, of session: SIPSessionID, at now: MonotonicTime) {
        if case .invited(let invite) = report { return self.invited(invite, session, at: now) }
        guard let leg = self.legsBySession[session] else { return }
        switch report {
        case .confirmed(let message), .acknowledged(let message): self.acknowledged(message, leg, at: now)
        case .refreshed(let message):
            // The user agent has offered by itself what we said last.
            if Self.description(in: message) != nil, (try? self.legs[leg]?.exchange?.offerAgain()) != nil {
                self.acknowledged(message, leg, at: now)
            }
        case .offered(let request): self.offered(request, leg, session, at: now)
        case .info(let transaction, let request): self.info(request, transaction, leg, session, at: now)
        case .ended, .rejected: self.ended(leg, at: now)
        // REFER is not offered, so it is refused by 405 and never reported.
        case .invited, .invitedToReplace, .progress, .established, .answered, .offerRefused, .offerWithdrawn,
            .infoAnswered, .referred, .referralAnswered, .notified:
            break
        }
    }

    private mutating func invited(_ invite: SIPMessage, _ session: SIPSessionID, at now: MonotonicTime) {
        if let status = self.refusal(of: invite) {
            self.report(.warning, "leg.refused", "An INVITE was refused with \(status).")
            return self.tell(.order(session, .reject(status)), at: now)
        }
        self.legCount += 1
        let id = LegID(rawValue: self.legCount)
        let uri = invite.requestURI
        let dn = uri?.parameters["dn"] ?? invite[.to]?.uri.parameters["dn"] ?? ""
        let leg = PartyLeg(
            id: id, session: session, group: Self.group(of: invite) ?? "", dn: dn,
            gvpSession: invite.field("X-Genesys-GVP-Session-ID").flatMap { GVPSessionID($0) }
                ?? GVPSessionID(tokens: &self.tokens),
            profile: invite.field("X-Genesys-gsw-ivr-profile-name"),
            phase: .opening(offer: Self.description(in: invite)))
        self.legs[id] = leg
        self.legsBySession[session] = id
        self.effects.append(.media(.openPort(id)))
        self.effects.append(.setTimer(.port(id), after: self.configuration.mediaPatience))
    }

    /// Why an INVITE cannot be taken; nil where it can.
    private func refusal(of invite: SIPMessage) -> SIPStatus? {
        if self.isShuttingDown || self.legs.count >= self.configuration.legLimit { return .serviceUnavailable }
        guard let group = Self.group(of: invite) else { return .notFound }
        guard let body = invite.body else { return nil }
        guard body.part(of: "application/sdp") != nil else { return .unsupportedMediaType }
        guard let offer = Self.description(in: invite) else { return .badRequest }
        // The address does not matter yet: this only asks whether there is a common codec.
        let codecs = self.codecs(in: group, of: nil, offer: offer, after: [])
        let proposal = MediaProposal(
            at: .loopback(9), codecs: codecs, security: self.security(towards: offer, after: nil))
        return offer.placing(proposal) == nil ? .notAcceptableHere : nil
    }

    mutating func portOpened(_ id: LegID, _ endpoint: Endpoint, at now: MonotonicTime) {
        guard var leg = self.legs[id], case .opening(let offer) = leg.phase else { return }
        leg.endpoint = endpoint
        leg.phase = .open
        var exchange = OfferAnswer(
            origin: SDPOrigin(sessionID: id.rawValue, version: 1, address: SDPConnection(endpoint)))
        guard let said = self.speak(in: &exchange, offer, of: leg, at: endpoint) else {
            return self.refuse(id, .notAcceptableHere, at: now)
        }
        leg.exchange = exchange
        if offer != nil { self.effects.append(.media(.setRemote(id, LegMedia(exchange, self.encodings)))) }
        self.legs[id] = leg
        self.tell(.order(leg.session, .accept(Self.body(said))), at: now)
        // The tag is there at the latest when our 200 has been sent.
        self.legs[id]?.tag = self.userAgent.dialog(of: leg.session)?.localTag
        self.report(.info, "leg.opened", "The leg of \(leg.dn) receives at \(endpoint).", self.metadata(of: leg))
    }

    mutating func portFailed(_ id: LegID, _ reason: String, at now: MonotonicTime) {
        guard let leg = self.legs[id] else { return }
        self.report(.alarm, "leg.refused", "No port for the leg of \(leg.dn): \(reason)", self.metadata(of: leg))
        self.refuse(id, .serviceUnavailable, at: now)
    }

    mutating func protectionFailed(_ id: LegID, _ reason: String) {
        guard let leg = self.legs[id] else { return }
        self.report(
            .alarm, "media.unprotected", "Nothing of \(leg.dn) is recorded: \(reason)", self.metadata(of: leg))
    }

    mutating func portTimedOut(_ id: LegID, at now: MonotonicTime) {
        guard case .opening = self.legs[id]?.phase else { return }
        self.portFailed(id, "the media plane did not open it in time", at: now)
    }

    private mutating func refuse(_ id: LegID, _ status: SIPStatus, at now: MonotonicTime) {
        guard let session = self.legs[id]?.session else { return }
        self.tell(.order(session, .reject(status)), at: now)
        self.ended(id, at: now)
    }

    /// An ACK: it has the answer where our 200 had the offer. So has the answer to a refresh of ours.
    private mutating func acknowledged(_ ack: SIPMessage, _ id: LegID, at now: MonotonicTime) {
        guard let leg = self.legs[id], var exchange = leg.exchange, exchange.state == .offeredLocally else { return }
        defer { self.legs[id]?.exchange = exchange }
        guard let answer = Self.description(in: ack) else {
            exchange.rollBack()
            self.report(
                .warning, "leg.unanswered", "The ACK for the leg of \(leg.dn) has no answer to our offer.",
                self.metadata(of: leg))
            return
        }
        do throws(OfferAnswerError) {
            try exchange.take(answer: answer)
            self.effects.append(.media(.setRemote(id, LegMedia(exchange, self.encodings))))
        } catch {
            self.report(
                .warning, "leg.unanswered", "The answer of \(leg.dn) does not fit our offer: \(error).",
                self.metadata(of: leg))
        }
    }

    /// A re-INVITE: with an offer, or asking for ours.
    private mutating func offered(_ request: SIPMessage, _ id: LegID, _ session: SIPSessionID, at now: MonotonicTime) {
        guard let leg = self.legs[id], let endpoint = leg.endpoint, var exchange = leg.exchange else {
            return self.tell(.order(session, .refuseOffer(.requestPending)), at: now)
        }
        let offer = Self.description(in: request)
        guard request.body == nil || offer != nil, let said = self.speak(in: &exchange, offer, of: leg, at: endpoint)
        else { return self.tell(.order(session, .refuseOffer(.notAcceptableHere)), at: now) }
        self.legs[id]?.exchange = exchange
        if offer != nil { self.effects.append(.media(.setRemote(id, LegMedia(exchange, self.encodings)))) }
        self.tell(.order(session, .answer(Self.body(said))), at: now)
    }

    private mutating func ended(_ id: LegID, at now: MonotonicTime) {
        guard let leg = self.legs[id] else { return }
        self.answers = self.answers.filter { $0.value.session != leg.session }
        if let conference = leg.conference { self.leave(id, conference, hasEnded: true, at: now) }
        self.destroyConferences(endingWith: leg, at: now)
        self.effects.append(.media(.closeLeg(id)))
        self.report(.info, "leg.ended", "The leg of \(leg.dn) has ended.", self.metadata(of: leg))
        self.forget(id)
    }

    private mutating func forget(_ id: LegID) {
        guard let leg = self.legs.removeValue(forKey: id) else { return }
        self.legsBySession[leg.session] = nil
        if !self.legs.values.contains(where: { $0.gvpSession == leg.gvpSession }) {
            self.fileCounts[leg.gvpSession] = nil
        }
    }

    func metadata(of leg: PartyLeg) -> [String: String] { ["dn": leg.dn, "confId": leg.group, "leg": "\(leg.id)"] }
}

// MARK: - Descriptions

extension MediaControl {
    /// Answers an offer, or makes ours where there is none; nil where nothing is in common.
    private func speak(
        in exchange: inout OfferAnswer, _ offer: SessionDescription?, of leg: PartyLeg, at endpoint: Endpoint
    ) -> SessionDescription? {
        let agreement = exchange.agreement
        var proposal = MediaProposal(
            at: endpoint,
            codecs: self.codecs(in: leg.group, of: leg.id, offer: offer, after: agreement?.received ?? []),
            security: self.security(towards: offer, after: agreement))
        if let offer { return try? exchange.answer(offer, only: proposal) }
        proposal.packetTime = .milliseconds(20)
        return try? exchange.offer(only: proposal)
    }

    /// The `conf-id` of a user part `msml=<conf-id>`.
    private static func group(of invite: SIPMessage) -> String? {
        let users = [invite.requestURI?.user, invite[.to]?.uri.user].compactMap { $0 }
        for user in users where user.lowercased().hasPrefix("msml=") {
            let group = String(user.dropFirst("msml=".utf8.count))
            if !group.isEmpty { return group }
        }
        return nil
    }

    private static func description(in message: SIPMessage) -> SessionDescription? {
        guard let bytes = message.body?.part(of: "application/sdp")?.bytes else { return nil }
        return try? SessionDescription(parsing: bytes.span)
    }

    private static func body(_ description: SessionDescription) -> SIPBody {
        SIPBody(type: "application/sdp", bytes: description.encoded())
    }
}
