internal import CallCore
internal import CaptureJournal
internal import MSML
internal import SIP

// MARK: - INFO: its MSML is carried out and answered in the body of the 200

extension MediaControl {
    mutating func info(
        _ request: SIPMessage, _ transaction: SIPTransactionID, _ id: LegID, _ session: SIPSessionID,
        at now: MonotonicTime
    ) {
        guard let leg = self.legs[id] else { return }
        guard let body = request.body else {
            // Some peers send an INFO without a body to see whether the dialog is still there.
            return self.tell(.order(session, .answerInfo(transaction, .ok, nil)), at: now)
        }
        guard let bytes = body.part(where: { MSML.isMediaType($0.type) })?.bytes else {
            return self.tell(.order(session, .answerInfo(transaction, .unsupportedMediaType, nil)), at: now)
        }
        var script = MSMLScript(leg: leg)
        do throws(MSMLError) {
            let document = try MSMLRequest(parsing: bytes.span)
            self.run(document, &script, at: now)
        } catch {
            script.refusal = error.refusal
        }
        if let refusal = script.refusal {
            self.report(
                .warning, "msml.refused", "\(refusal.response.rawValue) \(refusal)", self.metadata(of: leg))
        }
        let answer = PendingAnswer(
            session: session, transaction: transaction, result: script.result, awaited: script.awaited)
        // What has failed needs no waiting; what was begun before the failure goes on.
        guard script.refusal == nil, !answer.awaited.isEmpty else { return self.give(answer, at: now) }
        self.answerCount += 1
        self.answers[self.answerCount] = answer
        self.effects.append(.setTimer(.answer(self.answerCount), after: self.configuration.mediaPatience))
    }

    /// Carries out orders until one fails.
    private mutating func run(_ document: MSMLRequest, _ script: inout MSMLScript, at now: MonotonicTime) {
        var mark: String?
        for element in document.elements {
            do throws(MSMLRefusal) {
                try self.carryOut(element, &script, at: now)
                mark = element.mark ?? mark
            } catch {
                script.refusal = error
                script.mark = mark
                break
            }
        }
        // RFC 5707 §5: what comes after a failure is not carried out, and what came before it stays.
        for name in script.touched { self.beginWhereArmed(name, &script, at: now) }
    }

    private mutating func carryOut(
        _ element: MSMLRequest.Element, _ script: inout MSMLScript, at now: MonotonicTime
    ) throws(MSMLRefusal) {
        switch element {
        case .createConference(let order):
            try order.checkSupport()
            try self.create(order, &script)
        case .modifyConference(let order):
            let name = try self.conference(order.id)
            try order.checkSupport()
            if let recorder = order.recorder { try self.change(recorder, of: name, &script, at: now) }
            self.conferences[name]?.mixers.formUnion(order.mixers)
            script.touch(name)
        case .destroyConference(let order): try self.destroy(order, &script, at: now)
        case .join(let order):
            try order.checkSupport()
            try self.join(order, &script)
        case .unjoin(let order): try self.unjoin(order, &script, at: now)
        case .dialogStart(let order): try self.start(order, &script)
        case .dialogEnd(let order): try self.end(order)
        case .modifyStream, .monitor, .send, .audit:
            throw MSMLRefusal(.unsupportedElement, "\(element.xml.localName) is not carried out here")
        case .other(let element): throw MSMLRefusal(.unknownElement, element.name)
        }
    }

    private mutating func create(_ order: MSMLCreateConference, _ script: inout MSMLScript) throws(MSMLRefusal) {
        let name = order.name ?? "\(script.leg.group)_\(self.tokens.token())"
        guard !name.contains(where: { $0 == "*" || $0 == "/" }) else {
            throw MSMLRefusal(.invalidAttributeValue, "a conference cannot be called \(name)")
        }
        guard self.conferences[name] == nil else {
            throw MSMLRefusal(.conferenceNameInUse, "conf:\(name) exists already")
        }
        guard self.conferences.count < self.configuration.legLimit else {
            throw MSMLRefusal(.noResource, "there are \(self.conferences.count) conferences already")
        }
        var conference = Conference(
            name: name, group: script.leg.group, creator: script.leg.id,
            endsWithLastMember: (order.deleteWhen ?? .noMedia) == .noMedia,
            endsWithCreator: order.deleteWhen == .noControl, mixers: order.mixers.isEmpty ? [.audio] : order.mixers)
        if let recorder = order.recorder {
            guard [nil, .start, .stop].contains(recorder.state) else {
                throw MSMLRefusal(
                    .invalidAttributeValue, "a new recorder cannot be told to \(recorder.state?.rawValue ?? "")")
            }
            conference.recorder = ConferenceRecorder(
                state: recorder.state == .stop ? .stopped : .armed, parameters: [:])
            conference.recorder?.merge(recorder.parameters)
        }
        self.conferences[name] = conference
        script.touch(name)
        if order.name == nil { script.made.append(.conference(name)) }
    }

    /// Ends a conference, or takes mixers out of it; with its last mixer it ends.
    private mutating func destroy(
        _ order: MSMLDestroyConference, _ script: inout MSMLScript, at now: MonotonicTime
    ) throws(MSMLRefusal) {
        let name = try self.conference(order.id)
        guard let conference = self.conferences[name], !order.destroysAll,
            !conference.mixers.isSubset(of: order.mixers)
        else { return script.await(self.destroy(name, at: now)) }
        self.conferences[name]?.mixers.subtract(order.mixers)
        guard order.mixers.contains(.audio) else { return }
        for leg in conference.members { script.await(self.leave(leg, name, at: now)) }
    }

    private mutating func join(_ order: MSMLJoin, _ script: inout MSMLScript) throws(MSMLRefusal) {
        let (leg, name) = try self.partners(order)
        if self.legs[leg]?.conference == name { return }
        guard self.legs[leg]?.conference == nil else {
            throw MSMLRefusal(.tooManyMediaInputs, "\(order.id1) and \(order.id2): a party is in one conference")
        }
        guard let count = self.conferences[name]?.members.count, count < Conference.memberLimit else {
            throw MSMLRefusal(
                .noResource, "conf:\(name) has \(Conference.memberLimit) parties, and no mixer for more")
        }
        self.legs[leg]?.conference = name
        self.conferences[name]?.members.append(leg)
        self.effects.append(.media(.join(leg, conference: name)))
        script.touch(name)
    }

    private mutating func unjoin(
        _ order: MSMLJoin, _ script: inout MSMLScript, at now: MonotonicTime
    ) throws(MSMLRefusal) {
        guard try order.endsAudio() else { return }
        let (connection, conference) = try Self.classes(of: order)
        guard !(connection.isWildcard && conference.isWildcard) else {
            throw MSMLRefusal(.invalidAttributeValue, "\(order.id1) and \(order.id2): only one may be *")
        }
        if connection.isWildcard {
            let name = try self.conference(conference)
            for leg in self.conferences[name]?.members ?? [] { script.await(self.leave(leg, name, at: now)) }
            return
        }
        let leg = try self.leg(connection)
        if conference.isWildcard {
            if let name = self.legs[leg]?.conference { script.await(self.leave(leg, name, at: now)) }
            return
        }
        let name = try self.conference(conference)
        guard self.legs[leg]?.conference == name else {
            throw MSMLRefusal(.objectDoesNotExist, "\(order.id1) and \(order.id2) are not joined")
        }
        script.await(self.leave(leg, name, at: now))
    }

    private func partners(_ order: MSMLJoin) throws(MSMLRefusal) -> (LegID, String) {
        let (connection, conference) = try Self.classes(of: order)
        let name = try self.conference(conference)
        return (try self.leg(connection), name)
    }

    private static func classes(of order: MSMLJoin) throws(MSMLRefusal) -> (MSMLObjectID, MSMLObjectID) {
        guard let connection = order.connection, let conference = order.conference,
            connection.dialog == nil, conference.dialog == nil
        else {
            throw MSMLRefusal(
                .cannotJoinClass,
                "\(order.id1) and \(order.id2): one must be a connection and the other a conference")
        }
        return (connection, conference)
    }

    func leg(_ connection: MSMLObjectID) throws(MSMLRefusal) -> LegID {
        guard !connection.isWildcard else { throw MSMLRefusal(.invalidAttributeValue, "\(connection)") }
        guard let leg = self.legs.values.first(where: { $0.tag == connection.name }) else {
            throw MSMLRefusal(.objectDoesNotExist, "\(connection)")
        }
        return leg.id
    }

    private func conference(_ id: MSMLObjectID) throws(MSMLRefusal) -> String {
        guard !id.isWildcard else { throw MSMLRefusal(.invalidAttributeValue, "\(id)") }
        guard id.kind != .connection, id.dialog == nil, self.conferences[id.name] != nil else {
            throw MSMLRefusal(.objectDoesNotExist, "\(id)")
        }
        return id.name
    }
}

// MARK: - How conferences end

extension MediaControl {
    /// Takes a leg out of a conference; with the last one the recording ends, and the conference where it is made so.
    ///
    /// - Parameter hasEnded: whether the leg's dialog is over, so that nothing can be told in it.
    /// - Returns: the orders whose carrying out must be waited for.
    @discardableResult
    mutating func leave(_ leg: LegID, _ name: String, hasEnded: Bool = false, at now: MonotonicTime) -> RecorderOrder? {
        guard var conference = self.conferences[name] else { return nil }
        conference.members.removeAll { $0 == leg }
        self.conferences[name] = conference
        self.legs[leg]?.conference = nil
        let order = conference.members.isEmpty ? self.stopRecorder(of: name, at: now) : nil
        self.effects.append(.media(.leave(leg)))
        if conference.members.isEmpty, conference.endsWithLastMember {
            self.conferences[name] = nil
            if let client = self.legs[conference.creator], !hasEnded || client.id != leg {
                let event = MSMLEvent(name: .noMedia, id: .conference(name))
                let body = SIPBody(type: MSML.mediaType, bytes: event.encoded())
                self.tell(.order(client.session, .info(body, token: 0)), at: now)
            }
        }
        return order
    }

    /// Ends a conference with everything in it.
    @discardableResult
    mutating func destroy(_ name: String, at now: MonotonicTime) -> RecorderOrder? {
        let order = self.stopRecorder(of: name, at: now)
        for leg in self.conferences[name]?.members ?? [] {
            self.legs[leg]?.conference = nil
            self.effects.append(.media(.leave(leg)))
        }
        self.conferences[name] = nil
        return order
    }

    /// A leg has ended: conferences that live by its dialog end, and with a call's last leg all of the call.
    mutating func destroyConferences(endingWith leg: PartyLeg, at now: MonotonicTime) {
        let isLast = !self.legs.values.contains { $0.group == leg.group && $0.id != leg.id }
        for conference in self.conferences.values.sorted(by: { $0.name < $1.name })
        where (isLast && conference.group == leg.group) || (conference.endsWithCreator && conference.creator == leg.id)
        {
            self.destroy(conference.name, at: now)
        }
    }
}

/// What one document has come to while it is carried out.
struct MSMLScript {
    /// The leg in whose dialog the document came.
    let leg: PartyLeg
    /// Why the last order that was tried was not carried out.
    var refusal: MSMLRefusal?
    /// The mark of the last order that was carried out and has one.
    var mark: String?
    /// Conferences that the document did not name.
    var made: [MSMLObjectID] = []
    /// Dialogs that the document did not name.
    var madeDialogs: [MSMLObjectID] = []
    /// What the media plane must have done before the answer.
    var awaited: Set<RecorderOrder> = []
    /// Conferences whose recorders may have to begin, in order.
    var touched: [String] = []

    init(leg: PartyLeg) { self.leg = leg }

    /// What the client is told.
    var result: MSMLResult {
        guard let refusal else {
            return MSMLResult(response: .ok, conferenceIDs: self.made, dialogIDs: self.madeDialogs)
        }
        return refusal.result(after: self.mark, conferenceIDs: self.made, dialogIDs: self.madeDialogs)
    }

    mutating func touch(_ name: String) {
        if !self.touched.contains(name) { self.touched.append(name) }
    }

    mutating func await(_ order: RecorderOrder?) {
        if let order { self.awaited.insert(order) }
    }
}
