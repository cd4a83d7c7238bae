/// Cuts a byte stream, as of TCP or TLS, into messages by Content-Length.
///
/// - Source: RFC 3261 §18.3; keep-alives of RFC 5626 §3.5.1 are passed over.
public struct SIPStreamDecoder: StreamDecoder {
    private var buffer: [UInt8] = []
    /// How far the buffer has been searched for the end of the header.
    private var searched = 0

    /// Begins a stream.
    public init() {}

    /// Takes bytes that have arrived.
    public mutating func append(_ bytes: Span<UInt8>) { self.buffer += bytes.array(0..<bytes.count) }

    /// Takes out the next message.
    ///
    /// - Throws: where the stream cannot be followed any further: a malformed header, no Content-Length where
    ///   there is none allowed to be missing, or more than a message may hold.
    public mutating func next() throws(SIPParseError) -> SIPMessage? {
        let skipped = self.buffer.prefix { $0 == 0x0D || $0 == 0x0A }.count
        if skipped > 0 {
            self.buffer.removeFirst(skipped)
            self.searched = 0
        }
        guard let headerEnd = self.headerEnd() else {
            guard self.buffer.count <= SIPMessage.maximumByteCount else {
                throw SIPParseError(.tooLarge, at: SIPMessage.maximumByteCount)
            }
            return nil
        }
        let bodyCount = try Self.contentLength(self.buffer.span, headerEnd: headerEnd)
        guard bodyCount <= SIPMessage.maximumByteCount - headerEnd else {
            throw SIPParseError(.tooLarge, at: headerEnd)
        }
        guard self.buffer.count >= headerEnd + bodyCount else { return nil }
        let message = try SIPMessage(parsing: self.buffer.span.extracting(0..<(headerEnd + bodyCount)))
        self.buffer.removeFirst(headerEnd + bodyCount)
        self.searched = 0
        return message
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
    private static func contentLength(_ bytes: Span<UInt8>, headerEnd: Int) throws(SIPParseError) -> Int {
        var scanner = SIPLineScanner(position: 0, end: headerEnd)
        while let line = scanner.nextLine(bytes) {
            guard let colon = bytes.firstIndex(of: UInt8(ascii: ":"), in: line) else { continue }
            let name = bytes.trimmed(line.lowerBound..<colon)
            guard SIPHeaderKind(bytes, in: name) == .contentLength else { continue }
            guard let length = Int(parsing: bytes.extracting((colon + 1)..<line.upperBound)) else {
                throw SIPParseError(.badContentLength, at: line.lowerBound)
            }
            return length
        }
        return 0
    }
}
