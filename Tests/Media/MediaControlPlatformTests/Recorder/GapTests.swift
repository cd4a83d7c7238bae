import CallAudio
import CallCore
import CallRecordingTesting
import Testing

@testable import MediaControlPlatform

/// What is heard where sound was lost, or described instead of sent.
@Suite struct `Gaps in the sound` {
    /// A voice of 100 Hz, of which packets are lost.
    private static let voice = (0..<16_000).map { index in
        let phase = index % 80
        return Int16(phase < 40 ? 300 * phase - 6_000 : 18_000 - 300 * phase)
    }.map(G711.muLaw.encode)

    private func record(without lost: Range<Int>, makesUp: Bool, block: Int = 8_000) -> [UInt8] {
        var timeline = Timeline(law: .muLaw, makesUp: makesUp)
        var missing = 0
        for number in 0..<100 {
            guard !lost.contains(number) else {
                missing += 1
                continue
            }
            let packet = StreamClock.Packet(
                timestamp: UInt32(160 * number), count: 160, arrival: Int64(160 * number + 160), sequence: number,
                missing: missing)
            missing = 0
            let payload = Array(Self.voice[160 * number..<160 * number + 160])
            _ = timeline.place(payload.span, .law(.muLaw), packet)
        }
        var codes: [UInt8] = []
        while codes.count < 16_000 { timeline.take(min(block, 16_000 - codes.count), into: &codes) }
        return codes
    }

    @Test func `without a wish it is silence, and all else is what came`() {
        let codes = self.record(without: 40..<43, makesUp: false)
        #expect(codes[..<6_400] == Self.voice[..<6_400])
        #expect(codes[6_400..<6_880].allSatisfy { $0 == 0xFF })
        #expect(codes[6_880...] == Self.voice[6_880...])
    }

    @Test(arguments: [8_000, 6_500, 6_880, 777])
    func `a voice goes on where that is wished, fades, and is silent after 60 ms`(block: Int) {
        let codes = self.record(without: 40..<50, makesUp: true, block: block)
        #expect(codes[..<6_400] == Self.voice[..<6_400])
        let samples = codes.map(G711.muLaw.decode)
        let made = AudioComparison.find(
            Self.voice[6_400..<6_480].map(G711.muLaw.decode), in: samples, near: 6_400, reach: 0)
        #expect(made.correlation > 0.95)
        let levels = [6_400..<6_480, 6_560..<6_640, 6_720..<6_800, 6_900..<8_000].map {
            AudioComparison.level(samples, in: $0)
        }
        #expect(levels == levels.sorted(by: >))
        #expect(levels[3] == -120)
        // It fades into what comes after it within 10 ms.
        #expect(codes[8_080...] == Self.voice[8_080...])
    }

    @Test(arguments: [30, 50, 70] as [UInt8])
    func `described silence is noise as loud as it was said where that is wished, and ends with the silence`(
        level: UInt8
    ) {
        for makesUp in [true, false] {
            var timeline = Timeline(law: .muLaw, makesUp: makesUp)
            let sound = [UInt8](repeating: 0x11, count: 160)
            var packet = StreamClock.Packet(timestamp: 0, count: 160, arrival: 160)
            _ = timeline.place(sound.span, .law(.muLaw), packet)
            (packet.timestamp, packet.arrival, packet.sequence, packet.isNoise) = (160, 320, 1, true)
            let description = [level]
            _ = timeline.place(description.span, .noise(level: level), packet)
            var codes: [UInt8] = []
            timeline.take(8_000, into: &codes)
            (packet.timestamp, packet.arrival, packet.sequence, packet.isNoise) = (16_000, 16_160, 2, false)
            _ = timeline.place(sound.span, .law(.muLaw), packet)
            timeline.take(9_000, into: &codes)
            let samples = codes.map(G711.muLaw.decode)
            let heard = AudioComparison.level(samples, in: 160..<16_000)
            #expect(makesUp ? abs(heard + Double(level)) < 1.5 : heard == -120)
            #expect(codes[..<160].allSatisfy { $0 == 0x11 })
            #expect(codes[16_000..<16_160].allSatisfy { $0 == 0x11 })
            #expect(codes[16_160...].allSatisfy { $0 == 0xFF })
        }
    }
}
