extension SIPMessageIndex {
    /// Finds the parts of the message that a datagram holds.
    ///
    /// Lenient in form: lone line feeds, folds, compact names, blanks before a colon, empty lines before the message
    /// and bytes after the body are taken. Only the frame is checked here; a header is checked when it is read.
    ///
    /// - Source: RFC 3261 §7, §18.3.
    public init(parsing bytes: Span<UInt8>) throws(SIPParseError) {
        let lines = try SIPLineScanner(message: bytes)
        self.init(start: try Start(parsing: bytes, line: lines.line))
        self.body = try lines.fields(of: bytes, into: &self)
    }
}

/// What takes the header fields of a message one after another.
protocol SIPFieldSink {
    mutating func append(_ kind: SIPHeaderKind, name: Range<Int>, value: Range<Int>)
}

extension SIPMessageIndex: SIPFieldSink {}

extension SIPLineScanner {
    /// Begins with the first line of a message.
    @inline(__always)
    init(message bytes: Span<UInt8>) throws(SIPParseError) {
        guard bytes.count <= SIPMessage.maximumByteCount else {
            throw SIPParseError(.tooLarge, at: SIPMessage.maximumByteCount)
        }
        self.init(bytes)
        guard self.position < bytes.count else { throw SIPParseError(.empty, at: bytes.count) }
        guard self.nextLine(bytes) else { throw SIPParseError(.truncated, at: bytes.count) }
    }

    /// Takes the header fields of a message and the empty line after them.
    ///
    /// - Returns: where the body stands.
    consuming func fields(
        of bytes: Span<UInt8>, into sink: inout some SIPFieldSink
    ) throws(SIPParseError) -> Range<Int> {
        var lines = self
        let names = SIPHeaderNameTable.shared
        var contentLength: Int?
        var left = SIPMessage.maximumFieldCount
        while true {
            let start = lines.position
            if let bodyStart = lines.endOfEmptyLine(bytes) {
                let count = contentLength ?? (bytes.count - bodyStart)
                guard count <= bytes.count - bodyStart else { throw SIPParseError(.truncatedBody, at: bytes.count) }
                return bodyStart..<(bodyStart + count)
            }
            let known = names.knownName(bytes, at: start)
            guard lines.nextLine(bytes) else { throw SIPParseError(.truncated, at: bytes.count) }
            guard left > 0 else { throw SIPParseError(.tooManyFields, at: start) }
            left &-= 1
            lines.takeFolds(bytes)
            let end = lines.line.upperBound
            guard known.kind != .other else {
                let field = try SIPMessageIndex.Field(parsing: bytes, line: start..<end)
                if field.kind == .contentLength {
                    contentLength = try Self.contentLength(bytes, field.value, of: start, before: contentLength)
                }
                sink.append(field.kind, name: field.name, value: field.value)
                continue
            }
            let value = bytes.trimmed((known.end &+ 1)..<end)
            if known.kind == .contentLength {
                contentLength = try Self.contentLength(bytes, value, of: start, before: contentLength)
            }
            sink.append(known.kind, name: start..<known.end, value: value)
        }
    }

    private static func contentLength(
        _ bytes: Span<UInt8>, _ value: Range<Int>, of field: Int, before: Int?
    ) throws(SIPParseError) -> Int {
        guard let length = Int(parsing: bytes, in: value), before == nil || before == length else {
            throw SIPParseError(.badContentLength, at: field)
        }
        return length
    }
}

extension SIPMessageIndex.Field {
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
