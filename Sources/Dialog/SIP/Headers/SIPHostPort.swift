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
            index = bytes.end(of: { $0.hostCharacters }, in: range)
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
