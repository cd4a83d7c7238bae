// Where bytes stand among 64 at once, as bits: what follows needs no guess of where the next one is.

extension Span<UInt8> {
    /// A bit for each of 64 bytes, the first one lowest: set where it is one of `bytes`. Bits from `end` on are 0.
    @inline(__always)
    func bits(ofBlockAt index: Int, to end: Int, anyOf bytes: (UInt8, UInt8, UInt8)) -> UInt64 {
        precondition(index >= 0 && index < end && end <= self.count)
        if end &- index >= 64 { return self.bits64(at: index, anyOf: bytes) }
        let left = end &- index
        // The last 64, those before `index` a second time.
        if end >= 64 { return self.bits64(at: end &- 64, anyOf: bytes) &>> UInt64(truncatingIfNeeded: 64 &- left) }
        var bits: UInt64 = 0
        for place in (0..<left).reversed() {
            let byte = self[index &+ place]
            bits = bits << 1 | (byte == bytes.0 || byte == bytes.1 || byte == bytes.2 ? 1 : 0)
        }
        return bits
    }

    /// All 64 bytes must be within the span.
    ///
    /// The types of pattern and mask are written out: without them the generic comparison is chosen, lane after lane.
    @inline(__always)
    private func bits64(at index: Int, anyOf bytes: (UInt8, UInt8, UInt8)) -> UInt64 {
        let raw = unsafe self.bytes
        let block = unsafe raw.unsafeLoadUnaligned(fromByteOffset: index, as: SIMD64<UInt8>.self)
        let first: SIMDMask<SIMD64<Int8>> = block .== SIMD64<UInt8>(repeating: bytes.0)
        let second: SIMDMask<SIMD64<Int8>> = block .== SIMD64<UInt8>(repeating: bytes.1)
        let third: SIMDMask<SIMD64<Int8>> = block .== SIMD64<UInt8>(repeating: bytes.2)
        let found =
            unsafe unsafeBitCast(first, to: SIMD8<UInt64>.self) | unsafeBitCast(second, to: SIMD8<UInt64>.self)
            | unsafeBitCast(third, to: SIMD8<UInt64>.self)
        // Bit n of byte m says what byte m of the n-th eight bytes is; exchanged, the bits are in order.
        let weights = SIMD8<UInt64>(
            0x0101_0101_0101_0101, 0x0202_0202_0202_0202, 0x0404_0404_0404_0404, 0x0808_0808_0808_0808,
            0x1010_1010_1010_1010, 0x2020_2020_2020_2020, 0x4040_4040_4040_4040, 0x8080_8080_8080_8080)
        let weighted = found & weights
        let quarters = weighted.lowHalf | weighted.highHalf
        let halves = quarters.lowHalf | quarters.highHalf
        return UInt64(littleEndian: halves[0] | halves[1]).transposed
    }
}

extension UInt64 {
    /// Eight bytes of eight bits, with rows and columns exchanged.
    @inline(__always)
    fileprivate var transposed: UInt64 {
        var bits = self
        var moved = (bits ^ bits >> 7) & 0x00AA_00AA_00AA_00AA
        bits ^= moved ^ moved << 7
        moved = (bits ^ bits >> 14) & 0x0000_CCCC_0000_CCCC
        bits ^= moved ^ moved << 14
        moved = (bits ^ bits >> 28) & 0x0000_0000_F0F0_F0F0
        return bits ^ moved ^ moved << 28
    }
}

/// Finds the fields of a line, which are parted by blanks.
struct FieldScan {
    /// The block after the one that is being looked at.
    private var block: Int
    private let end: Int
    /// Where fields of the block begin and end that have not been met.
    private var edges: UInt64 = 0
    /// 1 where the byte before the next block is no part of a field.
    private var isApart: UInt64 = 1

    init(_ line: Range<Int>) { (self.block, self.end) = (line.lowerBound, line.upperBound) }

    /// The next field; empty, and at the end of the line, where there is none.
    @inline(__always)
    mutating func next(_ span: Span<UInt8>) -> Range<Int> {
        let start = self.nextEdge(span)
        return unsafe Range(uncheckedBounds: (start, self.nextEdge(span)))
    }

    /// Not inlined: so much code for each field is slower than the call.
    @inline(never)
    private mutating func lookAtNextBlock(_ span: Span<UInt8>) {
        let blanks = span.bits(ofBlockAt: self.block, to: self.end, anyOf: (0x20, 0x09, 0x09))
        self.edges = blanks ^ (blanks << 1 | self.isApart)
        self.isApart = blanks >> 63
        self.block &+= 64
    }

    @inline(__always)
    private mutating func nextEdge(_ span: Span<UInt8>) -> Int {
        while self.edges == 0 {
            guard self.block < self.end else { return self.end }
            self.lookAtNextBlock(span)
        }
        let edge = self.block &- 64 &+ self.edges.trailingZeroBitCount
        self.edges &= self.edges &- 1
        return edge
    }
}
