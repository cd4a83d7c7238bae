private import CallCore
internal import RecordingStorage

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// An open file or folder, closed when nobody holds it any longer.
final class OpenFile: Sendable {
    let descriptor: Int32

    init(_ descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(self.descriptor) }
}

/// A folder with everything below it, out of which no name and no link leads.
struct Folder: Sendable {
    /// Where files grow before they get their names. Nothing else may have this name.
    static let incoming = ".incoming"

    let path: String
    let root: OpenFile

    /// Opens a folder and makes it, with those above it, where it is missing.
    init(_ path: String) throws(StorageError) {
        var made = path.first == "/" ? "/" : "."
        for name in path.split(separator: "/") {
            made += "/" + name
            guard mkdir(made, 0o750) == 0 || errno == EEXIST else {
                throw .system(errno, "cannot make the folder \(made)")
            }
        }
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system(errno, "cannot open the folder \(path)") }
        self.path = path
        self.root = OpenFile(descriptor)
        _ = try self.folder([Self.incoming], make: true)
        try self.removeLeftovers()
    }

    /// Opens the folder that the names lead to.
    ///
    /// - Parameter make: makes folders that are missing, and has them on the disk before it returns.
    /// - Throws: `.notFound` where one is missing, `.conflict` where a file has its name, `.refused` for a link.
    func folder(_ names: some Sequence<Substring>, make: Bool) throws(StorageError) -> OpenFile {
        var folder = self.root
        for name in names {
            let name = String(name)
            var next = openat(folder.descriptor, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
            if next < 0, errno == ENOENT, make {
                guard mkdirat(folder.descriptor, name, 0o750) == 0 || errno == EEXIST else {
                    throw .system(errno, "cannot make the folder \(name) in \(self.path)")
                }
                try folder.flush()
                next = openat(folder.descriptor, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
            }
            guard next >= 0 else {
                if errno == ENOTDIR, make {
                    throw StorageError(.conflict, "\(name) in \(self.path) is a file or a link, and no folder")
                }
                throw .system(errno == ENOTDIR ? ENOENT : errno, "cannot open the folder \(name) in \(self.path)")
            }
            folder = OpenFile(next)
        }
        return folder
    }

    func folder(_ names: [String], make: Bool) throws(StorageError) -> OpenFile {
        try self.folder(names.lazy.map { $0[...] }, make: make)
    }

    /// Starts a file that nobody sees.
    ///
    /// - Returns: the file, open for writing, and its name in ``incoming``.
    func makeIncoming() throws(StorageError) -> (file: OpenFile, name: String) {
        let folder = try self.folder([Self.incoming], make: true)
        let name = "\(getpid())-" + String(UInt64.random(in: 0 ... .max), radix: 16)
        let descriptor = openat(folder.descriptor, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o640)
        guard descriptor >= 0 else { throw .system(errno, "cannot make a file in \(self.path)/\(Self.incoming)") }
        return (OpenFile(descriptor), name)
    }

    /// Removes a file that did not get its name.
    func discardIncoming(_ name: String) {
        guard let folder = try? self.folder([Self.incoming], make: false) else { return }
        unlinkat(folder.descriptor, name, 0)
    }

    /// Files that a crash left unfinished. Those of the last day may belong to another process.
    private func removeLeftovers() throws(StorageError) {
        let folder = try self.folder([Self.incoming], make: true)
        for name in try folder.names() {
            var status = stat()
            guard fstatat(folder.descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { continue }
            #if canImport(Glibc)
                let written = status.st_mtim.tv_sec
            #else
                let written = status.st_mtimespec.tv_sec
            #endif
            if time(nil) - written > 86_400 { unlinkat(folder.descriptor, name, 0) }
        }
    }
}

extension OpenFile {
    /// Returns when the file, or the names in the folder, are on the disk.
    func flush() throws(StorageError) {
        while fsync(self.descriptor) != 0 {
            if errno != EINTR { throw .system(errno, "cannot flush to the disk") }
        }
    }

    /// Writes all bytes at the end of what has been written.
    func append(_ bytes: [UInt8]) throws(StorageError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(self.descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                throw .system(errno, "cannot write")
            }
            rest = rest.dropFirst(count)
        }
    }

    /// Reads at most `count` bytes from `offset` on; none at the end.
    func read(at offset: Int64, upTo count: Int) throws(StorageError) -> [UInt8] {
        while true {
            var outcome = 0
            let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
                outcome = pread(self.descriptor, buffer.baseAddress, count, off_t(offset))
                filled = max(0, outcome)
            }
            if outcome >= 0 { return bytes }
            if errno != EINTR { throw .system(errno, "cannot read") }
        }
    }

    /// How long the file is.
    ///
    /// - Throws: `.notFound` where it is no ordinary file.
    func byteCount() throws(StorageError) -> Int64 {
        var status = stat()
        guard fstat(self.descriptor, &status) == 0 else { throw .system(errno, "cannot examine the file") }
        guard status.st_mode & S_IFMT == S_IFREG else { throw StorageError(.notFound, "there is no ordinary file") }
        return Int64(status.st_size)
    }

    /// The names of the ordinary files in the folder, in no order.
    func names() throws(StorageError) -> [String] {
        let copy = openat(self.descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard copy >= 0, let stream = fdopendir(copy) else {
            let code = errno
            if copy >= 0 { close(copy) }
            throw .system(code, "cannot list the folder")
        }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            var status = stat()
            guard fstatat(self.descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { continue }
            if status.st_mode & S_IFMT == S_IFREG { names.append(name) }
        }
        return names
    }
}
