import CallRecording
import Synchronization

/// Whether something works, and how often it was tried while it did not.
final class Switch: Sendable {
    private let state: Mutex<(isOn: Bool, refused: Int)>

    init(isOn: Bool = true) { self.state = Mutex((isOn, 0)) }

    /// How often somebody came while it did not work.
    var refused: Int { self.state.withLock { $0.refused } }

    func turnOn() { self.state.withLock { $0.isOn = true } }

    /// - Throws: while it does not work.
    func pass() throws(StorageError) {
        let isOn = self.state.withLock { state in
            if !state.isOn { state.refused += 1 }
            return state.isOn
        }
        if !isOn { throw StorageError(.unreachable, "out of order") }
    }
}

/// A store that can be out of order, and notes what it has stored.
struct WatchedStore: RecordingStore {
    let name: String
    let inner: any RecordingStore
    var log = Log<String>()
    var power = Switch()

    func put(_ source: any ByteSource, at path: RecordingPath) async throws(StorageError) {
        try self.power.pass()
        try await self.inner.put(source, at: path)
        self.log.append("\(self.name) has a \(path.name.split(separator: ".").last ?? "file")")
    }

    func get(_ path: RecordingPath, range: Range<Int64>?) async throws(StorageError) -> any ByteSource {
        try await self.inner.get(path, range: range)
    }

    func delete(_ path: RecordingPath) async throws(StorageError) { try await self.inner.delete(path) }
}

/// The web services' database, which can be out of order, and notes what it has stored.
struct WatchedMetadata: MetadataStore {
    let inner: any MetadataStore
    var log = Log<String>()
    var power = Switch()

    func save(_ recording: Recording) async throws(StorageError) {
        try self.power.pass()
        try await self.inner.save(recording)
        self.log.append("web services have the metadata")
    }

    func recording(_ id: RecordingID) async throws(StorageError) -> Recording? {
        try await self.inner.recording(id)
    }

    func recordings(
        matching query: RecordingQuery, after token: String?, limit: Int
    ) async throws(StorageError) -> RecordingPage {
        try await self.inner.recordings(matching: query, after: token, limit: limit)
    }

    func delete(_ id: RecordingID) async throws(StorageError) { try await self.inner.delete(id) }
}
