public import RecordingStorage
private import Synchronization

/// A store for files in memory.
public final class MemoryStore: RecordingStore {
    private struct State {
        var files: [RecordingPath: [UInt8]] = [:]
        var outage = Outage()
    }

    private let state = Mutex(State())

    /// An empty store.
    public init() {}

    /// All files.
    public var files: [RecordingPath: [UInt8]] { self.state.withLock { $0.files } }

    /// Makes the next calls fail, so many of them, as in an outage; 0 ends it.
    public func fail(
        next count: Int, with error: StorageError = StorageError(.unreachable, "the store is out of order")
    ) {
        self.state.withLock { $0.outage.fail(next: count, with: error) }
    }

    /// Stores a file.
    ///
    /// - Throws: `.conflict` where other bytes are stored at `path`; `.failed` where the source had more or fewer bytes
    ///   than it said.
    public func put(_ source: any ByteSource, at path: RecordingPath) async throws(StorageError) {
        try self.strike()
        let bytes = try await source.bytes()
        guard Int64(bytes.count) == source.byteCount else {
            throw StorageError(.failed, "\(path): the source gave \(bytes.count) of \(source.byteCount) bytes")
        }
        let clash = self.state.withLock { state in
            if let there = state.files[path] { return there != bytes }
            state.files[path] = bytes
            return false
        }
        if clash { throw StorageError(.conflict, "\(path): other bytes are stored there") }
    }

    /// Reads a file, or a part of it.
    ///
    /// - Throws: `.notFound` where there is none.
    public func get(_ path: RecordingPath, range: Range<Int64>?) async throws(StorageError) -> any ByteSource {
        try self.strike()
        guard let bytes = self.state.withLock({ $0.files[path] }) else {
            throw StorageError(.notFound, "\(path): nothing is stored there")
        }
        guard let range else { return MemoryBytes(bytes) }
        let part = range.clamped(to: 0..<Int64(bytes.count))
        return MemoryBytes(Array(bytes[Int(part.lowerBound)..<Int(part.upperBound)]))
    }

    /// Removes a file.
    public func delete(_ path: RecordingPath) async throws(StorageError) {
        try self.strike()
        self.state.withLock { $0.files[path] = nil }
    }

    private func strike() throws(StorageError) {
        try self.state.withLock { state throws(StorageError) in try state.outage.strike() }
    }
}
