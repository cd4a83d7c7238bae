public import RecordingStorage

#if canImport(Glibc)
    private import Glibc
#elseif canImport(Darwin)
    private import Darwin
#endif

/// A working directory in a folder. Links in it are not followed.
public struct DirectoryFiles: WorkingDirectory {
    private let folder: Folder

    /// Opens a folder, which is made where it is missing.
    ///
    /// - Throws: `.refused` where this process may not write there.
    public init(_ path: String) throws(StorageError) { self.folder = try Folder(path) }

    /// Adds bytes to the end of a file. Where not all of them fit, none of them are added.
    public func append(_ bytes: [UInt8], to name: String) throws(StorageError) {
        let file = try self.open(name, O_WRONLY | O_APPEND | O_CREAT)
        let before = try file.byteCount()
        do {
            try file.append(bytes)
        } catch {
            ftruncate(file.descriptor, off_t(before))
            throw error
        }
    }

    /// Writes bytes over those at the start of a file.
    ///
    /// - Throws: `.notFound` where there is no such file.
    public func overwriteStart(of name: String, with bytes: [UInt8]) throws(StorageError) {
        try self.open(name, O_WRONLY).append(bytes)
    }

    /// Puts a whole file in the place of what had that name, at once, and returns when it is on the disk.
    public func replace(_ name: String, with bytes: [UInt8]) throws(StorageError) {
        let name = try Self.checked(name)
        let (file, incoming) = try self.folder.makeIncoming()
        defer { self.folder.discardIncoming(incoming) }
        try file.append(bytes)
        try file.flush()
        let source = try self.folder.folder([Folder.incoming], make: false)
        guard renameat(source.descriptor, incoming, self.folder.root.descriptor, name) == 0 else {
            throw .system(errno, name)
        }
        try self.folder.root.flush()
    }

    /// Returns when the file and its name are on the disk.
    ///
    /// - Throws: `.notFound` where there is no such file.
    public func sync(_ name: String) throws(StorageError) {
        try self.open(name, O_WRONLY).flush()
        try self.folder.root.flush()
    }

    /// The bytes of a file.
    ///
    /// - Throws: `.notFound` where there is none.
    public func source(_ name: String) throws(StorageError) -> any ByteSource {
        let byteCount = try self.open(name, O_RDONLY).byteCount()
        return FileBytes(range: 0..<byteCount) { () throws(StorageError) in try self.open(name, O_RDONLY) }
    }

    /// Removes a file, and returns when that is on the disk.
    public func remove(_ name: String) throws(StorageError) {
        guard unlinkat(self.folder.root.descriptor, try Self.checked(name), 0) == 0 else {
            if errno == ENOENT { return }
            throw .system(errno, name)
        }
        try self.folder.root.flush()
    }

    /// The names of all files, in order.
    public func names() throws(StorageError) -> [String] { try self.folder.root.names().sorted() }

    private func open(_ name: String, _ flags: Int32) throws(StorageError) -> OpenFile {
        let descriptor = openat(
            self.folder.root.descriptor, try Self.checked(name), flags | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, 0o640)
        guard descriptor >= 0 else { throw .system(errno, name) }
        return OpenFile(descriptor)
    }

    private static func checked(_ name: String) throws(StorageError) -> String {
        guard let path = RecordingPath(name), path.name == name, name != Folder.incoming else {
            throw StorageError(.refused, "'\(name)' is no name of a file")
        }
        return name
    }
}
