/// Cuts a byte stream, as of TCP or TLS, into messages by Content-Length.
///
/// - Source: RFC 3261 §7.5, §18.3; RFC 5626 §3.5.1, §4.4.1 (keep-alives between messages).
public struct SIPStreamDecoder: StreamDecoder {
    private let headerLimit: Int
    private let bodyLimit: Int
    private var buffer: [UInt8] = []
    /// Where the first byte stands that no message has taken.
    private var start = 0
    /// How far the buffer has been searched for the end of the header.
    private var searched = 0
    /// Line ends since the last message or ping.
    private var emptyLines = 0

    /// How many pings have come, each of which wants a line end as its answer. Whoever answers sets it back to 0.
    public var pings = 0

    /// Begins a stream.
    ///
    /// - Parameters:
    ///   - headerLimit: the longest header that is waited for. - Unit: bytes.
    ///   - bodyLimit: the longest body that is waited for. - Unit: bytes.
    public init(headerLimit: Int = 32_768, bodyLimit: Int = SIPMessage.maximumByteCount) {
        (self.headerLimit, self.bodyLimit) = (headerLimit, bodyLimit)
    }

    /// Takes bytes that have arrived.
    public mutating func append(_ bytes: Span<UInt8>) {
        if self.start > 0 {
            self.buffer.removeFirst(self.start)
            self.searched -= self.start
            self.start = 0
        }
        self.buffer += bytes.array(0..<bytes.count)
    }

    /// Whether a message has begun and is not there whole.
    public var isWithinMessage: Bool { self.start < self.buffer.count }

    /// Takes out the next message.
    ///
    /// - Throws: where the stream cannot be followed any further: a malformed message, or one that is longer than the
    ///   limits. A missing Content-Length counts as 0.
    public mutating func next() throws(SIPParseError) -> SIPMessage? {
        self.skipEmptyLines()
        // A TLS client, say, is not waited for until it has said enough for a header.
        if self.start < self.buffer.count, !self.buffer[self.start].isToken {
            throw SIPParseError(.badStartLine, at: 0)
        }
        guard let headerEnd = self.headerEnd() else {
            guard self.buffer.count - self.start <= self.headerLimit else {
                throw SIPParseError(.tooLarge, at: self.headerLimit)
            }
            return nil
        }
        let headerCount = headerEnd - self.start
        guard headerCount <= self.headerLimit else { throw SIPParseError(.tooLarge, at: self.headerLimit) }
        let bodyCount = try Self.contentLength(self.buffer.span.extracting(self.start..<headerEnd))
        guard bodyCount <= min(self.bodyLimit, SIPMessage.maximumByteCount - headerCount) else {
            throw SIPParseError(.tooLarge, at: headerCount)
        }
        let end = headerEnd + bodyCount
        guard self.buffer.count >= end else { return nil }
        let message = try SIPMessage(parsing: self.buffer.span.extracting(self.start..<end))
        (self.start, self.searched) = (end, end)
        return message
    }

    /// The answer to what ``next()`` has thrown for; nil where nobody is to be answered.
    ///
    /// - Parameter source: where the stream comes from.
    public func refusal(from source: Endpoint) -> SIPRefusal? {
        let end = min(self.buffer.count, self.start + SIPMessage.maximumByteCount)
        return SIPRefusal(of: self.buffer.span.extracting(self.start..<end), from: source)
    }

    private mutating func skipEmptyLines() {
        while self.start < self.buffer.count, self.buffer[self.start] == 0x0D || self.buffer[self.start] == 0x0A {
            if self.buffer[self.start] == 0x0A { self.emptyLines += 1 }
            self.start += 1
            if self.emptyLines == 2 { (self.emptyLines, self.pings) = (0, self.pings + 1) }
        }
        if self.start < self.buffer.count { self.emptyLines = 0 }
        self.searched = max(self.searched, self.start)
    }

    /// The position after the empty line.
    private mutating func headerEnd() -> Int? {
        let (end, searched) = Self.headerEnd(self.buffer.span, from: self.searched)
        self.searched = searched
        return end
    }

    private static func headerEnd(_ bytes: Span<UInt8>, from start: Int) -> (end: Int?, searched: Int) {
        var index = start
        while let feed = bytes.firstIndex(of: 0x0A, in: index..<bytes.count) {
            var next = feed + 1
            if next < bytes.count, bytes[next] == 0x0D { next += 1 }
            guard next < bytes.count else { return (nil, feed) }
            if bytes[next] == 0x0A { return (next + 1, feed) }
            index = feed + 1
        }
        return (nil, bytes.count)
    }

    /// What the header's Content-Length says; a missing one counts as 0.
    private static func contentLength(_ header: Span<UInt8>) throws(SIPParseError) -> Int {
        var scanner = SIPLineScanner(header)
        while scanner.nextLine(header) {
            let line = scanner.line
            guard let colon = header.firstIndex(of: UInt8(ascii: ":"), in: line) else { continue }
            let name = header.trimmed(line.lowerBound..<colon)
            guard SIPHeaderKind(header, in: name) == .contentLength else { continue }
            guard let length = Int(parsing: header, in: (colon + 1)..<line.upperBound), length >= 0 else {
                throw SIPParseError(.badContentLength, at: line.lowerBound)
            }
            return length
        }
        return 0
    }
}
