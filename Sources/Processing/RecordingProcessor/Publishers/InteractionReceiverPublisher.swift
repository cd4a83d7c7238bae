private import CallCore
public import HTTPMessaging
private import HTTPTypes
private import RecordingAPI
public import RecordingStorage

/// Tells speech analytics of recordings.
///
/// - Source: IVR Profile, `recordingclient.rp.speechminer_uri`: `http://host/interactionreceiver`.
public struct InteractionReceiverPublisher: RecordingPublisher {
    private let exchange: any HTTPExchange
    private let contactCenter: String
    private let server: HTTPServerAddress?
    private let path: String

    /// Makes a publisher.
    ///
    /// - Parameters:
    ///   - exchange: carries the requests.
    ///   - contactCenter: the contact center to which the recordings belong.
    ///   - server: where the receiver is; nil where `exchange` leads to it anyway.
    public init(
        over exchange: any HTTPExchange, contactCenter: String, server: HTTPServerAddress? = nil,
        path: String = "/interactionreceiver"
    ) {
        (self.exchange, self.contactCenter, self.server, self.path) = (exchange, contactCenter, server, path)
    }

    /// Posts a recording, and returns when the receiver has taken it.
    public func publish(_ recording: Recording) async throws(StorageError) {
        var request = HTTPRequest(
            method: .post, scheme: self.server?.scheme, authority: self.server?.authority, path: self.path)
        request.headerFields[.contentType] = "application/json"
        let body = RecordingPost(recording, contactCenter: self.contactCenter).encoded()
        try await self.exchange.post(HTTPCall(request, body: body))
    }
}
