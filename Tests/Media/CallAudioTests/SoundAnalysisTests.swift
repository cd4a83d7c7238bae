import Foundation
import Testing

@testable import CallAudio

@Suite struct `What can be said of sound without listening` {
    @Test func `who talks, who is silent, and who talks at the same time`() {
        var analysis = SoundAnalysis(channels: 2)
        // A talks from 1 to 4 s, B from 3 to 6 s, of 8.
        analysis.hear(noise(1) + voice(3) + noise(4), 0)
        analysis.hear(noise(3) + voice(3) + noise(2), 1)
        let hangover = 10
        #expect(analysis.frames == 400)
        // The first frame of speech is taken for a click.
        #expect(analysis.channels.map(\.talk) == [149 + hangover, 149 + hangover])
        #expect(analysis.channels.map(\.crossTalk) == [49 + hangover, 49 + hangover])
        #expect(analysis.silence == 400 - (149 + hangover) * 2 + 49 + hangover)
    }

    @Test func `the level is that of speech, whatever is between`() {
        var analysis = SoundAnalysis(channels: 1)
        analysis.hear(noise(5) + tone(400, seconds: 2, amplitude: 3_276.8) + noise(5), 0)
        // A sine of a tenth of the format: 20 dB below it, and 3 below a square wave of the same height.
        #expect(analysis.channels[0].level == -230)
    }

    @Test func `a channel that says nothing talks never and has no level`() {
        var analysis = SoundAnalysis(channels: 1)
        analysis.hear([Int16](repeating: 0, count: 80_000), 0)
        #expect(analysis.channels[0].talk == 0)
        #expect(analysis.channels[0].level == nil)
        #expect(analysis.silence == 500)
    }

    @Test func `a noisy line is not speech, and speech on it is`() {
        var analysis = SoundAnalysis(channels: 1)
        analysis.hear(noise(20, amplitude: 180) + voice(2) + noise(10, amplitude: 180), 0)
        #expect((99...111).contains(analysis.channels[0].talk))
    }

    @Test func `where packets were lost, the noise that comes back is not speech`() {
        var analysis = SoundAnalysis(channels: 1)
        let hole = [Int16](repeating: 0, count: 1_600)
        var samples = noise(10, amplitude: 180)
        for _ in 0..<10 { samples += hole + noise(1, amplitude: 180) }
        analysis.hear(samples, 0)
        #expect(analysis.channels[0].talk == 0)
    }

    @Test func `a click is not speech`() {
        var analysis = SoundAnalysis(channels: 1)
        var samples = noise(4)
        for index in 16_000..<16_100 { samples[index] = 20_000 }
        analysis.hear(samples, 0)
        #expect(analysis.channels[0].talk == 0)
    }

    @Test(arguments: [1, 7, 159, 160, 161, 8_000])
    func `it does not matter how the samples are cut, or whose come first`(count: Int) {
        let channels = [noise(1) + voice(2) + noise(2), voice(1) + noise(3) + voice(1)]
        var whole = SoundAnalysis(channels: 2)
        for channel in [1, 0] { whole.hear(channels[channel], channel) }
        var cut = SoundAnalysis(channels: 2)
        for start in stride(from: 0, to: channels[0].count, by: count) {
            for channel in 0..<2 {
                cut.hear(Array(channels[channel][start..<min(start + count, channels[0].count)]), channel)
            }
        }
        #expect(cut.frames == whole.frames)
        #expect(cut.silence == whole.silence)
        #expect(cut.channels.map(\.talk) == whole.channels.map(\.talk))
        #expect(cut.channels.map(\.crossTalk) == whole.channels.map(\.crossTalk))
        #expect(cut.channels.map(\.level) == whole.channels.map(\.level))
        #expect(cut.channels.map(\.peaks.values) == whole.channels.map(\.peaks.values))
    }

    @Test func `levels are right to a tenth of a decibel`() {
        #expect(Decibels.tenths(ofMeanSquare: 1 << 30) == 0)
        for power in [1, 2, 3, 10, 99, 1_000, 12_345, 1_000_000, 339_546, 1_073_741_823] as [Int64] {
            let exact = 100 * log10(Double(power) / 1_073_741_824)
            #expect(abs(Double(Decibels.tenths(ofMeanSquare: power)) - exact) <= 0.51)
        }
    }
}

@Suite struct `The outline of a waveform` {
    @Test func `an interval is its lowest and its highest sample, rounded away from zero`() {
        var analysis = SoundAnalysis(channels: 1)
        var samples = [Int16](repeating: 0, count: 2_000)
        (samples[10], samples[700], samples[900], samples[1_999]) = (256, -257, .max, .min)
        analysis.hear(samples, 0)
        #expect(analysis.channels[0].peaks.interval == 800)
        #expect(analysis.channels[0].peaks.values == [-2, 1, 0, 127, -128, 0])
    }

    @Test func `long sound has longer intervals, and loses no peak`() {
        var analysis = SoundAnalysis(channels: 1)
        let minute = [Int16](repeating: 1, count: 480_000)
        for _ in 0..<60 { analysis.hear(minute, 0) }
        analysis.hear([.max], 0)
        let peaks = analysis.channels[0].peaks
        // 1 800 intervals at most: an hour of 3.2 s each.
        #expect(peaks.interval == 25_600)
        #expect(peaks.values.count == 2 * 1_126)
        #expect(peaks.values.dropLast(2).allSatisfy { $0 == 1 })
        #expect(peaks.values.suffix(2) == [127, 127])
    }

    @Test func `no sound has no outline`() {
        #expect(SoundAnalysis(channels: 1).channels[0].peaks.values == [])
    }
}

extension SoundAnalysis {
    fileprivate mutating func hear(_ samples: [Int16], _ channel: Int) { self.hear(samples.span, channel: channel) }
}

/// A tone, at about -16 dBov.
private func voice(_ seconds: Double) -> [Int16] { tone(300, seconds: seconds) }

/// The same noise every time.
private func noise(_ seconds: Double, amplitude: Int = 20) -> [Int16] {
    var random = TokenGenerator(seed: 3)
    return (0..<Int(seconds * 8_000)).map { _ in Int16(Int.random(in: -amplitude...amplitude, using: &random)) }
}
