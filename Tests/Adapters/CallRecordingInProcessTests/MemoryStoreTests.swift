import CallCore
import CallRecordingInProcess
import CallRecordingTesting
import RecordingStorage
import Testing

@Suite struct MemoryStoreTests {
    @Test func `memory keeps every promise of a store`() async throws {
        let store = MemoryStore()
        try await RecordingStoreConformance(store).verify()
        #expect(store.files.isEmpty)
    }

    @Test func `memory keeps every promise of a metadata store`() async throws {
        try await MetadataStoreConformance(MemoryMetadata()).verify()
    }

    @Test func `memory keeps every promise of a call history`() async throws {
        try await CallHistoryStoreConformance(MemoryCallHistory()).verify()
    }

    @Test func `memory keeps every promise of a working directory`() async throws {
        try await WorkingDirectoryConformance(MemoryFiles()).verify()
    }

    @Test func `a crash loses what was not synced and nothing else`() async throws {
        let files = MemoryFiles()
        try files.append([1], to: "synced")
        try files.sync("synced")
        try files.append([2], to: "synced")
        try files.append([1], to: "lost")
        try files.replace("replaced", with: [3])
        files.crash()
        #expect(try files.names() == ["replaced", "synced"])
        #expect(try await files.source("synced").bytes() == [1])
    }

    @Test func `an outage lasts as many calls as it is told to`() async throws {
        let store = MemoryStore()
        let path = try #require(RecordingPath("a"))
        store.fail(next: 2, with: StorageError(.full, "full"))
        for _ in 0..<2 {
            await #expect(throws: StorageError(.full, "")) { try await store.put(MemoryBytes([1]), at: path) }
        }
        try await store.put(MemoryBytes([1]), at: path)
    }
}
