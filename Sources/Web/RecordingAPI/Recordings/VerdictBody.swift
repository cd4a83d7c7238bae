/// A verdict as it stands in JSON: an extension of ours to the media file.
struct VerdictBody: Codable {
    struct Stream: Codable {
        var dn: String
        var channel: Int
        var received: Int
        var lost: Int
        var late: Int
        var duplicate: Int
    }

    struct Prompt: Codable {
        var dn: String
        var channel: Int
        var kind: String
        var name: String
        var start: NumberTextAsNumber
        var end: NumberTextAsNumber
        var played: NumberTextAsNumber
        var length: NumberTextAsNumber
        var interruption: String?
    }

    struct Consent: Codable {
        /// Only for people.
        var summary: String?
        var heardAt: NumberTextAsNumber?
        var reason: String?
    }

    /// Only for people; what it says follows from the rest.
    var summary: String?
    var streams: [Stream]?
    var pauses: [MediaFileBody.Span]?
    var exceptions: [String]?
    var prompts: [Prompt]?
    var consent: Consent?

    init(_ verdict: Verdict) {
        self.summary = verdict.summary
        self.streams = verdict.streams.map {
            Stream(
                dn: $0.dn, channel: $0.channel, received: $0.received, lost: $0.lost, late: $0.late,
                duplicate: $0.duplicate)
        }
        self.pauses = verdict.pauses.map(MediaFileBody.Span.init)
        self.exceptions = verdict.exceptions
        if !verdict.prompts.isEmpty { self.prompts = verdict.prompts.map(Prompt.init) }
        self.consent = verdict.consent.map(Consent.init)
    }

    func verdict() throws(RecordingAPIError) -> Verdict {
        // What is added up later must not overflow, however many streams a body claims.
        let counts = 0...Int(Int32.max)
        let streams = try (self.streams ?? []).map { stream throws(RecordingAPIError) in
            guard
                [stream.channel, stream.received, stream.lost, stream.late, stream.duplicate]
                    .allSatisfy(counts.contains)
            else { throw RecordingAPIError(.invalid, "verdict.streams: a count is negative or too large") }
            return Verdict.Stream(
                dn: stream.dn, channel: stream.channel, received: stream.received, lost: stream.lost,
                late: stream.late, duplicate: stream.duplicate)
        }
        return Verdict(
            streams: streams,
            pauses: try (self.pauses ?? []).map { span throws(RecordingAPIError) in try span.mask() },
            exceptions: self.exceptions ?? [],
            prompts: try (self.prompts ?? []).map { prompt throws(RecordingAPIError) in try prompt.prompt() },
            consent: try self.consent?.consent())
    }
}

extension VerdictBody.Prompt {
    init(_ prompt: PlayedPrompt) {
        self.init(
            dn: prompt.dn, channel: prompt.channel, kind: prompt.kind.rawValue, name: prompt.name,
            start: NumberTextAsNumber(prompt.span.start.milliseconds),
            end: NumberTextAsNumber(prompt.span.end.milliseconds),
            played: NumberTextAsNumber(prompt.played.milliseconds),
            length: NumberTextAsNumber(prompt.length.milliseconds), interruption: prompt.interruption)
    }

    func prompt() throws(RecordingAPIError) -> PlayedPrompt {
        guard let start = self.start.number.duration, let end = self.end.number.duration, start <= end,
            let played = self.played.number.duration, let length = self.length.number.duration
        else {
            throw RecordingAPIError(.invalid, "verdict.prompts: start, end, played and length are milliseconds")
        }
        return PlayedPrompt(
            dn: self.dn, channel: self.channel, kind: PlayedPrompt.Kind(rawValue: self.kind), name: self.name,
            span: Mask(start: start, end: end), played: played, length: length, interruption: self.interruption)
    }
}

extension VerdictBody.Consent {
    init(_ consent: RecordingConsent) {
        self.init(
            summary: consent.description, heardAt: consent.heardAt.map { NumberTextAsNumber($0.milliseconds) },
            reason: consent.reason.isEmpty ? nil : consent.reason)
    }

    func consent() throws(RecordingAPIError) -> RecordingConsent {
        guard let heardAt = self.heardAt else { return RecordingConsent(heardAt: nil, reason: self.reason ?? "") }
        guard let moment = heardAt.number.duration else {
            throw RecordingAPIError(.invalid, "verdict.consent: heardAt is milliseconds")
        }
        return RecordingConsent(heardAt: moment, reason: self.reason ?? "")
    }
}
