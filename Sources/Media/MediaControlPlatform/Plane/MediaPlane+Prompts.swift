import CallAudio
import CaptureJournal
import RTP

// Prompts: what the parties hear from this media server, and not from each other. Where the talk of another party goes
// by, a beep is laid over its packets; where nothing goes by, or the talk is not to be heard, the party is sent packets
// of the prompt's own, 20 ms each, in the stream that it hears all the time. Nothing is done while nothing is due.

extension MediaPlane {
    // MARK: Orders

    /// Plays what the parties of a recording are to hear.
    mutating func prompt(_ plan: PromptPlan, in number: RecordingNumber, at now: MonotonicTime) {
        guard self.recordings[number] != nil else { return }
        self.recordings[number]?.prompts = RecordingPromptSchedule(plan, at: now)
        if !self.prompted.contains(number) { self.prompted.append(number) }
        self.nextPrompt = now
    }

    /// Plays something to one party, behind what it is played already.
    mutating func play(_ program: PromptProgram, _ number: PromptNumber, to leg: LegID, at now: MonotonicTime) {
        let player = PromptPlayer(program, for: .dialog(number), at: now)
        guard let place = self.places[leg] else {
            self.promptReports.append(.promptEnded(number, .left, played: .zero))
            return
        }
        self.legs[place].prompts.append(player)
        self.nextPrompt = now
    }

    /// Ends what was begun by ``play(_:_:to:at:)``.
    mutating func stopPlaying(_ number: PromptNumber, at now: MonotonicTime) {
        self.endPrompts(.stopped, at: now) { $0 == .dialog(number) }
    }

    // MARK: Ends that come from elsewhere

    /// A party presses a key.
    ///
    /// - Source: RFC 5707 §9.7.1, `barge`.
    mutating func endPrompt(withKeyOf place: Int, at now: MonotonicTime) {
        guard self.legs[place].prompts.first?.program.endsWithKey == true else { return }
        self.legs[place].prompts[0].stop(.stopped)
        self.nextPrompt = now
    }

    /// The prompts of a recording end with it.
    mutating func endPrompts(of number: RecordingNumber, at now: MonotonicTime) {
        guard let index = self.prompted.firstIndex(of: number) else { return }
        self.endPrompts(.left, at: now) { $0.recording == number }
        self.prompted.remove(at: index)
    }

    /// A party leaves its conference: the prompts of recordings end, and where its leg is closed all do.
    mutating func endPrompts(of place: Int, isClosing: Bool, at now: MonotonicTime) {
        for index in self.legs[place].prompts.indices.reversed()
        where isClosing || self.legs[place].prompts[index].purpose.recording != nil {
            self.endPrompt(index, of: place, .left, at: now)
        }
    }

    private mutating func endPrompts(
        _ end: PromptEnd, at now: MonotonicTime, where isMeant: (PromptPlayer.Purpose) -> Bool
    ) {
        for place in self.legs.indices {
            for index in self.legs[place].prompts.indices.reversed()
            where isMeant(self.legs[place].prompts[index].purpose) {
                self.endPrompt(index, of: place, end, at: now)
            }
        }
    }

    // MARK: The talk goes by

    /// Whether a packet for a party is passed on although the party is played something.
    func passes(_ codec: LegCodec, to listener: Int) -> Bool {
        guard let player = self.legs[listener].prompts.first, player.end == nil else { return true }
        return !player.program.replacesTalk && codec.takesPrompt
    }

    /// Lays a party's prompt over the packet that is about to go to it.
    mutating func mixPrompt(of listener: Int, _ payload: Range<Int>, _ law: G711, at time: MonotonicTime) {
        if self.legs[listener].prompts[0].began == nil { self.legs[listener].prompts[0].began = time }
        var bytes: [UInt8] = []
        swap(&bytes, &self.scratch)
        var packet = bytes.mutableSpan
        self.legs[listener].prompts[0].mix(into: &packet, payload, law: law)
        swap(&bytes, &self.scratch)
    }

    // MARK: Every 20 ms, while something is played or due

    /// Begins what is due, sends what nobody's packets carry, and ends what is over.
    mutating func movePrompts(at now: MonotonicTime) {
        self.nextPrompt = nil
        for index in self.prompted.indices { self.beginPrompts(of: self.prompted[index], at: now) }
        for place in self.legs.indices where !self.legs[place].prompts.isEmpty { self.movePrompts(of: place, at: now) }
    }

    private mutating func beginPrompts(of number: RecordingNumber, at now: MonotonicTime) {
        // Nobody is told of a recording that is paused.
        guard let recording = self.recordings[number], let schedule = recording.prompts else { return }
        for party in schedule.parties {
            guard party.awaitsAnnouncement || party.nextBeep != nil, let place = self.places[party.leg] else {
                continue
            }
            let leg = self.legs[place]
            if !recording.isPaused, leg.conference == recording.ticket.conference, leg.prompts.isEmpty,
                leg.destination != nil, leg.promptWay != nil,
                let player = schedule.next(for: party, isThere: leg.isThere, in: number, at: now)
            {
                self.legs[place].prompts.append(player)
            }
            // One that is due and not played waits for something that is not announced: look again.
            let due = party.awaitsAnnouncement ? now : party.nextBeep ?? now
            self.wakeForPrompt(max(due, now + .milliseconds(20)))
        }
    }

    private mutating func movePrompts(of place: Int, at now: MonotonicTime) {
        while let player = self.legs[place].prompts.first {
            if let end = player.end {
                self.endPrompt(0, of: place, end, at: now)
                continue
            }
            guard let destination = self.legs[place].destination, let way = self.legs[place].promptWay else {
                // A dialog waits until the party is back; a recording's prompt must be heard in one piece.
                if player.purpose.recording != nil {
                    self.endPrompt(0, of: place, .held, at: now)
                    continue
                }
                self.legs[place].prompts[0].due = now + .milliseconds(20)
                break
            }
            if !player.program.replacesTalk, self.legs[place].outgoing.isFed(at: now) {
                self.legs[place].prompts[0].due = now + .milliseconds(20)
                break
            }
            if player.played == 0, let end = self.legs[place].outgoing.end, end > now {
                // What the party was sent last is not over yet.
                self.legs[place].prompts[0].due = end
                break
            }
            guard player.due <= now else { break }
            self.sendPrompt(to: place, destination, way, at: now)
        }
        if let player = self.legs[place].prompts.first { self.wakeForPrompt(player.due) }
    }

    private mutating func sendPrompt(
        to place: Int, _ destination: Endpoint, _ way: (payloadType: UInt8, law: G711), at now: MonotonicTime
    ) {
        let isFirst = self.legs[place].prompts[0].played == 0
        let header = self.legs[place].outgoing.header(
            forPrompt: UInt32(PromptPlayer.frame), payloadType: way.payloadType, isFirst: isFirst, at: now)
        if isFirst { self.legs[place].prompts[0].began = now }
        self.scratch.removeAll(keepingCapacity: true)
        let nothing: [UInt8] = []
        header.append(payload: nothing.span, to: &self.scratch)
        self.legs[place].prompts[0].append(PromptPlayer.frame, law: way.law, to: &self.scratch)
        self.legs[place].port.send(self.scratch.span, to: destination)
        self.legs[place].counts.packetsSent += 1
        self.legs[place].counts.bytesSent += self.scratch.count
        self.legs[place].payloadSent += PromptPlayer.frame
        let due = self.legs[place].prompts[0].due + .milliseconds(20)
        // After a standstill the prompt goes on where it was, and does not hurry.
        self.legs[place].prompts[0].due = now - due > .milliseconds(100) ? now + .milliseconds(20) : due
    }

    private mutating func wakeForPrompt(_ time: MonotonicTime) { self.nextPrompt = min(self.nextPrompt ?? time, time) }

    private mutating func endPrompt(_ index: Int, of place: Int, _ end: PromptEnd, at now: MonotonicTime) {
        var player = self.legs[place].prompts.remove(at: index)
        player.stop(end)
        let leg = self.legs[place].id
        if case .dialog(let number) = player.purpose {
            let played = Duration.microseconds(125 * player.played)
            self.promptReports.append(.promptEnded(number, player.end ?? end, played: played))
        }
        guard let number = player.purpose.recording, let recording = self.recordings[number] else { return }
        if let payload = recording.prompts?.record(of: player, at: now)?.encoded(),
            let channel = recording.ticket.channels.firstIndex(where: { $0.leg == leg })
        {
            self.journal.append(.prompted, recording: number, channel: channel, at: now, payload: payload.span)
        }
        self.recordings[number]?.prompts?.ended(player, of: leg, at: now)
    }
}

extension G711 {
    /// The law of phones that speak the other one.
    var other: G711 { self == .muLaw ? .aLaw : .muLaw }
}

extension LegCodec {
    /// Whether a prompt can go along with such packets: laid over them, or beside the keys, which bring no sound. Comfort
    /// noise is no background for one, and other codecs cannot be mixed here.
    var takesPrompt: Bool { self.law != nil || self == .telephoneEvent }
}

extension MediaLeg {
    /// By which number and law the party takes sounds of our own; nil where it takes none.
    var promptWay: (payloadType: UInt8, law: G711)? {
        self.way(for: .muLaw).map { ($0.payloadType, $0.transcodes ? .aLaw : .muLaw) }
    }

    /// Whether anything of the party has arrived.
    var isThere: Bool { self.counts.packetsReceived + self.counts.controlReceived > 0 }
}
