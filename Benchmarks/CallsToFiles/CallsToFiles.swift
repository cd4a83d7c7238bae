import ArgumentParser
import CallRecording
import CallRecordingMP3
import Foundation

/// Live G.711 RTP of many calls in, files out, beside what cannot be saved.
@main
struct CallsToFiles: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Live RTP of many calls to files: CPU of the whole process as a ratio to a reference.",
        discussion: """
            Each run starts a sender in a process of its own that speaks for both parties of every call in real time, and \
            records all calls through the media plane, the journal on disk and the renderer. CPU is user and system time of \
            the process. In the same run the reference does the same: libmp3lame alone encodes the same sound with the same \
            settings (half of the calls before, half after the recording); a bare loop in C sweeps the same packets into \
            WAV files; rtpengine relays the same calls and writes them into pcap files. A run in which not every packet \
            that was sent is in a file does not count, and makes the exit code 1.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case mp3, wav
    }

    enum Reference: String, ExpressibleByArgument, CaseIterable {
        case libmp3lame, loop, rtpengine, none
    }

    @Option(help: "Calls at the same time, two parties each.")
    var calls = 200
    @Option(help: "Length of each call, in seconds.")
    var seconds = 20
    @Option(help: "Runs; the medians are what counts.")
    var runs = 5
    @Option(help: "mp3 (16 kbit/s, stereo) or wav (G.711).")
    var format = Format.mp3
    @Option(help: "What to compare with; libmp3lame for MP3 and the bare loop for WAV where it is not said.")
    var reference: Reference?
    @Option(help: "libmp3lame's quality, 0 (best) to 9.")
    var quality = 5
    @Flag(help: "Relay between the parties as well, as in a call that goes through the media server.")
    var relay = false
    @Flag(help: "No network and no journal: two files of µ-law a call, which lie ready, to one MP3.")
    var offline = false
    @Flag(help: "Measure how long relayed packets are under way; the sound then is no speech any more.")
    var delay = false
    @Option(help: "How often the bare loop sweeps, in milliseconds.")
    var sweep = 100
    @Option(
        help:
            "How long the media thread lets packets gather that are heard, in milliseconds; its own choice if not said."
    )
    var gathering: Double?
    @Option(help: "Where journal and files are made; a folder below it is removed at the end.")
    var directory = FileManager.default.temporaryDirectory.path()
    @Option(help: .hidden)
    var send: String?
    @Option(help: .hidden)
    var begin = 0.0
    @Option(help: .hidden)
    var firstMouth: UInt16 = 40_000
    @Flag(help: .hidden)
    var timed = false

    func validate() throws {
        guard self.calls > 0, self.calls <= 5_000, self.seconds > 0, self.runs > 0, self.sweep > 0 else {
            throw ValidationError("Calls are 1 to 5000; seconds, runs and sweep are 1 or more.")
        }
        guard self.reference != .libmp3lame || self.format == .mp3, self.reference != .loop || self.format == .wav
        else {
            throw ValidationError("libmp3lame is the reference of MP3, the bare loop that of WAV.")
        }
        guard !self.offline || (self.format == .mp3 && self.chosenReference == .libmp3lame && !self.relay) else {
            throw ValidationError("Only MP3 is made offline, beside libmp3lame.")
        }
        guard self.reference != .rtpengine || self.relay, !self.delay || self.relay else {
            throw ValidationError("rtpengine relays, and only what is relayed has a delay: say --relay as well.")
        }
    }

    private var chosenReference: Reference { self.reference ?? (self.format == .mp3 ? .libmp3lame : .loop) }

    mutating func run() async throws {
        let speech = try Speech()
        if let send {
            let ports = send.split(separator: ",").compactMap { UInt16($0) }
            return try Sender(
                ports: ports, seconds: self.seconds, begin: self.begin, speech: speech, firstMouth: self.firstMouth,
                isTimed: self.timed
            ).run()
        }
        try Usage.raiseDescriptorLimit(to: 6 * self.calls + 200)
        let quality = self.format == .mp3 ? ", quality \(self.quality)" : ""
        print(
            "\(self.calls) calls of \(self.seconds) s to \(self.format.rawValue)\(quality), "
                + (self.offline ? "from files" : self.relay ? "relayed and recorded" : "recorded only"))
        var table = Table(reference: self.chosenReference)
        for run in 1...self.runs { table.add(try await self.measure(speech), as: run) }
        table.printMedians()
        if table.hasInvalidRuns { throw ExitCode(1) }
    }

    private func measure(_ speech: Speech) async throws -> Measurement {
        let folder = URL(filePath: self.directory).appending(path: "calls-to-files-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let sender = SenderProcess(seconds: self.seconds, isTimed: self.delay)
        let half = self.calls / 2
        var measurement = Measurement(calls: self.calls, seconds: self.seconds, relay: self.relay, format: self.format)
        switch self.chosenReference {
        case .libmp3lame:
            measurement.alone = try encodeAlone(speech, calls: half, seconds: self.seconds, quality: self.quality)
        case .loop:
            let outcome = try await recordBare(
                sender, calls: self.calls, sweep: self.sweep, folder: folder.appending(path: "bare"))
            (measurement.alone, measurement.reference) = (outcome.usage.total, outcome)
        case .rtpengine:
            let engine = try RTPEngine(folder: folder.appending(path: "rtpengine"))
            defer { engine.stop() }
            let outcome = try await engine.record(sender, calls: self.calls)
            (measurement.alone, measurement.reference) = (outcome.usage.total, outcome)
        case .none: break
        }
        if self.offline {
            measurement.recorded = try makeFiles(
                speech, calls: self.calls, seconds: self.seconds, quality: self.quality, folder: folder)
            measurement.alone += try encodeAlone(
                speech, calls: self.calls - half, seconds: self.seconds, quality: self.quality)
            return measurement
        }
        Usage.forgetPeak()
        let memory = Usage.residentBytes
        let recorder = try Recorder(
            calls: self.calls, relay: self.relay,
            format: self.format == .mp3 ? MP3Format(quality: self.quality) : WAVFormat(),
            gathering: self.gathering.map { .microseconds(Int64($0 * 1_000)) }, folder: folder)
        measurement.recorded = try await recorder.record(sender)
        measurement.memoryPerCall = (Usage.peakBytes - memory) / self.calls
        if self.chosenReference == .libmp3lame {
            measurement.alone += try encodeAlone(
                speech, calls: self.calls - half, seconds: self.seconds, quality: self.quality)
        }
        return measurement
    }
}
