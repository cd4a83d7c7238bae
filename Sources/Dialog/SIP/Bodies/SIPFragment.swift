/// A part of a SIP message: a start line or none, header fields or none, a body or none.
///
/// A NOTIFY of a REFER carries one: the status line of what the transfer has come to.
///
/// - Source: RFC 3420 §2; RFC 3515 §2.4.5.
public struct SIPFragment: Hashable, Sendable {
    /// The first line of a request or a response; nil where there is none.
    public var startLine: String?
    /// The header fields.
    public var fields: [SIPHeaderField]
    /// The bytes after the empty line.
    public var content: [UInt8]

    /// The media type. - Source: RFC 3420 §5.
    public static let mediaType = "message/sipfrag"

    /// Describes the progress of a call by the status line of its last response.
    public init(status: SIPStatus, reasonPhrase: String? = nil) {
        self.startLine = "SIP/2.0 \(status.code) \(reasonPhrase ?? status.reasonPhrase)"
        (self.fields, self.content) = ([], [])
    }

    /// Reads a part of a message.
    ///
    /// - Returns: nil where a start line is not whole, or what should be a header field is none.
    public init?(parsing bytes: Span<UInt8>) {
        guard bytes.count <= SIPMessage.maximumByteCount else { return nil }
        let whole = Self.completed(bytes)
        if let message = try? SIPMessage(parsing: whole.span) {
            self.startLine = message.startLine
            self.fields = message.fields
            self.content = message.body?.bytes ?? []
            return
        }
        let prefixed = Self.placeholder + whole
        guard let message = try? SIPMessage(parsing: prefixed.span) else { return nil }
        (self.startLine, self.fields, self.content) = (nil, message.fields, message.body?.bytes ?? [])
    }

    /// Reads the part of a message that a body holds.
    ///
    /// - Returns: nil where it is of another type, or malformed.
    public init?(_ body: SIPBody) {
        guard body.isOfType(Self.mediaType) else { return nil }
        let bytes = body.bytes
        self.init(parsing: bytes.span)
    }

    /// The status, where the part begins with a status line.
    public var status: SIPStatus? {
        guard let line = self.startLine, line.lowercased().hasPrefix("sip/2.0 ") else { return nil }
        let bytes = Array(line.utf8)
        let code = 8..<min(11, bytes.count)
        return bytes.span.number(code, limit: 699).map { SIPStatus($0) }
    }

    /// The first value of a header: nil where it is absent or malformed.
    public subscript<Value>(name: SIPHeaderName<Value>) -> Value? {
        let message = self.message
        return message?[name]
    }

    /// The part as the body of a message.
    public var body: SIPBody { SIPBody(type: Self.mediaType + ";version=2.0", bytes: self.encoded()) }

    /// The part as on the wire.
    public func encoded() -> [UInt8] {
        var output: [UInt8] = []
        if let line = self.startLine {
            output.append(text: line)
            output += [0x0D, 0x0A]
        }
        for field in self.fields {
            output.append(text: field.name)
            output += [UInt8(ascii: ":"), 0x20]
            output.append(text: field.value)
            output += [0x0D, 0x0A]
        }
        if !self.content.isEmpty {
            output += [0x0D, 0x0A]
            output += self.content
        }
        return output
    }

    /// The part as a whole message, so that its fields can be read by type.
    private var message: SIPMessage? {
        let whole = (self.startLine == nil ? Self.placeholder : []) + Self.completed(self.encoded().span)
        return try? SIPMessage(parsing: whole.span)
    }

    /// Stands in for a start line that is not there.
    private static let placeholder = Array("SIP/2.0 200 OK\r\n".utf8)

    /// The bytes with an empty line after the header, where there is none.
    private static func completed(_ bytes: Span<UInt8>) -> [UInt8] {
        let whole = bytes.array(0..<bytes.count)
        var lineStart = 0
        while let feed = bytes.firstIndex(of: 0x0A, in: lineStart..<bytes.count) {
            let line = bytes.trimmed(lineStart..<feed)
            if line.isEmpty, lineStart > 0 { return whole }
            lineStart = feed + 1
        }
        let lineEnd: [UInt8] = [0x0D, 0x0A]
        return whole + (lineStart == bytes.count ? lineEnd : lineEnd + lineEnd)
    }
}
