import CallAudio
import Testing

@Suite struct SoundClipTests {
    @Test func `a tone is as long, as loud and as fast as it is described`() {
        let clip = SoundClip(PromptTone(frequency: 1_000, duration: .milliseconds(100), level: 0))
        #expect(clip.samples.count == 800)
        #expect(clip.duration == .milliseconds(100))
        // A sine of 0 dBm0 lies 3.17 dB below the peak of G.711: 22 748 of 32 768.
        let peak = clip.samples.map { Int($0).magnitude }.max() ?? 0
        #expect((22_700...22_749).contains(peak))
        // 1 kHz crosses zero upwards every eight samples, behind the rise of 5 ms.
        let crossings = (41..<760).filter { clip.samples[$0 - 1] < 0 && clip.samples[$0] >= 0 }
        #expect(zip(crossings, crossings.dropFirst()).allSatisfy { $1 - $0 == 8 })
        #expect(crossings.count == 89)
    }

    @Test func `20 dB less are a tenth of the amplitude`() {
        let loud = SoundClip(PromptTone(level: 0)).samples.map { Int($0).magnitude }.max() ?? 0
        let soft = SoundClip(PromptTone(level: -20)).samples.map { Int($0).magnitude }.max() ?? 0
        #expect((loud / 10 - 3...loud / 10 + 3).contains(soft))
    }

    @Test func `a tone begins and ends in silence`() {
        let samples = SoundClip(PromptTone()).samples
        #expect(samples.first == 0)
        #expect(samples.last == 0)
        #expect(samples.prefix(8).allSatisfy { $0.magnitude < 500 })
    }

    @Test(arguments: [
        PromptTone(frequency: .max, duration: .seconds(1_000_000), level: .max),
        PromptTone(frequency: .min, duration: .seconds(-1), level: .min), PromptTone(duration: .microseconds(125)),
    ])
    func `what no tone can be is brought within its bounds`(tone: PromptTone) {
        #expect(SoundClip(tone).samples.count <= 80_000)
    }

    // MARK: WAV

    private static func wav(_ samples: SampleFormat, _ bytes: [UInt8], rate: Int = 8_000, channels: Int = 1) -> [UInt8]
    {
        let format = AudioFormat(samples, sampleRate: rate, channels: channels)
        return WAVHeader(format: format, sampleByteCount: Int64(bytes.count)).encoded() + bytes
    }

    @Test func `a file of linear samples is read as it is`() throws {
        let clip = try SoundClip(wav: Self.wav(.linear16, [0x34, 0x12, 0xFF, 0xFF, 0x00, 0x80]))
        #expect(clip.samples == [0x1234, -1, -32_768])
    }

    @Test(arguments: [(SampleFormat.muLaw, G711.muLaw), (.aLaw, .aLaw)])
    func `a file of G.711 is decoded`(samples: SampleFormat, law: G711) throws {
        let codes = (0...255).map { UInt8($0) }
        let clip = try SoundClip(wav: Self.wav(samples, codes))
        #expect(clip.samples == codes.map { law.decode($0) })
    }

    @Test func `chunks that mean nothing here are passed over, odd ones with the byte behind them`() throws {
        let file = Self.wav(.linear16, [1, 0])
        let other = Array("LIST".utf8) + [3, 0, 0, 0] + [9, 9, 9, 0]
        let clip = try SoundClip(wav: Array(file[..<12]) + other + file[12...])
        #expect(clip.samples == [1])
    }

    @Test func `a file whose length was not known when it was begun is read to its end`() throws {
        let header = WAVHeader(format: AudioFormat(.muLaw, channels: 1)).encoded()
        #expect(try SoundClip(wav: header + [0xFF, 0xFF, 0xFF]).samples.count == 3)
    }

    @Test(arguments: [
        (Self.wav(.linear16, [1, 0], rate: 44_100), AudioError.Code.unsupported),
        (Self.wav(.linear16, [1, 0, 1, 0], channels: 2), .unsupported),
        (Self.wav(.linear16, []), .unsupported),
        (Array(Self.wav(.linear16, [1, 0]).prefix(30)), .failed),
        (Array(Self.wav(.linear16, [1, 0]).prefix(36)), .failed), (Array("RIFF".utf8), .failed), ([], .failed),
    ])
    func `what cannot be played is refused`(file: [UInt8], code: AudioError.Code) {
        #expect(throws: AudioError(code, "")) { try SoundClip(wav: file) }
    }

    @Test func `no damage to a file ends the process`() {
        let file = Self.wav(.muLaw, [UInt8](repeating: 0x30, count: 64))
        for index in file.indices {
            for byte in [0, 0x7F, 0x80, 0xFF] as [UInt8] {
                var damaged = file
                damaged[index] = byte
                _ = try? SoundClip(wav: damaged)
                _ = try? SoundClip(wav: Array(damaged.prefix(index)))
            }
        }
    }

    // MARK: Library

    @Test(arguments: ["file:a.wav", "file://a.wav", "a.wav"])
    func `a sound is found however its URI is written`(uri: String) {
        let clip = SoundClip(samples: [1])
        #expect(SoundLibrary(["file:a.wav": clip])[uri] == clip)
        #expect(SoundLibrary(["a.wav": clip])[uri] == clip)
        #expect(SoundLibrary(["file:a.wav": clip])["file:b.wav"] == nil)
    }
}
