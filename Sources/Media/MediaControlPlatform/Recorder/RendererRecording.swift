import CallAudio
import CaptureJournal
import RecordingStorage

/// One recording while it is rendered.
struct RendererRecording: Sendable {
    let ticket: RecordingTicket
    /// Errors of the working directory since they were last asked for.
    var problems: [RendererProblem] = []

    private let start: MonotonicTime
    private var channels: [RendererChannel]
    private var files: [RendererFile] = []
    private var exceptions: [String] = []
    private var masks: [Mask] = []
    private var prompts: [PlayedPrompt] = []
    private var pausedAt: Int64?
    /// Packets of each channel for which there was no room, where the span may go on.
    private var missing: [Int: Missing] = [:]
    private var rendered: Int64 = 0
    private var latest: Int64 = 0
    private var source: AudioFormat?
    private var analysis: SoundAnalysis
    private var hasStorageTrouble = false

    private struct Missing: Sendable {
        var count: UInt64
        /// - Unit: samples since the recording began; so is `to`.
        var from: Int64
        var to: Int64
    }

    /// - Unit: samples of a block: a second, since encoders in turn are dearer the shorter their turns are.
    static let block: Int64 = 8_000
    /// A record that claims to be later than so after the beginning is no sound of this call.
    private static let maximumLength = Duration.seconds(7 * 86_400)

    init(
        _ ticket: RecordingTicket, at start: MonotonicTime, formats: [any AudioFileFormat],
        payloads: [any AudioPayloadFormat]
    ) {
        (self.ticket, self.start) = (ticket, start)
        self.analysis = SoundAnalysis(channels: ticket.channels.count)
        self.channels = ticket.channels.map {
            RendererChannel(dn: $0.dn, formats: payloads, makesUp: ticket.fillsGaps)
        }
        for file in ticket.files {
            if let format = formats.first(where: { $0.mediaType == file.mediaType }) {
                self.files.append(RendererFile(file, format: format))
            } else {
                self.exceptions.append("\(file.name) could not be made: this node writes no \(file.mediaType)")
            }
        }
    }

    /// Takes a record that is not the last one.
    mutating func take(
        _ record: JournalRecord, _ payload: Span<UInt8>, _ samples: inout RendererSamples,
        _ directory: any WorkingDirectory
    ) {
        guard let position = self.position(of: record.time) else { return }
        self.latest = max(self.latest, position)
        self.render(until: position - StreamClock.window, wholeBlocks: true, &samples, directory)
        switch record.kind {
        case .streamJoined where self.channels.indices.contains(record.channel):
            self.channels[record.channel].describe(StreamDescription(parsing: payload))
        case .packet where self.channels.indices.contains(record.channel) && self.pausedAt == nil:
            self.channels[record.channel].receive(payload, arrival: position)
        case .prompted where self.channels.indices.contains(record.channel):
            guard let prompt = PromptRecord(parsing: payload) else { return }
            self.prompts.append(
                prompt.played(by: self.channels[record.channel].dn, channel: record.channel, until: position))
        case .refused where self.channels.indices.contains(record.channel):
            if let refusals = StreamRefusals(parsing: payload) { self.channels[record.channel].note(refusals) }
        case .paused where self.pausedAt == nil:
            self.pausedAt = position
            for index in self.channels.indices { self.channels[index].pause(at: position) }
        case .resumed:
            guard let pausedAt = self.pausedAt else { return }
            self.mask(pausedAt, position)
            self.pausedAt = nil
            for index in self.channels.indices { self.channels[index].resume(at: position) }
        case .uncaptured where self.channels.indices.contains(record.channel):
            if let packets = UncapturedPackets(parsing: payload) { self.miss(packets, record, position) }
        default: break
        }
    }

    /// Renders to the end.
    ///
    /// - Parameter reason: why that is not the ordinary end; nil where it is.
    mutating func finish(
        at time: MonotonicTime, reason: String?, _ samples: inout RendererSamples, _ directory: any WorkingDirectory
    ) {
        let end = max(self.position(of: time) ?? 0, self.latest)
        self.render(until: end - StreamClock.window, wholeBlocks: true, &samples, directory)
        if let pausedAt = self.pausedAt {
            self.mask(pausedAt, end)
        } else {
            for index in self.channels.indices { self.channels[index].pause(at: end) }
        }
        self.render(until: end, wholeBlocks: false, &samples, directory)
        let source = self.sourceFormat()
        for index in self.files.indices { self.files[index].finish(source: source) }
        for channel in self.missing.keys.sorted() { self.tellMissing(of: channel) }
        if let reason { self.exceptions.append(reason) }
    }

    /// Whether a file must be made out of the journal another time, since the working directory took nothing for too
    /// long.
    var isPostponed: Bool { self.files.contains(where: \.isPostponed) }

    /// Removes what there is of the files, so that others find room.
    func abandon(in directory: any WorkingDirectory) {
        for file in self.files { try? directory.remove(file.file.name) }
    }

    /// Brings the files to the disk, after `finish`.
    ///
    /// - Returns: nil where that failed; try again later.
    mutating func secure(in directory: any WorkingDirectory) -> RenderedRecording? {
        for index in self.files.indices {
            do throws(StorageError) {
                try self.files[index].secure(in: directory)
            } catch {
                self.note(error)
                return nil
            }
        }
        let duration = Self.duration(self.rendered)
        var recording = RenderedRecording(
            ticket: self.ticket, files: self.files.compactMap { $0.rendered(duration: duration) }, duration: duration,
            masks: self.masks, verdict: self.verdict())
        recording.evidence = self.channels.map(\.evidence)
        recording.sound = SoundProfile(self.analysis)
        return recording
    }

    private func verdict() -> Verdict {
        var verdict = Verdict(pauses: self.masks, exceptions: self.exceptions, prompts: self.prompts)
        if let asked = self.ticket.consentChannels {
            verdict.consent = RecordingConsent(of: asked.map { ($0, self.ticket.channels[$0].dn) }, self.prompts)
        }
        for (index, channel) in self.channels.enumerated() {
            let stream = channel.stream(channel: index)
            verdict.streams.append(stream)
            if stream.received == 0 { verdict.exceptions.append("nothing was received from \(channel.dn)") }
            let unreadable = channel.evidence.unreadable
            if unreadable > 0 {
                verdict.exceptions.append("\(unreadable) packets from \(channel.dn) could not be read")
            }
        }
        verdict.exceptions += self.files.compactMap(\.failure) + self.files.compactMap(\.cut)
        return verdict
    }

    private mutating func render(
        until end: Int64, wholeBlocks: Bool, _ samples: inout RendererSamples, _ directory: any WorkingDirectory
    ) {
        while end - self.rendered >= (wholeBlocks ? Self.block : 1) {
            let count = min(Self.block, end - self.rendered)
            let source = self.sourceFormat()
            samples.load(Int(count), of: &self.channels)
            self.rendered += count
            samples.tell(&self.analysis)
            for index in self.files.indices {
                do throws(StorageError) {
                    try self.files[index].encode(&samples, source: source, into: directory)
                } catch {
                    self.note(error)
                }
            }
        }
    }

    /// What the parties send: A-law where all do of whom it is known, µ-law otherwise, and linear samples where one sends
    /// what must be decoded. Settled with the first block.
    private mutating func sourceFormat() -> AudioFormat {
        if let source = self.source { return source }
        let laws = self.channels.filter(\.isLawKnown).map(\.timeline.law)
        let law: SampleFormat = !laws.isEmpty && laws.allSatisfy { $0 == .aLaw } ? .aLaw : .muLaw
        let isLinear = self.channels.contains { $0.timeline.isLinear }
        let source = AudioFormat(isLinear ? .linear16 : law, channels: self.channels.count)
        self.source = source
        return source
    }

    /// Notes packets for which the journal had no room.
    private mutating func miss(_ packets: UncapturedPackets, _ record: JournalRecord, _ position: Int64) {
        let first = self.position(of: packets.first) ?? 0
        let missing = Missing(count: packets.count, from: first, to: position)
        if var last = self.missing[record.channel], first - last.to <= Self.block {
            last.count &+= packets.count
            last.to = max(last.to, position)
            self.missing[record.channel] = last
        } else {
            self.tellMissing(of: record.channel)
            self.missing[record.channel] = missing
        }
    }

    private mutating func tellMissing(of channel: Int) {
        guard let missing = self.missing.removeValue(forKey: channel) else { return }
        self.exceptions.append(
            "\(missing.count) packets from \(self.channels[channel].dn) between \(Self.seconds(missing.from)) and "
                + "\(Self.seconds(missing.to)) s could not be captured: disk full")
    }

    private static func seconds(_ samples: Int64) -> String {
        let tenths = samples / 800
        return "\(tenths / 10).\(tenths % 10)"
    }

    /// The sample that was heard at a moment; nil where that cannot be on this recording.
    private func position(of time: MonotonicTime) -> Int64? {
        let passed = self.start.duration(to: time)
        guard passed >= .zero, passed <= Self.maximumLength else { return nil }
        return passed.nanoseconds / 125_000
    }

    private static func duration(_ samples: Int64) -> Duration { .microseconds(samples * 125) }

    private mutating func mask(_ start: Int64, _ end: Int64) {
        self.masks.append(Mask(start: Self.duration(start), end: Self.duration(end)))
    }

    /// One problem a recording: more would say the same.
    private mutating func note(_ error: StorageError) {
        guard !self.hasStorageTrouble else { return }
        self.hasStorageTrouble = true
        self.problems.append(
            RendererProblem(
                recording: self.ticket.number,
                message: "recording \(self.ticket.id) is not in the working directory yet: \(error.message)"))
    }
}
