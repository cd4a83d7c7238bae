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
            Each run starts a sender in a process of its own that speaks for both parties of every call in real time, records all
            calls through the media plane, the journal on disk and the renderer, and then encodes the same sound with
            libmp3lame alone, with the same settings. CPU is user and system time of the process.
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
    @Option(help: .hidden)
    var send: String?

    mutating func run() async throws {
        let speech = try Speech()
        if let send {
            try Sender(ports: send.split(separator: ",").compactMap { UInt16($0) }, seconds: self.seconds, speech: speech).run()
            return
        }
        print("\(self.calls) calls of \(self.seconds) s, quality \(self.quality), \(self.relay ? "relayed" : "capture only")")
        print("run   recorder CPU s   libmp3lame CPU s   ratio   calls a core   packets recorded")
        var ratios: [Double] = []
        for run in 1...self.runs {
            let recorder = try await Recorder(calls: self.calls, relay: self.relay, quality: self.quality)
            let recorded = try await recorder.record(seconds: self.seconds)
            let alone = try encodeAlone(speech, calls: self.calls, seconds: self.seconds, quality: self.quality)
            let ratio = recorded.cpu / alone
            ratios.append(ratio)
            let share = Double(recorded.received) / Double(2 * self.calls * self.seconds * 50) * 100
            print(
                String(
                    format: "%3d %16.2f %18.2f %7.3f %14.0f %12d (%.2f %%)", run, recorded.cpu, alone, ratio,
                    Double(self.calls * self.seconds) / recorded.cpu, recorded.received, share))
        }
        print(String(format: "median ratio %.3f", ratios.sorted()[ratios.count / 2]))
    }
}

/// User and system time that this process has used, in seconds.
func processorTime() -> Double {
    var usage = rusage()
    getrusage(RUSAGE_SELF, &usage)
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1_000_000 }
    return seconds(usage.ru_utime) + seconds(usage.ru_stime)
}

/// What libmp3lame alone needs for the same sound, one call after another with one encoder each, in blocks of a second.
func encodeAlone(_ speech: Speech, calls: Int, seconds: Int, quality: Int) throws -> Double {
    let format = MP3Format(quality: quality)
    let samples = speech.interleaved(seconds: seconds)
    let start = processorTime()
    for _ in 0..<calls {
        let encoder = try format.makeEncoder(for: AudioFormat(.linear16, channels: 2))
        var file: [UInt8] = []
        var place = 0
        while place < samples.count {
            let end = min(place + 32_000, samples.count)
            try encoder.encode(samples.span.extracting(place..<end), into: &file)
            place = end
        }
        _ = try encoder.finish(into: &file)
    }
    return processorTime() - start
}
