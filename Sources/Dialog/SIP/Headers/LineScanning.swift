/// Walks over lines that end in CR LF or LF.
struct SIPLineScanner {
    /// The line taken last, without its end.
    private(set) var line = 0..<0
    /// Where the next line begins.
    private(set) var position: Int
    /// Where the 64 bytes begin that were looked at last, and a bit for each line feed in them that is still ahead.
    private var window: Int
    private var feeds: UInt64

    /// Begins at the first byte that is no line end.
    @inline(__always)
    init(_ bytes: Span<UInt8>) {
        self.position = 0
        while self.position < bytes.count, bytes[self.position] == 0x0D || bytes[self.position] == 0x0A {
            self.position &+= 1
        }
        (self.window, self.feeds) = (self.position, bytes.places(of: 0x0A, at: self.position))
    }

    /// Takes the next line.
    ///
    /// - Returns: false where no line end comes.
    @inline(__always)
    mutating func nextLine(_ bytes: Span<UInt8>) -> Bool {
        while self.feeds == 0 {
            guard bytes.count &- self.window > 64 else { return false }
            self.window &+= 64
            self.feeds = bytes.places(of: 0x0A, at: self.window)
        }
        let (start, feed) = (self.position, self.window &+ self.feeds.trailingZeroBitCount)
        self.feeds &= self.feeds &- 1
        self.position = feed &+ 1
        let end = feed > start && bytes[feed &- 1] == 0x0D ? feed &- 1 : feed
        self.line = unsafe Range(uncheckedBounds: (start, end))
        return true
    }

    /// Adds the lines that begin with white space and so belong to the line before.
    @inline(__always)
    mutating func takeFolds(_ bytes: Span<UInt8>) {
        let start = self.line.lowerBound
        while self.position < bytes.count, bytes[self.position] <= 0x20,
            bytes[self.position] == 0x20 || bytes[self.position] == 0x09, self.nextLine(bytes)
        { self.line = start..<self.line.upperBound }
    }

    /// The position after the line end that stands here; nil where none does.
    @inline(__always)
    func endOfEmptyLine(_ bytes: Span<UInt8>) -> Int? {
        guard self.position < bytes.count else { return nil }
        if bytes[self.position] == 0x0A { return self.position &+ 1 }
        guard bytes[self.position] == 0x0D, self.position &+ 1 < bytes.count, bytes[self.position &+ 1] == 0x0A else {
            return nil
        }
        return self.position &+ 2
    }
}

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
        let others = UInt64(truncatingIfNeeded: 64 &- count &* 8)
        if self.count &- range.lowerBound >= 8 { return self.word(at: range.lowerBound) & (.max &>> others) }
        if range.upperBound >= 8 { return self.word(at: range.upperBound &- 8) &>> others }
        var word: UInt64 = 0
        for index in range.reversed() { word = word &<< 8 | UInt64(self[index]) }
        return word
    }

    /// Whether a range is a `token`.
    func isToken(_ range: Range<Int>) -> Bool {
        !range.isEmpty && self.endOfToken(in: range) == range.upperBound
    }

    /// The first position in a range where no character of a `token` stands, or the end.
    @inline(__always)
    func endOfToken(in range: Range<Int>) -> Int { self.end(of: { $0.tokenCharacters }, in: range) }

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
