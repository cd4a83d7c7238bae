public import RecordingStorage

#if canImport(Glibc)
    private import Glibc
#elseif canImport(Darwin)
    private import Darwin
#endif

/// A store for files in a folder.
///
/// A file grows under another name, is flushed, and only then gets its own; the folder is flushed after that. So a crash
/// leaves it whole or not at all. Links below the folder are not followed.
public struct DirectoryStore: RecordingStore {
    private let folder: Folder

    /// Opens a folder, which is made where it is missing.
    ///
    /// - Throws: `.refused` where this process may not write there.
    public init(_ path: String) throws(StorageError) { self.folder = try Folder(path) }

    /// Stores a file whole or not at all.
    ///
    /// - Throws: `.conflict` where other bytes are stored at `path`; `.failed` where the source gave more or fewer bytes
    ///   than it said; `.full` where the disk is.
    public func put(_ source: any ByteSource, at path: RecordingPath) async throws(StorageError) {
        let place = try Place(path, in: self.folder)
        if try await self.settled(source, at: place) { return }
        let (file, name) = try await onDisk { () throws(StorageError) in try place.folder.makeIncoming() }
        defer { place.folder.discardIncoming(name) }
        var count: Int64 = 0
        var reader = try await source.open()
        while let bytes = try await reader.read(upTo: 1 << 18) {
            count += Int64(bytes.count)
            try await onDisk { () throws(StorageError) in try file.append(bytes) }
        }
        guard count == source.byteCount else {
            throw StorageError(.failed, "\(path): the source gave \(count) of \(source.byteCount) bytes")
        }
        let named = try await onDisk { () throws(StorageError) in
            try file.flush()
            return try place.name(incoming: name)
        }
        // Somebody was faster: their bytes are there now, the same or others.
        if !named, try await !self.settled(source, at: place) {
            throw StorageError(.failed, "\(path) was removed while it was stored")
        }
    }

    /// Reads a file, or a part of it.
    ///
    /// - Throws: `.notFound` where nothing is stored at `path`.
    public func get(_ path: RecordingPath, range: Range<Int64>?) async throws(StorageError) -> any ByteSource {
        let place = try Place(path, in: self.folder)
        let byteCount = try await onDisk { () throws(StorageError) in try place.open().byteCount() }
        return FileBytes(range: range?.clamped(to: 0..<byteCount) ?? 0..<byteCount) { () throws(StorageError) in
            try place.open()
        }
    }

    /// Removes a file, and returns when that is on the disk.
    public func delete(_ path: RecordingPath) async throws(StorageError) {
        let place = try Place(path, in: self.folder)
        try await onDisk { () throws(StorageError) in try place.remove() }
    }

    /// Whether the bytes are stored already.
    ///
    /// - Throws: `.conflict` where others are.
    private func settled(_ source: any ByteSource, at place: Place) async throws(StorageError) -> Bool {
        let stored: FileBytes
        do {
            let byteCount = try await onDisk { () throws(StorageError) in try place.open().byteCount() }
            stored = FileBytes(range: 0..<byteCount) { () throws(StorageError) in try place.open() }
        } catch {
            guard error.code == .notFound else { throw error }
            return false
        }
        guard stored.byteCount == source.byteCount, try await Self.equal(stored, source) else {
            throw StorageError(.conflict, "\(place.path): other bytes are stored there")
        }
        // The first put may have ended in a crash before its name was on the disk.
        try await onDisk { () throws(StorageError) in try place.parent(make: false).flush() }
        return true
    }

    private static func equal(_ left: any ByteSource, _ right: any ByteSource) async throws(StorageError) -> Bool {
        var (leftReader, rightReader) = (try await left.open(), try await right.open())
        var (leftRest, rightRest): (ArraySlice<UInt8>, ArraySlice<UInt8>) = ([], [])
        while true {
            if leftRest.isEmpty { leftRest = try await leftReader.read(upTo: 1 << 18)?[...] ?? [] }
            if rightRest.isEmpty { rightRest = try await rightReader.read(upTo: 1 << 18)?[...] ?? [] }
            if leftRest.isEmpty || rightRest.isEmpty { return leftRest.isEmpty && rightRest.isEmpty }
            let count = min(leftRest.count, rightRest.count)
            guard leftRest.prefix(count) == rightRest.prefix(count) else { return false }
            (leftRest, rightRest) = (leftRest.dropFirst(count), rightRest.dropFirst(count))
        }
    }
}

/// A path in a folder, and what the system calls do with it.
private struct Place: Sendable {
    let path: RecordingPath
    let folder: Folder
    private let names: [String]

    init(_ path: RecordingPath, in folder: Folder) throws(StorageError) {
        self.path = path
        self.folder = folder
        self.names = path.rawValue.split(separator: "/").map(String.init)
        guard self.names.first != Folder.incoming else {
            throw StorageError(.refused, "\(path): \(Folder.incoming) is the store's own folder")
        }
    }

    func parent(make: Bool) throws(StorageError) -> OpenFile {
        try self.folder.folder(Array(self.names.dropLast()), make: make)
    }

    func open() throws(StorageError) -> OpenFile {
        let parent = try self.parent(make: false)
        let descriptor = openat(parent.descriptor, self.path.name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw .system(errno, "\(self.path)") }
        return OpenFile(descriptor)
    }

    /// Gives a finished file its name.
    ///
    /// - Returns: false where the name is taken. A link, unlike a renaming, cannot replace what somebody else stored
    ///   in the meantime.
    func name(incoming: String) throws(StorageError) -> Bool {
        let source = try self.folder.folder([Folder.incoming], make: false)
        let parent = try self.parent(make: true)
        if linkat(source.descriptor, incoming, parent.descriptor, self.path.name, 0) != 0 {
            switch errno {
            case EEXIST: return false
            case EPERM, EOPNOTSUPP, EMLINK:
                // A file system without links: renaming is all that can be had.
                guard faccessat(parent.descriptor, self.path.name, F_OK, 0) != 0 else { return false }
                guard renameat(source.descriptor, incoming, parent.descriptor, self.path.name) == 0 else {
                    throw .system(errno, "\(self.path)")
                }
            default: throw .system(errno, "\(self.path)")
            }
        }
        try parent.flush()
        return true
    }

    func remove() throws(StorageError) {
        let parent: OpenFile
        do {
            parent = try self.parent(make: false)
        } catch {
            guard error.code == .notFound else { throw error }
            return
        }
        guard unlinkat(parent.descriptor, self.path.name, 0) == 0 else {
            if errno == ENOENT { return }
            throw .system(errno, "\(self.path)")
        }
        try parent.flush()
    }
}
