// Sixteen bytes of a message at once: what is asked of each of them is answered by a bit a byte.
//
// Without branches for each byte, which is what most of the work on a message would be.

#if arch(x86_64) && canImport(_Builtin_intrinsics)
    // The compiler's own: no other code comes with it.
    internal import _Builtin_intrinsics.intel.sse2
#endif

typealias ByteBlock = SIMD16<UInt8>

/// Bytes of a block: all bits of a lane, or none.
typealias ByteMarks = SIMDMask<SIMD16<Int8>>

// The types are written out: without them the generic operators are chosen, lane after lane and 25 times as slow.
extension SIMD16<UInt8> {
    @inline(__always)
    func equal(to byte: UInt8) -> ByteMarks {
        let pattern = ByteBlock(repeating: byte)
        let marks: ByteMarks = self .== pattern
        return marks
    }

    /// The bytes of `bound` or less.
    @inline(__always)
    func atMost(_ bound: UInt8) -> ByteMarks {
        let pattern = ByteBlock(repeating: bound)
        let marks: ByteMarks = self .<= pattern
        return marks
    }

    /// The bytes of a range.
    @inline(__always)
    func between(_ first: UInt8, _ last: UInt8) -> ByteMarks {
        let distances: ByteBlock = self &- ByteBlock(repeating: first)
        return distances.atMost(last &- first)
    }

    /// Letters and digits.
    @inline(__always)
    var alphanumerics: ByteMarks {
        let lowercased: ByteBlock = self | ByteBlock(repeating: 0x20)
        return lowercased.between(0x61, 0x7A).or(self.between(0x30, 0x39))
    }

    /// Characters of a host's name or IPv4 address: letters, digits, and `.-_`.
    @inline(__always)
    var hostCharacters: ByteMarks { self.alphanumerics.or(self.between(0x2D, 0x2E)).or(self.equal(to: 0x5F)) }

    /// Characters of a `token`: letters, digits, and `-.!%*_+\`'~`.
    ///
    /// - Source: RFC 3261 §25.1.
    @inline(__always)
    var tokenCharacters: ByteMarks {
        self.alphanumerics.or(self.between(0x2D, 0x2E)).or(self.between(0x2A, 0x2B)).or(self.between(0x5F, 0x60))
            .or(self.equal(to: 0x21)).or(self.equal(to: 0x25)).or(self.equal(to: 0x27)).or(self.equal(to: 0x7E))
    }

    /// What must not stand in a URI: blanks, control characters and angle brackets.
    @inline(__always)
    var notInURI: ByteMarks {
        // `<` and `>` differ in one bit.
        let brackets: ByteBlock = self & ByteBlock(repeating: 0xFD)
        return self.atMost(0x20).or(self.equal(to: 0x7F)).or(brackets.equal(to: 0x3C))
    }
}

extension SIMDMask<SIMD16<Int8>> {
    @inline(__always)
    func or(_ other: ByteMarks) -> ByteMarks {
        let marks: ByteMarks = self .| other
        return marks
    }

    /// A bit a byte, the first one lowest.
    @inline(__always)
    var bits: UInt64 {
        #if arch(x86_64) && canImport(_Builtin_intrinsics)
            let bits = _mm_movemask_epi8(unsafe unsafeBitCast(self, to: SIMD2<Int64>.self))
            return UInt64(UInt32(bitPattern: bits))
        #else
            return self.portableBits
        #endif
    }

    /// ``bits`` where the processor has no instruction for it.
    @inline(__always)
    var portableBits: UInt64 {
        // Of each byte another bit; the product gathers those of eight in the highest byte.
        let words = unsafe unsafeBitCast(self, to: SIMD2<UInt64>.self)
        let low = (UInt64(littleEndian: words[0]) & 0x8040_2010_0804_0201) &* 0x0101_0101_0101_0101
        let high = (UInt64(littleEndian: words[1]) & 0x8040_2010_0804_0201) &* 0x0101_0101_0101_0101
        return low &>> 56 | (high &>> 56) &<< 8
    }
}

extension Span where Element == UInt8 {
    /// The bytes from a position on; 0 behind the end.
    @inline(__always)
    func block(at index: Int) -> ByteBlock {
        guard self.count &- index >= 16 else { return self.lastBlock(at: index) }
        let raw = unsafe self.bytes
        return unsafe raw.unsafeLoadUnaligned(fromByteOffset: index, as: ByteBlock.self)
    }

    @inline(never)
    private func lastBlock(at index: Int) -> ByteBlock {
        let (middle, end) = (Swift.min(index &+ 8, self.count), self.count)
        guard index < end else { return ByteBlock() }
        let words = SIMD2<UInt64>(
            self.shortWord(index..<middle).littleEndian, self.shortWord(middle..<end).littleEndian)
        return unsafe unsafeBitCast(words, to: ByteBlock.self)
    }

    /// A bit for each of the 64 bytes from a position on that is `byte`, the first one lowest.
    @inline(__always)
    func places(of byte: UInt8, at index: Int) -> UInt64 { self.places(at: index) { $0.equal(to: byte) } }

    /// A bit for each of the 64 bytes from a position on that is marked, the first one lowest; behind the end there
    /// are zeros, or none at all.
    @inline(__always)
    func places(at index: Int, marked marks: (ByteBlock) -> ByteMarks) -> UInt64 {
        let left = self.count &- index
        guard left < 64 else { return self.allPlaces(at: index, marked: marks) }
        guard self.count >= 64, left > 0 else { return self.fewPlaces(at: index, marked: marks) }
        // The last 64 bytes, moved.
        return self.allPlaces(at: self.count &- 64, marked: marks) &>> UInt64(truncatingIfNeeded: 64 &- left)
    }

    /// ``places(at:marked:)`` of a position that is at least 64 bytes before the end.
    @inline(__always)
    func allPlaces(at index: Int, marked marks: (ByteBlock) -> ByteMarks) -> UInt64 {
        let raw = unsafe self.bytes
        let first = unsafe raw.unsafeLoadUnaligned(fromByteOffset: index, as: ByteBlock.self)
        let second = unsafe raw.unsafeLoadUnaligned(fromByteOffset: index &+ 16, as: ByteBlock.self)
        let third = unsafe raw.unsafeLoadUnaligned(fromByteOffset: index &+ 32, as: ByteBlock.self)
        let fourth = unsafe raw.unsafeLoadUnaligned(fromByteOffset: index &+ 48, as: ByteBlock.self)
        return marks(first).bits | marks(second).bits &<< 16 | marks(third).bits &<< 32 | marks(fourth).bits &<< 48
    }

    @inline(never)
    private func fewPlaces(at index: Int, marked marks: (ByteBlock) -> ByteMarks) -> UInt64 {
        var places: UInt64 = 0
        var offset = 0
        while offset < 64, index &+ offset < self.count {
            places |= marks(self.block(at: index &+ offset)).bits &<< UInt64(truncatingIfNeeded: offset)
            offset &+= 16
        }
        return places
    }

    /// The first position in a range whose byte is marked.
    @inline(__always)
    func firstIndex(in range: Range<Int>, marked marks: (ByteBlock) -> ByteMarks) -> Int? {
        var index = range.lowerBound
        while index < range.upperBound {
            let bits = marks(self.block(at: index)).bits
            if bits != 0 {
                let found = index &+ bits.trailingZeroBitCount
                return found < range.upperBound ? found : nil
            }
            index &+= 16
        }
        return nil
    }

    /// The first position in a range whose byte is not marked, or the end.
    @inline(__always)
    func end(of marks: (ByteBlock) -> ByteMarks, in range: Range<Int>) -> Int {
        var index = range.lowerBound
        while index < range.upperBound {
            let others = ~marks(self.block(at: index)).bits & 0xFFFF
            if others != 0 { return Swift.min(index &+ others.trailingZeroBitCount, range.upperBound) }
            index &+= 16
        }
        return range.upperBound
    }

    /// Whether a byte of a range is marked.
    @inline(__always)
    func contains(in range: Range<Int>, marked marks: (ByteBlock) -> ByteMarks) -> Bool {
        self.firstIndex(in: range, marked: marks) != nil
    }
}

extension UInt64 {
    /// So many ones, at most 64, from the lowest bit on.
    @inline(__always)
    static func firstBits(_ count: Int) -> UInt64 {
        count >= 64 ? .max : 1 &<< UInt64(truncatingIfNeeded: count) &- 1
    }
}
