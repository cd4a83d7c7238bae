/// How a record lies in the journal; all numbers big-endian.
///
/// ```
/// 0  'R' 'J'      by which a reader finds its way again after damage
/// 2  kind         one byte
/// 3  channel      one byte
/// 4  length       of the payload, four bytes
/// 8  recording    eight bytes
/// 16 time         nanoseconds, eight bytes
/// 24 payload
///    checksum     CRC-32C of everything from the kind on, four bytes
/// ```
enum JournalFrame {
    static let mark: (UInt8, UInt8) = (0x52, 0x4A)
    static let headerByteCount = 24
    static let checksumByteCount = 4
    /// No record is longer: tickets and packets are far below. A greater length is damage.
    static let maximumPayload = 1 << 20

    /// How many bytes a record with such a payload takes.
    static func byteCount(payload: Int) -> Int { self.headerByteCount + payload + self.checksumByteCount }

    /// The 24 bytes before the payload, as three numbers that lie in memory as they lie in the journal.
    static func header(
        kind: JournalRecordKind, channel: UInt8, recording: RecordingNumber, time: MonotonicTime, payload: Int
    ) -> (UInt64, UInt64, UInt64) {
        let first =
            UInt64(self.mark.0) << 56 | UInt64(self.mark.1) << 48 | UInt64(kind.rawValue) << 40 | UInt64(channel) << 32
            | UInt64(UInt32(truncatingIfNeeded: payload))
        return (first.bigEndian, recording.rawValue.bigEndian, UInt64(bitPattern: time.nanoseconds).bigEndian)
    }
}

extension Span where Element == UInt8 {
    /// A big-endian number; the caller has made sure that its bytes are there.
    func bigEndian<Number: FixedWidthInteger & BitwiseCopyable>(at index: Int, as type: Number.Type) -> Number {
        // Safe: any bytes are a number, and the span checks that they are its own.
        unsafe Number(bigEndian: self.bytes.unsafeLoadUnaligned(fromByteOffset: index, as: type))
    }
}
