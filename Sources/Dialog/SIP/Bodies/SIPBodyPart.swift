/// One part of a body: its own header fields, and its bytes.
///
/// - Source: RFC 2046 §5.1; RFC 5621 §3.
public struct SIPBodyPart: Hashable, Sendable {
    /// The header fields, for example Content-Type.
    public var fields: [SIPHeaderField]
    /// The bytes, as Content-Transfer-Encoding has left them.
    public var content: [UInt8]

    /// Makes a part of a body.
    public init(_ body: SIPBody, disposition: SIPToken? = nil, contentID: String? = nil) {
        (self.fields, self.content) = ([SIPHeaderField("Content-Type", body.type)], body.bytes)
        self[.contentDisposition] = disposition
        self.contentID = contentID
    }

    /// The first value of a header: nil where it is absent or malformed. Setting it replaces every field of that name;
    /// nil removes them.
    public subscript<Value>(name: SIPHeaderName<Value>) -> Value? {
        get {
            guard let field = self.fields.first(where: { SIPHeaderName<Value>($0.name).isSame(as: name) }) else {
                return nil
            }
            let bytes = Array(field.value.utf8)
            return Value(parsing: bytes.span)
        }
        set {
            self.fields.removeAll { SIPHeaderName<Value>($0.name).isSame(as: name) }
            if let newValue { self.fields.append(SIPHeaderField(name.name, newValue.written)) }
        }
    }

    /// By what other parts and headers name this one, without angle brackets.
    ///
    /// - Source: RFC 2045 §7; RFC 2392.
    public var contentID: String? {
        get {
            guard let text = self[SIPHeaderName<String>("Content-ID")], text.utf8.first == UInt8(ascii: "<"),
                text.utf8.last == UInt8(ascii: ">"), text.utf8.count > 2
            else { return nil }
            return String(text.dropFirst().dropLast())
        }
        set { self[SIPHeaderName<String>("Content-ID")] = newValue.map { "<\($0)>" } }
    }

    /// Whether the bytes are as they were meant: 7bit, 8bit or binary, not base64 or quoted-printable, which few use
    /// where every byte can be carried.
    ///
    /// - Source: RFC 2045 §6.1; RFC 5621 §3.2.
    public var isPlain: Bool {
        guard let encoding = self[SIPHeaderName<String>("Content-Transfer-Encoding")] else { return true }
        return ["7bit", "8bit", "binary"].contains(encoding.lowercased())
    }

    /// The part as a body of its own: `text/plain` where it does not say what it is.
    ///
    /// - Source: RFC 2046 §5.1.
    public var body: SIPBody {
        SIPBody(type: self[SIPHeaderName<String>.contentTypeText] ?? "text/plain", bytes: self.content)
    }
}

extension SIPBodyPart {
    /// At most so many header fields of a part are read.
    private static let fieldLimit = 32

    /// Reads header fields, an empty line, and bytes; without header fields the part begins with the empty line.
    ///
    /// - Returns: nil where what should be a header field is none.
    init?(parsing bytes: Span<UInt8>) {
        (self.fields, self.content) = ([], [])
        var lineStart = 0
        while lineStart < bytes.count {
            let (line, next) = bytes.line(from: lineStart)
            if line.isEmpty {
                self.content = bytes.array(next..<bytes.count)
                return
            }
            var end = line.upperBound
            lineStart = next
            while lineStart < bytes.count, bytes[lineStart] == 0x20 || bytes[lineStart] == 0x09 {
                let (fold, next) = bytes.line(from: lineStart)
                (end, lineStart) = (fold.upperBound, next)
            }
            guard self.fields.count < Self.fieldLimit,
                let field = Self.field(bytes, line.lowerBound..<end)
            else { return nil }
            self.fields.append(field)
        }
    }

    private static func field(_ bytes: Span<UInt8>, _ range: Range<Int>) -> SIPHeaderField? {
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":"), in: range) else { return nil }
        let name = bytes.trimmed(range.lowerBound..<colon)
        guard !name.isEmpty, name.lowerBound == range.lowerBound, name.allSatisfy({ bytes[$0].isToken }),
            let value = String(parsing: bytes.extracting((colon + 1)..<range.upperBound))
        else { return nil }
        return SIPHeaderField(bytes.string(name), value)
    }

    /// Writes header fields, an empty line, and bytes.
    func write(to output: inout [UInt8]) {
        for field in self.fields {
            output.append(text: field.name)
            output += [UInt8(ascii: ":"), 0x20]
            output.append(text: field.value)
            output += [0x0D, 0x0A]
        }
        output += [0x0D, 0x0A]
        output += self.content
    }
}

extension Span where Element == UInt8 {
    /// The line that begins at `start`, without its end, and where the next one begins.
    func line(from start: Int) -> (line: Range<Int>, next: Int) {
        guard let feed = self.firstIndex(of: 0x0A, in: start..<self.count) else {
            return (start..<self.count, self.count)
        }
        return (start..<(feed > start && self[feed - 1] == 0x0D ? feed - 1 : feed), feed + 1)
    }
}

extension SIPHeaderName<String> {
    /// Content-Type as text, for those that only pass it on.
    static var contentTypeText: Self { Self(.contentType) }
}
