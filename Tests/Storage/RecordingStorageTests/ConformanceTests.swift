import CallRecordingInProcess
import CallRecordingTesting
import RecordingStorage
import Testing

@Suite struct ConformanceTests {
    /// A store that breaks one promise.
    private struct Forgetful: RecordingStore {
        let store = MemoryStore()
        var ignoresConflicts = false
        var ignoresRanges = false

        func put(_ source: any ByteSource, at path: RecordingPath) async throws(StorageError) {
            if self.ignoresConflicts { try await self.store.delete(path) }
            try await self.store.put(source, at: path)
        }

        func get(_ path: RecordingPath, range: Range<Int64>?) async throws(StorageError) -> any ByteSource {
            try await self.store.get(path, range: self.ignoresRanges ? nil : range)
        }

        func delete(_ path: RecordingPath) async throws(StorageError) { try await self.store.delete(path) }
    }

    @Test func `a broken promise is named`() async throws {
        let cases: [(Forgetful, String)] = [
            (Forgetful(ignoresConflicts: true), "conflict"), (Forgetful(ignoresRanges: true), "part of a file"),
        ]
        for (store, word) in cases {
            do throws(ConformanceFailure) {
                try await RecordingStoreConformance(store).verify()
                Issue.record("the suite saw nothing")
            } catch {
                #expect(error.promise.contains(word), "\(error)")
            }
        }
    }
}
