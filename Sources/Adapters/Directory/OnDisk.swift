private import Dispatch
internal import RecordingStorage

/// Does what may block on a thread that may be blocked, so that the tasks of others go on.
func onDisk<Value: Sendable>(
    _ body: @escaping @Sendable () throws(StorageError) -> Value
) async throws(StorageError) -> Value {
    let outcome: Result<Value, StorageError> = await withCheckedContinuation { continuation in
        DispatchQueue.global().async {
            let outcome = Result { () throws(StorageError) in try body() }
            continuation.resume(returning: outcome)
        }
    }
    return try outcome.get()
}
