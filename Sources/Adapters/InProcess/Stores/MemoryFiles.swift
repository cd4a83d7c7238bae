public import RecordingStorage
private import Synchronization

/// A working directory in memory, which can lose what was not synced, as a machine does when its power fails.
public final class MemoryFiles: WorkingDirectory {
    private struct State {
        var files: [String: [UInt8]] = [:]
        var durable: [String: [UInt8]] = [:]
        var outage = Outage()
    }

    private let state = Mutex(State())

    /// An empty directory.
    public init() {}

    /// Makes the next calls fail, so many of them, as in an outage; 0 ends it.
    public func fail(next count: Int, with error: StorageError = StorageError(.full, "the disk is full")) {
        self.state.withLock { $0.outage.fail(next: count, with: error) }
    }

    /// Loses everything that was not synced.
    public func crash() {
        self.state.withLock { $0.files = $0.durable }
    }

    /// Adds bytes to the end of a file.
    public func append(_ bytes: [UInt8], to name: String) throws(StorageError) {
        try self.change(name) { $0.files[name, default: []] += bytes }
    }

    /// Writes bytes over those at the start of a file.
    ///
    /// - Throws: `.notFound` where there is no such file.
    public func overwriteStart(of name: String, with bytes: [UInt8]) throws(StorageError) {
        let found = try self.change(name) { state in
            guard var file = state.files[name] else { return false }
            file.replaceSubrange(0..<min(bytes.count, file.count), with: bytes)
            state.files[name] = file
            return true
        }
        if !found { throw StorageError(.notFound, "\(name): there is no such file") }
    }

    /// Puts a whole file in the place of what had that name.
    public func replace(_ name: String, with bytes: [UInt8]) throws(StorageError) {
        try self.change(name) { state in
            state.files[name] = bytes
            state.durable[name] = bytes
        }
    }

    /// Keeps a file from being lost by ``crash()``.
    ///
    /// - Throws: `.notFound` where there is no such file.
    public func sync(_ name: String) throws(StorageError) {
        let found = try self.change(name) { state in
            guard let file = state.files[name] else { return false }
            state.durable[name] = file
            return true
        }
        if !found { throw StorageError(.notFound, "\(name): there is no such file") }
    }

    /// The bytes of a file.
    ///
    /// - Throws: `.notFound` where there is none.
    public func source(_ name: String) throws(StorageError) -> any ByteSource {
        guard let bytes = try self.change(name, { $0.files[name] }) else {
            throw StorageError(.notFound, "\(name): there is no such file")
        }
        return MemoryBytes(bytes)
    }

    /// Removes a file.
    public func remove(_ name: String) throws(StorageError) {
        try self.change(name) { state in
            state.files[name] = nil
            state.durable[name] = nil
        }
    }

    /// The names of all files, in order.
    public func names() throws(StorageError) -> [String] {
        try self.state.withLock { state throws(StorageError) in
            try state.outage.strike()
            return state.files.keys.sorted()
        }
    }

    private func change<Outcome: Sendable>(
        _ name: String, _ body: (inout State) -> Outcome
    ) throws(StorageError) -> Outcome {
        guard let path = RecordingPath(name), path.name == name else {
            throw StorageError(.refused, "'\(name)' is no name of a file")
        }
        return try self.state.withLock { state throws(StorageError) in
            try state.outage.strike()
            return body(&state)
        }
    }
}
