internal import HTTPMessaging
private import HTTPTypes
internal import Hummingbird
private import NIOCore
private import RecordingStorage

/// Carries hummingbird's requests to services and their replies back.
struct ServiceResponder: HTTPResponder {
    typealias Context = BasicRequestContext

    /// The largest body of a request.
    ///
    /// - Unit: bytes.
    static let bodyLimit = 8 << 20

    private let routes: [(prefix: String, service: any HTTPService)]

    init(routes: [(prefix: String, service: any HTTPService)]) {
        self.routes = routes.map { route in
            var prefix = route.prefix
            while prefix.last == "/" { prefix.removeLast() }
            return (prefix, route.service)
        }.sorted { $0.prefix.utf8.count > $1.prefix.utf8.count }
    }

    func respond(to request: Request, context: Context) async throws -> Response {
        let path = (request.head.path ?? "").prefix { $0 != "?" }
        guard let service = self.service(for: path) else {
            return Response(
                status: .notFound, headers: [.contentType: "text/plain; charset=utf-8"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: "404 Not Found\n")))
        }
        if let length = request.headers[.contentLength].flatMap({ Int64($0) }), length > Self.bodyLimit {
            return Self.tooLarge
        }
        let body: ByteBuffer
        do {
            body = try await request.body.collect(upTo: Self.bodyLimit)
        } catch is NIOTooManyBytesError {
            return Self.tooLarge
        }
        var reply = await service.respond(to: HTTPCall(request.head, body: Array(buffer: body)))
        if request.method == .head { reply = reply.withoutBody }
        return Self.response(reply)
    }

    private func service(for path: Substring) -> (any HTTPService)? {
        self.routes.first { route in
            guard path.hasPrefix(route.prefix) else { return false }
            let rest = path.dropFirst(route.prefix.count)
            return rest.isEmpty || rest.first == "/"
        }?.service
    }

    private static func response(_ reply: HTTPReply) -> Response {
        let source = reply.body
        guard source.byteCount > 0 else {
            return Response(status: reply.response.status, headers: reply.response.headerFields)
        }
        let body = ResponseBody(contentLength: Int(clamping: source.byteCount)) { writer in
            // Where the source fails half-way, this throws and the connection is closed: the client sees that the body
            // is not whole, because its length was told.
            var reader = try await source.open()
            while let bytes = try await reader.read(upTo: 1 << 16) {
                try await writer.write(ByteBuffer(bytes: bytes))
            }
            try await writer.finish(nil)
        }
        return Response(status: reply.response.status, headers: reply.response.headerFields, body: body)
    }

    /// The refusal of a body that is too large. What is left of it is not waited for: the connection is closed.
    private static var tooLarge: Response {
        let text = "413 Content Too Large: at most \(Self.bodyLimit) bytes\n"
        let body = ResponseBody(contentLength: text.utf8.count) { writer in
            try await writer.write(ByteBuffer(string: text))
            try await writer.finish(nil)
            throw CancellationError()
        }
        return Response(
            status: .contentTooLarge, headers: [.contentType: "text/plain; charset=utf-8", .connection: "close"],
            body: body)
    }
}
