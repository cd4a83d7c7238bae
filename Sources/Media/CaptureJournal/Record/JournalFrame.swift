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
}

extension Span where Element == UInt8 {
    /// A big-endian number of so many bytes; the caller has made sure that they are there.
    func bigEndian(at index: Int, byteCount: Int) -> UInt64 {
        var value: UInt64 = 0
        for offset in 0..<byteCount { value = value << 8 | UInt64(self[index + offset]) }
        return value
    }
}
