import CallAudio
import CallCore
import CallRecordingInProcess
import CaptureJournal
import RecordingStorage
import Testing

@testable import MediaControlPlatform

/// The same records make the same bytes, however they are cut into batches; damage costs what it hit.
@Suite struct RendererDeterminismTests {
    private static let files = [RendererScene.wav, RendererScene.raw]

    /// Ten seconds with jitter, loss and a pause, as the batches of one record each.
    private func records(seed: UInt64) -> [[UInt8]] {
        var tokens = TokenGenerator(seed: seed)
        var scene = RendererScene(files: Self.files)
        var records: [[UInt8]] = [scene.writer.takeAll() ?? []]
        for number in 1...500 {
            let packets = [scene.caller.packet(UInt8(number % 100)), scene.agent.packet(UInt8(100 + number % 100))]
            let isPaused = (200..<250).contains(number)
            if number == 200 { scene.write(.paused, at: 20 * number - 10) }
            if number == 250 { scene.write(.resumed, at: 20 * number - 10) }
            for (channel, packet) in packets.enumerated() where !isPaused && tokens.next() % 20 != 0 {
                scene.write(.packet, channel, at: 20 * number + Int(tokens.next() % 9), payload: packet)
            }
            if let record = scene.writer.takeAll() { records.append(record) }
        }
        scene.write(.ended, at: 10_100)
        return records + [scene.writer.takeAll() ?? []]
    }

    private func render(_ batches: [[UInt8]]) async throws -> ([RenderedRecording], [[UInt8]]) {
        let directory = MemoryFiles()
        var renderer = Renderer(formats: [RawFormat(), WAVFormat()], directory: directory)
        var finished: [RenderedRecording] = []
        for batch in batches { finished += renderer.render(batch).finished }
        var files: [[UInt8]] = []
        for name in try directory.names() { files.append(try await directory.source(name).bytes()) }
        return (finished, files)
    }

    @Test(arguments: [1, 2, 3] as [UInt64]) func `the cut into batches makes no difference`(seed: UInt64) async throws {
        let records = self.records(seed: seed)
        let (whole, wholeFiles) = try await self.render([records.flatMap(\.self)])
        let (parts, partFiles) = try await self.render(records)
        #expect(whole == parts)
        #expect(whole.count == 1)
        #expect(whole.first?.duration == .milliseconds(10_100))
        #expect(wholeFiles == partFiles)
        #expect(wholeFiles.map(\.count) == [2 + 4 * 80_800, 58 + 2 * 80_800])
    }

    @Test func `a damaged record costs its packet, and is reported`() async throws {
        var records = self.records(seed: 4)
        records[100][40] ^= 1
        var renderer = Renderer(formats: [RawFormat(), WAVFormat()], directory: MemoryFiles())
        let outcome = renderer.render(records.flatMap(\.self))
        let (undamaged, _) = try await self.render(self.records(seed: 4))
        #expect(outcome.problems.count == 1)
        let received = outcome.finished.first?.verdict.streams.map(\.received).reduce(0, +)
        let before = undamaged.first?.verdict.streams.map(\.received).reduce(0, +)
        #expect(received == before.map { $0 - 1 })
    }

    @Test func `records that make no sense change nothing and never trap`() {
        var tokens = TokenGenerator(seed: 99)
        var renderer = Renderer(formats: [WAVFormat()], directory: MemoryFiles())
        var writer = JournalWriter()
        var scene = RendererScene()
        _ = renderer.render(scene.writer.takeAll() ?? [])
        for _ in 0..<3_000 {
            let payload = (0..<Int(tokens.next() % 40)).map { _ in UInt8(truncatingIfNeeded: tokens.next()) }
            let time = tokens.next() % 2 == 0 ? Int64(bitPattern: tokens.next()) : Int64(tokens.next() % 20_000_000_000)
            writer.append(
                JournalRecordKind(rawValue: UInt8(tokens.next() % 8)),
                recording: RecordingNumber(rawValue: 8 + tokens.next() % 3), channel: Int(tokens.next() % 5),
                at: MonotonicTime(nanoseconds: time), payload: payload.span)
            if let batch = writer.takeAll() { _ = renderer.render(batch) }
        }
        #expect(renderer.unfinished <= 3)
    }
}
