/// `host:port` as in URIs and Via, by its places.
struct SIPHostPort {
    /// A name or an address; IPv6 with its brackets.
    var host = 0..<0
    var port: UInt16?
    /// The position after it.
    var end = 0
    /// Whether it is as we write it: no blanks, no leading zeros.
    var isCanonical = true

    /// Reads a host, and a port after a colon with or without blanks round it.
    ///
    /// - Returns: whether they are there.
    @inline(__always)
    mutating func take(_ bytes: Span<UInt8>, in range: Range<Int>) -> Bool {
        var index = range.lowerBound
        guard index < range.upperBound else { return false }
        if bytes[index] == UInt8(ascii: "[") {
            guard let close = bytes.firstIndex(of: UInt8(ascii: "]"), in: range) else { return false }
            index = close + 1
        } else {
            while index < range.upperBound {
                let others = ~bytes.word(at: index, end: range.upperBound, filler: 0).hostCharacters
                let count = (others & 0x8080_8080_8080_8080).trailingZeroBitCount / 8
                index &+= count
                if count < 8 { break }
            }
        }
        guard index > range.lowerBound else { return false }
        self.host = range.lowerBound..<index
        self.end = index
        guard index < range.upperBound else { return true }
        while index < range.upperBound, bytes[index].isSpace { index += 1 }
        guard index < range.upperBound, bytes[index] == UInt8(ascii: ":") else { return true }
        index += 1
        while index < range.upperBound, bytes[index].isSpace { index += 1 }
        let digits = index
        var number = 0
        while index < range.upperBound, bytes[index].isDigit {
            number = number &* 10 &+ Int(bytes[index] &- 0x30)
            guard number <= 65_535 else { return false }
            index &+= 1
        }
        guard index > digits, index - digits <= 19 else { return false }
        self.port = UInt16(truncatingIfNeeded: number)
        self.isCanonical =
            digits == self.end + 1 && (bytes[digits] != UInt8(ascii: "0") || index == digits + 1)
        self.end = index
        return true
    }
}

extension UInt64 {
    /// The highest bit of each byte that is a letter, a digit, or one of `.-_`.
    @inline(__always)
    fileprivate var hostCharacters: UInt64 {
        // Bytes of seven bits, so that nothing is carried from one to the next: a sum has the highest bit where a
        // byte is no less than a bound.
        let low = self & 0x7F7F_7F7F_7F7F_7F7F
        let letter = low | 0x2020_2020_2020_2020
        let letters = (letter &+ 0x1F1F_1F1F_1F1F_1F1F) & ~(letter &+ 0x0505_0505_0505_0505)
        let digits = (low &+ 0x5050_5050_5050_5050) & ~(low &+ 0x4646_4646_4646_4646)
        let hyphensAndDots = (low &+ 0x5353_5353_5353_5353) & ~(low &+ 0x5151_5151_5151_5151)
        let underscores = ~((low ^ 0x5F5F_5F5F_5F5F_5F5F) &+ 0x7F7F_7F7F_7F7F_7F7F)
        return (letters | digits | hyphensAndDots | underscores) & ~self & 0x8080_8080_8080_8080
    }
}
