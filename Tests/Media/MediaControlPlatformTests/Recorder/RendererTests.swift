import CallAudio
import CallCore
import CallRecordingInProcess
import CaptureJournal
import RecordingStorage
import Testing

@testable import MediaControlPlatform

@Suite struct RendererTests {
    private static func runs(_ samples: [UInt8]) -> [[Int]] {
        samples.reduce(into: []) { runs, code in
            if runs.last?.first == Int(code) { runs[runs.count - 1][1] += 1 } else { runs.append([Int(code), 1]) }
        }
    }

    @Test func `both channels begin with the recording, each party in its own`() async throws {
        var scene = RendererScene()
        for number in 1...10 { scene.callerSays(0x11, at: 20 * number) }
        // The other party is connected half a second later.
        for number in 26...35 { scene.agentSays(0x22, at: 20 * number) }
        scene.write(.ended, at: 1_000)
        let finished = scene.render().finished
        #expect(finished.count == 1)
        #expect(finished[0].duration == .seconds(1))
        #expect(
            finished[0].files == [
                .init(name: "rec.wav", mediaType: "audio/wav", byteCount: 58 + 16_000, duration: .seconds(1))
            ])
        let channels = try await scene.channels()
        #expect(Self.runs(channels[0]) == [[0x11, 1_600], [0xFF, 6_400]])
        #expect(Self.runs(channels[1]) == [[0xFF, 4_000], [0x22, 1_600], [0xFF, 2_400]])
    }

    @Test func `the header of a file is patched when its length is known`() async throws {
        var scene = RendererScene()
        scene.write(.ended, at: 250)
        #expect(scene.render().finished.map(\.duration) == [.milliseconds(250)])
        let bytes = try await scene.bytes("rec.wav")
        let header = WAVHeader(format: AudioFormat(.muLaw, channels: 2), sampleByteCount: 4_000).encoded()
        #expect(bytes == header + [UInt8](repeating: 0xFF, count: 4_000))
    }

    @Test func `a pause is silence of its full length, a mask, and no loss`() async throws {
        var scene = RendererScene()
        for number in 1...25 { scene.callerSays(0x11, at: 20 * number) }
        scene.write(.paused, at: 500)
        // The phone goes on; the plane journals nothing of it.
        for _ in 0..<25 { _ = scene.caller.packet(0x77) }
        scene.write(.resumed, at: 1_000)
        for number in 51...75 { scene.callerSays(0x12, at: 20 * number) }
        scene.write(.ended, at: 1_500)
        let recording = try #require(scene.render().finished.first)
        let mask = Mask(start: .milliseconds(500), end: .seconds(1))
        #expect(recording.masks == [mask])
        #expect(recording.verdict.pauses == [mask])
        #expect(recording.verdict.streams[0] == .init(dn: "5551", channel: 0, received: 50))
        #expect(Self.runs(try await scene.channels()[0]) == [[0x11, 4_000], [0xFF, 4_000], [0x12, 4_000]])
    }

    @Test func `packets for which the disk had no room are named, channel by channel and span by span`() throws {
        var scene = RendererScene()
        for (channel, count, first, last) in [(0, 10, 1_000, 1_200), (1, 5, 1_100, 1_200), (0, 7, 1_220, 1_360)] {
            let packets = UncapturedPackets(count: UInt64(count), first: .zero + .milliseconds(1_000 + first))
            scene.write(.uncaptured, channel, at: last, payload: packets.encoded())
        }
        let later = UncapturedPackets(count: 50, first: .zero + .milliseconds(6_000))
        scene.write(.uncaptured, 0, at: 5_980, payload: later.encoded())
        scene.write(.ended, at: 7_000)
        let verdict = try #require(scene.render().finished.first).verdict
        #expect(
            verdict.exceptions.filter { $0.contains("disk full") } == [
                "17 packets from 5551 between 1.0 and 1.3 s could not be captured: disk full",
                "50 packets from 5551 between 5.0 and 5.9 s could not be captured: disk full",
                "5 packets from 7001 between 1.1 and 1.2 s could not be captured: disk full",
            ])
        #expect(verdict.summary.hasPrefix("partial: "))
    }

    @Test func `a working directory that takes nothing costs a bounded amount of memory, and no recording`() throws {
        var scene = RendererScene(files: [RendererScene.raw])
        // Two channels of 16 bits: 32 kB a second, so that a minute is more than memory is given.
        for second in 1...60 { scene.write(.packet, 0, at: 1_000 * second, payload: scene.caller.packet(0x11)) }
        scene.write(.ended, at: 60_000)
        let journal = scene.writer.takeAll() ?? []
        scene.files.fail(next: .max)
        var renderer = Renderer(formats: scene.formats, directory: scene.files)
        let outcome = renderer.render(journal)
        #expect(outcome.finished == [])
        #expect(outcome.postponed == [BridgeScene.number])
        #expect(renderer.unfinished == 0)
        // Out of the journal it is made as if nothing had happened.
        scene.files.fail(next: 0)
        var next = Renderer(formats: scene.formats, directory: scene.files)
        let made = try #require(next.render(journal).finished.first)
        #expect(made.files.map(\.byteCount) == [2 + 60 * 32_000])
    }

    @Test func `packets that stand in a pause of the journal all the same are not heard`() async throws {
        var scene = RendererScene()
        scene.write(.paused, at: 0)
        for number in 1...5 { scene.callerSays(0x77, at: 20 * number) }
        scene.write(.ended, at: 200)
        let recording = try #require(scene.render().finished.first)
        #expect(recording.masks == [Mask(start: .zero, end: .milliseconds(200))])
        #expect(Self.runs(try await scene.channels()[0]) == [[0xFF, 1_600]])
    }

    @Test func `the verdict counts what came, what did not, and what came late or twice`() async throws {
        var scene = RendererScene()
        var packets = (0..<200).map { scene.caller.packet(UInt8($0)) }
        let late = packets[50]
        for index in [150, 100, 50] { packets.remove(at: index) }
        packets.swapAt(10, 11)
        packets.insert(packets[20], at: 21)
        for (index, packet) in packets.enumerated() { scene.write(.packet, 0, at: 20 * (index + 1), payload: packet) }
        scene.write(.packet, 0, at: 4_000, payload: late)
        scene.write(.ended, at: 4_100)
        let verdict = try #require(scene.render().finished.first).verdict
        #expect(
            verdict.streams == [
                .init(dn: "5551", channel: 0, received: 197, lost: 2, late: 1, duplicate: 1),
                .init(dn: "7001", channel: 1),
            ])
        #expect(verdict.exceptions == ["nothing was received from 7001"])
    }

    @Test func `keys and comfort noise are not made audible, and are no loss`() async throws {
        let payloads = BridgeScene.both + [LegPayload(13, .comfortNoise)]
        var scene = RendererScene(streams: [payloads, payloads])
        scene.callerSays(0x11, at: 20)
        scene.caller.payloadType = 101
        scene.callerSays(0x66, at: 40)
        scene.caller.payloadType = 13
        scene.callerSays(0x67, at: 60)
        scene.caller.payloadType = 0
        scene.callerSays(0x12, at: 80)
        scene.write(.ended, at: 100)
        let recording = try #require(scene.render().finished.first)
        #expect(recording.verdict.streams[0] == .init(dn: "5551", channel: 0, received: 4))
        #expect(Self.runs(try await scene.channels()[0]) == [[0x11, 160], [0xFF, 320], [0x12, 160], [0xFF, 160]])
    }

    @Test func `two A-law parties make an A-law file, untouched`() async throws {
        let aLaw = [LegPayload(8, .aLaw)]
        var scene = RendererScene(streams: [aLaw, aLaw])
        scene.caller.payloadType = 8
        scene.callerSays(0x11, at: 20)
        scene.write(.ended, at: 40)
        _ = scene.render()
        #expect(try await scene.bytes("rec.wav")[20] == 6)
        let channels = try await scene.channels()
        #expect(Self.runs(channels[0]) == [[0x11, 160], [0xD5, 160]])
        #expect(Self.runs(channels[1]) == [[0xD5, 320]])
    }

    @Test func `a party of whom nothing is known does not decide the law`() async throws {
        var scene = RendererScene(streams: [[LegPayload(8, .aLaw)]])
        scene.caller.payloadType = 8
        scene.callerSays(0x11, at: 20)
        scene.write(.ended, at: 20)
        _ = scene.render()
        let channels = try await scene.channels()
        #expect(channels.map { Self.runs($0) } == [[[0x11, 160]], [[0xD5, 160]]])
    }

    @Test func `parties of two laws make a µ-law file`() async throws {
        var scene = RendererScene(streams: [BridgeScene.both, [LegPayload(8, .aLaw)]])
        scene.agent.payloadType = 8
        scene.callerSays(0x11, at: 20)
        scene.agentSays(0x2A, at: 20)
        scene.write(.ended, at: 20)
        _ = scene.render()
        let channels = try await scene.channels()
        #expect(Self.runs(channels[0]) == [[0x11, 160]])
        #expect(Self.runs(channels[1]) == [[0x00, 160]])
    }

    @Test func `a format that wants linear samples gets the decoded ones, interleaved`() async throws {
        var scene = RendererScene(files: [RendererScene.raw])
        scene.callerSays(0x00, at: 20)
        scene.agentSays(0x80, at: 20)
        scene.write(.ended, at: 20)
        _ = scene.render()
        let bytes = try await scene.bytes("rec.raw")
        #expect(Array(bytes.prefix(2)) == [0x4F, 0x4B])
        let samples = stride(from: 2, to: bytes.count, by: 2).map {
            Int16(truncatingIfNeeded: Int(bytes[$0]) | Int(bytes[$0 + 1]) << 8)
        }
        #expect(samples.count == 320)
        #expect(Set(stride(from: 0, to: 320, by: 2).map { samples[$0] }) == [-32_124])
        #expect(Set(stride(from: 1, to: 320, by: 2).map { samples[$0] }) == [32_124])
    }

    @Test func `one channel is made of two by adding, and never wraps`() async throws {
        var scene = RendererScene(files: [RendererScene.raw])
        scene.formats = [RawFormat(channels: 1)]
        scene.callerSays(0x00, at: 20)
        scene.agentSays(0x00, at: 20)
        scene.write(.ended, at: 20)
        _ = scene.render()
        #expect(try await scene.bytes("rec.raw").dropFirst(2).prefix(2) == [0x00, 0x80])
    }

    @Test func `a file that cannot be made is an exception in the verdict, and the others are made`() async throws {
        var scene = RendererScene(files: [
            RendererScene.raw, RendererScene.wav, .init(name: "rec.ogg", mediaType: "audio/ogg"),
        ])
        scene.formats = [RawFormat(failingBlock: 2), WAVFormat()]
        scene.callerSays(0x11, at: 20)
        scene.agentSays(0x11, at: 20)
        scene.write(.ended, at: 3_000)
        let recording = try #require(scene.render().finished.first)
        #expect(recording.files.map(\.name) == ["rec.wav"])
        #expect(
            recording.verdict.exceptions == [
                "rec.ogg could not be made: this node writes no audio/ogg",
                "rec.raw could not be made: the codec broke",
            ])
        #expect(try scene.files.names() == ["rec.wav"])
    }

    @Test func `a recording that waits for room on the disk is finished when there is some`() async throws {
        var scene = RendererScene()
        scene.callerSays(0x11, at: 20)
        scene.agentSays(0x22, at: 20)
        scene.write(.ended, at: 500)
        var renderer = Renderer(formats: scene.formats, directory: scene.files)
        scene.files.fail(next: 3)
        let outcome = renderer.render(scene.writer.takeAll() ?? [])
        #expect(outcome.finished.isEmpty)
        #expect(outcome.problems.map(\.recording) == [BridgeScene.number])
        var finished: [RenderedRecording] = []
        for _ in 0..<4 where renderer.needsRetry { finished += renderer.retry().finished }
        #expect(finished.count == 1)
        #expect(renderer.unfinished == 0)
        let channels = try await scene.channels()
        #expect(channels.map { Self.runs($0) } == [[[0x11, 160], [0xFF, 3_840]], [[0x22, 160], [0xFF, 3_840]]])
    }

    @Test func `what an earlier rendering left under the name is not added to`() async throws {
        var scene = RendererScene()
        try scene.files.append([1, 2, 3], to: "rec.wav")
        scene.write(.ended, at: 100)
        _ = scene.render()
        #expect(try await scene.bytes("rec.wav").count == 58 + 1_600)
    }

    @Test func `recordings whose end is not in the journal are finished where it ends`() async throws {
        var scene = RendererScene()
        for number in 1...50 { scene.callerSays(0x11, at: 20 * number) }
        var renderer = Renderer(formats: scene.formats, directory: scene.files)
        _ = renderer.render(scene.writer.takeAll() ?? [])
        #expect(renderer.unfinished == 1)
        let recording = try #require(renderer.finishAll(at: .zero, reason: "the node had stopped").finished.first)
        #expect(recording.duration == .seconds(1))
        #expect(recording.verdict.exceptions.contains("the node had stopped"))
    }
}
