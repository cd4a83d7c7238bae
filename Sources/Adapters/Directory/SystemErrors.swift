internal import RecordingStorage

#if canImport(Glibc)
    private import Glibc
#elseif canImport(Darwin)
    private import Darwin
#endif

extension StorageError {
    /// What the system's error number means for a store.
    static func system(_ number: Int32, _ action: String) -> StorageError {
        let code: Code =
            switch number {
            case ENOENT: .notFound
            case ENOSPC, EDQUOT, EFBIG: .full
            case EACCES, EPERM, EROFS, ELOOP, ENAMETOOLONG, EINVAL: .refused
            case EEXIST, EISDIR, ENOTDIR: .conflict
            default: .failed
            }
        return StorageError(code, "\(action): \(String(cString: strerror(number)))")
    }
}
