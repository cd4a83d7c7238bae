internal import CallCore
internal import RecordingStorage

/// Lets those who change the same recording do it one after another: reading, merging and saving is one step then.
actor Turns {
    private var waiting: [RecordingID: [CheckedContinuation<Void, Never>]] = [:]

    /// Does something while nobody else does anything for the same recording.
    nonisolated func take<Value: Sendable>(
        for id: RecordingID, _ body: () async throws(StorageError) -> Value
    ) async throws(StorageError) -> Value {
        await self.enter(id)
        do {
            let value = try await body()
            await self.leave(id)
            return value
        } catch {
            await self.leave(id)
            throw error
        }
    }

    private func enter(_ id: RecordingID) async {
        if self.waiting[id] == nil {
            self.waiting[id] = []
        } else {
            await withCheckedContinuation { self.waiting[id]?.append($0) }
        }
    }

    private func leave(_ id: RecordingID) {
        guard var row = self.waiting[id], !row.isEmpty else {
            self.waiting[id] = nil
            return
        }
        let next = row.removeFirst()
        self.waiting[id] = row
        next.resume()
    }
}
