import ArgumentParser
import CallRecording
import CallRecordingMP3
import Foundation

/// Live G.711 RTP of many calls in, 16 kbit/s stereo MP3 out, against libmp3lame alone.
@main
struct CallsToMP3: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Live RTP of many calls to MP3: CPU of the whole process as a ratio to libmp3lame alone.",
        discussion: """
            Each run starts a sender in a process of its own that speaks for both parties of every call in real time, records \
            all calls through the media plane, the journal on disk and the renderer, and encodes the same sound with \
            libmp3lame alone, with the same settings: half of the calls before, half of them after the recording. CPU is \
            user and system time of the process. A run that recorded less than 99.9 % of the packets sent does not count, \
            and makes the exit code 1.
            """)

    @Option(help: "Calls at the same time, two parties each.")
    var calls = 200
    @Option(help: "Length of each call, in seconds.")
    var seconds = 20
    @Option(help: "Runs; the medians are what counts.")
    var runs = 5
    @Option(help: "libmp3lame's quality, 0 (best) to 9.")
    var quality = 5
    @Flag(help: "Relay between the parties as well, as in a call that goes through the media server.")
    var relay = false
    @Option(help: "How long the media thread may let packets gather, in milliseconds.")
    var gathering = 2
    @Option(help: "Where journal and files are made; a folder below it is removed at the end.")
    var directory = FileManager.default.temporaryDirectory.path()
    @Option(help: .hidden)
    var send: String?
    @Option(help: .hidden)
    var begin = 0.0

    func validate() throws {
        guard self.calls > 0, self.calls <= 5_000, self.seconds > 0, self.runs > 0 else {
            throw ValidationError("Calls are 1 to 5000; seconds and runs are 1 or more.")
        }
    }

    mutating func run() async throws {
        let speech = try Speech()
        if let send {
            let ports = send.split(separator: ",").compactMap { UInt16($0) }
            return try Sender(ports: ports, seconds: self.seconds, begin: self.begin, speech: speech).run()
        }
        try Usage.raiseDescriptorLimit(to: 4 * self.calls + 100)
        let title = "\(self.calls) calls of \(self.seconds) s, quality \(self.quality), "
        print(title + (self.relay ? "relayed and recorded" : "recorded only"))
        print("run  recorder CPU s (kernel)  libmp3lame CPU s  ratio  calls a core  packets recorded  sender late ms")
        var table = Table()
        for run in 1...self.runs { table.add(try await self.measure(speech), as: run) }
        table.printMedians()
        if table.hasInvalidRuns { throw ExitCode(1) }
    }

    private func measure(_ speech: Speech) async throws -> Measurement {
        let folder = URL(filePath: self.directory).appending(path: "calls-to-mp3-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let half = self.calls / 2
        let before = try encodeAlone(speech, calls: half, seconds: self.seconds, quality: self.quality)
        Usage.forgetPeak()
        let memory = Usage.residentBytes
        let recorder = try Recorder(
            calls: self.calls, relay: self.relay, quality: self.quality, gathering: .milliseconds(self.gathering),
            folder: folder)
        let recorded = try await recorder.record(seconds: self.seconds)
        let peak = Usage.peakBytes
        let after = try encodeAlone(speech, calls: self.calls - half, seconds: self.seconds, quality: self.quality)
        return Measurement(
            calls: self.calls, seconds: self.seconds, recorded: recorded, alone: before + after,
            memoryPerCall: (peak - memory) / self.calls)
    }
}
