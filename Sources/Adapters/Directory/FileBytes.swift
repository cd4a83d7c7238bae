private import CallCore
internal import RecordingStorage

/// A file on disk, or a part of one. It is opened anew for every reading.
struct FileBytes: ByteSource {
    var byteCount: Int64 { self.range.upperBound - self.range.lowerBound }
    let range: Range<Int64>
    private let openFile: @Sendable () throws(StorageError) -> OpenFile

    init(range: Range<Int64>, open: @escaping @Sendable () throws(StorageError) -> OpenFile) {
        (self.range, self.openFile) = (range, open)
    }

    func open() async throws(StorageError) -> any ByteReader {
        let openFile = self.openFile
        return Reader(rest: self.range, file: try await onDisk { () throws(StorageError) in try openFile() })
    }

    private struct Reader: ByteReader {
        var rest: Range<Int64>
        let file: OpenFile

        mutating func read(upTo count: Int) async throws(StorageError) -> [UInt8]? {
            guard !self.rest.isEmpty else { return nil }
            let (file, offset) = (self.file, self.rest.lowerBound)
            let wanted = min(max(1, count), 1 << 20, Int(clamping: self.rest.upperBound - offset))
            let bytes = try await onDisk { () throws(StorageError) in try file.read(at: offset, upTo: wanted) }
            guard !bytes.isEmpty else { throw StorageError(.failed, "the file became shorter while it was read") }
            self.rest = (offset + Int64(bytes.count))..<self.rest.upperBound
            return bytes
        }
    }
}
