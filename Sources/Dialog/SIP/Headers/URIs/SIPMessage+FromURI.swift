extension SIPMessage {
    /// Begins the request that a URI asks for: with the method, the header fields and the body that it names. Others
    /// are still to be set.
    ///
    /// A URI may come from a web page, so fields are left out that would speak for us or lead the request astray, and
    /// such as belong to the body. What the request demands (`Require`) is for the caller to look at.
    ///
    /// - Parameter usual: the method where the URI names none.
    /// - Returns: nil where the URI names something that is no method.
    /// - Source: RFC 3261 §19.1.5.
    public init?(request usual: SIPMethod, askedFor uri: SIPURI) {
        var target = uri
        target.headers = SIPParameters()
        target.parameters["method"] = nil
        var method = usual
        if let name = uri.parameters["method"] {
            let bytes = Array(name.utf8)
            guard let named = SIPMethod(parsing: bytes.span) else { return nil }
            method = named
        }
        self.init(request: method, uri: target)
        for field in uri.headerFields {
            let name = Array(field.name.utf8)
            guard !name.isEmpty, name.allSatisfy(\.isToken), !field.name.equalsIgnoringCase("body"),
                !Self.unwanted.contains(SIPHeaderKind(name.span, in: 0..<name.count))
            else { continue }
            self.addField(field)
        }
        let text = uri.headerFields.first { $0.name.equalsIgnoringCase("body") }?.value
        if let text, !text.isEmpty {
            let type = uri.headerFields.first { SIPHeaderName<String>($0.name).isSame(as: .contentTypeText) }?.value
            self.body = SIPBody(type: type ?? "text/plain", text: text)
        }
    }

    /// Fields that say who we are, where we are and what we can do, that lead the request, or that belong to the body.
    private static let unwanted: Set<SIPHeaderKind> = [
        .from, .callID, .cseq, .via, .recordRoute, .route, .path, .maxForwards, .accept, .acceptEncoding,
        .acceptLanguage, .allow, .contact, .organization, .supported, .userAgent, .contentDisposition,
        .contentEncoding, .contentLanguage, .contentLength, .contentType, .date, .mimeVersion, .timestamp,
        .authorization, .proxyAuthorization, .assertedIdentity,
    ]
}
