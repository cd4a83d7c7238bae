extension SIPMessage {
    /// The largest message that is read. - Unit: bytes.
    public static let maximumByteCount = 65_535
    /// The largest number of header fields that is read.
    public static let maximumFieldCount = 200

    /// Reads the message that a datagram holds.
    ///
    /// Lenient in form: lone line feeds, folds, compact names, blanks before a colon, empty lines before the message
    /// and bytes after the body are taken. Only the frame is checked here; a header is checked when it is read.
    ///
    /// - Source: RFC 3261 §7, §18.3.
    public init(parsing bytes: Span<UInt8>) throws(SIPParseError) {
        let index = try SIPMessageIndex(parsing: bytes)
        self.init(bytes.array(0..<index.message.upperBound), index)
    }

    /// Reads the message that a datagram holds, and keeps the very bytes.
    ///
    /// As ``init(parsing:)``, without a copy.
    public init(taking bytes: [UInt8]) throws(SIPParseError) {
        let index = try SIPMessageIndex(parsing: bytes.span)
        self.init(bytes, index)
    }

    @inline(__always)
    private init(_ bytes: [UInt8], _ index: borrowing SIPMessageIndex) {
        let start = index.start
        let method = index.isRequest ? SIPMethod(parsing: bytes.span, in: start.method) : nil
        self.start = Start(method: method, status: index.status, rest: start.rest, line: start.line)
        self.bytes = bytes
        var fields: [Field] = []
        fields.reserveCapacity(index.fieldCount)
        for place in 0..<index.fieldCount { fields.append(Field(index[place])) }
        self.fieldIndex = SIPFieldList(fields)
        self.bodyRange = index.body
        self.unchanged = index.message
        self.tidyStartLine()
    }

    /// Puts single blanks into a request line that came with more: what is passed on must not have them.
    ///
    /// - Source: RFC 4475 §3.1.2.9, §3.1.2.10.
    private mutating func tidyStartLine() {
        guard let method = self.start.method else { return }
        let tidyCount = method.byteCount + self.start.rest.count + Self.versionCount + 2
        guard self.start.line.count != tidyCount else { return }
        let begin = self.bytes.count
        self.bytes.append(text: method.rawValue + " ")
        let uriStart = self.bytes.count
        self.bytes += self.bytes[self.start.rest]
        let uriEnd = self.bytes.count
        self.bytes.append(text: " SIP/2.0")
        self.start.rest = uriStart..<uriEnd
        self.start.line = begin..<self.bytes.count
        self.unchanged = nil
    }

    /// Of `SIP/2.0`.
    private static let versionCount = 7
}

/// Walks over lines that end in CR LF or LF.
struct SIPLineScanner {
    var position: Int
    let end: Int

    mutating func skipEmptyLines(_ bytes: Span<UInt8>) {
        while self.position < self.end, bytes[self.position] == 0x0D || bytes[self.position] == 0x0A {
            self.position += 1
        }
    }

    /// The next line without its end; nil where no line end comes.
    mutating func nextLine(_ bytes: Span<UInt8>) -> Range<Int>? {
        guard let feed = bytes.firstIndex(of: 0x0A, in: self.position..<self.end) else { return nil }
        let start = self.position
        self.position = feed + 1
        return start..<(feed > start && bytes[feed - 1] == 0x0D ? feed - 1 : feed)
    }

    /// Goes on over the lines that begin with white space and so belong to the line before.
    ///
    /// - Returns: the end of the last of them, or `lineEnd` where there is none.
    mutating func endOfFolds(_ bytes: Span<UInt8>, _ lineEnd: Int) -> Int {
        var end = lineEnd
        while self.position < self.end, bytes[self.position] == 0x20 || bytes[self.position] == 0x09,
            let line = self.nextLine(bytes)
        { end = line.upperBound }
        return end
    }
}
