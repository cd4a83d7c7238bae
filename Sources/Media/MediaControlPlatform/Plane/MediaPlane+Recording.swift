import CaptureJournal

extension MediaPlane {
    mutating func start(_ ticket: RecordingTicket, at now: MonotonicTime) -> MediaPlaneReport {
        let number = ticket.number
        guard self.recordings[number] == nil else {
            return .recordingRefused(number, "a recording of this number is running")
        }
        guard (1...RecordingTicket.maximumChannels).contains(ticket.channels.count) else {
            return .recordingRefused(
                number, "a recording has 1 to \(RecordingTicket.maximumChannels) channels, not \(ticket.channels.count)"
            )
        }
        guard self.journal.append(.begun, recording: number, at: now, payload: ticket.encoded().span) else {
            return .recordingRefused(number, "its parameters are longer than a journal record may be")
        }
        self.recordings[number] = ActiveRecording(ticket: ticket, keysSince: ticket.isSensitive ? nil : now, since: now)
        self.conferences[ticket.conference, default: Conference()].recordings.append(number)
        for party in ticket.channels {
            self.writeStream(of: party.leg, in: number, at: now)
            guard let place = self.places[party.leg] else { continue }
            self.recordings[number]?.refusalsBefore[party.leg] = self.legs[place].refusals
        }
        self.connect(ticket.conference)
        return .recordingStarted(number, at: now)
    }

    mutating func pause(_ number: RecordingNumber, at now: MonotonicTime) -> MediaPlaneReport {
        guard let recording = self.recordings[number] else { return Self.unknown(number) }
        guard !recording.isPaused else { return .recordingRefused(number, "it is paused already") }
        let position = self.journal.position
        self.recordings[number]?.isPaused = true
        self.journal.append(.paused, recording: number, at: now)
        self.connect(recording.ticket.conference)
        return .recordingPaused(number, at: now, position: position)
    }

    mutating func resume(_ number: RecordingNumber, at now: MonotonicTime) -> MediaPlaneReport {
        guard let recording = self.recordings[number] else { return Self.unknown(number) }
        guard recording.isPaused else { return .recordingRefused(number, "it is not paused") }
        self.recordings[number]?.isPaused = false
        self.recordings[number]?.since = now
        self.journal.append(.resumed, recording: number, at: now)
        self.connect(recording.ticket.conference)
        return .recordingResumed(number, at: now)
    }

    mutating func mark(_ number: RecordingNumber, isSensitive: Bool, at now: MonotonicTime) -> MediaPlaneReport {
        guard let recording = self.recordings[number] else { return Self.unknown(number) }
        self.recordings[number]?.keysSince = isSensitive ? nil : recording.keysSince ?? now
        self.connect(recording.ticket.conference)
        return .recordingMarked(number, isSensitive: isSensitive, at: now)
    }

    mutating func stop(_ number: RecordingNumber, reason: String?, at now: MonotonicTime) -> MediaPlaneReport {
        self.endPrompts(of: number, at: now)
        guard let recording = self.recordings[number] else { return Self.unknown(number) }
        for party in recording.ticket.channels { self.writeRefusals(of: party.leg, in: number, at: now) }
        self.recordings[number] = nil
        let reason = Array((reason ?? "").utf8.prefix(1_024))
        self.journal.append(.ended, recording: number, at: now, payload: reason.span)
        self.conferences[recording.ticket.conference]?.recordings.removeAll { $0 == number }
        self.connect(recording.ticket.conference)
        return .recordingStopped(number, at: now)
    }

    /// Writes how the packets of a leg are to be read from now on.
    mutating func writeStream(of leg: LegID, in number: RecordingNumber, at now: MonotonicTime) {
        guard let ticket = self.recordings[number]?.ticket, let place = self.places[leg],
            let media = self.legs[place].media
        else { return }
        let payload = StreamDescription(payloads: media.received).encoded()
        for (channel, party) in ticket.channels.enumerated() where party.leg == leg {
            self.journal.append(.streamJoined, recording: number, channel: channel, at: now, payload: payload.span)
        }
    }

    /// Writes how many packets of a leg were not taken since the recording began, where there were any.
    mutating func writeRefusals(of leg: LegID, in number: RecordingNumber, at now: MonotonicTime) {
        guard let recording = self.recordings[number], let place = self.places[leg] else { return }
        // There is no time left in which it could turn out whose they are.
        self.legs[place].dropDoubtful()
        let refusals = self.legs[place].refusals - (recording.refusalsBefore[leg] ?? StreamRefusals())
        guard refusals.total > 0 else { return }
        let payload = refusals.encoded()
        for (channel, party) in recording.ticket.channels.enumerated() where party.leg == leg {
            self.journal.append(.refused, recording: number, channel: channel, at: now, payload: payload.span)
        }
    }

    private static func unknown(_ number: RecordingNumber) -> MediaPlaneReport {
        .recordingRefused(number, "no recording of this number is running")
    }
}
