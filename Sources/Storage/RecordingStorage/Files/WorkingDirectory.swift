/// Files that a node keeps until they are safe elsewhere: recordings that wait to be stored, and what is still to be told.
/// Open: conform as you like, and run `WorkingDirectoryConformance` on it.
///
/// A directory promises: what ``sync(_:)`` returned for outlives a crash. Calls are short and block; calls for one name
/// come one at a time.
public protocol WorkingDirectory: Sendable {
    /// Adds bytes to the end of a file, which is made where there was none.
    func append(_ bytes: [UInt8], to name: String) throws(StorageError)

    /// Writes bytes over those at the start of a file.
    func overwriteStart(of name: String, with bytes: [UInt8]) throws(StorageError)

    /// Puts a whole small file in the place of what had that name, at once and crash-safe.
    func replace(_ name: String, with bytes: [UInt8]) throws(StorageError)

    /// Returns when the file is on the disk.
    func sync(_ name: String) throws(StorageError)

    /// The bytes of a file.
    ///
    /// - Throws: `.notFound` where there is none.
    func source(_ name: String) throws(StorageError) -> any ByteSource

    /// Removes a file; succeeds where there was none.
    func remove(_ name: String) throws(StorageError)

    /// The names of all files, in order.
    func names() throws(StorageError) -> [String]
}
