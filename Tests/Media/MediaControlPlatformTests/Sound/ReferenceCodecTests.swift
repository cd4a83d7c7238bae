import CallAudio
import CallCore
import CallRecordingInProcess
import CallRecordingTesting
import CaptureJournal
import RTP
import RecordingStorage
import Testing

@testable import MediaControlPlatform

/// A codec that loses nothing: two bytes a sample, at a clock of its own.
private struct LinearFormat: AudioPayloadFormat {
    var encodingName: String { "L16X" }
    var clockRate: Int { 48_000 }

    func sampleCount(of payload: Span<UInt8>) -> Int? { payload.count / 2 }

    func makeDecoder() throws(AudioError) -> any AudioPayloadDecoder { Decoder() }

    private final class Decoder: AudioPayloadDecoder, @unchecked Sendable {
        func decode(_ payload: Span<UInt8>, into samples: inout [Int16]) throws(AudioError) {
            for index in 0..<payload.count / 2 {
                samples.append(Int16(bitPattern: UInt16(payload[2 * index]) << 8 | UInt16(payload[2 * index + 1])))
            }
        }

        func conceal(_ count: Int, into samples: inout [Int16]) {
            samples.append(contentsOf: repeatElement(0, count: count))
        }
    }
}

@Suite struct `Reference signals in other codecs` {
    private static let encoding = LegCodec.encoded(AudioEncoding(LinearFormat()))
    private static let payloads = BridgeScene.both + [LegPayload(96, Self.encoding)]

    /// Three seconds, of which the parts in `other` are sent in the other codec.
    private func scene(_ other: Range<Int>, file: RecordingTicket.File) -> RendererScene {
        var scene = RendererScene(files: [file], streams: [Self.payloads, BridgeScene.both])
        let signal = ReferenceSignal(seed: 5)
        for number in 0..<150 {
            let samples = signal.samples(160 * number..<160 * number + 160)
            let isOther = other.contains(number)
            let payload =
                isOther
                ? samples.flatMap { [UInt8(truncatingIfNeeded: $0 >> 8), UInt8(truncatingIfNeeded: $0)] }
                : samples.map(G711.muLaw.encode)
            let header = RTPHeader(
                payloadType: isOther ? 96 : 0, marker: false, sequenceNumber: UInt16(number),
                timestamp: UInt32(160 * number) * (isOther ? 6 : 1), ssrc: 9)
            scene.write(.packet, 0, at: 20 * number + 20, payload: header.encoded(payload: payload.span))
        }
        scene.write(.ended, at: 3_500)
        return scene
    }

    private func linear(_ bytes: [UInt8], channel: Int) -> [Int16] {
        stride(from: 2 + 2 * channel, to: bytes.count, by: 4).map {
            Int16(truncatingIfNeeded: Int(bytes[$0]) | Int(bytes[$0 + 1]) << 8)
        }
    }

    @Test(arguments: [0..<150, 50..<150, 0..<50, 60..<90])
    func `each sample lies where it was said, whatever codec it came in`(other: Range<Int>) async throws {
        let scene = self.scene(other, file: RendererScene.raw)
        var writer = scene.writer
        var renderer = Renderer(formats: scene.formats, payloads: [LinearFormat()], directory: scene.files)
        let recording = try #require(renderer.render(writer.takeAll() ?? []).finished.first)
        let samples = self.linear(try await scene.files.source("rec.raw").bytes(), channel: 0)
        let signal = ReferenceSignal(seed: 5).samples(0..<24_000)
        let expected = signal.enumerated().map { index, sample in
            other.contains(index / 160) ? sample : G711.muLaw.decode(G711.muLaw.encode(sample))
        }
        #expect(Array(samples.prefix(24_000)) == expected)
        #expect(samples.dropFirst(24_000).allSatisfy { $0 == 0 })
        #expect(samples.count == 28_000)
        #expect(recording.verdict.streams[0].received == 150)
        let changes = other.lowerBound == 0 || other.upperBound == 150 ? (other.count == 150 ? 1 : 2) : 3
        #expect(recording.evidence[0].codecCount == changes)
    }

    @Test func `sound of a codec that is not plugged in is named in the verdict`() throws {
        var scene = self.scene(50..<150, file: RendererScene.raw)
        let recording = try #require(scene.render().finished.first)
        #expect(recording.verdict.exceptions.contains("100 packets from 5551 could not be read"))
    }
}
