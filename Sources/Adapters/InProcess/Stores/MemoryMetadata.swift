private import CallCore
public import RecordingStorage
private import Synchronization

/// A store for recordings' metadata in memory.
public final class MemoryMetadata: MetadataStore {
    private struct State {
        var recordings: [RecordingID: Recording] = [:]
        var outage = Outage()
    }

    private let state = Mutex(State())

    /// An empty store.
    public init() {}

    /// Makes the next calls fail, so many of them, as in an outage; 0 ends it.
    public func fail(
        next count: Int, with error: StorageError = StorageError(.unreachable, "the store is out of order")
    ) {
        self.state.withLock { $0.outage.fail(next: count, with: error) }
    }

    /// Adds or replaces a recording.
    public func save(_ recording: Recording) async throws(StorageError) {
        try self.state.withLock { state throws(StorageError) in
            try state.outage.strike()
            state.recordings[recording.id] = recording
        }
    }

    /// Finds a recording.
    public func recording(_ id: RecordingID) async throws(StorageError) -> Recording? {
        try self.state.withLock { state throws(StorageError) in
            try state.outage.strike()
            return state.recordings[id]
        }
    }

    /// Finds recordings, the newest first; of those that started together the one with the greater id.
    ///
    /// - Throws: `.refused` where `token` is none of ours.
    public func recordings(
        matching query: RecordingQuery, after token: String?, limit: Int
    ) async throws(StorageError) -> RecordingPage {
        let all = try self.state.withLock { state throws(StorageError) in
            try state.outage.strike()
            return Array(state.recordings.values)
        }
        let place = try token.map { text throws(StorageError) in
            guard let place = PagePlace(text) else { throw StorageError(.refused, "'\(text.prefix(64))' ends no page") }
            return place
        }
        let found = all.filter { Self.matches(query, $0) }
            .map { (place: PagePlace($0), recording: $0) }
            .filter { candidate in place.map { candidate.place < $0 } ?? true }
            .sorted { $0.place > $1.place }
        let page = found.prefix(max(1, limit))
        return RecordingPage(
            recordings: page.map(\.recording), next: found.count > page.count ? page.last?.place.token : nil)
    }

    /// Forgets a recording.
    public func delete(_ id: RecordingID) async throws(StorageError) {
        try self.state.withLock { state throws(StorageError) in
            try state.outage.strike()
            state.recordings[id] = nil
        }
    }

    private static func matches(_ query: RecordingQuery, _ recording: Recording) -> Bool {
        if let text = query.callerPhoneNumber, !NumberPattern(text).matches(recording.callerPhoneNumber) {
            return false
        }
        if let text = query.dialedPhoneNumber, !NumberPattern(text).matches(recording.dialedPhoneNumber) {
            return false
        }
        if let time = query.startTime, recording.startTime < time { return false }
        if let time = query.endTime, recording.startTime >= time { return false }
        if let name = query.userName, !recording.eventHistory.contains(where: { $0.userName == name }) { return false }
        return true
    }
}
