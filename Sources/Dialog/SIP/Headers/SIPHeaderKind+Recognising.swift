extension SIPHeaderKind {
    /// Recognises a name in any case, long or compact.
    init(_ bytes: Span<UInt8>, in range: Range<Int>) {
        self = SIPHeaderNameTable.shared.kind(SIPHeaderNameKey(bytes, in: range), count: range.count)
    }
}

/// A header name as three words, so that it is compared at once. Names longer than 24 bytes have none of their own.
struct SIPHeaderNameKey {
    var first: UInt64 = 0
    var second: UInt64 = 0
    var third: UInt64 = 0

    @inline(__always)
    init(_ first: UInt64, _ second: UInt64 = 0, _ third: UInt64 = 0) {
        (self.first, self.second, self.third) = (first, second, third)
    }

    /// The key of a range; the empty one where it is too long to be a known name.
    init(_ bytes: Span<UInt8>, in range: Range<Int>) {
        guard range.count <= Self.byteCount else { return }
        for (place, index) in range.enumerated() {
            let byte = UInt64(bytes[index]) << UInt64(place % 8 * 8)
            switch place / 8 {
            case 0: self.first |= byte
            case 1: self.second |= byte
            default: self.third |= byte
            }
        }
    }

    static let byteCount = 24

    /// The same key whatever the case of letters; other bytes may become the same, too.
    @inline(__always)
    var folded: Self {
        let blanks: UInt64 = 0x2020_2020_2020_2020
        return Self(self.first | blanks, self.second | blanks, self.third | blanks)
    }

    /// A place in a table of 2 048.
    @inline(__always)
    func slot(_ multiplier: UInt64) -> Int {
        let mixed = self.first ^ (self.second << 1 | self.second >> 63) ^ (self.third << 2 | self.third >> 62)
        return Int(truncatingIfNeeded: (mixed &* multiplier) >> 53)
    }
}

/// Every known name by its key: one multiplication finds the only name that it can be.
struct SIPHeaderNameTable: Sendable {
    /// One name, its letters in lower case, and the bits by which a letter in another case differs.
    struct Entry: Sendable {
        var key: (UInt64, UInt64, UInt64)
        var letters: (UInt64, UInt64, UInt64)
        var count: Int
        var kind: SIPHeaderKind
    }

    private var multiplier: UInt64
    private var slots: [UInt8]
    private var entries: [Entry]

    static let shared = SIPHeaderNameTable()

    private init() {
        self.entries = [Entry(key: (0, 0, 0), letters: (0, 0, 0), count: 0, kind: .other)]
        for kind in SIPHeaderKind.allCases where kind != .other {
            self.entries.append(Self.entry(Array(kind.name.lowercased().utf8), kind))
            if let letter = kind.compactName { self.entries.append(Self.entry([letter], kind)) }
        }
        (self.multiplier, self.slots) = (0, [])
        var generator = TokenGenerator(seed: 1)
        repeat { self.multiplier = generator.next() | 1 } while !self.fill()
    }

    /// Gives each name a slot of its own.
    ///
    /// - Returns: false where two names want the same one.
    private mutating func fill() -> Bool {
        self.slots = Array(repeating: 0, count: 2_048)
        for (index, entry) in self.entries.enumerated().dropFirst() {
            let slot = SIPHeaderNameKey(entry.key.0, entry.key.1, entry.key.2).folded.slot(self.multiplier)
            guard self.slots[slot] == 0 else { return false }
            self.slots[slot] = UInt8(truncatingIfNeeded: index)
        }
        return true
    }

    private static func entry(_ name: [UInt8], _ kind: SIPHeaderKind) -> Entry {
        let key = SIPHeaderNameKey(name.span, in: 0..<name.count)
        let bits = name.map { (0x61...0x7A).contains($0) ? 0x20 as UInt8 : 0 }
        let letters = SIPHeaderNameKey(bits.span, in: 0..<bits.count)
        return Entry(
            key: (key.first, key.second, key.third), letters: (letters.first, letters.second, letters.third),
            count: name.count, kind: kind)
    }

    /// What a name is.
    ///
    /// - Parameter count: its bytes. The key alone does not tell NULs at its end from nothing.
    @inline(__always)
    func kind(_ key: SIPHeaderNameKey, count: Int) -> SIPHeaderKind {
        let entry = self.entries[Int(self.slots[key.folded.slot(self.multiplier)])]
        let isIt =
            key.first | entry.letters.0 == entry.key.0 && key.second | entry.letters.1 == entry.key.1
            && key.third | entry.letters.2 == entry.key.2 && count == entry.count
        return isIt ? entry.kind : .other
    }

    /// Recognises the name at the beginning of a line where it is known and the colon follows at once.
    ///
    /// - Returns: where the name ends, and `.other` where that is not so.
    @inline(__always)
    func knownName(_ bytes: Span<UInt8>, at start: Int) -> (kind: SIPHeaderKind, end: Int) {
        let colons: UInt64 = 0x3A3A_3A3A_3A3A_3A3A
        let left = bytes.count &- start
        guard left >= 8 else { return (.other, start) }
        let first = bytes.word(at: start)
        let inFirst = first.bytes(equalTo: colons)
        if inFirst != 0 {
            let count = inFirst.trailingZeroBitCount / 8
            return (self.kind(SIPHeaderNameKey(first.below(inFirst)), count: count), start &+ count)
        }
        guard left >= 16 else { return (.other, start) }
        let second = bytes.word(at: start &+ 8)
        let inSecond = second.bytes(equalTo: colons)
        if inSecond != 0 {
            let count = 8 &+ inSecond.trailingZeroBitCount / 8
            return (self.kind(SIPHeaderNameKey(first, second.below(inSecond)), count: count), start &+ count)
        }
        guard left >= 24 else { return (.other, start) }
        let third = bytes.word(at: start &+ 16)
        let inThird = third.bytes(equalTo: colons)
        guard inThird != 0 else { return (.other, start) }
        let count = 16 &+ inThird.trailingZeroBitCount / 8
        return (self.kind(SIPHeaderNameKey(first, second, third.below(inThird)), count: count), start &+ count)
    }
}

extension UInt64 {
    /// The bytes before the first that is marked, the others zero.
    @inline(__always)
    fileprivate func below(_ marks: UInt64) -> UInt64 { self & ((marks & (0 &- marks)) >> 7 &- 1) }
}
