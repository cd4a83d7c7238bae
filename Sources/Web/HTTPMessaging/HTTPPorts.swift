/// A request with its body.
public struct HTTPCall: Sendable {
    /// Method, path and fields.
    public var request: HTTPRequest
    /// The body; empty where there is none.
    public var body: [UInt8]

    /// Describes a request.
    public init(_ request: HTTPRequest, body: [UInt8] = []) { (self.request, self.body) = (request, body) }

    /// Describes a request by method and path.
    public init(_ method: HTTPRequest.Method, _ path: String, body: [UInt8] = []) {
        self.init(HTTPRequest(method: method, scheme: nil, authority: nil, path: path), body: body)
    }
}

/// An answer with its body.
public struct HTTPReply: Sendable {
    /// Status and fields.
    public var response: HTTPResponse
    /// The body, which is sent as it is read.
    public var body: any ByteSource

    /// Describes an answer.
    public init(_ response: HTTPResponse, body: any ByteSource = MemoryBytes([])) {
        (self.response, self.body) = (response, body)
    }

    /// Describes an answer of one media type.
    public init(_ status: HTTPResponse.Status, type: String, body: [UInt8]) {
        self.init(HTTPResponse(status: status, headerFields: [.contentType: type]), body: MemoryBytes(body))
    }
}

/// Answers HTTP requests: the web services and the playback page are services. A host with a web server of its own calls
/// ``respond(to:)`` from its handler. Open: conform as you like.
public protocol HTTPService: Sendable {
    /// Answers a request. Whatever the request is, there is an answer.
    func respond(to call: HTTPCall) async -> HTTPReply
}

/// Makes HTTP requests: the plug-in point for HTTP clients. Open: conform as you like.
public protocol HTTPExchange: Sendable {
    /// Makes a request and waits for the answer.
    ///
    /// - Throws: where no answer came.
    func perform(_ call: HTTPCall) async throws(TransportError) -> HTTPReply
}

/// Hands requests straight to a service in the same process.
public struct InProcessExchange<Service: HTTPService>: HTTPExchange {
    private let service: Service

    /// Hands requests to `service`.
    public init(_ service: Service) { self.service = service }

    /// Asks the service; never throws.
    public func perform(_ call: HTTPCall) async throws(TransportError) -> HTTPReply {
        await self.service.respond(to: call)
    }
}
