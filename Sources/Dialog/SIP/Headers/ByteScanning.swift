import CallCore

// What all header parsers share. Positions instead of sub-spans, since a function cannot return a span.

extension Span where Element == UInt8 {
    /// The text of a range; bytes that are no UTF-8 are replaced.
    func string(_ range: Range<Int>) -> String {
        let part = self.extracting(range)
        // From a buffer, as a text of up to 15 bytes then costs hardly more than its copy.
        return unsafe part.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
    }

    /// The bytes of a range.
    func array(_ range: Range<Int>) -> [UInt8] {
        let part = self.extracting(range)
        // One bulk copy: byte by byte through OutputSpan doubles the cost of a message.
        return unsafe part.withUnsafeBufferPointer { unsafe Array($0) }
    }

    /// The range without white space and line folds at its ends.
    @inline(__always)
    func trimmed(_ range: Range<Int>) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, self[start].isSpace { start += 1 }
        while end > start, self[end - 1].isSpace { end -= 1 }
        return start..<end
    }

    /// The first position of `byte` in a range.
    @inline(__always)
    func firstIndex(of byte: UInt8, in range: Range<Int>) -> Int? {
        var index = range.lowerBound
        while index < range.upperBound {
            let places = self.places(of: byte, at: index)
            if places != 0 {
                let found = index &+ places.trailingZeroBitCount
                return found < range.upperBound ? found : nil
            }
            index &+= 64
        }
        return nil
    }

    /// The position after the closing quote of a quoted string.
    ///
    /// - Returns: nil where it is not closed before `end`.
    func endOfQuotedString(from start: Int, end: Int) -> Int? {
        var index = start + 1
        while index < end,
            let found = self.firstIndex(
                in: index..<end, marked: { $0.equal(to: UInt8(ascii: "\"")).or($0.equal(to: UInt8(ascii: "\\"))) })
        {
            if self[found] == UInt8(ascii: "\"") { return found + 1 }
            index = found + 2
        }
        return nil
    }

    /// The text of a quoted string without its quotes and escapes.
    func unquoted(_ range: Range<Int>) -> String {
        guard range.count >= 2 else { return "" }
        var text: [UInt8] = []
        var index = range.lowerBound + 1
        while index < range.upperBound - 1 {
            if self[index] == UInt8(ascii: "\\"), index + 1 < range.upperBound - 1 { index += 1 }
            text.append(self[index])
            index += 1
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The end of the list element that begins at `start`: a comma outside quotes and angle brackets, or the end.
    func endOfElement(from start: Int, end: Int) -> Int {
        // A bit for each of the four bytes below, all of which are below 0x40.
        let telling: UInt64 = 1 << 0x22 | 1 << 0x2C | 1 << 0x3C | 1 << 0x3E
        var index = start
        var isInBrackets = false
        while index < end {
            let byte = self[index]
            guard byte < 0x40, telling >> UInt64(byte) & 1 == 1 else {
                index &+= 1
                continue
            }
            switch byte {
            case UInt8(ascii: "\"") where !isInBrackets:
                guard let next = self.endOfQuotedString(from: index, end: end) else { return end }
                index = next
                continue
            case UInt8(ascii: "<"): isInBrackets = true
            case UInt8(ascii: ">"): isInBrackets = false
            case UInt8(ascii: ",") where !isInBrackets: return index
            default: break
            }
            index &+= 1
        }
        return end
    }

    /// How often `byte` stands in a range.
    func count(of byte: UInt8, in range: Range<Int>) -> Int {
        var count = 0
        var index = range.lowerBound
        while index < range.upperBound {
            let bits = self.block(at: index).equal(to: byte).bits & .firstBits(range.upperBound &- index)
            count &+= bits.nonzeroBitCount
            index &+= 16
        }
        return count
    }

    /// Whether a range holds carriage returns or line feeds.
    @inline(__always)
    func hasLineEnds(_ range: Range<Int>) -> Bool {
        self.contains(in: range) { $0.equal(to: 0x0A).or($0.equal(to: 0x0D)) }
    }

    /// Whether a range holds quotes or angle brackets.
    @inline(__always)
    func hasQuotesOrBrackets(_ range: Range<Int>) -> Bool {
        self.contains(in: range) { block in
            // `<` and `>` differ in one bit.
            let brackets: ByteBlock = block & ByteBlock(repeating: 0xFD)
            return brackets.equal(to: 0x3C).or(block.equal(to: UInt8(ascii: "\"")))
        }
    }

    /// A decimal number that fills the range.
    ///
    /// - Parameter limit: below 2³³.
    /// - Returns: nil where there is anything but digits, or more than `limit`.
    @inline(__always)
    func number(_ range: Range<Int>, limit: Int) -> Int? {
        guard !range.isEmpty, range.count <= 19 else { return nil }
        var value = 0
        for index in range {
            let digit = self[index] &- 0x30
            guard digit < 10 else { return nil }
            value = value &* 10 &+ Int(digit)
            guard value <= limit else { return nil }
        }
        return value
    }

    /// Whether a range holds `text`, in any case. `text` must be lower-case letters, digits and hyphens.
    func equalsIgnoringCase(_ range: Range<Int>, _ text: [UInt8]) -> Bool {
        guard range.count == text.count else { return false }
        var index = range.lowerBound
        for byte in text {
            if self[index].lowercased != byte { return false }
            index += 1
        }
        return true
    }

    /// Whether a range holds `text`, in any case.
    func equalsIgnoringCase(_ range: Range<Int>, _ text: String) -> Bool {
        guard range.count == text.utf8.count else { return false }
        var index = range.lowerBound
        for byte in text.utf8 {
            if self[index].lowercased != byte.lowercased { return false }
            index += 1
        }
        return true
    }

    /// Whether a range holds what another holds elsewhere.
    func equals(_ range: Range<Int>, _ other: Span<UInt8>, _ otherRange: Range<Int>) -> Bool {
        guard range.count == otherRange.count else { return false }
        for offset in 0..<range.count
        where self[range.lowerBound + offset] != other[otherRange.lowerBound + offset] { return false }
        return true
    }
}

extension UInt8 {
    /// White space, also as part of a line fold.
    @inline(__always)
    var isSpace: Bool { self <= 0x20 && (self == 0x20 || self == 0x09 || self == 0x0D || self == 0x0A) }

    /// A lower-case letter in place of an upper-case one.
    @inline(__always)
    var lowercased: UInt8 { (0x41...0x5A).contains(self) ? self | 0x20 : self }

    @inline(__always)
    var isDigit: Bool { self &- 0x30 < 10 }

    /// Letters and digits.
    @inline(__always)
    var isAlphanumeric: Bool { self.isDigit || (self | 0x20) &- 0x61 < 26 }

    /// A character of a `token`: a letter, a digit, or one of `-.!%*_+\`'~`.
    ///
    /// - Source: RFC 3261 §25.1.
    @inline(__always)
    var isToken: Bool {
        // One bit a character, of 0x00 to 0x3F and of 0x40 to 0x7F.
        let bits: UInt64 = self < 0x40 ? 0x03FF_6CA2_0000_0000 : 0x47FF_FFFF_87FF_FFFE
        return self < 0x80 && bits >> UInt64(self & 0x3F) & 1 == 1
    }
}

extension [UInt8] {
    /// Appends text; line ends become blanks, so that no value can smuggle in a field.
    mutating func append(text: String) {
        let start = self.count
        let utf8 = text.utf8Span.span
        // One bulk copy.
        unsafe utf8.withUnsafeBufferPointer { unsafe self.append(contentsOf: $0) }
        self.replaceLineEnds(from: start)
    }

    /// Appends bytes of a word, the lowest one first.
    @inline(__always)
    mutating func append(word: UInt64, count: Int) {
        unsafe Swift.withUnsafeBytes(of: word.littleEndian) { unsafe self.append(contentsOf: $0.prefix(count)) }
    }

    /// Appends a part of other bytes. From a buffer, since a slice of an array is held and let go each time.
    @inline(__always)
    mutating func append(_ bytes: [UInt8], _ range: Range<Int>) {
        unsafe bytes.withUnsafeBufferPointer {
            unsafe self.append(contentsOf: UnsafeBufferPointer(rebasing: $0[range]))
        }
    }

    /// Appends text as with ``append(text:)``, where it lies in other bytes.
    mutating func append(line text: WireText) {
        let start = self.count
        self.append(text.buffer, text.range)
        self.replaceLineEnds(from: start)
    }

    /// Appends text as with ``append(text:)``.
    ///
    /// - Returns: where it stands.
    mutating func append(part text: String) -> SIPPlace {
        let start = self.count
        self.append(text: text)
        return SIPPlace(start..<self.count)
    }

    /// Appends decimal digits.
    mutating func append(number: Int) {
        guard number >= 0 else { return self.append(contentsOf: String(number).utf8) }
        var place = 1
        while number / place >= 10 { place *= 10 }
        while place > 0 {
            self.append(0x30 &+ UInt8(truncatingIfNeeded: number / place % 10))
            place /= 10
        }
    }

    /// Appends a string in quotes.
    mutating func append(quoted text: String) {
        self.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { self.append(UInt8(ascii: "\\")) }
            self.append(byte == 0x0D || byte == 0x0A ? 0x20 : byte)
        }
        self.append(UInt8(ascii: "\""))
    }

    private mutating func replaceLineEnds(from start: Int) {
        let added = start..<self.count
        guard self.span.hasLineEnds(added) else { return }
        for index in added where self[index] == 0x0D || self[index] == 0x0A { self[index] = 0x20 }
    }
}
