// What all readers of lines share. Positions instead of sub-spans, since a function cannot return a span.

extension Span<UInt8> {
    /// The text of a range; bytes that are no UTF-8 are replaced.
    func string(_ range: Range<Int>) -> String {
        // Half the time of a validated copy, and half of what reading typed values costs is strings.
        unsafe self.extracting(range).withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
    }

    /// Eight bytes, the first one lowest.
    @inline(__always)
    func word(at index: Int) -> UInt64 {
        let raw = unsafe self.bytes
        return UInt64(littleEndian: unsafe raw.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self))
    }

    /// The first position of `byte` in a range; its end where there is none. Eight bytes at a time.
    @inline(__always)
    func end(of range: Range<Int>, before byte: UInt8) -> Int {
        precondition(range.lowerBound >= 0 && range.upperBound <= self.count)
        // Within the span: just checked, once instead of for each byte.
        var index = range.lowerBound
        let raw = unsafe self.bytes
        let pattern = UInt64(byte) &* 0x0101_0101_0101_0101
        while range.upperBound - index >= 8 {
            let loaded = unsafe raw.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
            let difference = UInt64(littleEndian: loaded) ^ pattern
            let zeros = (difference &- 0x0101_0101_0101_0101) & ~difference & 0x8080_8080_8080_8080
            if zeros != 0 { return index + zeros.trailingZeroBitCount / 8 }
            index += 8
        }
        while index < range.upperBound, unsafe self[unchecked: index] != byte { index += 1 }
        return index
    }

    /// The next field of a line and the position after it; fields are parted by blanks.
    @inline(__always)
    func nextField(from position: inout Int, to end: Int) -> Range<Int>? {
        precondition(position >= 0 && end <= self.count)
        // Within the span: just checked, once instead of for each byte.
        while position < end, unsafe self[unchecked: position].isBlank { position += 1 }
        let start = position
        while position < end, unsafe !self[unchecked: position].isBlank { position += 1 }
        return start < position ? start..<position : nil
    }

    /// The range without blanks at its ends.
    func trimmed(_ range: Range<Int>) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, self[start].isBlank { start += 1 }
        while end > start, self[end - 1].isBlank { end -= 1 }
        return start..<end
    }

    /// A decimal number that fills the range.
    ///
    /// - Returns: nil where there is anything but digits, or more than `limit`.
    func number(_ range: Range<Int>, limit: UInt64 = .max) -> UInt64? {
        guard !range.isEmpty, range.count < 20 else { return self.longNumber(range, limit) }
        precondition(range.lowerBound >= 0 && range.upperBound <= self.count)
        var value: UInt64 = 0
        for index in range {
            // Within the span: just checked, once instead of for each digit. Nineteen digits do not overflow.
            let digit = unsafe UInt64(self[unchecked: index]) &- 48
            guard digit <= 9 else { return nil }
            value = value &* 10 &+ digit
        }
        return value <= limit ? value : nil
    }

    /// A number of twenty digits or more, which may be too large.
    private func longNumber(_ range: Range<Int>, _ limit: UInt64) -> UInt64? {
        guard !range.isEmpty else { return nil }
        var value: UInt64 = 0
        for index in range {
            let digit = UInt64(self[index]) &- 48
            let (product, isTooLong) = value.multipliedReportingOverflow(by: 10)
            let (sum, isTooLarge) = product.addingReportingOverflow(digit)
            guard digit <= 9, !isTooLong, !isTooLarge else { return nil }
            value = sum
        }
        return value <= limit ? value : nil
    }

    /// Whether a range holds bytes that are written as blanks.
    func holdsUnwritable(_ range: Range<Int>) -> Bool {
        var block = range.lowerBound
        while block < range.upperBound {
            if self.bits(ofBlockAt: block, to: range.upperBound, anyOf: UInt8.unwritable) != 0 { return true }
            block += 64
        }
        return false
    }

    /// Whether a range holds `text`, in any case of its ASCII letters.
    func equalsIgnoringCase(_ range: Range<Int>, _ text: String) -> Bool {
        let text = text.utf8
        guard range.count == text.count else { return false }
        var index = range.lowerBound
        for byte in text {
            if self[index].lowercased != byte.lowercased { return false }
            index += 1
        }
        return true
    }

    /// Whether a range holds exactly the bytes of `text`.
    func equals(_ range: Range<Int>, _ text: String) -> Bool {
        let text = text.utf8
        guard range.count == text.count else { return false }
        var index = range.lowerBound
        for byte in text {
            if self[index] != byte { return false }
            index += 1
        }
        return true
    }
}

extension UInt8 {
    /// A lower-case letter in place of an upper-case one.
    fileprivate var lowercased: UInt8 { (0x41...0x5A).contains(self) ? self | 0x20 : self }

    /// What never stands in the value of a line: it is written as a blank, so that no value can smuggle in a line.
    static let unwritable: (UInt8, UInt8, UInt8) = (0x00, 0x0A, 0x0D)

    /// The byte as it is written in the value of a line.
    var written: UInt8 {
        let (zero, feed, carriageReturn) = Self.unwritable
        return self == zero || self == feed || self == carriageReturn ? 0x20 : self
    }

    /// A space or a tab.
    var isBlank: Bool { self == 0x20 || self == 0x09 }
}
