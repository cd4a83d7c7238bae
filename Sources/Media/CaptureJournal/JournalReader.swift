import CallCore

/// Bytes of a journal that are no record.
public struct JournalDamage: Hashable, Sendable {
    /// What is wrong with them.
    public enum Kind: Hashable, Sendable {
        /// The journal ends within a record: the machine stopped while it was written.
        case torn
        /// The bytes are not those that were written.
        case corrupt
    }

    /// What is wrong with them.
    public var kind: Kind
    /// Where they lie, from the start of the bytes that were read.
    public var range: Range<Int>

    /// Describes damage.
    public init(_ kind: Kind, _ range: Range<Int>) { (self.kind, self.range) = (kind, range) }
}

/// Finds the records in a batch or a segment of a journal.
///
/// Damage costs the records that it hit and no others: the reader goes on at the next record whose checksum is right.
public struct JournalReader: Sendable {
    /// Where the next record is looked for.
    public private(set) var offset: Int
    /// The damage that was met so far.
    public private(set) var damage: [JournalDamage] = []

    private let isTrusting: Bool

    /// Begins reading.
    ///
    /// - Parameters:
    ///   - offset: where, in the bytes that ``next(in:)`` will be given.
    ///   - isTrusting: whether records need not be checked, as their bytes have never left memory.
    public init(offset: Int = 0, isTrusting: Bool = false) {
        (self.offset, self.isTrusting) = (max(0, offset), isTrusting)
    }

    /// Finds the next record.
    ///
    /// - Parameter bytes: the same bytes at every call.
    /// - Returns: nil at the end.
    public mutating func next(in bytes: Span<UInt8>) -> JournalRecord? {
        let start = self.offset
        var candidate = start
        while candidate < bytes.count {
            if let record = self.record(in: bytes, at: candidate) {
                if candidate > start { self.damage.append(JournalDamage(.corrupt, start..<candidate)) }
                self.offset = record.payload.upperBound + JournalFrame.checksumByteCount
                return record
            }
            candidate += 1
        }
        if start < bytes.count {
            let kind: JournalDamage.Kind = Self.isTorn(bytes, at: start) ? .torn : .corrupt
            self.damage.append(JournalDamage(kind, start..<bytes.count))
            self.offset = bytes.count
        }
        return nil
    }

    /// The recordings that have records in undamaged bytes, found without reading payloads.
    public static func recordings(in batch: Span<UInt8>) -> Set<RecordingNumber> {
        var found: Set<RecordingNumber> = []
        // Most records are of recordings that were met a moment ago: to look at these costs less than to hash.
        var recent = [RecordingNumber?](repeating: nil, count: 256)
        var offset = 0
        while let record = Self.header(in: batch, at: offset) {
            let place = Int(record.recording.rawValue % 256)
            if recent[place] != record.recording {
                recent[place] = record.recording
                found.insert(record.recording)
            }
            offset = record.payload.upperBound + JournalFrame.checksumByteCount
        }
        return found
    }

    /// The recordings that have records in bytes that may be damaged.
    public static func allRecordings(in bytes: [UInt8]) -> Set<RecordingNumber> {
        var reader = JournalReader()
        var found: Set<RecordingNumber> = []
        while let record = reader.next(in: bytes.span) { found.insert(record.recording) }
        return found
    }

    /// The header at `index`, where a whole record may stand there.
    static func header(in bytes: Span<UInt8>, at index: Int) -> JournalRecord? {
        guard bytes.count - index >= JournalFrame.byteCount(payload: 0), bytes[index] == JournalFrame.mark.0,
            bytes[index + 1] == JournalFrame.mark.1
        else { return nil }
        let length = Int(bytes.bigEndian(at: index + 4, as: UInt32.self))
        guard length <= JournalFrame.maximumPayload, bytes.count - index >= JournalFrame.byteCount(payload: length)
        else { return nil }
        let payload = index + JournalFrame.headerByteCount
        return JournalRecord(
            JournalRecordKind(rawValue: bytes[index + 2]),
            recording: RecordingNumber(rawValue: bytes.bigEndian(at: index + 8, as: UInt64.self)),
            channel: Int(bytes[index + 3]),
            time: MonotonicTime(nanoseconds: bytes.bigEndian(at: index + 16, as: Int64.self)),
            payload: payload..<payload + length)
    }

    private func record(in bytes: Span<UInt8>, at index: Int) -> JournalRecord? {
        guard let record = Self.header(in: bytes, at: index) else { return nil }
        if self.isTrusting { return record }
        let stored = bytes.bigEndian(at: record.payload.upperBound, as: UInt32.self)
        let computed = CRC32C.checksum(bytes, index + 2..<record.payload.upperBound)
        return stored == computed ? record : nil
    }

    /// Whether what stands at `index` is the beginning of a record that is not all there.
    private static func isTorn(_ bytes: Span<UInt8>, at index: Int) -> Bool {
        let rest = bytes.count - index
        if rest >= 1, bytes[index] != JournalFrame.mark.0 { return false }
        if rest >= 2, bytes[index + 1] != JournalFrame.mark.1 { return false }
        guard rest >= 8 else { return true }
        let length = Int(bytes.bigEndian(at: index + 4, as: UInt32.self))
        return length <= JournalFrame.maximumPayload && rest < JournalFrame.byteCount(payload: length)
    }
}
