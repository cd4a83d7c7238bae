public import CallCore
internal import RecordingStorage

#if canImport(Glibc)
    private import Glibc
#elseif canImport(Darwin)
    private import Darwin
#endif

/// A node's keys in a folder: one file a purpose, `<purpose>.key`, of 32 bytes, which its owner alone may read.
///
/// A key is made at first use, of the system's random bytes. Keep a copy of the folder in a safe place: what was sealed
/// under a key is gone with it.
public struct DirectoryKeys: NodeKeyStore {
    private let path: String

    /// Describes a folder; it is made with the first key.
    public init(_ path: String) { self.path = path }

    /// The key in the file for a purpose; made where there is none.
    ///
    /// - Throws: `.exposed` where others than the owner may use the file or it belongs to somebody else, `.malformed`
    ///   where it has not 32 bytes, `.unavailable` where it cannot be read or made.
    public func key(for purpose: NodeKeyPurpose) throws(NodeKeyError) -> [UInt8] {
        guard !purpose.rawValue.isEmpty, purpose.rawValue.utf8.allSatisfy(Self.isNamePart) else {
            throw NodeKeyError(.unavailable, "'\(purpose)' cannot name a key: letters, digits and - only")
        }
        let file = "\(self.path)/\(purpose).key"
        if let key = try self.read(file) { return key }
        try self.make(file)
        guard let key = try self.read(file) else {
            throw NodeKeyError(.unavailable, "the key \(file) was removed as soon as it was made")
        }
        return key
    }

    /// - Returns: nil where there is no such file.
    private func read(_ file: String) throws(NodeKeyError) -> [UInt8]? {
        let descriptor = open(file, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw Self.error("cannot read the key", file)
        }
        let opened = OpenFile(descriptor)
        var status = stat()
        guard fstat(opened.descriptor, &status) == 0 else { throw Self.error("cannot examine the key", file) }
        guard status.st_mode & S_IFMT == S_IFREG, status.st_uid == geteuid(), status.st_mode & 0o077 == 0 else {
            throw NodeKeyError(
                .exposed,
                "the key \(file) must be a file that this process's user owns and nobody else may use, but its mode is "
                    + "\(String(status.st_mode & 0o7777, radix: 8)) and its owner \(status.st_uid): if nobody has seen "
                    + "it, chmod it to 600 and chown it")
        }
        // One byte more than a key has, so that a longer file shows.
        guard let key = try? opened.read(at: 0, upTo: NodeKeyPurpose.keyByteCount + 1) else {
            throw NodeKeyError(.unavailable, "cannot read the key \(file)")
        }
        guard key.count == NodeKeyPurpose.keyByteCount else {
            throw NodeKeyError(
                .malformed,
                "the key \(file) has \(status.st_size) bytes instead of \(NodeKeyPurpose.keyByteCount): bring back the "
                    + "copy that was kept, since another key opens nothing that was sealed under this one")
        }
        return key
    }

    /// Makes a key under another name and gives it its own when it is on the disk, so that a crash leaves no half of one
    /// and two processes end with the same.
    private func make(_ file: String) throws(NodeKeyError) {
        guard mkdir(self.path, 0o700) == 0 || errno == EEXIST else { throw Self.error("cannot make", self.path) }
        var random = SystemRandomNumberGenerator()
        let incoming = "\(file).\(getpid())-\(random.next())"
        let descriptor = open(incoming, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.error("cannot make", incoming) }
        let made = OpenFile(descriptor)
        defer { unlink(incoming) }
        let key = (0..<NodeKeyPurpose.keyByteCount).map { _ in UInt8.random(in: 0 ... .max, using: &random) }
        do {
            try made.append(key)
            try made.flush()
        } catch {
            throw NodeKeyError(.unavailable, "cannot make the key \(file): \(error.message)")
        }
        guard link(incoming, file) == 0 || errno == EEXIST else { throw Self.error("cannot make", file) }
        let folder = open(self.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw Self.error("cannot open", self.path) }
        do {
            try OpenFile(folder).flush()
        } catch {
            throw NodeKeyError(.unavailable, "cannot make the key \(file): \(error.message)")
        }
    }

    private static func isNamePart(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
            true
        default: false
        }
    }

    private static func error(_ what: String, _ path: String) -> NodeKeyError {
        NodeKeyError(.unavailable, "\(what) \(path): \(String(cString: strerror(errno)))")
    }
}
