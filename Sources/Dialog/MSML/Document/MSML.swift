/// What holds for every MSML body.
public enum MSML {
    /// The media type under which MSML is sent.
    ///
    /// - Source: observed, SIP Server 8.1.
    public static let mediaType = "application/vnd.radisys.msml+xml"

    /// Whether a `Content-Type` is one of those under which MSML is sent: the observed one or the one of RFC 5707.
    ///
    /// Parameters are passed over, case does not matter.
    public static func isMediaType(_ contentType: some StringProtocol) -> Bool {
        let type = String(contentType.prefix { $0 != ";" }.filter { !$0.isWhitespace }).lowercased()
        return type == Self.mediaType || type == "application/msml+xml"
    }

    /// - Source: RFC 5707 §7.
    static let version = "1.1"

    /// The root of a document that holds `elements`.
    static func root(_ elements: [XMLElement]) -> XMLElement {
        XMLElement("msml", attributes: [XMLAttribute("version", Self.version)], elements: elements)
    }
}
