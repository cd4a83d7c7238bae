import CallCore
import CallRecordingSQLite
import CallRecordingTesting
import Foundation
import RecordingStorage
import Testing

/// A database file of its own for a test, removed at the end.
final class ScratchFile: Sendable {
    let path = NSTemporaryDirectory() + "call-recording-\(UUID().uuidString).sqlite"

    deinit {
        for ending in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: self.path + ending) }
    }
}

@Suite struct SQLiteTests {
    let scratch = ScratchFile()
    let call = CallUUID("011AP643CSAPR4FKQGQE31TAES00029V")

    @Test func `SQLite keeps every promise of a metadata store`() async throws {
        try await MetadataStoreConformance(try SQLiteMetadata(path: self.scratch.path)).verify()
    }

    @Test func `SQLite keeps every promise of a call history`() async throws {
        try await CallHistoryStoreConformance(try SQLiteCallHistory(path: self.scratch.path)).verify()
    }

    @Test func `one file holds both, and has them when it is opened again`() async throws {
        let call = try #require(self.call)
        let recording = MetadataStoreConformance.recording(call, user: "kmilburn")
        let entries = CallHistoryStoreConformance.entries(of: call)
        do {
            let database = try SQLiteDatabase(path: self.scratch.path)
            try await SQLiteMetadata(database).save(recording)
            for entry in entries { try await SQLiteCallHistory(database).append(entry) }
        }
        let database = try SQLiteDatabase(path: self.scratch.path)
        #expect(try await SQLiteMetadata(database).recording(recording.id) == recording)
        #expect(try await SQLiteCallHistory(database).history(of: call) == entries)
    }

    @Test func `two openers of one file see each other's recordings`() async throws {
        let recording = MetadataStoreConformance.recording(try #require(self.call), user: "kmilburn")
        let (first, second) = (
            try SQLiteMetadata(path: self.scratch.path), try SQLiteMetadata(path: self.scratch.path)
        )
        try await first.save(recording)
        #expect(try await second.recording(recording.id) == recording)
    }

    @Test func `a file that is no database is refused and left alone`() throws {
        let bytes = Data(String(repeating: "this is no database. ", count: 100).utf8)
        try bytes.write(to: URL(fileURLWithPath: self.scratch.path))
        #expect(throws: StorageError(.corrupt, "")) { try SQLiteDatabase(path: self.scratch.path) }
        #expect(FileManager.default.contents(atPath: self.scratch.path) == bytes)
    }

    @Test func `a file where nobody may write is refused`() {
        #expect(throws: StorageError(.refused, "")) { try SQLiteDatabase(path: "/proc/no-such-folder/x.sqlite") }
    }

    @Test func `many writers at once lose nothing`() async throws {
        let history = try SQLiteCallHistory(path: self.scratch.path)
        let call = try #require(self.call)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<50 {
                group.addTask {
                    try await history.append(
                        CallHistoryEntry(
                            callUUID: call, time: WallTime(milliseconds: 0),
                            kind: .userData(key: "\(number)", value: "")))
                }
            }
            try await group.waitForAll()
        }
        #expect(try await Set(history.history(of: call).map(\.kind)).count == 50)
    }

    @Test func `what was saved is on the disk before the database is closed`() async throws {
        let recording = MetadataStoreConformance.recording(try #require(self.call), user: "kmilburn")
        let store = try SQLiteMetadata(path: self.scratch.path)
        try await store.save(recording)
        // The files as a crash would leave them: nobody has closed anything.
        let copy = ScratchFile()
        for ending in ["", "-wal"] {
            try FileManager.default.copyItem(atPath: self.scratch.path + ending, toPath: copy.path + ending)
        }
        #expect(try await SQLiteMetadata(path: copy.path).recording(recording.id) == recording)
        #expect(try await store.recording(recording.id) == recording)
    }
}
