private import Dispatch
private import Foundation
internal import RecordingStorage
private import Synchronization

/// Does what may block on a thread that may be blocked, so that the tasks of others go on.
func onDisk<Value: Sendable>(
    _ body: @escaping @Sendable () throws(StorageError) -> Value
) async throws(StorageError) -> Value {
    let outcome: Result<Value, StorageError> = await withCheckedContinuation { continuation in
        DiskThreads.shared.run {
            continuation.resume(returning: Result { () throws(StorageError) in try body() })
        }
    }
    return try outcome.get()
}

/// A few threads of their own. Dispatch's would not do: tasks run on them too, and a disk that hangs would hold up calls.
private final class DiskThreads: Sendable {
    static let shared = DiskThreads(count: 4)

    private let jobs = Mutex<[@Sendable () -> Void]>([])
    private let waiting = DispatchSemaphore(value: 0)

    init(count: Int) {
        for number in 1...count {
            let thread = Thread { [self] in while true { self.runNext() } }
            thread.name = "disk \(number)"
            thread.start()
        }
    }

    func run(_ job: @escaping @Sendable () -> Void) {
        self.jobs.withLock { $0.append(job) }
        self.waiting.signal()
    }

    private func runNext() {
        self.waiting.wait()
        // As many signals were given as there are jobs.
        self.jobs.withLock { $0.removeFirst() }()
    }
}
