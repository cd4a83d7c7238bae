public import CallCore

/// One SIP message: a request or a response.
///
/// It keeps the bytes that were received and an index of where each field stands; a header is parsed when it is
/// asked for. A message that nobody has changed is written as the very bytes that came; in one that was changed,
/// every other field still stands as it came, in its place.
///
/// - Source: RFC 3261 §7.
public struct SIPMessage: Sendable {
    /// The bytes received, and after them the text of what was set since.
    @usableFromInline var bytes: [UInt8]
    var start: Start
    var fieldIndex: SIPFieldList
    var bodyRange: Range<Int>
    /// Where the received message stands in `bytes`; nil once something was changed.
    var unchanged: Range<Int>?

    /// What the first line says, by its places in `bytes`.
    struct Start: Sendable {
        /// The method; of a response nothing.
        var method: SIPMethod?
        /// The status code of a response.
        var status: SIPStatus?
        /// The request URI, or the reason phrase.
        var rest: Range<Int>
        /// The line without its end.
        var line: Range<Int>
    }

    /// Where one header field stands.
    struct Field: Sendable {
        var kind: SIPHeaderKind
        private var nameStart: UInt32
        private var nameEnd: UInt32
        private var valueStart: UInt32
        private var valueEnd: UInt32

        @inline(__always)
        init(kind: SIPHeaderKind, name: Range<Int>, value: Range<Int>) {
            self.kind = kind
            self.nameStart = UInt32(truncatingIfNeeded: name.lowerBound)
            self.nameEnd = UInt32(truncatingIfNeeded: name.upperBound)
            self.valueStart = UInt32(truncatingIfNeeded: value.lowerBound)
            self.valueEnd = UInt32(truncatingIfNeeded: value.upperBound)
        }

        init(_ field: SIPMessageIndex.Field) {
            self.init(kind: field.kind, name: field.name, value: field.value)
        }

        var name: Range<Int> { Int(self.nameStart)..<Int(self.nameEnd) }
        var value: Range<Int> { Int(self.valueStart)..<Int(self.valueEnd) }
        /// The whole field, with its folds and without the line end.
        var line: Range<Int> { Int(self.nameStart)..<Int(self.valueEnd) }
    }

    /// Whether this is a request.
    public var isRequest: Bool { self.start.method != nil }

    /// The method; of a response, that of the request which it answers (from CSeq).
    public var method: SIPMethod { self.start.method ?? self[.cseq]?.method ?? SIPMethod(rawValue: "") }

    /// The status of a response; nil for a request.
    public var status: SIPStatus? { self.start.status }

    /// The reason phrase of a response as it came; nil for a request.
    public var reasonPhrase: String? { self.isRequest ? nil : self.bytes.span.string(self.start.rest) }

    /// The first line, without its line end.
    public var startLine: String { self.bytes.span.string(self.start.line) }

    /// Where a request goes: nil for a response, and where it is no URI.
    public var requestURI: SIPURI? {
        get {
            guard self.isRequest else { return nil }
            return SIPURI(parsing: WireText(self.bytes, in: self.start.rest))
        }
        set {
            guard let method = self.start.method, let newValue else { return }
            self.setRequestLine(method, newValue)
        }
    }

    /// The bytes of the body where they lie in the message; nil where there are none.
    public var bodyText: WireText? { self.bodyRange.isEmpty ? nil : WireText(self.bytes, in: self.bodyRange) }

    /// What the message carries; nil where there are no bytes. Setting it sets Content-Type and Content-Length.
    public var body: SIPBody? {
        get {
            guard !self.bodyRange.isEmpty else { return nil }
            return SIPBody(
                type: self[SIPHeaderName<String>(.contentType)] ?? "", bytes: self.bytes.span.array(self.bodyRange))
        }
        set {
            self.unchanged = nil
            self[SIPHeaderName<String>(.contentType)] = newValue?.type
            self[.contentLength] = newValue?.bytes.count ?? 0
            // As it goes on the wire, behind an empty line, so that a message made in order is encoded already.
            self.bytes.appendLineEnd()
            let start = self.bytes.count
            if let newValue { self.bytes += newValue.bytes }
            self.bodyRange = start..<self.bytes.count
        }
    }
}

extension SIPMessage: Hashable {
    /// Equal where the same bytes go on the wire.
    public static func == (left: SIPMessage, right: SIPMessage) -> Bool { left.encoded() == right.encoded() }

    /// Hashes the bytes that go on the wire.
    public func hash(into hasher: inout Hasher) { hasher.combine(self.encoded()) }
}

extension SIPMessage: CustomStringConvertible {
    /// The message as text.
    public var description: String { String(decoding: self.encoded(), as: UTF8.self) }
}
