internal import HTTPMessaging
private import HTTPTypes
private import RecordingAPI
internal import RecordingStorage

/// Where a web server is.
public struct HTTPServerAddress: Hashable, Sendable {
    /// `http` or `https`.
    public var scheme: String
    /// Host and port, for example `rws.example.com:8090`.
    public var authority: String

    /// Describes where a server is.
    public init(scheme: String = "http", authority: String) { (self.scheme, self.authority) = (scheme, authority) }
}

extension HTTPExchange {
    /// Posts something that must be accepted.
    ///
    /// - Throws: `.unreachable` where no answer came or the server is out of order, `.conflict` and `.refused` where it
    ///   does not want what it was sent.
    func post(_ call: HTTPCall) async throws(StorageError) {
        let reply: HTTPReply
        do {
            reply = try await self.perform(call)
        } catch {
            throw StorageError(.unreachable, "no answer: \(error)")
        }
        let status = reply.response.status
        // An answer to a post is short; one that is not is no answer of ours.
        let body = reply.body.byteCount <= 65_536 ? try await reply.body.bytes() : []
        let outcome = try? StatusReply(parsing: body)
        if status.kind == .successful, outcome?.statusCode ?? .success == .success { return }
        let message = "status \(status.code): \(outcome?.statusMessage ?? status.reasonPhrase)"
        switch status.code {
        case 409: throw StorageError(.conflict, message)
        case 400..<500 where status.code != 408 && status.code != 429: throw StorageError(.refused, message)
        default: throw StorageError(.unreachable, message)
        }
    }
}
