import BareRecorder
import CallRecording
import CallRecordingMP3
import Foundation

/// What libmp3lame alone needs for the same sound, one call after another with one encoder each, in blocks of a second.
///
/// The adapter round it adds a call a second, which cannot be measured.
///
/// - Returns: seconds of CPU.
func encodeAlone(_ speech: Speech, calls: Int, seconds: Int, quality: Int) throws -> Double {
    let format = MP3Format(quality: quality)
    let samples = speech.interleaved(seconds: seconds)
    var file: [UInt8] = []
    let start = Usage.now
    for _ in 0..<calls {
        let encoder = try format.makeEncoder(for: AudioFormat(.linear16, channels: 2))
        file.removeAll(keepingCapacity: true)
        var place = 0
        while place < samples.count {
            let end = min(place + 32_000, samples.count)
            try encoder.encode(samples.span.extracting(place..<end), into: &file)
            place = end
        }
        _ = try encoder.finish(into: &file)
    }
    return (Usage.now - start).total
}

/// Records the same calls by a bare loop in C.
///
/// - Returns: what it needed and has recorded.
func recordBare(_ sender: SenderProcess, calls: Int, sweep: Int, folder: URL) async throws -> Outcome {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let start = Usage.now
    guard let recorder = bare_recorder_create(folder.path(), Int32(calls), 10_000) else {
        throw TransportError(.failed, "the bare recorder has no ports or no files")
    }
    // Safe: used by the loop's thread until it ends, and destroyed after that.
    nonisolated(unsafe) let loop = recorder
    let (ends, ended) = AsyncStream<Int>.makeStream()
    Thread { ended.yield(Int(bare_recorder_run(loop, Int32(sweep)))) }.start()
    let ports = (0..<2 * calls).map { UInt16(10_000 + 2 * $0) }
    let report = try await sender.speak(to: ports, from: SenderProcess.begin(calls: calls))
    var received = -1
    for await count in ends {
        received = count
        break
    }
    bare_recorder_destroy(recorder)
    let usage = Usage.now - start
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path())
    let bytes = try names.reduce(0) { sum, name in
        let attributes = try FileManager.default.attributesOfItem(atPath: folder.appending(path: name).path())
        return sum + (attributes[.size] as? Int ?? 0)
    }
    return Outcome(usage: usage, received: received, sender: report, fileBytes: bytes)
}

/// Makes MP3 of two files of µ-law, call after call, as a program that has the library does.
///
/// - Returns: what that needs, as if every 20 ms of sound had been a packet.
func makeFiles(_ speech: Speech, calls: Int, seconds: Int, quality: Int, folder: URL) throws -> Outcome {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let names = ["customer", "agent"].map { folder.appending(path: $0 + ".ulaw") }
    for (name, voice) in zip(names, [speech.customer, speech.agent]) {
        try Data((0..<8_000 * seconds).map { voice[$0 % voice.count] }).write(to: name)
    }
    let format = MP3Format(quality: quality)
    var bytes = 0
    let start = Usage.now
    for call in 0..<calls {
        let channels = try names.map { [UInt8](try Data(contentsOf: $0)) }
        let file = try format.file(of: channels, in: .muLaw)
        try Data(file).write(to: folder.appending(path: "call-\(call).mp3"))
        bytes += file.count
    }
    var sender = Sender.Report()
    sender.sent = 2 * calls * seconds * 50
    return Outcome(usage: Usage.now - start, received: sender.sent, sender: sender, fileBytes: bytes)
}
