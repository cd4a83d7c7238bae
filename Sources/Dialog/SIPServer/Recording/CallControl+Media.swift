internal import MSML
internal import RecordingControl
internal import SIP

// What the media dialog wants, as SIP and MSML; and what the media server says, as events of the media dialog.
extension CallControl {
    mutating func media(_ event: MediaDialog.Event, of connID: ConnID) {
        let effects = self.calls[connID]?.recording.dialog.handle(event, at: self.now) ?? []
        // Reports come last: what they bring about may be the next recording, with legs of its own.
        for effect in effects { self.perform(effect, of: connID) }
        for case .report(let report) in effects { self.recorderReported(report, of: connID) }
        self.startDeferredRecording(of: connID)
    }

    private mutating func perform(_ effect: MediaDialog.Effect, of connID: ConnID) {
        guard let call = self.calls[connID] else { return }
        let legs = call.recording.legs
        switch effect {
        case .inviteLeg(let side, let description): self.inviteLeg(side, of: call, description)
        case .inviteLegPlainly(let side, let description):
            self.inviteLeg(side, of: call, Self.plain(description) ?? description)
        case .askLeg(let side): self.order(legs[side], .offer(nil))
        case .answerLeg(let side, let description): self.order(legs[side], .answer(.sdp(description)))
        case .offerLeg(let side, let description): self.order(legs[side], .offer(.sdp(description)))
        case .endLeg(let side): self.order(legs[side], .end)
        case .instruct(let instruction, let token):
            let body = SIPBody(type: MSML.mediaType, bytes: call.recording.document(for: instruction).encoded())
            self.order(legs[.a], .info(body, token: token))
        case .offerParty(let side, let description):
            let body = self.body(description, for: side, of: connID)
            self.order(call[side].session, .offer(body))
        case .answerParty(let side, let description):
            let body = self.body(description, for: side, of: connID)
            self.order(call[side].session, .answer(body))
        case .refuseParty(let side, let status): self.order(call[side].session, .refuseOffer(SIPStatus(status)))
        case .setTimer(let timer, let delay):
            let kind = Timer.Kind.media(connID, conference: call.recording.conference, timer)
            self.effects.append(.setTimer(Timer(kind: kind), after: delay))
        case .report: break
        }
    }

    /// - Source: GIR, "Call Recording", request URI of the recording INVITE.
    private mutating func inviteLeg(_ side: Call.Role, of call: Call, _ description: [UInt8]) {
        let session = self.userAgent.makeSession()
        self.calls[call.connID]?.recording.legs[side] = session
        self.sessions[session] = .leg(call.connID, side)
        let dn = call[side].dn
        let uri = SIPURI(
            user: "msml=" + call.recording.conference, endpoint: self.resourceManager,
            parameters: [
                "dn": dn.escaped, "record": "", "tenant-dbid": String(self.configuration.tenantDBID),
                "media-service": "record",
            ])
        self.order(
            session,
            .invite(
                SIPInvitation(
                    requestURI: uri, from: self.address(dn), to: SIPAddress(uri), contactUser: dn.escaped,
                    destination: self.resourceManager,
                    fields: [SIPHeaderField("X-Genesys-CallUUID", call.callUUID.rawValue)],
                    offer: .sdp(description))))
    }

    /// The media server says something on a leg.
    mutating func leg(_ side: Call.Role, of connID: ConnID, _ session: SIPSessionID, _ report: SIPSession.Report) {
        guard let recording = self.calls[connID]?.recording, recording.legs[side] == session else { return }
        switch report {
        case .established(let message):
            let connection = message[.to]?.tag ?? ""
            self.media(.legAnswered(side, connection: connection), of: connID)
        case .rejected(let status, _):
            let reason = "the media server refused with \(status)"
            let isUnacceptable = status == .notAcceptableHere || status == .notAcceptable
            self.media(
                isUnacceptable ? .legUnacceptable(side, reason: reason) : .legRefused(side, reason: reason), of: connID)
        case .ended(let reason, _):
            self.media(.legEnded(side, reason: "the media server left the call (\(reason))"), of: connID)
        case .answered(let message):
            guard let description = message.sessionDescription else {
                return self.media(.legOfferRefused(side, status: 488), of: connID)
            }
            let isAnswer = recording.dialog[side].place == .renegotiating
            self.media(isAnswer ? .legAccepted(side, description) : .legOffered(side, description), of: connID)
        case .offerRefused(let status): self.media(.legOfferRefused(side, status: status.code), of: connID)
        case .offered:
            // Where media goes is our decision; the media server has nothing to offer unasked.
            self.order(session, .refuseOffer(.notAcceptableHere))
        case .infoAnswered(let token, let status, let body): self.instructed(token, status, body, connID)
        case .info(let transaction, let message):
            self.order(session, .answerInfo(transaction, .ok, nil))
            self.mediaServerSays(message, of: connID)
        case .invited, .invitedToReplace, .progress, .confirmed, .offerWithdrawn, .acknowledged, .refreshed, .referred,
            .referralAnswered, .notified:
            break
        }
    }

    private mutating func instructed(_ token: Int, _ status: SIPStatus, _ body: SIPBody?, _ connID: ConnID) {
        guard status.isSuccess else {
            let refusal = "the media server answered \(status)"
            return self.media(.instructionAnswered(token, refusal: refusal), of: connID)
        }
        // Without a body the result is still to come, in an INFO of its own.
        guard let body = body?.part(where: { MSML.isMediaType($0.type) }) ?? body else { return }
        self.media(.instructionAnswered(token, refusal: Self.refusal(in: body)), of: connID)
    }

    private mutating func mediaServerSays(_ message: SIPMessage, of connID: ConnID) {
        guard let body = message.body?.part(where: { MSML.isMediaType($0.type) }),
            let document = try? MSMLDocument(parsing: body.bytes.span), let call = self.calls[connID]
        else { return }
        switch document {
        case .result:
            guard let token = call.recording.dialog.inFlight?.token else { return }
            self.media(.instructionAnswered(token, refusal: Self.refusal(in: body)), of: connID)
        case .event(let event):
            self.report(.info, "media.event", "The media server reports \(event.name)", about: call)
        case .request: break
        }
    }

    private static func refusal(in body: SIPBody) -> String? {
        do throws(MSMLError) {
            let result = try MSMLResult(parsing: body.bytes.span)
            guard !result.isSuccess else { return nil }
            return ["\(result.response.rawValue)", result.description].compactMap(\.self).joined(separator: " ")
        } catch {
            return "the media server's answer cannot be read: \(error)"
        }
    }
}

extension CallRecording {
    /// An instruction as MSML.
    func document(for instruction: MediaDialog.Instruction) -> MSMLRequest {
        switch instruction {
        case .create(let a, let b):
            .startRecording(in: self.recorderConference, parameters: self.parameters, joining: [a, b])
        case .start: .changeRecorder(of: self.recorderConference, to: .start, parameters: self.parameters)
        case .pause: .changeRecorder(of: self.recorderConference, to: .pause)
        case .resume: .changeRecorder(of: self.recorderConference, to: .resume)
        case .stop: .changeRecorder(of: self.recorderConference, to: .stop)
        }
    }
}
