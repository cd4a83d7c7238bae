/// Keeps the files of recordings: the plug-in point for storage. Open: conform as you like, and run
/// `RecordingStoreConformance` on it.
///
/// A store promises: a file is there whole or not at all; when ``put(_:at:)`` returns, the file outlives a crash;
/// what was read is what was put.
public protocol RecordingStore: Sendable {
    /// Stores a file whole or not at all. The same bytes at the same path again succeed and change nothing.
    ///
    /// - Throws: `.conflict` where other bytes are stored at `path`.
    func put(_ source: any ByteSource, at path: RecordingPath) async throws(StorageError)

    /// Reads a file, or a part of it.
    ///
    /// - Parameter range: bytes from the start of the file; what is past the end is left out. nil for all.
    /// - Throws: `.notFound` where nothing was stored at `path`.
    func get(_ path: RecordingPath, range: Range<Int64>?) async throws(StorageError) -> any ByteSource

    /// Removes a file; succeeds where there was none.
    func delete(_ path: RecordingPath) async throws(StorageError)
}

/// Where a file lies in a store: names joined by `/`, none of them empty, `.` or `..`.
public struct RecordingPath: Hashable, Sendable, CustomStringConvertible {
    /// The whole path, without a leading slash.
    public let rawValue: String

    /// Takes a path.
    ///
    /// - Returns: nil where a name is empty, `.`, `..`, or has a control character, a backslash or a NUL in it.
    public init?(_ text: some StringProtocol) {
        let names = text.split(separator: "/", omittingEmptySubsequences: false)
        guard !text.isEmpty, text.utf8.count <= 1_024,
            names.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." }),
            text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "\\") })
        else { return nil }
        self.rawValue = String(text)
    }

    /// The last name.
    public var name: String { String(self.rawValue.split(separator: "/").last ?? "") }

    /// The whole path.
    public var description: String { self.rawValue }
}
