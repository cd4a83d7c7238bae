import CallAudio
import CallRecordingWAV
import Foundation
import Testing

@Suite struct `Sound files` {
    @Test(arguments: [G711.muLaw, .aLaw], [1, 2])
    func `a G.711 WAV that was written is read with its samples in their channels`(law: G711, channels: Int) throws {
        let codes = (0..<2_000).map { UInt8(truncatingIfNeeded: $0 * 37) }
        let sound = try SoundFile.read(bytes: try wav(codes, AudioFormat(law.samples, channels: channels)))
        #expect(sound.isWAV)
        #expect(sound.subformat == law.samples)
        #expect(sound.sampleRate == 8_000)
        #expect(sound.samples.count == channels)
        for channel in 0..<channels {
            let expected = stride(from: channel, to: codes.count, by: channels).map { law.decode(codes[$0]) }
            #expect(sound.samples[channel] == expected)
        }
    }

    @Test func `a linear WAV that was written is read`() throws {
        let numbers: [Int16] = [0, 1, -1, 32_767, -32_768, 300]
        let bytes = numbers.withUnsafeBytes { Array($0) }
        let sound = try SoundFile.read(bytes: try wav(bytes, AudioFormat(.linear16, channels: 2)))
        #expect(sound.subformat == .linear16)
        #expect(sound.samples == [[0, -1, -32_768], [1, 32_767, 300]])
        #expect(sound.frameCount == 3)
    }

    @Test func `a file whose header was not put right is read to its end`() throws {
        let encoder = try WAVFormat().makeEncoder(for: AudioFormat(.muLaw, channels: 2))
        var file: [UInt8] = []
        try encoder.encode([UInt8](repeating: 0x80, count: 320).span, into: &file)
        #expect(try SoundFile.read(bytes: file).frameCount == 160)
    }

    @Test func `a file on disk is read by its path`() throws {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID()).wav")
        defer { try? FileManager.default.removeItem(at: url) }
        try Data(try wav([1, 2, 3, 4], AudioFormat(.aLaw, channels: 2))).write(to: url)
        let sound = try SoundFile.read(path: url.path)
        #expect(
            sound.samples == [[G711.aLaw.decode(1), G711.aLaw.decode(3)], [G711.aLaw.decode(2), G711.aLaw.decode(4)]])
    }

    @Test func `a file that is not there is refused, and its name is said`() {
        #expect { try SoundFile.read(path: "/nowhere/call.wav") } throws: { error in
            (error as? AudioError)?.message.contains("/nowhere/call.wav") == true
        }
    }

    @Test(arguments: [[], Array("RIFF".utf8), [UInt8](repeating: 7, count: 3_000)])
    func `bytes that are no sound are refused`(bytes: [UInt8]) {
        #expect(throws: AudioError(.failed, "")) { try SoundFile.read(bytes: bytes) }
    }

    @Test(
        .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/ffprobe")),
        arguments: [(SampleFormat.muLaw, "pcm_mulaw"), (.aLaw, "pcm_alaw"), (.linear16, "pcm_s16le")])
    func `another program says the same of a file that was written`(samples: SampleFormat, codec: String) throws {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID()).wav")
        defer { try? FileManager.default.removeItem(at: url) }
        let format = AudioFormat(samples, channels: 2)
        try Data(try wav([UInt8](repeating: 0x55, count: 8_000 * format.frameByteCount), format)).write(to: url)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/ffprobe")
        process.arguments = [
            "-v", "warning", "-of", "csv=p=0", "-show_entries", "stream=codec_name,sample_rate,channels,duration",
            url.path,
        ]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(text.trimmingCharacters(in: .whitespacesAndNewlines) == "\(codec),8000,2,1.000000")
    }
}

private func wav(_ samples: [UInt8], _ format: AudioFormat) throws -> [UInt8] {
    let encoder = try WAVFormat().makeEncoder(for: format)
    var file: [UInt8] = []
    try encoder.encode(samples.span, into: &file)
    let header = try encoder.finish(into: &file)
    file.replaceSubrange(0..<header.count, with: header)
    return file
}
