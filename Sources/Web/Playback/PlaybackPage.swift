public import HTTPMessaging
private import HTTPTypes
private import RecordingAPI

/// A plain page that lists recordings and plays them: `/`, with its style and its script beside it.
///
/// It asks the web services of the same server, `/api/v2/recordings`. Nothing is loaded from elsewhere, and what the
/// services tell is shown as text, never as markup.
public struct PlaybackPage: HTTPService {
    /// Makes the page.
    public init() {}

    /// Answers with the page, its style or its script.
    public func respond(to call: HTTPCall) async -> HTTPReply {
        let resource: (type: String, text: String)
        switch call.target?.segments {
        case []: resource = ("text/html; charset=utf-8", PageMarkup.text)
        case ["playback.css"]: resource = ("text/css; charset=utf-8", PageStyle.text)
        case ["playback.js"]: resource = ("text/javascript; charset=utf-8", PageScript.text)
        default: return .status(.notFound, .notFound, "there is no such page")
        }
        guard [.get, .head].contains(call.request.method) else {
            var reply = HTTPReply.status(.methodNotAllowed, .forbidden, "a page knows GET and HEAD only")
            reply.response.headerFields[.allow] = "GET, HEAD"
            return reply
        }
        var reply = HTTPReply(.ok, type: resource.type, body: Array(resource.text.utf8))
        reply.response.headerFields[.contentSecurityPolicy] = Self.policy
        reply.response.headerFields[.xContentTypeOptions] = "nosniff"
        reply.response.headerFields[.cacheControl] = "no-cache"
        if let name = HTTPField.Name("Referrer-Policy") { reply.response.headerFields[name] = "no-referrer" }
        return call.request.method == .head ? reply.withoutBody : reply
    }

    /// Nothing but what this server sends, no script or style inside the page, no frame round it.
    private static let policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; media-src 'self'; "
        + "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
}
