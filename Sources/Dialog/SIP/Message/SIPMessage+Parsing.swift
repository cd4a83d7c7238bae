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
        guard bytes.count <= Self.maximumByteCount else { throw SIPParseError(.tooLarge, at: Self.maximumByteCount) }
        var scanner = SIPLineScanner(position: 0, end: bytes.count)
        scanner.skipEmptyLines(bytes)
        let first = scanner.position
        guard first < bytes.count else { throw SIPParseError(.empty, at: first) }
        guard let startLine = scanner.nextLine(bytes) else { throw SIPParseError(.truncated, at: bytes.count) }
        var start = try Self.startLine(bytes, startLine)
        var fields: [Field] = []
        fields.reserveCapacity(24)
        var contentLength: Int?
        while true {
            let lineStart = scanner.position
            guard let line = scanner.nextLine(bytes) else { throw SIPParseError(.truncated, at: bytes.count) }
            if line.isEmpty { break }
            guard fields.count < Self.maximumFieldCount else { throw SIPParseError(.tooManyFields, at: lineStart) }
            let folded = line.lowerBound..<scanner.endOfFolds(bytes, line.upperBound)
            let field = try Self.field(bytes, folded)
            if field.kind == .contentLength {
                guard let length = Int(parsing: bytes.extracting(field.value)),
                    contentLength == nil || contentLength == length
                else { throw SIPParseError(.badContentLength, at: lineStart) }
                contentLength = length
            }
            fields.append(field.moved(by: -first))
        }
        let body = scanner.position
        let bodyCount = contentLength ?? (bytes.count - body)
        guard bodyCount <= bytes.count - body else { throw SIPParseError(.truncatedBody, at: bytes.count) }
        start.line = (start.line.lowerBound - first)..<(start.line.upperBound - first)
        start.rest = (start.rest.lowerBound - first)..<(start.rest.upperBound - first)
        self.bytes = bytes.array(first..<(body + bodyCount))
        self.start = start
        self.fieldIndex = fields
        self.bodyRange = (body - first)..<(body - first + bodyCount)
        self.unchangedEnd = body - first + bodyCount
        self.tidyStartLine()
    }

    /// Puts single blanks into a request line that came with more: what is passed on must not have them.
    ///
    /// - Source: RFC 4475 §3.1.2.9, §3.1.2.10.
    private mutating func tidyStartLine() {
        guard let method = self.start.method else { return }
        let tidyCount = method.rawValue.utf8.count + self.start.rest.count + Self.version.count + 2
        guard self.start.line.count != tidyCount else { return }
        let begin = self.bytes.count
        self.bytes.append(text: method.rawValue + " ")
        let uriStart = self.bytes.count
        self.bytes += self.bytes[self.start.rest]
        let uriEnd = self.bytes.count
        self.bytes.append(text: " SIP/2.0")
        self.start.rest = uriStart..<uriEnd
        self.start.line = begin..<self.bytes.count
        self.unchangedEnd = nil
    }

    private static func startLine(_ bytes: Span<UInt8>, _ line: Range<Int>) throws(SIPParseError) -> Start {
        let trimmed = bytes.trimmed(line)
        guard let space = bytes.firstIndex(of: 0x20, in: trimmed) else {
            throw SIPParseError(.badStartLine, at: line.lowerBound)
        }
        let firstWord = trimmed.lowerBound..<space
        if bytes.equalsIgnoringCase(firstWord, Self.version) {
            let rest = bytes.trimmed(space..<trimmed.upperBound)
            let codeEnd = bytes.firstIndex(of: 0x20, in: rest) ?? rest.upperBound
            guard codeEnd - rest.lowerBound == 3, let code = bytes.number(rest.lowerBound..<codeEnd, limit: 699),
                code >= 100
            else { throw SIPParseError(.badStartLine, at: rest.lowerBound) }
            let reason = bytes.trimmed(codeEnd..<rest.upperBound)
            return Start(method: nil, status: SIPStatus(code), rest: reason, line: line)
        }
        guard let method = SIPMethod(parsing: bytes.extracting(firstWord)) else {
            throw SIPParseError(.badStartLine, at: line.lowerBound)
        }
        var lastSpace = trimmed.upperBound - 1
        while bytes[lastSpace] != 0x20 { lastSpace -= 1 }
        let uri = bytes.trimmed(space..<lastSpace)
        guard lastSpace > space, !uri.isEmpty else { throw SIPParseError(.badStartLine, at: space) }
        guard bytes.equalsIgnoringCase((lastSpace + 1)..<trimmed.upperBound, Self.version) else {
            throw SIPParseError(.badVersion, at: lastSpace + 1)
        }
        return Start(method: method, status: nil, rest: uri, line: line)
    }

    static func field(_ bytes: Span<UInt8>, _ line: Range<Int>) throws(SIPParseError) -> Field {
        var nameEnd = line.lowerBound
        while nameEnd < line.upperBound, bytes[nameEnd].isToken { nameEnd += 1 }
        var colon = nameEnd
        while colon < line.upperBound, bytes[colon].isSpace { colon += 1 }
        guard nameEnd > line.lowerBound, colon < line.upperBound, bytes[colon] == UInt8(ascii: ":") else {
            throw SIPParseError(.badField, at: line.lowerBound)
        }
        let name = line.lowerBound..<nameEnd
        let value = bytes.trimmed((colon + 1)..<line.upperBound)
        return Field(kind: SIPHeaderKind(bytes, in: name), name: name, value: value)
    }

    private static let version = Array("sip/2.0".utf8)
}

extension SIPMessage.Field {
    fileprivate func moved(by distance: Int) -> Self {
        Self(
            kind: self.kind, name: (self.name.lowerBound + distance)..<(self.name.upperBound + distance),
            value: (self.value.lowerBound + distance)..<(self.value.upperBound + distance))
    }
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
