internal import RecordingStorage

/// Failures that a store is told to show, so that tests see what becomes of the calls that meet them.
struct Outage: Sendable {
    private var remaining = 0
    private var error = StorageError(.unreachable, "the store is out of order")

    mutating func fail(next count: Int, with error: StorageError) {
        (self.remaining, self.error) = (count, error)
    }

    /// Counts one call.
    ///
    /// - Throws: as long as failures are to come.
    mutating func strike() throws(StorageError) {
        guard self.remaining > 0 else { return }
        self.remaining -= 1
        throw self.error
    }
}
