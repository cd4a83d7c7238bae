public import RecordingStorage

/// The promises of ``WorkingDirectory``, tried on an implementation. It works on files whose names begin with
/// `conformance-` and removes them.
public struct WorkingDirectoryConformance: Sendable {
    private let directory: any WorkingDirectory
    private let promises = Promises(port: "WorkingDirectory")

    /// Prepares to try a directory.
    public init(_ directory: any WorkingDirectory) { self.directory = directory }

    /// Tries every promise.
    ///
    /// - Throws: the first promise that is broken.
    public func verify() async throws(ConformanceFailure) {
        let directory = self.directory
        let name = "conformance-1.mp3"
        try await self.expect("removing succeeds where there was nothing") { () throws(StorageError) in
            try directory.remove(name)
        }
        try await self.absent(name)

        try await self.expect("appending makes a file and adds to its end") { () throws(StorageError) in
            try directory.append([1, 2, 3], to: name)
            try directory.append([], to: name)
            try directory.append([4, 5], to: name)
        }
        try await self.require(name, holds: [1, 2, 3, 4, 5], "appending makes a file and adds to its end")
        try await self.expect("bytes can be written over those at the start") { () throws(StorageError) in
            try directory.overwriteStart(of: name, with: [9, 8])
            try directory.sync(name)
            try directory.append([6], to: name)
        }
        try await self.require(name, holds: [9, 8, 3, 4, 5, 6], "bytes at the start are replaced and nothing else")
        for bytes: [UInt8] in [Array(repeating: 7, count: 100_000), [1], []] {
            try await self.expect("a file is replaced whole") { () throws(StorageError) in
                try directory.replace(name, with: bytes)
            }
            try await self.require(name, holds: bytes, "a file is replaced whole")
        }
        try await self.list(name)
        try await self.expect("a file can be removed") { () throws(StorageError) in try directory.remove(name) }
        try await self.absent(name)
        for name in ["", ".", "..", "a/b", "/a", "../a"] {
            try await self.promises.expectFailure([.refused], "'\(name)' is no name") { () async throws(StorageError) in
                try directory.append([1], to: name)
            }
        }
    }

    private func list(_ name: String) async throws(ConformanceFailure) {
        let directory = self.directory
        let others = ["conformance-0 ä", "conformance-2"]
        let names = try await self.expect("names are listed in order") { () throws(StorageError) in
            for other in others.reversed() { try directory.replace(other, with: [1]) }
            return try directory.names()
        }
        try self.promises.require(names == names.sorted(), "names are listed in order", "\(names)")
        let ours = names.filter { $0.hasPrefix("conformance-") }
        try self.promises.require(
            ours == ([name] + others).sorted(), "the names of all files are listed, and no others", "\(ours)")
        for other in others {
            try await self.expect("a file can be removed") { () throws(StorageError) in try directory.remove(other) }
        }
    }

    private func absent(_ name: String) async throws(ConformanceFailure) {
        let directory = self.directory
        try await self.promises.expectFailure([.notFound], "what is not there is not found") {
            () async throws(StorageError) in
            try await directory.source(name).bytes()
        }
        try await self.promises.expectFailure([.notFound], "what is not there cannot be synced") {
            () async throws(StorageError) in
            try directory.sync(name)
        }
        try await self.promises.expectFailure([.notFound], "what is not there cannot be written over") {
            () async throws(StorageError) in
            try directory.overwriteStart(of: name, with: [1])
        }
    }

    private func require(_ name: String, holds bytes: [UInt8], _ promise: String) async throws(ConformanceFailure) {
        let directory = self.directory
        let source = try await self.expect(promise) { () throws(StorageError) in try directory.source(name) }
        let read = try await self.promises.expect(promise) { () async throws(StorageError) in try await source.bytes() }
        try self.promises.require(read == bytes, promise, "it holds \(read.prefix(16)) …, \(read.count) bytes")
        try self.promises.require(
            source.byteCount == Int64(bytes.count), "a source knows its length", "\(source.byteCount)")
    }

    @discardableResult
    private func expect<Value>(
        _ promise: String, _ body: () throws(StorageError) -> Value
    ) async throws(ConformanceFailure) -> Value {
        try await self.promises.expect(promise) { () async throws(StorageError) in try body() }
    }
}
