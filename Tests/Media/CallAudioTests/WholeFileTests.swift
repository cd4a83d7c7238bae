import CallAudio
import Testing

@Suite struct `Whole files of channels` {
    /// Takes linear samples, and makes them its file.
    private struct Linear: AudioFileFormat {
        let channels: Int
        let mediaType = "audio/test"
        let pathExtension = "test"

        func samples(for source: AudioFormat) -> AudioFormat { AudioFormat(.linear16, channels: self.channels) }
        func makeEncoder(for samples: AudioFormat) throws(AudioError) -> any AudioFileEncoder { Encoder() }

        private final class Encoder: AudioFileEncoder {
            func encode(_ samples: Span<UInt8>, into file: inout [UInt8]) throws(AudioError) {
                for index in samples.indices { file.append(samples[index]) }
            }
            func finish(into file: inout [UInt8]) throws(AudioError) -> [UInt8] { [] }
        }
    }

    private static func linear(_ samples: [Int16]) -> [UInt8] {
        samples.flatMap { sample in withUnsafeBytes(of: sample) { Array($0) } }
    }

    @Test func `bytes of G.711 are interleaved as they are, and silence fills the shorter channel`() throws {
        let file = try WAVFormat().file(of: [[1, 2, 3], [9]], in: .aLaw)
        #expect(Array(file.suffix(6)) == [1, 9, 2, 0xD5, 3, 0xD5])
        #expect(
            file.prefix(58) == WAVHeader(format: AudioFormat(.aLaw, channels: 2), sampleByteCount: 6).encoded()[...])
    }

    @Test func `what is longer than a block is made whole`() throws {
        let channels = [
            (0..<20_001).map { UInt8(truncatingIfNeeded: $0) }, (0..<20_001).map { UInt8(truncatingIfNeeded: $0 * 3) },
        ]
        let file = try WAVFormat().file(of: channels, in: .muLaw)
        #expect(Array(file.dropFirst(58)) == (0..<20_001).flatMap { [channels[0][$0], channels[1][$0]] })
    }

    @Test(arguments: [1, 2, 3]) func `a format that wants linear samples gets as many channels as there are`(count: Int)
        throws
    {
        let codes: [UInt8] = [0x00, 0x80, 0xFF, 0x35]
        let file = try Linear(channels: count).file(of: Array(repeating: codes, count: count), in: .muLaw)
        #expect(
            file == Self.linear(codes.flatMap { Array(repeating: G711.muLaw.decode($0), count: count) }))
    }

    @Test func `channels are added up for a format of one, and cut where that is too loud`() throws {
        let file = try Linear(channels: 1).file(of: [[0x00, 0xFF], [0x00, 0x35]], in: .muLaw)
        #expect(file == Self.linear([.min, G711.muLaw.decode(0x35)]))
    }

    @Test func `channels that do not fit the format are refused`() {
        #expect(throws: AudioError(.unsupported, "")) { try Linear(channels: 2).file(of: [[1], [2], [3]], in: .muLaw) }
    }
}
