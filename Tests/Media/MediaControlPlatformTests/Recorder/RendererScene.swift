import CallAudio
import CallCore
import CallRecordingInProcess
import CaptureJournal
import RTP
import RecordingStorage

@testable import MediaControlPlatform

/// Linear samples as they are, after a header of two bytes that is patched at the end: a format that tests can read.
struct RawFormat: AudioFileFormat {
    var mediaType = "audio/raw"
    var pathExtension: String { "raw" }
    var channels: Int?
    /// Fails at this block, from 1.
    var failingBlock: Int?

    func samples(for source: AudioFormat) -> AudioFormat {
        AudioFormat(.linear16, channels: self.channels ?? source.channels)
    }

    func makeEncoder(for samples: AudioFormat) throws(AudioError) -> any AudioFileEncoder {
        Encoder(failingBlock: self.failingBlock)
    }

    private final class Encoder: AudioFileEncoder, @unchecked Sendable {
        private let failingBlock: Int?
        private var blocks = 0

        init(failingBlock: Int?) { self.failingBlock = failingBlock }

        func encode(_ samples: Span<UInt8>, into file: inout [UInt8]) throws(AudioError) {
            if self.blocks == 0 { file += [0, 0] }
            self.blocks += 1
            if self.blocks == self.failingBlock { throw AudioError(.failed, "the codec broke") }
            for index in samples.indices { file.append(samples[index]) }
        }

        func finish(into file: inout [UInt8]) throws(AudioError) -> [UInt8] { [0x4F, 0x4B] }
    }
}

/// Writes a journal by hand and renders it.
struct RendererScene {
    var writer = JournalWriter()
    let files = MemoryFiles()
    var formats: [any AudioFileFormat] = [RawFormat(), WAVFormat()]
    var caller = Speaker(address: .loopback(4_000), port: 0, ssrc: 0xAAAA)
    var agent = Speaker(address: .loopback(5_000), port: 1, ssrc: 0xBBBB)

    static let wav = RecordingTicket.File(name: "rec.wav", mediaType: "audio/wav")
    static let raw = RecordingTicket.File(name: "rec.raw", mediaType: "audio/raw")

    /// A recording that began at 1 s of the clock; times below count from there.
    init(
        files: [RecordingTicket.File] = [Self.wav],
        streams: [[LegPayload]] = [BridgeScene.both, BridgeScene.both]
    ) {
        let ticket = BridgeScene.ticket(files: files)
        self.write(.begun, at: 0, payload: ticket.encoded())
        for (channel, payloads) in streams.enumerated() {
            self.write(.streamJoined, channel, at: 0, payload: StreamDescription(payloads: payloads).encoded())
        }
    }

    mutating func write(_ kind: JournalRecordKind, _ channel: Int = 0, at milliseconds: Int, payload: [UInt8] = []) {
        self.writer.append(
            kind, recording: BridgeScene.number, channel: channel, at: .zero + .milliseconds(1_000 + milliseconds),
            payload: payload.span)
    }

    mutating func callerSays(_ code: UInt8, at milliseconds: Int) {
        self.write(.packet, 0, at: milliseconds, payload: self.caller.packet(code))
    }

    mutating func agentSays(_ code: UInt8, at milliseconds: Int) {
        self.write(.packet, 1, at: milliseconds, payload: self.agent.packet(code))
    }

    /// Renders all in one batch.
    mutating func render() -> Renderer.Outcome {
        var renderer = Renderer(formats: self.formats, directory: self.files)
        return renderer.render(self.writer.takeAll() ?? [])
    }

    func bytes(_ name: String) async throws -> [UInt8] { try await self.files.source(name).bytes() }

    /// The channels of a G.711 WAV file.
    func channels(_ name: String = "rec.wav") async throws -> [[UInt8]] {
        let samples = try await self.bytes(name).dropFirst(58)
        return (0..<2).map { channel in
            stride(from: samples.startIndex + channel, to: samples.endIndex, by: 2).map { samples[$0] }
        }
    }
}
