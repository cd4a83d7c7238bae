import CallAudio
import CallRecordingMP3
import Foundation
import Testing

/// The three files of call recording, as other programs play them.
@Suite struct `The length of MP3 files` {
    static let formats = [
        MP3Format(bitRate: 8_000, channels: 1), MP3Format(bitRate: 16_000), MP3Format(bitRate: 32_000),
    ]

    /// Lengths on both sides of where a frame begins, and a call without sound.
    private static let cases = formats.flatMap { format in
        [0, 1, 575, 576, 577, 1_103, 8_000, 24_123].map { (format, $0) }
    }

    @Test(.enabled(if: Player.ffprobe.isThere), arguments: formats)
    func `another program says the same of the file`(format: MP3Format) throws {
        let file = try sound(8_000, format)
        let said = try Player.ffprobe.run(
            [
                "-of", "csv=p=0", "-show_entries", "stream=codec_name,sample_rate,channels,channel_layout,bit_rate",
                "in",
            ], file)
        let layout = format.channels == 1 ? "1,mono" : "2,stereo"
        #expect(String(decoding: said, as: UTF8.self) == "mp3,8000,\(layout),\(format.bitRate)\n")
    }

    /// ffmpeg 5 does not take away what stands behind the sound where that is shorter than its own delay of 529 samples.
    @Test(.enabled(if: Player.ffmpeg.isThere), arguments: cases.filter { $0.1 > 529 })
    func `ffmpeg plays exactly the samples that there were`(format: MP3Format, count: Int) throws {
        let played = try Player.ffmpeg.run(["-i", "in", "-f", "s16le", "out"], sound(count, format))
        #expect(played.count == 2 * format.channels * count)
    }

    @Test(.enabled(if: Player.mpg123.isThere), arguments: cases)
    func `mpg123 plays exactly the samples that there were`(format: MP3Format, count: Int) throws {
        let played = try Player.mpg123.run(["-q", "-s", "in"], sound(count, format))
        #expect(played.count == 2 * format.channels * count)
    }

    @Test(.enabled(if: Player.ffmpeg.isThere && Player.mpg123.isThere), arguments: formats)
    func `what they play begins where the sound began`(format: MP3Format) throws {
        let said = chirp(seconds: 3, from: 300, to: 1_500)
        let file = try encode(interleaved(said, said, first: format.channels), format, channels: format.channels)
        for played in [
            try Player.ffmpeg.run(["-i", "in", "-f", "s16le", "out"], file),
            try Player.mpg123.run(["-q", "-s", "in"], file),
        ] {
            let left = stride(from: 0, to: played.count - 1, by: 2 * format.channels).map {
                Int16(truncatingIfNeeded: Int(played[$0]) | Int(played[$0 + 1]) << 8)
            }
            let found = place(of: Array(said[200..<22_000]), in: left, among: 100..<300)
            // Within 1 ms, as the recording promises.
            #expect(abs(found.offset - 200) <= 1)
            #expect(found.correlation > 0.95)
        }
    }

    /// A player that knows nothing of the tag plays the frame that holds it, what the encoder puts in front, and what the
    /// decoder does.
    @Test(.enabled(if: Player.sox.isThere), arguments: formats)
    func `sox, which does not read the tag, plays 210 ms of silence in front`(format: MP3Format) throws {
        let said = chirp(seconds: 3, from: 300, to: 1_500)
        let file = try encode(interleaved(said, said, first: format.channels), format, channels: format.channels)
        let played = try Player.sox.run(["-t", "mp3", "in", "-t", "s16", "out"], file)
        let left = stride(from: 0, to: played.count - 1, by: 2 * format.channels).map {
            Int16(truncatingIfNeeded: Int(played[$0]) | Int(played[$0 + 1]) << 8)
        }
        let found = place(of: said, in: left, among: 1_000..<2_400)
        #expect(found.offset == 576 + MP3Reader.totalDelay)
    }

    @Test(arguments: formats)
    func `the tag counts the frames and the bytes, and its checksums are right`(format: MP3Format) throws {
        let file = try sound(8_000, format)
        let frame = 72 * format.bitRate / 8_000
        let tag = try #require(file.firstRange(of: Array("Info".utf8))?.lowerBound)
        #expect(tag == (format.channels == 1 ? 13 : 21))
        #expect(number(file, tag + 8, 4) == file.count / frame - 1)
        #expect(number(file, tag + 12, 4) == file.count)
        #expect(number(file, tag + 44, 4) == file.count)
        #expect(number(file, tag + 37, 3) >> 12 == MP3Format.encoderDelay)
        #expect(number(file, tag + 37, 3) & 0xFFF == file.count / frame * 576 - 576 - 576 - 8_000)
        #expect(number(file, tag + 48, 2) == checksum(file[frame...]))
        #expect(number(file, tag + 50, 2) == checksum(file[..<(tag + 50)]))
    }

    @Test func `a frame without room for the tag is left out`() throws {
        let format = MP3Format(bitRate: 8_000, channels: 1, sampleRate: 16_000)
        let encoder = try format.makeEncoder(for: AudioFormat(.linear16, sampleRate: 16_000, channels: 1))
        var file: [UInt8] = []
        try encoder.encode([UInt8](repeating: 0, count: 32_000).span, into: &file)
        #expect(try encoder.finish(into: &file) == [])
        #expect(file.prefix(2) == [0xFF, 0xF3])
        #expect(file.firstRange(of: Array("Info".utf8)) == nil)
    }
}

private func sound(_ count: Int, _ format: MP3Format) throws -> [UInt8] {
    let said = Array(chirp(seconds: 4, from: 300, to: 1_500).prefix(count))
    return try encode(interleaved(said, said, first: format.channels), format, channels: format.channels)
}

private func interleaved(_ left: [Int16], _ right: [Int16], first channels: Int) -> [UInt8] {
    channels == 1 ? interleaved(left) : interleaved(left, right)
}

private func number(_ bytes: [UInt8], _ place: Int, _ count: Int) -> Int {
    bytes[place..<place + count].reduce(0) { $0 << 8 | Int($1) }
}

/// CRC-16, bit by bit.
private func checksum(_ bytes: ArraySlice<UInt8>) -> Int {
    var value = 0
    for byte in bytes {
        value ^= Int(byte)
        for _ in 0..<8 { value = value & 1 == 0 ? value >> 1 : value >> 1 ^ 0xA001 }
    }
    return value
}
