// Lines and words of a message, eight bytes at a time: finding the line ends is most of the work on a message.

extension Span where Element == UInt8 {
    /// Eight bytes, the first one lowest. `index` must be eight bytes before the end.
    @inline(__always)
    func word(at index: Int) -> UInt64 {
        let raw = unsafe self.bytes
        return UInt64(littleEndian: unsafe raw.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self))
    }

    /// Up to eight bytes that fill a range, the first one lowest; 0 where there are more.
    @inline(__always)
    func shortWord(_ range: Range<Int>) -> UInt64 {
        let count = range.count
        guard count > 0, count <= 8 else { return 0 }
        if self.count &- range.lowerBound >= 8 {
            return self.word(at: range.lowerBound) & (UInt64.max >> UInt64(64 &- count &* 8))
        }
        var word: UInt64 = 0
        for index in range.reversed() { word = word << 8 | UInt64(self[index]) }
        return word
    }

    /// Eight bytes from a position on, the first one lowest; those from `end` on are `filler`.
    @inline(__always)
    func word(at index: Int, end: Int, filler: UInt64) -> UInt64 {
        let left = end &- index
        guard left < 8 else { return self.word(at: index) }
        let kept = UInt64.max >> UInt64(truncatingIfNeeded: 64 &- left &* 8)
        return self.shortWord(index..<end) & kept | filler & ~kept
    }

    /// The first line feed from a position on.
    ///
    /// 32 bytes at a time. The types of pattern and mask are written out: without them the generic comparison is
    /// chosen, lane after lane and 25 times as slow.
    @inline(__always)
    func lineFeed(from start: Int) -> Int? {
        var index = start
        let raw = unsafe self.bytes
        let pattern = SIMD32<UInt8>(repeating: 0x0A)
        while self.count &- index >= 32 {
            let block = unsafe raw.unsafeLoadUnaligned(fromByteOffset: index, as: SIMD32<UInt8>.self)
            let mask: SIMDMask<SIMD32<Int8>> = block .== pattern
            let feeds = unsafe unsafeBitCast(mask, to: SIMD4<UInt64>.self)
            if feeds[0] | feeds[1] | feeds[2] | feeds[3] != 0 {
                if feeds[0] != 0 { return index &+ feeds[0].trailingZeroBitCount / 8 }
                if feeds[1] != 0 { return index &+ 8 &+ feeds[1].trailingZeroBitCount / 8 }
                if feeds[2] != 0 { return index &+ 16 &+ feeds[2].trailingZeroBitCount / 8 }
                return index &+ 24 &+ feeds[3].trailingZeroBitCount / 8
            }
            index &+= 32
        }
        while index < self.count {
            if self[index] == 0x0A { return index }
            index &+= 1
        }
        return nil
    }

    /// Where a line ends that has a line feed at `feed`.
    @inline(__always)
    func endOfLine(from start: Int, feed: Int) -> Int { feed > start && self[feed - 1] == 0x0D ? feed - 1 : feed }

    /// Goes on over a line end that stands here.
    ///
    /// - Returns: whether there was one.
    @inline(__always)
    func skipEmptyLine(_ position: inout Int) -> Bool {
        guard position < self.count else { return false }
        if self[position] == 0x0A {
            position += 1
            return true
        }
        guard self[position] == 0x0D, position + 1 < self.count, self[position + 1] == 0x0A else { return false }
        position += 2
        return true
    }

    /// Goes on over the lines that begin with white space and so belong to the line before.
    ///
    /// - Parameter position: after the line feed of the line before.
    /// - Returns: the end of the last of them, or `lineEnd` where there is none.
    @inline(__always)
    func endOfFolds(_ lineEnd: Int, _ position: inout Int) -> Int {
        var end = lineEnd
        while position < self.count, self[position] <= 0x20, self[position] == 0x20 || self[position] == 0x09,
            let feed = self.lineFeed(from: position)
        {
            end = self.endOfLine(from: position, feed: feed)
            position = feed + 1
        }
        return end
    }

    /// Whether a range is a `token`.
    func isToken(_ range: Range<Int>) -> Bool {
        // To the end in any case, since a branch for each byte costs more.
        var isToken = !range.isEmpty
        for index in range { isToken = self[index].isToken && isToken }
        return isToken
    }

    /// Whether a range is `SIP/2.0`, in any case.
    func isVersion(_ range: Range<Int>) -> Bool {
        guard range.count == 7, range.upperBound < self.count else { return false }
        return self.word(at: range.lowerBound) << 8 | 0x2020_2000 == 0x302E_322F_7069_7300
    }
}

extension UInt64 {
    /// The highest bit of each byte that is the same as in `pattern`.
    @inline(__always)
    func everyByte(equalTo pattern: UInt64) -> UInt64 {
        let difference = self ^ pattern
        let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
        return ~(((difference & low) &+ low) | difference | low)
    }

    /// The highest bit of each byte that is the same as in `pattern`; right up to the first such byte.
    @inline(__always)
    func bytes(equalTo pattern: UInt64) -> UInt64 {
        let difference = self ^ pattern
        return (difference &- 0x0101_0101_0101_0101) & ~difference & 0x8080_8080_8080_8080
    }
}
