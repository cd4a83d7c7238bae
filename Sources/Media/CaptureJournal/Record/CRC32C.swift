/// The checksum of a journal record: CRC-32C (Castagnoli), sixteen bytes a step.
///
/// - Source: RFC 3720 §12.1, appendix B.4.
enum CRC32C {
    /// The checksum of `bytes[range]`; a range that is not inside the bytes is cut to them.
    static func checksum(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt32 {
        let range = range.clamped(to: bytes.indices)
        // Safe: `range` was cut to the bytes, and every index into the table is a byte plus a multiple of 256 below
        // 4096. Checked spans cost three times as much, once for every packet of every call.
        return unsafe CRC32CTable.entries.span.withUnsafeBufferPointer { table in
            unsafe bytes.withUnsafeBufferPointer { pointer in
                unsafe Self.run(pointer, range, table)
            }
        }
    }

    private static func run(
        _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ table: UnsafeBufferPointer<UInt32>
    ) -> UInt32 {
        var crc = ~UInt32(0)
        var index = range.lowerBound
        while index &+ 16 <= range.upperBound {
            let words = unsafe UnsafeRawPointer(bytes.baseAddress.unsafelyUnwrapped)
            let first = unsafe words.loadUnaligned(fromByteOffset: index, as: UInt64.self).littleEndian ^ UInt64(crc)
            let second = unsafe words.loadUnaligned(fromByteOffset: index &+ 8, as: UInt64.self).littleEndian
            var next: UInt32 = 0
            for step in 0..<8 {
                let shift = UInt64(step &* 8)
                next ^= unsafe table[(15 &- step) &* 256 &+ Int(truncatingIfNeeded: (first >> shift) & 0xFF)]
                next ^= unsafe table[(7 &- step) &* 256 &+ Int(truncatingIfNeeded: (second >> shift) & 0xFF)]
            }
            crc = next
            index &+= 16
        }
        while index < range.upperBound {
            let byte = unsafe bytes[index]
            crc = unsafe (crc >> 8) ^ table[Int(truncatingIfNeeded: (crc ^ UInt32(byte)) & 0xFF)]
            index &+= 1
        }
        return ~crc
    }
}

/// What each byte does to the checksum, alone and with up to fifteen bytes after it.
enum CRC32CTable {
    /// Sixteen tables of 256 entries, one after another.
    static let entries: [UInt32] = {
        let polynomial: UInt32 = 0x82F6_3B78
        var table = [UInt32](repeating: 0, count: 4_096)
        for byte in 0..<256 {
            var crc = UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? (crc >> 1) ^ polynomial : crc >> 1 }
            table[byte] = crc
        }
        for index in 256..<4_096 {
            let before = table[index - 256]
            table[index] = (before >> 8) ^ table[Int(before & 0xFF)]
        }
        return table
    }()
}
