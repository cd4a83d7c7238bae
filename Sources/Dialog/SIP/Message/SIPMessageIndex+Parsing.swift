extension SIPMessageIndex {
    /// Finds the parts of the message that a datagram holds.
    ///
    /// Lenient in form: lone line feeds, folds, compact names, blanks before a colon, empty lines before the message
    /// and bytes after the body are taken. Only the frame is checked here; a header is checked when it is read.
    ///
    /// - Source: RFC 3261 §7, §18.3.
    public init(parsing bytes: Span<UInt8>) throws(SIPParseError) {
        guard bytes.count <= SIPMessage.maximumByteCount else {
            throw SIPParseError(.tooLarge, at: SIPMessage.maximumByteCount)
        }
        var first = 0
        while first < bytes.count, bytes[first] == 0x0D || bytes[first] == 0x0A { first += 1 }
        guard first < bytes.count else { throw SIPParseError(.empty, at: first) }
        guard let feed = bytes.lineFeed(from: first) else { throw SIPParseError(.truncated, at: bytes.count) }
        self.init(start: try Start(parsing: bytes, line: first..<bytes.endOfLine(from: first, feed: feed)))
        var position = feed + 1
        let contentLength = try self.takeFields(bytes, &position)
        let count = contentLength ?? (bytes.count - position)
        guard count <= bytes.count - position else { throw SIPParseError(.truncatedBody, at: bytes.count) }
        self.body = position..<(position + count)
    }

    /// Takes the header fields and the empty line after them.
    ///
    /// - Returns: what Content-Length says.
    private mutating func takeFields(_ bytes: Span<UInt8>, _ position: inout Int) throws(SIPParseError) -> Int? {
        let names = SIPHeaderNameTable.shared
        var contentLength: Int?
        while true {
            let start = position
            if bytes.skipEmptyLine(&position) { return contentLength }
            let known = names.knownName(bytes, at: start)
            guard let feed = bytes.lineFeed(from: start) else { throw SIPParseError(.truncated, at: bytes.count) }
            guard self.fieldCount < SIPMessage.maximumFieldCount else { throw SIPParseError(.tooManyFields, at: start) }
            position = feed + 1
            let end = bytes.endOfFolds(bytes.endOfLine(from: start, feed: feed), &position)
            let field =
                known.kind == .other
                ? try Field(parsing: bytes, line: start..<end)
                : Field(known.kind, name: start..<known.end, value: bytes.trimmed((known.end + 1)..<end))
            if field.kind == .contentLength {
                contentLength = try Self.contentLength(bytes, field, before: contentLength)
            }
            self.append(field)
        }
    }

    private static func contentLength(
        _ bytes: Span<UInt8>, _ field: Field, before: Int?
    ) throws(SIPParseError) -> Int {
        guard let length = Int(parsing: bytes.extracting(field.value)), before == nil || before == length else {
            throw SIPParseError(.badContentLength, at: field.name.lowerBound)
        }
        return length
    }
}

extension SIPMessageIndex.Field {
    @inline(__always)
    init(_ kind: SIPHeaderKind, name: Range<Int>, value: Range<Int>) {
        self.kind = kind
        self.nameStart = UInt16(truncatingIfNeeded: name.lowerBound)
        self.nameEnd = UInt16(truncatingIfNeeded: name.upperBound)
        self.valueStart = UInt16(truncatingIfNeeded: value.lowerBound)
        self.valueEnd = UInt16(truncatingIfNeeded: value.upperBound)
    }

    /// Reads a field of any name, with blanks before the colon or without.
    init(parsing bytes: Span<UInt8>, line: Range<Int>) throws(SIPParseError) {
        var nameEnd = line.lowerBound
        while nameEnd < line.upperBound, bytes[nameEnd].isToken { nameEnd += 1 }
        var colon = nameEnd
        while colon < line.upperBound, bytes[colon].isSpace { colon += 1 }
        guard nameEnd > line.lowerBound, colon < line.upperBound, bytes[colon] == UInt8(ascii: ":") else {
            throw SIPParseError(.badField, at: line.lowerBound)
        }
        let name = line.lowerBound..<nameEnd
        self.init(SIPHeaderKind(bytes, in: name), name: name, value: bytes.trimmed((colon + 1)..<line.upperBound))
    }
}

extension SIPMessageIndex.Start {
    /// Reads the first line.
    init(parsing bytes: Span<UInt8>, line: Range<Int>) throws(SIPParseError) {
        let words = bytes.trimmed(line)
        guard let space = bytes.firstIndex(of: 0x20, in: words) else {
            throw SIPParseError(.badStartLine, at: line.lowerBound)
        }
        let firstWord = words.lowerBound..<space
        if bytes.isVersion(firstWord) {
            let rest = bytes.trimmed(space..<words.upperBound)
            let codeEnd = bytes.firstIndex(of: 0x20, in: rest) ?? rest.upperBound
            guard codeEnd - rest.lowerBound == 3, let code = bytes.number(rest.lowerBound..<codeEnd, limit: 699),
                code >= 100
            else { throw SIPParseError(.badStartLine, at: rest.lowerBound) }
            let reason = bytes.trimmed(codeEnd..<rest.upperBound)
            (self.line, self.method, self.rest, self.status) = (line, line.lowerBound..<line.lowerBound, reason, code)
            return
        }
        guard bytes.isToken(firstWord) else { throw SIPParseError(.badStartLine, at: line.lowerBound) }
        var lastSpace = words.upperBound - 1
        while bytes[lastSpace] != 0x20 { lastSpace -= 1 }
        let uri = bytes.trimmed(space..<lastSpace)
        guard lastSpace > space, !uri.isEmpty else { throw SIPParseError(.badStartLine, at: space) }
        guard bytes.isVersion((lastSpace + 1)..<words.upperBound) else {
            throw SIPParseError(.badVersion, at: lastSpace + 1)
        }
        (self.line, self.method, self.rest, self.status) = (line, firstWord, uri, 0)
    }
}
