// How logs spell values, read from the bytes of one line.

extension Span where Element == UInt8 {
    /// The text of a range; bytes that are no UTF-8 are replaced.
    func string(_ range: Range<Int>) -> String {
        let part = self.extracting(range)
        if let text = try? UTF8Span(validating: part) { return String(copying: text) }
        // One bulk copy, of what the span holds.
        return String(decoding: unsafe part.withUnsafeBufferPointer { unsafe Array($0) }, as: UTF8.self)
    }

    /// Whether `text` stands at a position.
    func has(_ text: StaticString, at position: Int) -> Bool {
        let count = text.utf8CodeUnitCount
        guard position >= 0, self.count - position >= count else { return false }
        // Safe: the pointer of a static string is valid for so many bytes, for ever.
        let wanted = unsafe UnsafeBufferPointer(start: text.utf8Start, count: count)
        for index in 0..<count where unsafe self[position + index] != wanted[index] { return false }
        return true
    }

    /// Whether a range ends with `text`.
    func ends(_ range: Range<Int>, with text: StaticString) -> Bool {
        let start = range.upperBound - text.utf8CodeUnitCount
        return start >= range.lowerBound && self.has(text, at: start)
    }

    /// The first position of a byte in a range.
    func firstIndex(of byte: UInt8, in range: Range<Int>) -> Int? {
        for index in range where self[index] == byte { return index }
        return nil
    }

    /// The first position of a text in a range.
    func firstIndex(of text: StaticString, in range: Range<Int>) -> Int? {
        for index in range where self.has(text, at: index) { return index }
        return nil
    }

    /// The first position in a range that is no tab and no space.
    func afterBlanks(_ range: Range<Int>) -> Int {
        for index in range where !self[index].isBlank { return index }
        return range.upperBound
    }

    /// What stands between two quotation marks that enclose a range, escapes undone; nil where they do not.
    func quoted(_ range: Range<Int>, by mark: UInt8) -> String? {
        guard range.count >= 2, self[range.lowerBound] == mark, self[range.upperBound - 1] == mark else { return nil }
        return self.unescaped(range.lowerBound + 1..<range.upperBound - 1)
    }

    /// The text of a range, with `\xHH` for control characters, quotation marks, and a backslash before an `x`.
    func unescaped(_ range: Range<Int>) -> String {
        guard self.firstIndex(of: UInt8(ascii: "\\"), in: range) != nil else { return self.string(range) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(range.count)
        var index = range.lowerBound
        while index < range.upperBound {
            if self.has("\\x", at: index), index + 4 <= range.upperBound, let high = self[index + 2].hexadecimalDigit,
                let low = self[index + 3].hexadecimalDigit, case let code = high << 4 | low,
                code < 0x20 || code == 0x7F || code == UInt8(ascii: "\\") || code == UInt8(ascii: "'")
            {
                bytes.append(code)
                index += 4
            } else {
                bytes.append(self[index])
                index += 1
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A decimal number that fills a range; nil where it would be printed otherwise.
    func integer(_ range: Range<Int>) -> Int? {
        guard let first = range.first else { return nil }
        let isNegative = self[first] == UInt8(ascii: "-")
        let digits = (isNegative ? first + 1 : first)..<range.upperBound
        guard let leading = digits.first, self[leading] != UInt8(ascii: "0") || (digits.count == 1 && !isNegative)
        else {
            return nil
        }
        var value = 0
        for index in digits {
            let digit = self[index] &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            // Negative numbers are counted downwards: their range is one larger.
            let (sum, second) = product.addingReportingOverflow(isNegative ? -Int(digit) : Int(digit))
            guard !overflow, !second else { return nil }
            value = sum
        }
        return value
    }

    /// 16 hexadecimal digits in lower case that fill a range.
    func identity(_ range: Range<Int>) -> UInt64? {
        guard range.count == 16 else { return nil }
        var value: UInt64 = 0
        for index in range {
            guard let digit = self[index].hexadecimalDigit, !(0x41...0x46).contains(self[index]) else { return nil }
            value = value << 4 | UInt64(digit)
        }
        return value
    }

    /// `[3] 00 01 02`, with `..` at the end where not all bytes are shown.
    func bytes(_ range: Range<Int>) -> (count: Int, bytes: [UInt8], isCut: Bool)? {
        guard range.count >= 3, self[range.lowerBound] == UInt8(ascii: "["),
            let close = self.firstIndex(of: UInt8(ascii: "]"), in: range),
            let count = self.integer(range.lowerBound + 1..<close), count >= 0
        else { return nil }
        let isCut = self.ends(range, with: "..")
        let end = isCut ? range.upperBound - 2 : range.upperBound
        var bytes: [UInt8] = []
        var index = close + 1
        // A blank before each byte; an empty value ends with one.
        while index + 2 < end {
            guard self[index] == UInt8(ascii: " "), let high = self[index + 1].hexadecimalDigit,
                let low = self[index + 2].hexadecimalDigit
            else { return nil }
            bytes.append(high << 4 | low)
            index += 3
        }
        guard index == end || (index == end - 1 && bytes.isEmpty && self[index] == UInt8(ascii: " ")) else {
            return nil
        }
        return isCut || bytes.count == count ? (count, bytes, isCut) : nil
    }
}

extension UInt8 {
    var isBlank: Bool { self == UInt8(ascii: "\t") || self == UInt8(ascii: " ") }
    var isUpperCase: Bool { (0x41...0x5A).contains(self) }
    var isAlphanumeric: Bool { self.isUpperCase || (0x61...0x7A).contains(self) || (0x30...0x39).contains(self) }

    var hexadecimalDigit: UInt8? {
        switch self {
        case 0x30...0x39: self - 0x30
        case 0x61...0x66: self - 0x61 + 10
        case 0x41...0x46: self - 0x41 + 10
        default: nil
        }
    }
}
