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
        try self.init(bytes, taking: nil)
    }

    /// Reads the message that a datagram holds, and keeps the very bytes.
    ///
    /// As ``init(parsing:)``, without a copy.
    public init(taking bytes: [UInt8]) throws(SIPParseError) { try self.init(bytes.span, taking: bytes) }

    /// - Parameter buffer: what holds the bytes; nil where they are to be copied.
    @inline(__always)
    private init(_ bytes: Span<UInt8>, taking buffer: [UInt8]?) throws(SIPParseError) {
        let lines = try SIPLineScanner(message: bytes)
        let start = try SIPMessageIndex.Start(parsing: bytes, line: lines.line)
        self.fieldIndex = SIPFieldList(capacity: 32)
        self.bodyRange = try lines.fields(of: bytes, into: &self.fieldIndex)
        let isRequest = start.status == 0
        self.start = Start(
            method: isRequest ? SIPMethod(parsing: bytes, in: start.method) : nil,
            status: isRequest ? nil : SIPStatus(start.status), rest: start.rest, line: start.line)
        self.unchanged = start.line.lowerBound..<self.bodyRange.upperBound
        self.bytes = buffer ?? bytes.array(0..<self.bodyRange.upperBound)
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
