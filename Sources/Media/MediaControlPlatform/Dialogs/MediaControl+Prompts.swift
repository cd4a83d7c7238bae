internal import CallAudio
internal import CallCore
internal import CaptureJournal

// MARK: - What the parties of a recording hear of being recorded

extension MediaControl {
    /// What the parties are to be played; nil where they are to hear nothing.
    ///
    /// - Parameter parameters: what SIP Server has said of the recording: `audiosrc` and `tonesilenceduration` stand above
    ///   the profile.
    mutating func promptPlan(
        for channels: [RecordingTicket.Channel], _ parameters: [String: String]
    ) -> PromptPlan? {
        let prompts = self.configuration.profile.prompts
        var plan = PromptPlan()
        if let announcement = prompts.announcement {
            plan.asksConsent = announcement.asksConsent
            plan.announcement = self.part(
                announcement.sound, Self.listeners(announcement.listeners, among: channels, parameters))
        }
        if let beep = Self.beep(prompts.beep, parameters) {
            plan.silence = max(beep.silence, Self.leastSilence)
            plan.beep = self.part(beep.sound, Self.listeners(beep.listeners, among: channels, parameters))
        }
        return plan.announcement == nil && plan.beep == nil ? nil : plan
    }

    /// The channels whose parties must hear that they are recorded, as the ticket has them; nil where none must. They
    /// must although the sound is missing.
    func consentChannels(among channels: [RecordingTicket.Channel], _ parameters: [String: String]) -> String? {
        guard let announcement = self.configuration.profile.prompts.announcement, announcement.asksConsent else {
            return nil
        }
        let legs = Self.listeners(announcement.listeners, among: channels, parameters)
        return channels.indices.filter { legs.contains(channels[$0].leg) }.map(String.init).joined(separator: ",")
    }

    private mutating func part(_ sound: PromptSound, _ legs: [LegID]) -> PromptPlan.Part? {
        let name =
            switch sound {
            case .tone(let tone): "tone \(tone.frequency) Hz"
            case .file(let uri): uri
            }
        guard let clip = self.clips[sound] ?? self.configuration.sounds[sound] else {
            self.report(
                .alarm, "prompt.missing",
                "The parties are not played \(name), since this media server has no such sound.")
            return nil
        }
        return legs.isEmpty ? nil : PromptPlan.Part(name: name, clip: clip, legs: legs)
    }

    /// - Source: Genesys, "Audio Tones": extensions of the request stand above the profile; 30 s where nothing is said;
    ///   an empty `audiosrc` is no tone.
    private static func beep(_ beep: RecordingBeep?, _ parameters: [String: String]) -> RecordingBeep? {
        let silence = self.value("tonesilenceduration", in: parameters).flatMap(Int64.init).map {
            Duration.milliseconds(min(max($0, 0), 86_400_000))
        }
        guard let source = self.value("audiosrc", in: parameters) else {
            guard var beep else { return nil }
            beep.silence = silence ?? beep.silence
            return beep
        }
        guard !source.isEmpty else { return nil }
        return RecordingBeep(
            sound: .file(source), silence: silence ?? beep?.silence ?? .seconds(30), listeners: beep?.listeners ?? .both
        )
    }

    private static func value(_ name: String, in parameters: [String: String]) -> String? {
        // Written AudioSrc, Audiosrc and audiosrc.
        parameters.first { $0.key.lowercased() == name }?.value
    }

    private static func listeners(
        _ listeners: PromptListeners, among channels: [RecordingTicket.Channel], _ parameters: [String: String]
    ) -> [LegID] {
        let recordDN = parameters["recordDN"]
        // Where nobody is the one for whose sake it is recorded, all hear it: rather one too many than one too few.
        guard channels.contains(where: { $0.dn == recordDN }) else { return channels.map(\.leg) }
        return channels.filter { listeners.contains($0.dn == recordDN ? .recordDN : .otherDN) }.map(\.leg)
    }

    /// - Source: Genesys, "Audio Tones": smaller values are taken for this.
    private static let leastSilence = Duration.milliseconds(1_500)
}
