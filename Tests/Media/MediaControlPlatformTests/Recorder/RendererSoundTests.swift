import CallAudio
import CallRecordingInProcess
import CaptureJournal
import RecordingStorage
import Testing

@testable import MediaControlPlatform

/// What is said of the sound of a recording, and files that are full before it ends.
@Suite struct RendererSoundTests {
    /// The caller talks for the first second and a half, the agent for the second.
    private func call(files: [RecordingTicket.File] = [RendererScene.wav]) -> RendererScene {
        var scene = RendererScene(files: files)
        for number in 1...100 {
            if number <= 75 { scene.callerSays(number % 2 == 0 ? 0x20 : 0xA0, at: 20 * number) }
            if number > 50 { scene.agentSays(number % 2 == 0 ? 0x20 : 0xA0, at: 20 * number) }
        }
        scene.write(.ended, at: 3_000)
        return scene
    }

    @Test func `a recording comes with who talks, how loud, and the outline of it`() throws {
        var scene = self.call()
        let sound = try #require(scene.render().finished.first?.sound)
        #expect(sound.length == .seconds(3))
        #expect(sound.peakInterval == .milliseconds(100))
        // 200 ms of hangover behind each, and the first frame of each may be a click: frames 1 to 84, and 51 to 109, of 150.
        #expect(sound.channels.map(\.talk) == [.milliseconds(1_680), .milliseconds(1_180)])
        #expect(sound.channels.map(\.crossTalk) == [.milliseconds(680), .milliseconds(680)])
        #expect(sound.silence == .milliseconds(3_000 - 1_680 - 1_180 + 680))
        // 0x20 stands for -7 932, which is 12.3 dB below the format.
        #expect(sound.channels.map(\.level) == [-123, -123])
        #expect(sound.channels[0].peaks.prefix(4) == [-31, 31, -31, 31])
        #expect(sound.channels[0].peaks.suffix(2) == [0, 0])
        #expect(sound.channels[0].peaks.count == 60)
    }

    @Test func `it goes with each file into the metadata`() throws {
        var scene = self.call(files: [RendererScene.wav, RendererScene.raw])
        let recording = try #require(scene.render().finished.first)
        let record = UploadRecord(recording, tenant: "Environment", profile: "record", storage: ["directory"])
        #expect(record.mediaFiles.map(\.sound) == [recording.sound, recording.sound])
        #expect(try UploadRecord(parsing: record.encoded(), recordName: "rec.upload.json") == record)
    }

    @Test func `a file that is full is ended and kept, the others go on, and the verdict says so`() async throws {
        var scene = self.call(files: [RendererScene.raw, RendererScene.wav])
        scene.formats = [LimitedFormat(), WAVFormat()]
        let recording = try #require(scene.render().finished.first)
        #expect(recording.files.map(\.duration) == [.seconds(2), .seconds(3)])
        #expect(recording.files.map(\.byteCount) == [64_001, 58 + 48_000])
        #expect(try await scene.bytes("rec.raw").first == 0x4F)
        #expect(recording.verdict.exceptions == ["rec.raw ends after 2 s: no more"])
    }
}

/// Holds two seconds of two channels.
private struct LimitedFormat: AudioFileFormat {
    var mediaType: String { "audio/raw" }
    var pathExtension: String { "raw" }

    func samples(for source: AudioFormat) -> AudioFormat { AudioFormat(.linear16, channels: source.channels) }

    func makeEncoder(for samples: AudioFormat) throws(AudioError) -> any AudioFileEncoder { Encoder() }

    private final class Encoder: AudioFileEncoder, @unchecked Sendable {
        private var blocks = 0

        func encode(_ samples: Span<UInt8>, into file: inout [UInt8]) throws(AudioError) {
            if self.blocks == 2 { throw AudioError(.full, "no more") }
            if self.blocks == 0 { file.append(0) }
            self.blocks += 1
            for index in samples.indices { file.append(samples[index]) }
        }

        func finish(into file: inout [UInt8]) throws(AudioError) -> [UInt8] { [0x4F] }
    }
}
