/// Bytes that can be read from the start again, so that a failed upload can be tried again. Open: conform as you like.
public protocol ByteSource: Sendable {
    /// How many bytes there are.
    var byteCount: Int64 { get }

    /// Starts reading at the first byte.
    ///
    /// - Throws: `.notFound` or `.failed` where the bytes are gone.
    func open() async throws(StorageError) -> any ByteReader
}

/// Reads bytes one after another. Open: conform as you like.
public protocol ByteReader {
    /// Reads on.
    ///
    /// - Parameter count: at most so many bytes, at least one.
    /// - Returns: nil at the end.
    mutating func read(upTo count: Int) async throws(StorageError) -> [UInt8]?
}

extension ByteSource {
    /// Reads everything into memory.
    public func bytes() async throws(StorageError) -> [UInt8] {
        var all: [UInt8] = []
        all.reserveCapacity(Int(clamping: self.byteCount))
        var reader = try await self.open()
        while let next = try await reader.read(upTo: 65_536) { all += next }
        return all
    }
}

/// Bytes in memory.
public struct MemoryBytes: ByteSource, Hashable {
    /// The bytes.
    public var bytes: [UInt8]

    /// Wraps bytes.
    public init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// How many bytes there are.
    public var byteCount: Int64 { Int64(self.bytes.count) }

    /// Starts reading at the first byte; never fails.
    public func open() async throws(StorageError) -> any ByteReader { Reader(rest: self.bytes[...]) }

    private struct Reader: ByteReader {
        var rest: ArraySlice<UInt8>

        mutating func read(upTo count: Int) async throws(StorageError) -> [UInt8]? {
            guard !self.rest.isEmpty else { return nil }
            defer { self.rest = self.rest.dropFirst(count) }
            return Array(self.rest.prefix(count))
        }
    }
}
