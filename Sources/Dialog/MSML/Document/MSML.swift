/// What holds for every MSML body.
public enum MSML {
    /// The media type under which MSML is sent.
    ///
    /// - Source: observed, SIP Server 8.1.
    public static let mediaType = "application/vnd.radisys.msml+xml"

    /// Whether a `Content-Type` is one of those under which MSML is sent: the observed one or those of RFC 5707.
    ///
    /// Parameters are passed over, case does not matter.
    ///
    /// - Source: RFC 5707 §18.1, §18.2.
    public static func isMediaType(_ contentType: some StringProtocol) -> Bool {
        let type = String(contentType.prefix { $0 != ";" }.filter { !$0.isWhitespace }).lowercased()
        return type == Self.mediaType || type == "application/msml+xml" || type == "text/msml+xml"
    }

    /// - Source: RFC 5707 §7.1.
    static let version = "1.1"

    /// The root of a document that holds `elements`.
    static func root(_ elements: [XMLElement]) -> XMLElement {
        XMLElement("msml", attributes: [XMLAttribute("version", Self.version)], elements: elements)
    }

    /// Reads a document and gives its `msml` element.
    static func root(parsing bytes: Span<UInt8>) throws(MSMLError) -> XMLElement {
        let root = try Self.element(parsing: bytes)
        if root.isNamed("msml") { return root }
        let isAlone = ["result", "event"].contains(where: root.isNamed) || MSMLRequest.isOrder(root)
        guard isAlone else { throw MSMLError(.notMSML, "the root element is \(root.name)") }
        return Self.root([root])
    }

    private static func element(parsing bytes: Span<UInt8>) throws(MSMLError) -> XMLElement {
        do throws(XMLError) {
            return try XMLElement(parsing: bytes, blanks: .dropped)
        } catch {
            guard error.code == .malformed, let mended = MSMLMending.mended(bytes),
                let root = try? XMLElement(parsing: mended.span, blanks: .dropped)
            else { throw MSMLError(.xml(error.code), error.description) }
            return root
        }
    }
}
