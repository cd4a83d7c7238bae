/// What a message carries. SIP does not look into it.
public struct SIPBody: Hashable, Sendable {
    /// The media type, for example `application/sdp`.
    public var type: String
    /// The bytes.
    public var bytes: [UInt8]

    /// Describes a body.
    public init(type: String, bytes: [UInt8]) { (self.type, self.bytes) = (type, bytes) }

    /// Describes a body of text.
    public init(type: String, text: String) { self.init(type: type, bytes: Array(text.utf8)) }

    /// The body as text; bytes that are no UTF-8 are replaced.
    public var text: String { String(decoding: self.bytes, as: UTF8.self) }

    /// Whether the media type is `type`, whatever the case and the parameters.
    public func isOfType(_ type: String) -> Bool {
        let end = self.type.utf8.firstIndex(of: UInt8(ascii: ";")) ?? self.type.utf8.endIndex
        let bytes = Array(self.type[..<end].utf8)
        let range = bytes.span.trimmed(0..<bytes.count)
        return bytes.span.equalsIgnoringCase(range, Array(type.lowercased().utf8))
    }
}
