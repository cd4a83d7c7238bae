/// Walks over a header value. It holds positions only, since a structure cannot keep a span.
struct SIPValueScanner {
    var position: Int
    let end: Int

    /// Begins at the first byte of a range that is no white space.
    @inline(__always)
    init(_ bytes: Span<UInt8>, in range: Range<Int>) {
        let range = bytes.trimmed(range)
        (self.position, self.end) = (range.lowerBound, range.upperBound)
    }

    /// Begins at the first byte that is no white space.
    init(_ bytes: Span<UInt8>) {
        self.init(bytes, in: 0..<bytes.count)
    }

    /// Whether nothing is left.
    var isAtEnd: Bool { self.position >= self.end }

    /// What is left.
    var rest: Range<Int> { self.position..<max(self.position, self.end) }

    /// The byte that comes next.
    func next(_ bytes: Span<UInt8>) -> UInt8? { self.isAtEnd ? nil : bytes[self.position] }

    mutating func skipSpace(_ bytes: Span<UInt8>) {
        while self.position < self.end, bytes[self.position].isSpace { self.position += 1 }
    }

    /// Goes past `byte`, where it comes next.
    mutating func skip(_ byte: Unicode.Scalar, _ bytes: Span<UInt8>) -> Bool {
        guard self.next(bytes) == UInt8(ascii: byte) else { return false }
        self.position += 1
        return true
    }

    /// Goes past the bytes that `isPart` takes.
    ///
    /// - Returns: nil where there is none.
    mutating func run(_ bytes: Span<UInt8>, while isPart: (UInt8) -> Bool) -> Range<Int>? {
        let start = self.position
        while self.position < self.end, isPart(bytes[self.position]) { self.position += 1 }
        return self.position > start ? start..<self.position : nil
    }

    /// Goes past a token.
    mutating func token(_ bytes: Span<UInt8>) -> Range<Int>? {
        let start = self.position
        self.position = bytes.endOfToken(in: self.rest)
        return self.position > start ? start..<self.position : nil
    }

    /// Goes past digits that are no more than `limit`.
    mutating func number(_ bytes: Span<UInt8>, limit: Int = 0xFFFF_FFFF) -> Int? {
        guard let digits = self.run(bytes, while: { (0x30...0x39).contains($0) }) else { return nil }
        return bytes.number(digits, limit: limit)
    }

    /// Goes past a string in quotes.
    ///
    /// - Returns: the text without quotes and escapes; nil where no quote comes next, or it stays open.
    mutating func quoted(_ bytes: Span<UInt8>) -> String? {
        guard self.next(bytes) == UInt8(ascii: "\""),
            let close = bytes.endOfQuotedString(from: self.position, end: self.end), close <= self.end
        else { return nil }
        defer { self.position = close }
        return bytes.unquoted(self.position..<close)
    }

    /// Goes past a comment in parentheses, with the comments in it.
    ///
    /// - Returns: the text between the outermost parentheses, without escapes; nil where none comes next, or it stays
    ///   open.
    mutating func comment(_ bytes: Span<UInt8>) -> String? {
        guard self.next(bytes) == UInt8(ascii: "(") else { return nil }
        var text: [UInt8] = []
        var depth = 0
        var index = self.position
        while index < self.end {
            let byte = bytes[index]
            index += 1
            switch byte {
            case UInt8(ascii: "\\") where index < self.end:
                text.append(bytes[index])
                index += 1
                continue
            case UInt8(ascii: "("):
                depth += 1
                if depth == 1 { continue }
            case UInt8(ascii: ")"):
                depth -= 1
                if depth == 0 {
                    self.position = index
                    return String(decoding: text, as: UTF8.self)
                }
            default: break
            }
            text.append(byte)
        }
        return nil
    }

    /// Goes to `;name=value` parameters, which must fill what is left.
    ///
    /// - Returns: whether they are written as we would write them; nil where they are malformed.
    @inline(__always)
    mutating func checkParameters(_ bytes: Span<UInt8>) -> Bool? {
        self.skipSpace(bytes)
        guard self.isAtEnd || bytes[self.position] == UInt8(ascii: ";") else { return nil }
        return SIPParameters.check(bytes, self.rest)
    }

    /// Goes past `;name=value` parameters, which must fill what is left. They hold on to the bytes.
    @inline(__always)
    mutating func parameters(holding buffer: [UInt8]) -> SIPParameters? {
        let bytes = buffer.span
        self.skipSpace(bytes)
        guard self.isAtEnd || bytes[self.position] == UInt8(ascii: ";") else { return nil }
        defer { self.position = self.end }
        return SIPParameters(holding: buffer, in: self.rest)
    }

    /// Goes past `;name=value` parameters, which must fill what is left.
    mutating func parameters(_ bytes: Span<UInt8>) -> SIPParameters? {
        self.skipSpace(bytes)
        guard self.isAtEnd || bytes[self.position] == UInt8(ascii: ";") else { return nil }
        defer { self.position = self.end }
        return SIPParameters(parsing: bytes, in: self.rest)
    }
}
