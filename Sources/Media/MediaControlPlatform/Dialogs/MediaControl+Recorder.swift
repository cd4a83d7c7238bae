internal import CallCore
internal import CaptureJournal
internal import MSML
internal import SIP

// MARK: - Recorders: what SIP Server orders, and what the media plane has done

extension MediaControl {
    /// Carries out `gvp:recorder` of a conference that is there already.
    mutating func change(
        _ order: GVPRecorder, of name: String, _ script: inout MSMLScript, at now: MonotonicTime
    ) throws(MSMLRefusal) {
        let recorder = self.conferences[name]?.recorder
        switch order.state {
        case .pause:
            let number = try self.recording(of: name, for: "paused")
            if recorder?.state == .recording {
                self.conferences[name]?.recorder?.state = .paused
                self.order(.pause, number, .pauseRecording(number))
            }
            script.await(self.outstanding(.pause, number))
        case .resume: try self.resume(name, &script)
        case .stop:
            guard recorder?.state != .armed else {
                self.conferences[name]?.recorder?.state = .stopped
                return
            }
            let number = try self.recording(of: name, for: "stopped")
            self.stopRecorder(of: name, at: now)
            script.await(self.outstanding(.stop, number))
        case .start:
            if recorder?.state == .paused { return try self.resume(name, &script) }
            if recorder?.state == .recording {
                if let number = recorder?.number { script.await(self.outstanding(.start, number)) }
                return
            }
            var next = recorder ?? ConferenceRecorder(state: .armed, parameters: [:])
            next.state = .armed
            next.merge(order.parameters)
            self.conferences[name]?.recorder = next
        case nil:
            // No order, but perhaps more to know of the recording that begins next, or of what is being said now.
            self.conferences[name]?.recorder?.merge(order.parameters)
            if let value = order.parameters.last(where: { $0.name == RecordingTicket.sensitiveParameter })?.value,
                let number = recorder?.number
            {
                self.order(.mark, number, .markRecording(number, isSensitive: value == "true"))
                script.await(RecorderOrder(kind: .mark, number: number))
            }
        case let state?:
            throw MSMLRefusal(.invalidAttributeValue, "a recorder cannot be told to \(state)")
        }
    }

    private mutating func resume(_ name: String, _ script: inout MSMLScript) throws(MSMLRefusal) {
        let number = try self.recording(of: name, for: "resumed")
        if self.conferences[name]?.recorder?.state == .paused {
            self.conferences[name]?.recorder?.state = .recording
            self.order(.resume, number, .resumeRecording(number))
        }
        script.await(self.outstanding(.resume, number))
    }

    private func recording(of name: String, for what: String) throws(MSMLRefusal) -> RecordingNumber {
        guard let number = self.conferences[name]?.recorder?.number else {
            throw MSMLRefusal(
                .objectDoesNotExist, "conf:\(name) has no recording under way that could be \(what)")
        }
        return number
    }

    /// Begins the recording of a conference whose recorder waits for somebody to record; a party who is new to a
    /// recording under way ends it and begins another file, since the channels of a file are settled when it begins.
    mutating func beginWhereArmed(_ name: String, _ script: inout MSMLScript, at now: MonotonicTime) {
        guard let conference = self.conferences[name], let recorder = conference.recorder,
            let first = conference.members.first, let leg = self.legs[first]
        else { return }
        let channels = self.channels(of: conference)
        var wasPaused = false
        switch recorder.state {
        case .stopped: return
        case .armed:
            if let refusal = self.recordingRefusal {
                self.conferences[name]?.recorder?.state = .stopped
                script.refusal = script.refusal ?? MSMLRefusal(.noResource, "conf:\(name) is not recorded: \(refusal)")
                return
            }
        case .recording, .paused:
            guard let ticket = recorder.ticket, !channels.allSatisfy(ticket.channels.contains) else { return }
            wasPaused = recorder.state == .paused
            self.stopRecorder(of: name, at: now)
        }
        let session = (self.legs[conference.creator] ?? leg).gvpSession
        var ticket = self.ticket(for: conference, recorder, channels: channels, session: session, at: now)
        ticket.parameters[RecordingTicket.consentParameter] = self.consentChannels(
            among: channels, recorder.parameters)
        self.conferences[name]?.recorder?.ticket = ticket
        self.conferences[name]?.recorder?.state = wasPaused ? .paused : .recording
        self.running.insert(ticket.number)
        self.effects.append(.recordingBegan(ticket.number))
        self.order(.start, ticket.number, .startRecording(ticket))
        if let plan = self.promptPlan(for: channels, recorder.parameters) {
            self.effects.append(.media(.promptParties(ticket.number, plan)))
        }
        script.await(RecorderOrder(kind: .start, number: ticket.number))
        if wasPaused { self.order(.pause, ticket.number, .pauseRecording(ticket.number)) }
    }

    /// The members, and then those of the call who have a leg but have not joined yet, so that they find a channel.
    private func channels(of conference: Conference) -> [RecordingTicket.Channel] {
        let others = self.legs.values.filter { leg in
            leg.group == conference.group && leg.conference == nil && leg.tag != nil
        }
        return (conference.members + others.map(\.id).sorted()).prefix(Conference.memberLimit).map { id in
            RecordingTicket.Channel(leg: id, dn: self.legs[id]?.dn ?? "")
        }
    }

    private mutating func ticket(
        for conference: Conference, _ recorder: ConferenceRecorder, channels: [RecordingTicket.Channel],
        session: GVPSessionID, at now: MonotonicTime
    ) -> RecordingTicket {
        let sequence = self.fileCounts[session, default: 0] + 1
        self.fileCounts[session] = sequence
        let start = WallTime(epoch: self.epoch, moment: now)
        let id = recorder.parameters["id"].flatMap { $0.isEmpty ? nil : $0 }
        let name = RecordingFileName.name(id: id, session: session, sequence: sequence, start: start)
        var extensions: Set<String> = []
        let files = self.formats.enumerated().map { index, format in
            let isNew = extensions.insert(format.pathExtension).inserted
            return RecordingTicket.File(
                name: "\(name)\(isNew ? "" : ".\(index + 1)").\(format.pathExtension)", mediaType: format.mediaType)
        }
        var parameters = self.configuration.profile.parameters
        parameters.merge(recorder.parameters) { _, said in said }
        if CallUUID(parameters["callUuid"] ?? "") == nil {
            // Everything after the media server goes by this name, so there must be one.
            let made = CallUUID(conference.group) ?? CallUUID(tokens: &self.tokens)
            parameters["callUuid"] = made.rawValue
        }
        if let leg = channels.first?.leg, let profile = self.legs[leg]?.profile {
            parameters[RecordingTicket.profileParameter] = profile
        }
        return RecordingTicket(
            number: RecordingNumber(rawValue: self.tokens.next()), id: id ?? name, conference: conference.name,
            channels: channels, files: files, startTime: start, parameters: parameters)
    }

    /// Ends the recording that is under way, if one is.
    @discardableResult
    mutating func stopRecorder(of name: String, at now: MonotonicTime) -> RecorderOrder? {
        let number = self.conferences[name]?.recorder?.number
        self.conferences[name]?.recorder?.state = .stopped
        guard let number else { return nil }
        self.order(.stop, number, .stopRecording(number))
        return RecorderOrder(kind: .stop, number: number)
    }

    private mutating func order(_ kind: RecorderOrder.Kind, _ number: RecordingNumber, _ order: MediaPlaneOrder) {
        self.outstanding.append(RecorderOrder(kind: kind, number: number))
        self.effects.append(.media(order))
    }

    private func outstanding(_ kind: RecorderOrder.Kind, _ number: RecordingNumber) -> RecorderOrder? {
        self.outstanding.first { $0.kind == kind && $0.number == number }
    }
}

// MARK: - What the media plane says

extension MediaControl {
    mutating func take(_ report: MediaPlaneReport, at now: MonotonicTime) {
        switch report {
        case .portOpened(let leg, let endpoint): self.portOpened(leg, endpoint, at: now)
        case .portFailed(let leg, let reason): self.portFailed(leg, reason, at: now)
        case .protectionFailed(let leg, let reason): self.protectionFailed(leg, reason)
        case .recordingStarted(let number, _): self.done(.start, number, "started", at: now)
        case .recordingPaused(let number, _, let position): self.paused(number, position, at: now)
        case .recordingResumed(let number, _): self.done(.resume, number, "resumed", at: now)
        case .recordingMarked(let number, let isSensitive, _):
            self.done(.mark, number, isSensitive ? "marked as sensitive" : "marked as not sensitive", at: now)
        case .recordingStopped(let number, _): self.stopped(number, at: now)
        case .recordingRefused(let number, let reason): self.refused(number, reason, at: now)
        case .promptEnded(let number, let end, let played): self.promptEnded(number, end, played: played, at: now)
        case .counts(let counts): self.report(counts)
        case .finished: break
        }
    }

    private mutating func done(
        _ kind: RecorderOrder.Kind, _ number: RecordingNumber, _ what: String, _ more: [String: String] = [:],
        at now: MonotonicTime
    ) {
        guard let index = self.outstanding.firstIndex(where: { $0.kind == kind && $0.number == number }) else { return }
        let order = self.outstanding.remove(at: index)
        self.report(
            .info, kind == .mark ? "recording.marked" : "recording.\(what)", "Recording \(number) has \(what).",
            self.metadata(of: number).merging(more) { _, new in new })
        self.settle(order, at: now)
    }

    /// The acknowledgement names the place in the journal after which there is no packet until the recording resumes.
    private mutating func paused(_ number: RecordingNumber, _ position: UInt64, at now: MonotonicTime) {
        if let order = self.outstanding(.pause, number) {
            let text = "recording \(number) is paused at position \(position) of the journal"
            for (key, answer) in self.answers where answer.awaited.contains(order) {
                self.answers[key]?.result = MSMLResult(
                    response: .ok, description: text, conferenceIDs: answer.result.conferenceIDs)
            }
        }
        self.done(.pause, number, "paused", ["position": "\(position)"], at: now)
    }

    private mutating func stopped(_ number: RecordingNumber, at now: MonotonicTime) {
        guard self.running.remove(number) != nil else { return }
        let wasOrdered = self.outstanding(.stop, number) != nil
        // Not with the condition in `for … where`: optimised, that ends the compiler (Swift 6.3.1, CopyPropagation).
        for (name, conference) in self.conferences {
            guard let recorder = conference.recorder, recorder.number == number else { continue }
            self.conferences[name]?.recorder?.state = .stopped
        }
        self.report(
            wasOrdered ? .info : .alarm, "recording.stopped",
            wasOrdered ? "Recording \(number) has stopped." : "Recording \(number) was ended by the media plane.",
            self.metadata(of: number))
        let rest = self.outstanding.filter { $0.number == number }
        self.outstanding.removeAll { $0.number == number }
        for order in rest {
            if order.kind == .stop { self.settle(order, at: now) } else { self.fail(order, "it has ended", at: now) }
        }
    }

    /// The oldest order that is outstanding is the one that was refused, as they are carried out in order.
    private mutating func refused(_ number: RecordingNumber, _ reason: String, at now: MonotonicTime) {
        guard let index = self.outstanding.firstIndex(where: { $0.number == number }) else { return }
        let order = self.outstanding.remove(at: index)
        self.report(
            .alarm, "recording.refused", "The media plane refused to \(order.kind) recording \(number): \(reason)",
            self.metadata(of: number))
        let name = self.conferences.values.first { $0.recorder?.number == number }?.name
        switch order.kind {
        case .start, .stop:
            if let name { self.conferences[name]?.recorder?.state = .stopped }
            if self.running.remove(number) != nil, order.kind == .start {
                self.effects.append(.recordingRefused(number))
            }
        case .pause: if let name { self.conferences[name]?.recorder?.state = .recording }
        case .resume: if let name { self.conferences[name]?.recorder?.state = .paused }
        case .mark: break
        }
        self.fail(order, reason, at: now)
    }

    private mutating func settle(_ order: RecorderOrder, at now: MonotonicTime) {
        for number in self.answers.keys.sorted() {
            guard self.answers[number]?.awaited.remove(order) != nil, let answer = self.answers[number],
                answer.awaited.isEmpty
            else { continue }
            self.answers[number] = nil
            self.give(answer, at: now)
        }
    }

    private mutating func fail(_ order: RecorderOrder, _ reason: String, at now: MonotonicTime) {
        for (number, answer) in self.answers.sorted(by: { $0.key < $1.key }) where answer.awaited.contains(order) {
            self.answers[number] = nil
            self.refuse(answer, "the recorder did not \(order.kind): \(reason)", at: now)
        }
    }

    mutating func answerTimedOut(_ number: Int, at now: MonotonicTime) {
        guard let answer = self.answers.removeValue(forKey: number) else { return }
        self.report(.alarm, "media.silent", "The media plane did not carry out an order in time.")
        self.refuse(answer, "the media plane did not answer in time", at: now)
    }

    private mutating func refuse(_ answer: PendingAnswer, _ reason: String, at now: MonotonicTime) {
        let result = MSMLRefusal(.serverError, reason).result()
        let body = SIPBody(type: MSML.mediaType, bytes: result.encoded())
        self.tell(
            .order(answer.session, .answerInfo(answer.transaction, .serverInternalError, body)), at: now)
    }

    mutating func give(_ answer: PendingAnswer, at now: MonotonicTime) {
        let body = SIPBody(type: MSML.mediaType, bytes: answer.result.encoded())
        self.tell(.order(answer.session, .answerInfo(answer.transaction, .ok, body)), at: now)
    }

    private func metadata(of number: RecordingNumber) -> [String: String] {
        var metadata = ["recording": "\(number)"]
        for conference in self.conferences.values where conference.recorder?.ticket?.number == number {
            metadata["id"] = conference.recorder?.ticket?.id
            metadata["confId"] = conference.group
        }
        return metadata
    }
}
