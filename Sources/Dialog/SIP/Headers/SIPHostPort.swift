/// `host:port` as in URIs and Via, by its places.
struct SIPHostPort {
    /// A name or an address; IPv6 with its brackets.
    var host: Range<Int>
    var port: UInt16?
    /// The position after it.
    var end: Int
    /// Whether it is as we write it: no blanks, no leading zeros.
    var isCanonical = true

    /// Reads a host, and a port after a colon with or without blanks round it.
    @inline(__always)
    init?(parsing bytes: Span<UInt8>, in range: Range<Int>) {
        var index = range.lowerBound
        guard index < range.upperBound else { return nil }
        if bytes[index] == UInt8(ascii: "[") {
            guard let close = bytes.firstIndex(of: UInt8(ascii: "]"), in: range) else { return nil }
            index = close + 1
        } else {
            while index < range.upperBound, bytes[index].isHostCharacter { index &+= 1 }
        }
        guard index > range.lowerBound else { return nil }
        self.host = range.lowerBound..<index
        self.end = index
        guard index < range.upperBound else { return }
        while index < range.upperBound, bytes[index].isSpace { index += 1 }
        guard index < range.upperBound, bytes[index] == UInt8(ascii: ":") else { return }
        index += 1
        while index < range.upperBound, bytes[index].isSpace { index += 1 }
        let digits = index
        while index < range.upperBound, bytes[index].isDigit { index += 1 }
        guard let number = bytes.number(digits..<index, limit: 65_535) else { return nil }
        self.port = UInt16(truncatingIfNeeded: number)
        self.isCanonical =
            digits == self.end + 1 && (bytes[digits] != UInt8(ascii: "0") || index == digits + 1)
        self.end = index
    }
}

extension UInt8 {
    /// A letter, a digit, or one of `.-_`.
    @inline(__always)
    fileprivate var isHostCharacter: Bool {
        let bits: UInt64 = self < 0x40 ? 0x03FF_6000_0000_0000 : 0x07FF_FFFE_87FF_FFFE
        return self < 0x80 && bits >> UInt64(self & 0x3F) & 1 == 1
    }
}
