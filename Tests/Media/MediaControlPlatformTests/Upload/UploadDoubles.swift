import CallCore
import HTTPMessaging
import RecordingStorage
import Synchronization

/// What happened, in order, over several doubles.
final class EventLog: Sendable {
    private let lines = Mutex<[String]>([])

    var all: [String] { self.lines.withLock { $0 } }

    func add(_ line: String) { self.lines.withLock { $0.append(line) } }
}

/// A Recording Processor that answers what it is told to, and 200 after that.
final class ScriptedProcessor: HTTPExchange {
    private let state: Mutex<(script: [Int], calls: [HTTPCall])>
    private let log: EventLog

    init(_ script: [Int] = [], log: EventLog = EventLog()) {
        self.state = Mutex((script, []))
        self.log = log
    }

    var calls: [HTTPCall] { self.state.withLock { $0.calls } }

    func perform(_ call: HTTPCall) async throws(TransportError) -> HTTPReply {
        let status = self.state.withLock { state in
            state.calls.append(call)
            return state.script.isEmpty ? 200 : state.script.removeFirst()
        }
        self.log.add("POST \(status)")
        if status == 0 { throw TransportError(.unreachable, "nobody listens") }
        return HTTPReply(HTTPResponse(status: HTTPResponse.Status(code: status)))
    }
}

/// A store that says what is done with it.
struct LoggedStore<Store: RecordingStore>: RecordingStore {
    var name: String
    var store: Store
    var log: EventLog

    func put(_ source: any ByteSource, at path: RecordingPath) async throws(StorageError) {
        do throws(StorageError) {
            try await self.store.put(source, at: path)
        } catch {
            self.log.add("\(self.name): no")
            throw error
        }
        self.log.add("\(self.name): \(path)")
    }

    func get(_ path: RecordingPath, range: Range<Int64>?) async throws(StorageError) -> any ByteSource {
        try await self.store.get(path, range: range)
    }

    func delete(_ path: RecordingPath) async throws(StorageError) { try await self.store.delete(path) }
}

/// A working directory that says what is removed from it.
struct LoggedFiles<Files: WorkingDirectory>: WorkingDirectory {
    var files: Files
    var log: EventLog

    func append(_ bytes: [UInt8], to name: String) throws(StorageError) { try self.files.append(bytes, to: name) }

    func overwriteStart(of name: String, with bytes: [UInt8]) throws(StorageError) {
        try self.files.overwriteStart(of: name, with: bytes)
    }

    func replace(_ name: String, with bytes: [UInt8]) throws(StorageError) {
        try self.files.replace(name, with: bytes)
        self.log.add("note \(name)")
    }

    func sync(_ name: String) throws(StorageError) { try self.files.sync(name) }

    func source(_ name: String) throws(StorageError) -> any ByteSource { try self.files.source(name) }

    func remove(_ name: String) throws(StorageError) {
        try self.files.remove(name)
        self.log.add("remove \(name)")
    }

    func names() throws(StorageError) -> [String] { try self.files.names() }
}

/// A clock on which every wait is over at once.
struct ImpatientClock: CallClock {
    var now: MonotonicTime { .zero }
    var wallTime: WallTime { WallTime(milliseconds: 0) }
    var minimumResolution: Duration { .nanoseconds(1) }

    func sleep(until deadline: MonotonicTime, tolerance: Duration?) async throws {
        await Task.yield()
        try Task.checkCancellation()
    }
}

/// Keeps what it is told.
final class KeepingObserver: CallObserver {
    private let kept = Mutex<[CallReport]>([])

    var reports: [CallReport] { self.kept.withLock { $0 } }

    func observe(_ report: CallReport) { self.kept.withLock { $0.append(report) } }
}
