import CallAudio
import CallRecordingMP3
import Testing

@Suite struct `MP3 files` {
    private static let left = chirp(seconds: 3, from: 300, to: 1_500)
    private static let right = chirp(seconds: 3, from: 2_500, to: 600)

    @Test func `each party is in its own channel, at its own time`() throws {
        let file = try encode(interleaved(Self.left, Self.right), MP3Format())
        let sound = try MP3Reader.decode(file)
        #expect(sound.samples.count == 2)
        for (signal, channel, other) in [(Self.left, 0, 1), (Self.right, 1, 0)] {
            let found = place(of: signal, in: sound.samples[channel], among: 1_000..<1_200)
            #expect(found.offset == MP3Reader.totalDelay)
            #expect(found.correlation > 0.95)
            #expect(place(of: signal, in: sound.samples[other], among: 1_000..<1_200).correlation < 0.2)
        }
    }

    @Test func `nothing of one party is heard in the other's channel`() throws {
        let silence = [Int16](repeating: 0, count: Self.left.count)
        let sound = try MP3Reader.decode(try encode(interleaved(Self.left, silence), MP3Format()))
        #expect(sound.samples[1].allSatisfy { abs($0) <= 1 })
        #expect(sound.samples[0].contains { abs($0) > 8_000 })
    }

    @Test func `the file is what its format says`() throws {
        let sound = try MP3Reader.decode(try encode(interleaved(Self.left, Self.right), MP3Format()))
        #expect(sound.sampleRate == 8_000)
        #expect(sound.bitRate == 16_000)
        #expect(sound.mode == .stereo)
    }

    @Test func `files that are read at the same time do not disturb each other`() async throws {
        let file = try encode(interleaved(Self.left, Self.right), MP3Format())
        let sounds = try await withThrowingTaskGroup(of: MP3Reader.Sound.self) { group in
            for _ in 0..<8 { group.addTask { try MP3Reader.decode(file) } }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(sounds.count == 1)
    }

    @Test func `every frame has the same length and the same header, the one that says how long the file is as well`()
        throws
    {
        let file = try encode(interleaved(Self.left, Self.right), MP3Format())
        // 576 samples at 16 kbit/s and 8 kHz.
        #expect(file.count % 144 == 0)
        // MPEG-2.5, layer III, no checksum; 16 kbit/s, 8 kHz, no padding; stereo.
        for start in stride(from: 0, to: file.count, by: 144) {
            #expect(file[start] == 0xFF)
            #expect(file[start + 1] == 0xE3)
            #expect(file[start + 2] == 0x28)
            #expect(file[start + 3] & 0xF0 == 0)
        }
    }

    @Test func `the file is as long as the call and the encoder's delay`() throws {
        let sound = try MP3Reader.decode(try encode(interleaved(Self.left, Self.right), MP3Format()))
        let extra = sound.samples[0].count - Self.left.count
        #expect((MP3Reader.totalDelay..<MP3Reader.totalDelay + 2 * 576).contains(extra))
    }

    @Test(arguments: [1, 160, 577, 8_000])
    func `the bytes do not depend on how the samples are cut`(frames: Int) throws {
        let samples = interleaved(Array(Self.left.prefix(9_000)), Array(Self.right.prefix(9_000)))
        #expect(try encode(samples, MP3Format(), cutting: frames) == encode(samples, MP3Format()))
    }

    @Test func `samples that are not aligned in memory are the same samples`() throws {
        let samples = interleaved(Self.left, Self.right)
        let encoder = try MP3Format().makeEncoder(for: AudioFormat(.linear16, channels: 2))
        var file: [UInt8] = []
        let shifted = [0] + samples
        try encoder.encode(shifted.span.extracting(1..<shifted.count), into: &file)
        let start = try encoder.finish(into: &file)
        file.replaceSubrange(0..<start.count, with: start)
        #expect(try file == encode(samples, MP3Format()))
    }

    @Test func `one channel at 8 kbit/s is mono`() throws {
        let file = try encode(interleaved(Self.left), MP3Format(bitRate: 8_000, channels: 1), channels: 1)
        let sound = try MP3Reader.decode(file)
        #expect(sound.mode == .mono)
        #expect(sound.bitRate == 8_000)
        #expect(sound.samples.count == 1)
        let found = place(of: Self.left, in: sound.samples[0], among: 1_000..<1_200)
        #expect(found.offset == MP3Reader.totalDelay)
        #expect(found.correlation > 0.95)
    }

    @Test func `two parties are mixed into a file of one channel`() throws {
        let format = MP3Format(bitRate: 16_000, channels: 1)
        let sound = try MP3Reader.decode(try encode(interleaved(Self.left, Self.right), format))
        #expect(sound.samples.count == 1)
        for signal in [Self.left, Self.right] {
            #expect(correlation(signal, with: sound.samples[0], at: MP3Reader.totalDelay) > 0.6)
        }
    }

    @Test func `a call without a single sample still makes a file that can be read`() throws {
        #expect(try MP3Reader.decode(try encode([], MP3Format())).samples[0].allSatisfy { $0 == 0 })
    }

    @Test(arguments: [
        MP3Format(bitRate: 16_000, channels: 3), MP3Format(bitRate: 17_000), MP3Format(bitRate: 320_000),
        MP3Format(bitRate: 0), MP3Format(bitRate: .max), MP3Format(sampleRate: 8_001),
    ])
    func `an MP3 that does not exist is refused`(format: MP3Format) {
        #expect(throws: AudioError(.unsupported, "")) {
            _ = try format.makeEncoder(
                for: AudioFormat(.linear16, sampleRate: format.sampleRate, channels: format.channels))
        }
    }

    @Test(arguments: [
        AudioFormat(.muLaw, channels: 2), AudioFormat(.linear16, channels: 1), AudioFormat(.linear16, channels: 3),
        AudioFormat(.linear16, sampleRate: 16_000, channels: 2),
    ])
    func `samples other than those asked for are refused`(samples: AudioFormat) {
        #expect(throws: AudioError(.unsupported, "")) { _ = try MP3Format().makeEncoder(for: samples) }
    }

    @Test func `after its end a file takes nothing more`() throws {
        let encoder = try MP3Format().makeEncoder(for: AudioFormat(.linear16, channels: 2))
        var file: [UInt8] = []
        _ = try encoder.finish(into: &file)
        #expect(throws: AudioError(.failed, "")) { try encoder.encode([0, 0, 0, 0].span, into: &file) }
        #expect(throws: AudioError(.failed, "")) { _ = try encoder.finish(into: &file) }
    }

    @Test func `half a frame is refused`() throws {
        let encoder = try MP3Format().makeEncoder(for: AudioFormat(.linear16, channels: 2))
        var file: [UInt8] = []
        #expect(throws: AudioError(.failed, "")) { try encoder.encode([0, 0].span, into: &file) }
    }

    @Test(arguments: [[], [0xFF], Array("RIFF0000WAVEfmt ".utf8), [UInt8](repeating: 0, count: 5_000)])
    func `what is no MP3 is refused by the reader`(bytes: [UInt8]) {
        #expect(throws: AudioError(.failed, "")) { _ = try MP3Reader.decode(bytes) }
    }
}

func encode(
    _ samples: [UInt8], _ format: MP3Format, channels: Int = 2, cutting frames: Int = .max
) throws -> [UInt8] {
    let encoder = try format.makeEncoder(for: AudioFormat(.linear16, channels: channels))
    var file: [UInt8] = []
    let step = frames == .max ? max(samples.count, 1) : frames * 2 * channels
    for start in stride(from: 0, to: samples.count, by: step) {
        let end = min(start + step, samples.count)
        try encoder.encode(samples.span.extracting(start..<end), into: &file)
    }
    let start = try encoder.finish(into: &file)
    file.replaceSubrange(0..<start.count, with: start)
    return file
}
