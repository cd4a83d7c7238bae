internal import CallCore
internal import SDP
internal import SIP

// MARK: - Dialogs with the parties' SIP Server: offer, answer, end

extension MediaControl {
    mutating func take(_ report: SIPSession.Report, of session: SIPSessionID, at now: MonotonicTime) {
        if case .invited(let invite) = report { return self.invited(invite, session, at: now) }
        guard let leg = self.legsBySession[session] else { return }
        switch report {
        case .confirmed(let message), .acknowledged(let message), .refreshed(let message):
            self.acknowledged(message, leg, at: now)
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
        guard Self.group(of: invite) != nil else { return .notFound }
        guard let body = invite.body else { return nil }
        guard body.isOfType("application/sdp") else { return .unsupportedMediaType }
        guard let offer = Self.description(in: invite) else { return .badRequest }
        // The address does not matter yet: this only asks whether there is a common codec.
        return self.answer(to: offer, at: Endpoint.loopback(9), as: nil) == nil ? .notAcceptableHere : nil
    }

    mutating func portOpened(_ id: LegID, _ endpoint: Endpoint, at now: MonotonicTime) {
        guard var leg = self.legs[id], case .opening(let offer) = leg.phase else { return }
        leg.endpoint = endpoint
        if let offer {
            guard let local = self.answer(to: offer, at: endpoint, as: leg) else {
                return self.refuse(id, .notAcceptableHere, at: now)
            }
            (leg.local, leg.phase) = (local, .established)
            self.effects.append(.media(.setRemote(id, LegMedia(local: local, remote: offer.audioTarget))))
        } else {
            (leg.local, leg.phase) = (self.offer(of: leg, at: endpoint), .offered)
        }
        self.legs[id] = leg
        self.tell(.order(leg.session, .accept(leg.local.map(Self.body))), at: now)
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
        guard let leg = self.legs[id] else { return }
        guard let answer = Self.description(in: ack) else {
            if leg.phase == .offered {
                self.report(
                    .warning, "leg.unanswered", "The ACK for the leg of \(leg.dn) has no answer to our offer.",
                    self.metadata(of: leg))
            }
            return
        }
        self.legs[id]?.phase = .established
        let media = LegMedia(local: leg.local, remote: answer.audioTarget)
        self.effects.append(.media(.setRemote(id, media)))
    }

    /// A re-INVITE: with an offer, or asking for ours.
    private mutating func offered(_ request: SIPMessage, _ id: LegID, _ session: SIPSessionID, at now: MonotonicTime) {
        guard var leg = self.legs[id], let endpoint = leg.endpoint else {
            return self.tell(.order(session, .refuseOffer(.requestPending)), at: now)
        }
        guard request.body != nil else {
            (leg.local, leg.phase) = (self.offer(of: leg, at: endpoint), .offered)
            self.legs[id] = leg
            if let local = leg.local { self.tell(.order(session, .answer(Self.body(local))), at: now) }
            return
        }
        guard let offer = Self.description(in: request), let local = self.answer(to: offer, at: endpoint, as: leg)
        else { return self.tell(.order(session, .refuseOffer(.notAcceptableHere)), at: now) }
        (leg.local, leg.phase) = (local, .established)
        self.legs[id] = leg
        self.effects.append(.media(.setRemote(id, LegMedia(local: local, remote: offer.audioTarget))))
        self.tell(.order(session, .answer(Self.body(local))), at: now)
    }

    private mutating func ended(_ id: LegID, at now: MonotonicTime) {
        guard let leg = self.legs[id] else { return }
        self.answers = self.answers.filter { $0.value.session != leg.session }
        if let conference = leg.conference { self.leave(id, conference, at: now) }
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
    private func answer(to offer: SessionDescription, at endpoint: Endpoint, as leg: PartyLeg?) -> SessionDescription? {
        let origin = leg?.local?.origin
        return SessionDescription.negotiateAnswer(
            to: offer, supporting: self.configuration.codecs, at: endpoint,
            sessionID: origin?.sessionID ?? leg?.id.rawValue ?? 0, version: origin.map { $0.version &+ 1 } ?? 1)
    }

    /// Our offer: what was agreed before stands first, so that a party that need not change does not.
    private func offer(of leg: PartyLeg, at endpoint: Endpoint) -> SessionDescription {
        let agreed = leg.local?.audioTarget?.codecs ?? []
        let others = self.configuration.codecs.filter { codec in !agreed.contains { $0.isSameEncoding(as: codec) } }
        let speech = (agreed + others).filter(\.isSpeech)
        let events = (agreed + others).filter { !$0.isSpeech }
        return leg.local?.nextOffer(at: endpoint, codecs: speech + events)
            ?? SessionDescription.audio(
                at: endpoint, codecs: speech + events, sessionID: leg.id.rawValue, version: 1)
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
        guard let body = message.body, body.isOfType("application/sdp") else { return nil }
        return try? SessionDescription(parsing: body.bytes.span)
    }

    private static func body(_ description: SessionDescription) -> SIPBody {
        SIPBody(type: "application/sdp", bytes: description.encoded())
    }
}
