import Testing

@testable import CallAudio

@Suite struct `WAV files` {
    @Test func `G.711 passes through behind a header with format and fact chunks`() throws {
        let encoder = try WAVFormat().makeEncoder(for: AudioFormat(.muLaw, channels: 2))
        var file: [UInt8] = []
        let samples: [UInt8] = [1, 2, 3, 4, 5, 6]
        try encoder.encode(samples.span, into: &file)
        let header = try encoder.finish(into: &file)
        #expect(file.count == 58 + 6)
        file.replaceSubrange(0..<header.count, with: header)
        let expected =
            Array("RIFF".utf8) + [56, 0, 0, 0] + Array("WAVEfmt ".utf8) + [18, 0, 0, 0]
            + [7, 0, 2, 0] + [0x40, 0x1F, 0, 0] + [0x80, 0x3E, 0, 0] + [2, 0, 8, 0, 0, 0]
            + Array("fact".utf8) + [4, 0, 0, 0, 3, 0, 0, 0] + Array("data".utf8) + [6, 0, 0, 0] + samples
        #expect(file == expected)
    }

    @Test func `linear samples have the short header of plain PCM`() throws {
        let encoder = try WAVFormat().makeEncoder(for: AudioFormat(.linear16, channels: 1))
        var file: [UInt8] = []
        try encoder.encode([0x34, 0x12].span, into: &file)
        let header = try encoder.finish(into: &file)
        file.replaceSubrange(0..<header.count, with: header)
        let expected =
            Array("RIFF".utf8) + [38, 0, 0, 0] + Array("WAVEfmt ".utf8) + [16, 0, 0, 0]
            + [1, 0, 1, 0] + [0x40, 0x1F, 0, 0] + [0x80, 0x3E, 0, 0] + [2, 0, 16, 0]
            + Array("data".utf8) + [2, 0, 0, 0] + [0x34, 0x12]
        #expect(file == expected)
    }

    @Test func `an odd number of bytes is filled up, and the length says that it was odd`() throws {
        let encoder = try WAVFormat().makeEncoder(for: AudioFormat(.aLaw, channels: 1))
        var file: [UInt8] = []
        try encoder.encode([0xD5].span, into: &file)
        let header = try encoder.finish(into: &file)
        #expect(file.suffix(2) == [0xD5, 0])
        #expect(header.suffix(4) == [1, 0, 0, 0])
        #expect(header[4] == 52)
    }

    @Test func `a file without samples is a header`() throws {
        let encoder = try WAVFormat().makeEncoder(for: AudioFormat(.muLaw, channels: 2))
        var file: [UInt8] = []
        let header = try encoder.finish(into: &file)
        #expect(file.count == header.count)
        #expect(header.suffix(4) == [0, 0, 0, 0])
    }

    @Test func `a header whose lengths are not known yet says until the end`() {
        let header = WAVHeader(format: AudioFormat(.muLaw, channels: 2)).encoded()
        #expect(header.suffix(4) == [255, 255, 255, 255])
        #expect(header[4..<8] == [255, 255, 255, 255])
    }

    @Test func `a file that can hold no more says so, took nothing, and ends as it is`() throws {
        let encoder = try WAVFormat(byteLimit: 58 - 8 + 10).makeEncoder(for: AudioFormat(.muLaw, channels: 2))
        var file: [UInt8] = []
        let samples: [UInt8] = [1, 2, 3, 4, 5, 6]
        try encoder.encode(samples.span, into: &file)
        let before = file
        #expect(throws: AudioError(.full, "")) { try encoder.encode(samples.span, into: &file) }
        #expect(file == before)
        let header = try encoder.finish(into: &file)
        #expect(header.suffix(4) == [6, 0, 0, 0])
        #expect(file == before)
    }

    @Test func `half a frame is refused`() throws {
        let encoder = try WAVFormat().makeEncoder(for: AudioFormat(.muLaw, channels: 2))
        var file: [UInt8] = []
        #expect(throws: AudioError(.failed, "")) { try encoder.encode([1].span, into: &file) }
    }

    @Test(arguments: [0, 256, -1])
    func `an impossible number of channels is refused`(channels: Int) {
        #expect(throws: AudioError(.unsupported, "")) {
            _ = try WAVFormat().makeEncoder(for: AudioFormat(.muLaw, channels: channels))
        }
    }

    @Test(arguments: [SampleFormat.muLaw, .aLaw, .linear16])
    func `the samples asked for are the ones that come`(samples: SampleFormat) {
        let source = AudioFormat(samples, channels: 2)
        #expect(WAVFormat().samples(for: source) == source)
    }
}
