import CallAudio
import CallCore
import CallRecordingInProcess
import CallRecordingTesting
import CaptureJournal
import RecordingStorage
import Testing

@testable import MediaControlPlatform

/// An hour of two parties whose clocks are wrong, one this way and one that. Only some moments hold the reference
/// signal, since an hour of it would take minutes to make.
@Suite struct `An hour of clocks that are wrong` {
    private static let packetCount = 480
    private static let seconds = 3_600

    /// The moments that are looked at, as numbers of packets: a second each.
    private static func isHeard(_ number: Int) -> Bool { number % 3_000 < 8 || number > 59_980 }

    private func channel(_ seed: UInt64, skew: Int) -> [(arrival: Int, bytes: [UInt8])] {
        let signal = ReferenceSignal(seed: seed)
        var speaker = Speaker(address: .loopback(4_000), port: 0, ssrc: UInt32(seed))
        return (0..<Self.seconds * 8_000 / Self.packetCount).map { number in
            let start = number * Self.packetCount
            var bytes = speaker.packet(0x55, count: Self.packetCount)
            if Self.isHeard(number) {
                let codes = signal.samples(start..<start + Self.packetCount).map(G711.muLaw.encode)
                bytes.replaceSubrange(bytes.count - Self.packetCount..<bytes.count, with: codes)
            }
            let end = start + Self.packetCount
            // Some jitter, of up to 5 ms.
            return (end + end * skew / 1_000_000 + number * 7 % 40, bytes)
        }
    }

    @Test func `the parties stay together to 5 ms by 200 millionths of difference each way`() async throws {
        let skews = [200, -200]
        let channels = [self.channel(1, skew: skews[0]), self.channel(2, skew: skews[1])]
        var arrivals = channels.enumerated().flatMap { channel, packets in
            packets.map { (channel: channel, arrival: $0.arrival, bytes: $0.bytes) }
        }
        arrivals.sort { $0.arrival < $1.arrival }
        var scene = RendererScene()
        for one in arrivals {
            scene.writer.append(
                .packet, recording: BridgeScene.number, channel: one.channel,
                at: MonotonicTime(nanoseconds: 1_000_000_000 + Int64(one.arrival) * 125_000), payload: one.bytes.span)
        }
        scene.write(.ended, at: 1_000 * (Self.seconds + 1))
        let recording = try #require(scene.render().finished.first)
        #expect(recording.duration == .seconds(Self.seconds + 1))
        let file = try await scene.bytes("rec.wav")
        for channel in 0..<2 {
            let signal = ReferenceSignal(seed: UInt64(channel + 1))
            for number in stride(from: 3_000, through: 57_000, by: 3_000) + [59_990] {
                let start = (number + 2) * Self.packetCount
                // Where it was said, by the clock on the wall.
                let place = start + start * skews[channel] / 1_000_000
                let around = place - 200..<place + 600
                let heard = around.map { G711.muLaw.decode(file[58 + 2 * $0 + channel]) }
                let match = AudioComparison.find(
                    signal.samples(start..<start + 400), in: heard, near: 200, reach: 200)
                #expect(match.correlation > 0.9)
                #expect(abs(match.offset - 200) <= 40, "\(match.offset - 200) samples at packet \(number)")
            }
        }
    }
}
