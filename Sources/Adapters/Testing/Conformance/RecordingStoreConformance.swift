private import CallCore
public import RecordingStorage

/// The promises of ``RecordingStore``, tried on an implementation.
///
/// ```
/// try await RecordingStoreConformance(MyStore()).verify()
/// ```
/// It stores files below `conformance/` and removes them.
public struct RecordingStoreConformance: Sendable {
    private let store: any RecordingStore
    private let folder: String
    private let promises = Promises(port: "RecordingStore")

    /// Prepares to try a store.
    ///
    /// - Parameter seed: names the files; another number for each run on a store that is kept.
    public init(_ store: any RecordingStore, seed: UInt64 = 1) {
        var tokens = TokenGenerator(seed: seed)
        (self.store, self.folder) = (store, "conformance/\(tokens.token())")
    }

    /// Tries every promise.
    ///
    /// - Throws: the first promise that is broken.
    public func verify() async throws(ConformanceFailure) {
        try await self.wholeFiles()
        try await self.parts()
        try await self.sameAndOtherBytes()
        try await self.failedSources()
        try await self.absentFiles()
        try await self.names()
        try await self.simultaneousPuts()
    }

    private func path(_ name: String) throws(ConformanceFailure) -> RecordingPath {
        guard let path = RecordingPath("\(self.folder)/\(name)") else {
            throw self.promises.fail("paths of the suite are paths", name)
        }
        return path
    }

    private func bytes(_ count: Int, seed: UInt64 = 7) -> [UInt8] {
        var tokens = TokenGenerator(seed: seed)
        return (0..<count).map { _ in UInt8(truncatingIfNeeded: tokens.next()) }
    }

    private func contents(_ path: RecordingPath, _ range: Range<Int64>? = nil) async throws(StorageError) -> [UInt8] {
        try await self.store.get(path, range: range).bytes()
    }

    private func wholeFiles() async throws(ConformanceFailure) {
        let promise = "what was read is what was put"
        for count in [0, 1, 65_536, 200_003] {
            let (path, bytes) = (try self.path("whole/\(count).mp3"), self.bytes(count))
            try await self.promises.expect("a file can be put") { () async throws(StorageError) in
                try await self.store.put(MemoryBytes(bytes), at: path)
            }
            let source = try await self.promises.expect(promise) { () async throws(StorageError) in
                try await self.store.get(path, range: nil)
            }
            try self.promises.require(
                source.byteCount == Int64(count), "a source knows its length", "\(source.byteCount), not \(count)")
            for round in ["first", "second"] {
                let read = try await self.promises.expect(promise) { () async throws(StorageError) in
                    try await source.bytes()
                }
                try self.promises.require(read == bytes, promise, "the \(round) reading differs, \(count) bytes")
            }
            try await self.remove(path)
        }
    }

    private func parts() async throws(ConformanceFailure) {
        let promise = "a part of a file is those bytes, and what is past the end is left out"
        let (path, bytes) = (try self.path("part.mp3"), self.bytes(1_000))
        try await self.promises.expect("a file can be put") { () async throws(StorageError) in
            try await self.store.put(MemoryBytes(bytes), at: path)
        }
        for range: Range<Int64> in [0..<1, 10..<20, 999..<1_000, 990..<5_000, 1_000..<2_000, 500..<500, 0..<Int64.max] {
            let source = try await self.promises.expect(promise) { () async throws(StorageError) in
                try await self.store.get(path, range: range)
            }
            let part = range.clamped(to: 0..<1_000)
            let read = try await self.promises.expect(promise) { () async throws(StorageError) in
                try await source.bytes()
            }
            try self.promises.require(
                read == Array(bytes[Int(part.lowerBound)..<Int(part.upperBound)]), promise, "\(range) differs")
            try self.promises.require(
                source.byteCount == Int64(part.count), "a source knows its length", "\(source.byteCount) for \(range)")
        }
        try await self.remove(path)
    }

    private func sameAndOtherBytes() async throws(ConformanceFailure) {
        let (path, bytes) = (try self.path("same.mp3"), self.bytes(70_000))
        for _ in 0..<2 {
            try await self.promises.expect("the same bytes at the same path again succeed") {
                () async throws(StorageError) in
                try await self.store.put(MemoryBytes(bytes), at: path)
            }
        }
        var longer = bytes
        longer.append(0)
        var changed = bytes
        changed[69_999] ^= 1
        for other in [self.bytes(70_000, seed: 8), longer, changed, Array(bytes.dropLast()), []] {
            try await self.promises.expectFailure([.conflict], "other bytes at the same path are a conflict") {
                () async throws(StorageError) in
                try await self.store.put(MemoryBytes(other), at: path)
            }
            let read = try await self.promises.expect("a conflict changes nothing") { () async throws(StorageError) in
                try await self.contents(path)
            }
            try self.promises.require(read == bytes, "a conflict changes nothing", "the file is another one")
        }
        try await self.remove(path)
    }

    private func failedSources() async throws(ConformanceFailure) {
        let path = try self.path("broken.mp3")
        let promise = "a file is there whole or not at all"
        for source in [
            BrokenSource(byteCount: 100_000, bytes: self.bytes(500), error: nil),
            BrokenSource(byteCount: 100_000, bytes: self.bytes(500), error: StorageError(.failed, "broken")),
            BrokenSource(byteCount: 10, bytes: self.bytes(500), error: nil),
        ] {
            try await self.promises.expectFailure([.failed], promise) { () async throws(StorageError) in
                try await self.store.put(source, at: path)
            }
            try await self.promises.expectFailure([.notFound], promise) { () async throws(StorageError) in
                try await self.contents(path)
            }
        }
        try await self.promises.expect("a put that failed can be tried again") { () async throws(StorageError) in
            try await self.store.put(MemoryBytes(self.bytes(500)), at: path)
        }
        try await self.remove(path)
    }

    private func absentFiles() async throws(ConformanceFailure) {
        for name in ["absent.mp3", "no/such/folder/absent.mp3"] {
            let path = try self.path(name)
            try await self.promises.expectFailure([.notFound], "what was not put is not found") {
                () async throws(StorageError) in
                try await self.contents(path)
            }
            try await self.promises.expect("removing succeeds where there was nothing") {
                () async throws(StorageError) in
                try await self.store.delete(path)
            }
        }
        let path = try self.path("removed.mp3")
        try await self.promises.expect("a file can be put") { () async throws(StorageError) in
            try await self.store.put(MemoryBytes([1]), at: path)
        }
        try await self.remove(path)
        try await self.promises.expectFailure([.notFound], "what was removed is not found") {
            () async throws(StorageError) in
            try await self.contents(path)
        }
    }

    private func names() async throws(ConformanceFailure) {
        for name in ["a b.mp3", "100%.mp3", "ä–ö.mp3", "a+b&c=d?.mp3", "#1.mp3", ".hidden", "a/b/c/d.mp3"] {
            let path = try self.path("names/\(name)")
            let read = try await self.promises.expect("any name can be stored: \(name)") {
                () async throws(StorageError) in
                try await self.store.put(MemoryBytes(Array(name.utf8)), at: path)
                return try await self.contents(path)
            }
            try self.promises.require(read == Array(name.utf8), "names are kept apart", "\(name) holds other bytes")
            try await self.remove(path)
        }
    }

    private func simultaneousPuts() async throws(ConformanceFailure) {
        let path = try self.path("contested.mp3")
        let store = self.store
        let rivals = (0..<6).map { self.bytes(100_000, seed: UInt64($0 % 2)) }
        let outcomes = await withTaskGroup(of: (Int, StorageError?).self) { group in
            for (index, bytes) in rivals.enumerated() {
                group.addTask {
                    do throws(StorageError) {
                        try await store.put(MemoryBytes(bytes), at: path)
                        return (index, nil)
                    } catch {
                        return (index, error)
                    }
                }
            }
            var outcomes: [(Int, StorageError?)] = []
            for await outcome in group { outcomes.append(outcome) }
            return outcomes
        }
        let promise = "of simultaneous puts of different bytes one wins and the others are told"
        let read = try await self.promises.expect(promise) { () async throws(StorageError) in
            try await self.contents(path)
        }
        for (index, error) in outcomes {
            let won = rivals[index] == read
            try self.promises.require(
                won ? error == nil : error?.code == .conflict, promise,
                "\(won ? "the winner" : "a loser") got \(error.map { ".\($0.code)" } ?? "success")")
        }
        try await self.remove(path)
    }

    private func remove(_ path: RecordingPath) async throws(ConformanceFailure) {
        try await self.promises.expect("a file can be removed") { () async throws(StorageError) in
            try await self.store.delete(path)
        }
    }
}
