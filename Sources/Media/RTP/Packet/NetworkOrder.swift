// Numbers in network byte order. Inlinable: across modules a generic call here would cost ten times the work it does.

extension Span where Element == UInt8 {
    @inlinable
    func loadUInt16(at offset: Int) -> UInt16 { UInt16(self[offset]) << 8 | UInt16(self[offset + 1]) }

    @inlinable
    func loadUInt32(at offset: Int) -> UInt32 {
        UInt32(self[offset]) << 24 | UInt32(self[offset + 1]) << 16 | UInt32(self[offset + 2]) << 8
            | UInt32(self[offset + 3])
    }

    func loadUInt64(at offset: Int) -> UInt64 {
        UInt64(self.loadUInt32(at: offset)) << 32 | UInt64(self.loadUInt32(at: offset + 4))
    }
}

extension OutputSpan where Element == UInt8 {
    @inlinable
    mutating func appendUInt16(_ number: UInt16) {
        self.append(UInt8(truncatingIfNeeded: number >> 8))
        self.append(UInt8(truncatingIfNeeded: number))
    }

    @inlinable
    mutating func appendUInt32(_ number: UInt32) {
        self.appendUInt16(UInt16(truncatingIfNeeded: number >> 16))
        self.appendUInt16(UInt16(truncatingIfNeeded: number))
    }

    @inlinable
    mutating func append(bytesOf bytes: Span<UInt8>) {
        for index in bytes.indices { self.append(bytes[index]) }
    }
}

extension [UInt8] {
    mutating func append(network number: some FixedWidthInteger & UnsignedInteger) {
        var shift = number.bitWidth
        while shift > 0 {
            shift -= 8
            self.append(UInt8(truncatingIfNeeded: number >> shift))
        }
    }
}
