import CallRecording
import CallRecordingEmbedded
import CallRecordingNIO
import CallRecordingSockets
import CallRecordingTesting
import Foundation
import Synchronization

/// A store of one's own: everything in memory. Yours may be a cloud bucket or a tape robot.
final class MyStore: RecordingStore {
    private let files = Mutex<[RecordingPath: [UInt8]]>([:])

    func put(_ source: any ByteSource, at path: RecordingPath) async throws(StorageError) {
        let bytes = try await source.bytes()
        let kept = self.files.withLock { files in
            if files[path] == nil { files[path] = bytes }
            return files[path] == bytes
        }
        guard kept else { throw StorageError(.conflict, "other bytes are stored at \(path)") }
        print("MyStore keeps \(path): \(bytes.count) bytes")
    }

    func get(_ path: RecordingPath, range: Range<Int64>?) async throws(StorageError) -> any ByteSource {
        guard let bytes = self.files.withLock({ $0[path] }) else { throw StorageError(.notFound, "no file \(path)") }
        guard let range = range?.clamped(to: 0..<Int64(bytes.count)) else { return MemoryBytes(bytes) }
        return MemoryBytes(Array(bytes[Int(range.lowerBound)..<Int(range.upperBound)]))
    }

    func delete(_ path: RecordingPath) async throws(StorageError) { self.files.withLock { $0[path] = nil } }
}

let folder = FileManager.default.temporaryDirectory.appending(path: "bring-your-own-storage-\(UUID())").path()
defer { try? FileManager.default.removeItem(atPath: folder) }
let clock = SystemClock()
var ports = try await RecordingPorts.embedded(
    in: folder, configuration: SwitchConfiguration(dns: ["7001": DNOptions(record: true), "7002": DNOptions()]),
    clock: clock)
ports.recordings = MyStore()
let system = try await RecordingSystem(ports: ports)
let running = Task { try await system.run() }

func party(_ number: DN, frequency: Int, media: Range<UInt16>) async throws -> RehearsedCall.Party {
    RehearsedCall.Party(
        number, speech: Tone.pulses(frequency: frequency, seconds: 5),
        sip: try await UDPTransport.bind(to: .loopback(0)),
        media: try UDPMedia(address: .loopback(0), ports: media, now: { clock.now }))
}
let call = RehearsedCall(
    from: try await party("7002", frequency: 440, media: 31_000..<31_020),
    to: try await party("7001", frequency: 1_000, media: 31_020..<31_040), registrar: ports.sip.localEndpoint,
    clock: clock)
_ = try await call.play(for: .seconds(4))
await system.shutDown()
try await running.value
let recordings = try await ports.metadata.recordings(matching: RecordingQuery(), after: nil, limit: 1).recordings
for file in recordings.flatMap(\.mediaFiles) { print("Recorded \(file.mediaID): \(file.verdict.summary)") }
exit(recordings.isEmpty ? 1 : 0)
