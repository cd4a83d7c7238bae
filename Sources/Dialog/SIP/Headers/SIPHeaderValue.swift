public import CallCore

/// The value of a header field, read when asked for. Open: conform types of your own for headers of your own.
public protocol SIPHeaderValue: Hashable, Sendable {
    /// Reads a value that fills the span; white space round it and line folds in it may be present.
    ///
    /// - Returns: nil where it is malformed.
    init?(parsing bytes: Span<UInt8>)

    /// Reads a value that fills the text. A type that keeps the text instead of strings implements this one as well;
    /// for others it is there, and reads the span.
    ///
    /// - Returns: nil where it is malformed.
    init?(parsing text: WireText)

    /// Appends the value as it stands on the wire.
    func write(to output: inout [UInt8])
}

extension SIPHeaderValue {
    /// Reads a value that fills the text.
    ///
    /// - Returns: nil where it is malformed.
    public init?(parsing text: borrowing WireText) { self.init(parsing: text.buffer.span.extracting(text.range)) }

    /// The value as it stands on the wire.
    var written: String {
        var output: [UInt8] = []
        self.write(to: &output)
        return String(decoding: output, as: UTF8.self)
    }
}

extension String: SIPHeaderValue {
    /// The text, with each line fold replaced by one blank.
    public init?(parsing bytes: Span<UInt8>) { self.init(parsing: bytes, in: 0..<bytes.count) }

    /// The text, with each line fold replaced by one blank.
    public init?(parsing text: borrowing WireText) { self.init(parsing: text.buffer.span, in: text.range) }

    private init(parsing bytes: Span<UInt8>, in range: Range<Int>) {
        let range = bytes.trimmed(range)
        guard bytes.firstIndex(of: 0x0A, in: range) != nil else {
            self = bytes.string(range)
            return
        }
        var text: [UInt8] = []
        var index = range.lowerBound
        while index < range.upperBound {
            if bytes[index] == 0x0A {
                while text.last?.isSpace == true { text.removeLast() }
                while index < range.upperBound, bytes[index].isSpace { index += 1 }
                text.append(0x20)
            } else {
                text.append(bytes[index])
                index += 1
            }
        }
        self = String(decoding: text, as: UTF8.self)
    }

    /// Appends the text; line ends become blanks.
    public func write(to output: inout [UInt8]) { output.append(text: self) }
}

extension Int: SIPHeaderValue {
    /// Reads a decimal number; parameters after it, as some peers write them, are passed over.
    public init?(parsing bytes: Span<UInt8>) { self.init(parsing: bytes, in: 0..<bytes.count) }

    /// Reads a decimal number; parameters after it, as some peers write them, are passed over.
    public init?(parsing text: borrowing WireText) { self.init(parsing: text.buffer.span, in: text.range) }

    init?(parsing bytes: Span<UInt8>, in range: Range<Int>) {
        var scanner = SIPValueScanner(bytes, in: range)
        guard let number = scanner.number(bytes) else { return nil }
        scanner.skipSpace(bytes)
        guard scanner.isAtEnd || scanner.next(bytes) == UInt8(ascii: ";") else { return nil }
        self = number
    }

    /// Appends the digits.
    public func write(to output: inout [UInt8]) { output.append(number: self) }
}

extension SIPMethod: SIPHeaderValue {
    /// Reads a token.
    public init?(parsing bytes: Span<UInt8>) { self.init(parsing: bytes, in: bytes.trimmed(0..<bytes.count)) }

    /// Reads a token.
    public init?(parsing text: borrowing WireText) {
        let bytes = text.buffer.span
        if let known = SIPMethod(word: bytes.shortWord(text.range), count: text.count) {
            self = known
        } else {
            self.init(other: bytes, in: bytes.trimmed(text.range))
        }
    }

    /// Reads a token that fills the range.
    @inline(__always)
    init?(parsing bytes: Span<UInt8>, in range: Range<Int>) {
        if let known = SIPMethod(word: bytes.shortWord(range), count: range.count) {
            self = known
        } else {
            self.init(other: bytes, in: range)
        }
    }

    private init?(other bytes: Span<UInt8>, in range: Range<Int>) {
        guard bytes.isToken(range) else { return nil }
        self.init(rawValue: bytes.string(range))
    }
}
