/// Walks over `;name=value` parameters, or others that something else separates.
struct SIPParameterScanner {
    private var position: Int
    private let end: Int
    private let separator: UInt8
    /// A bit for each byte below 0x40 that means something here: blanks, the quote, `=` and the separator.
    private let telling: UInt64

    /// The name of the parameter that was found.
    private(set) var name = 0..<0
    /// Its value; nil where there is no `=`.
    private(set) var value: Range<Int>?
    /// Whether a quote stays open, or a value has no name.
    private(set) var isMalformed = false
    /// Whether what was passed has no blanks but in quotes, and no line folds.
    private(set) var isTight = true
    /// How often there was nothing between two separators, or before the first.
    private(set) var gapCount = 0

    init(_ range: Range<Int>, separator: UInt8) {
        (self.position, self.end, self.separator) = (range.lowerBound, range.upperBound, separator)
        self.telling = 0x2000_0005_FFFF_FFFF | 1 << UInt64(separator & 0x3F)
    }

    /// Finds the next parameter.
    ///
    /// - Returns: false at the end, and where it is malformed.
    mutating func next(_ bytes: Span<UInt8>) -> Bool {
        while self.position < self.end {
            let start = self.position
            var equals: Int?
            var index = start
            while index < self.end {
                let byte = bytes[index]
                if byte < 0x40, self.telling >> UInt64(byte) & 1 == 1 {
                    if byte == self.separator { break }
                    if byte == UInt8(ascii: "\"") {
                        guard let close = self.endOfQuotes(bytes, from: index) else { return false }
                        index = close
                        continue
                    }
                    if byte == UInt8(ascii: "=") {
                        if equals == nil { equals = index }
                    } else {
                        self.isTight = false
                    }
                }
                index &+= 1
            }
            let end = min(index, self.end)
            self.position = end + 1
            self.name = bytes.trimmed(start..<(equals ?? end))
            self.value = equals.map { bytes.trimmed(($0 + 1)..<end) }
            if !self.name.isEmpty { return true }
            self.isMalformed = equals != nil
            if self.isMalformed { return false }
            self.gapCount += 1
        }
        return false
    }

    private mutating func endOfQuotes(_ bytes: Span<UInt8>, from start: Int) -> Int? {
        guard let close = bytes.endOfQuotedString(from: start, end: self.end) else {
            self.isMalformed = true
            return nil
        }
        for index in start..<min(close, self.end) where bytes[index] == 0x0A || bytes[index] == 0x0D {
            self.isTight = false
        }
        return close
    }
}
