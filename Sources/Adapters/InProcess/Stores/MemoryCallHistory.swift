public import CallCore
public import RecordingStorage
private import Synchronization

/// A store for the history of calls in memory.
public final class MemoryCallHistory: CallHistoryStore {
    private struct State {
        var entries: [CallUUID: [CallHistoryEntry]] = [:]
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

    /// Adds an entry.
    public func append(_ entry: CallHistoryEntry) async throws(StorageError) {
        try self.state.withLock { state throws(StorageError) in
            try state.outage.strike()
            state.entries[entry.callUUID, default: []].append(entry)
        }
    }

    /// The entries of a call, in the order in which they were added.
    public func history(of call: CallUUID) async throws(StorageError) -> [CallHistoryEntry] {
        try self.state.withLock { state throws(StorageError) in
            try state.outage.strike()
            return state.entries[call] ?? []
        }
    }
}
