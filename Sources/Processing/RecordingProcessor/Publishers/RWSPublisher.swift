private import CallCore
public import HTTPMessaging
private import HTTPTypes
private import RecordingAPI
public import RecordingStorage

/// Tells the web services of recordings.
///
/// Before it posts, it asks for the token that servers with protection against forged requests demand; where the server
/// gives none, the protection is off.
///
/// - Source: Interaction Recording Web Services, `POST /internal-api/contact-centers/{ccid}/recordings`; headers
///   `X-CSRF-HEADER` and `X-CSRF-TOKEN`.
public struct RWSPublisher: RecordingPublisher {
    private let exchange: any HTTPExchange
    private let contactCenter: String
    private let server: HTTPServerAddress?

    /// Makes a publisher.
    ///
    /// - Parameters:
    ///   - exchange: carries the requests.
    ///   - contactCenter: the contact center to which the recordings belong; the `ccid` of the address.
    ///   - server: where the web services are; nil where `exchange` leads to them anyway.
    public init(
        over exchange: any HTTPExchange, contactCenter: String, server: HTTPServerAddress? = nil
    ) {
        (self.exchange, self.contactCenter, self.server) = (exchange, contactCenter, server)
    }

    /// Posts a recording, and returns when the web services have taken it.
    public func publish(_ recording: Recording) async throws(StorageError) {
        let path = "/internal-api/contact-centers/\(PercentCoding.encode(self.contactCenter))/recordings"
        var request = HTTPRequest(
            method: .post, scheme: self.server?.scheme, authority: self.server?.authority, path: path)
        request.headerFields[.contentType] = "application/json"
        for field in try await self.forgeryFields() { request.headerFields.append(field) }
        let body = RecordingPost(recording, contactCenter: self.contactCenter).encoded()
        try await self.exchange.post(HTTPCall(request, body: body))
    }

    private func forgeryFields() async throws(StorageError) -> [HTTPField] {
        let request = HTTPRequest(
            method: .get, scheme: self.server?.scheme, authority: self.server?.authority,
            path: "/api/v2/diagnostics/version")
        let reply: HTTPReply
        do {
            reply = try await self.exchange.perform(HTTPCall(request))
        } catch {
            throw StorageError(.unreachable, "the web services do not answer: \(error)")
        }
        let fields = reply.response.headerFields
        guard let headerName = HTTPField.Name("X-CSRF-HEADER"), let tokenName = HTTPField.Name("X-CSRF-TOKEN"),
            let name = fields[headerName].flatMap({ HTTPField.Name($0) }), let token = fields[tokenName]
        else { return [] }
        let cookies = fields[values: .setCookie].map { String($0.prefix { $0 != ";" }) }
        return [HTTPField(name: name, value: token)]
            + (cookies.isEmpty ? [] : [HTTPField(name: .cookie, value: cookies.joined(separator: "; "))])
    }
}
