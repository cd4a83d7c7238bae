internal import CSndFile

/// Bytes in memory that libsndfile reads as a file.
struct SoundMemory {
    let bytes: UnsafeRawBufferPointer
    var offset = 0

    init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    /// The functions that libsndfile calls, each with a pointer to a ``SoundMemory``.
    static var callbacks: SF_VIRTUAL_IO {
        SF_VIRTUAL_IO(
            get_filelen: { memory in Self.of(memory).map { sf_count_t($0.pointee.bytes.count) } ?? 0 },
            seek: { offset, whence, memory in
                Self.of(memory).map { $0.pointee.seek(offset, whence) } ?? -1
            },
            read: { target, count, memory in
                Self.of(memory).map { $0.pointee.read(target, Int(count)) } ?? 0
            },
            write: { _, _, _ in 0 },
            tell: { memory in Self.of(memory).map { sf_count_t($0.pointee.offset) } ?? 0 })
    }

    private static func of(_ memory: UnsafeMutableRawPointer?) -> UnsafeMutablePointer<SoundMemory>? {
        memory?.assumingMemoryBound(to: SoundMemory.self)
    }

    private mutating func seek(_ offset: sf_count_t, _ whence: CInt) -> sf_count_t {
        let origin =
            switch whence {
            case SEEK_CUR: self.offset
            case SEEK_END: self.bytes.count
            default: 0
            }
        let (target, overflow) = origin.addingReportingOverflow(Int(offset))
        guard !overflow, (0...self.bytes.count).contains(target) else { return -1 }
        self.offset = target
        return sf_count_t(target)
    }

    private mutating func read(_ target: UnsafeMutableRawPointer?, _ count: Int) -> sf_count_t {
        let taken = min(max(count, 0), self.bytes.count - self.offset)
        guard taken > 0, let target, let start = self.bytes.baseAddress else { return 0 }
        target.copyMemory(from: start + self.offset, byteCount: taken)
        self.offset += taken
        return sf_count_t(taken)
    }
}
