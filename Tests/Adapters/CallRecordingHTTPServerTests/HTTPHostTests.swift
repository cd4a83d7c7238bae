import CallCore
import CallRecordingHTTPServer
import HTTPMessaging
import HTTPTypes
import RecordingStorage
import Testing

/// Says what it was asked, and who it is.
private struct Echo: HTTPService {
    var name: String

    func respond(to call: HTTPCall) async -> HTTPReply {
        var reply = HTTPReply(.ok, type: "text/plain", body: Array("\(self.name) ".utf8) + call.body)
        reply.response.headerFields[.allow] = "\(call.request.method) \(call.request.path ?? "")"
        return reply
    }
}

/// Says how long the body is that it was sent.
private struct Counting: HTTPService {
    func respond(to call: HTTPCall) async -> HTTPReply {
        HTTPReply(.ok, type: "text/plain", body: Array(String(call.body.count).utf8))
    }
}

/// Replies with a body that is read piece by piece, and may break.
private struct Stream: HTTPService, ByteSource {
    var byteCount: Int64
    var breaksAt: Int64 = .max

    func respond(to call: HTTPCall) async -> HTTPReply { HTTPReply(HTTPResponse(status: .ok), body: self) }

    func open() async throws(StorageError) -> any ByteReader { Reader(stream: self) }

    private struct Reader: ByteReader {
        var stream: Stream
        var position: Int64 = 0

        mutating func read(upTo count: Int) async throws(StorageError) -> [UInt8]? {
            if self.position >= self.stream.breaksAt { throw StorageError(.failed, "the disk is gone") }
            guard self.position < self.stream.byteCount else { return nil }
            let count = min(Int64(count), self.stream.byteCount - self.position)
            defer { self.position += count }
            let position = self.position
            return (0..<count).map { UInt8(truncatingIfNeeded: position + $0) }
        }
    }
}

@Suite struct HTTPHostTests {
    /// Serves while the body runs.
    private func serve(
        _ routes: [(prefix: String, service: any HTTPService)], _ body: (Endpoint) async throws -> Void
    ) async throws {
        let host = try await HTTPHost(routes: routes, address: "127.0.0.1", port: 0)
        let running = Task { try await host.run() }
        defer { running.cancel() }
        try await body(host.localEndpoint)
        running.cancel()
        try await running.value
    }

    @Test func `a request reaches its service, and the reply its client`() async throws {
        try await self.serve([("/", Echo(name: "page"))]) { endpoint in
            let answer = try await RawClient.request(endpoint, "POST", "/a/b?c=d", body: Array("hello".utf8))
            #expect(answer.status == 200)
            #expect(answer.fields["content-type"] == "text/plain")
            #expect(answer.fields["allow"] == "POST /a/b?c=d")
            #expect(answer.fields["content-length"] == "10")
            #expect(String(decoding: answer.body, as: UTF8.self) == "page hello")
        }
    }

    @Test(arguments: [
        ("/", "page"), ("/x", "page"), ("/api", "api"), ("/api/v2", "api"), ("/api?x", "api"), ("/apis", "page"),
        ("/api/v2/deep", "api"), ("/api/internal", "internal"), ("/api/internal/x", "internal"),
    ])
    func `the longest prefix decides`(path: String, name: String) async throws {
        try await self.serve(
            [("/", Echo(name: "page")), ("/api/internal", Echo(name: "internal")), ("/api/", Echo(name: "api"))]
        ) { endpoint in
            let answer = try await RawClient.request(endpoint, "GET", path)
            #expect(String(decoding: answer.body, as: UTF8.self) == "\(name) ")
        }
    }

    @Test func `where no service is there is nothing`() async throws {
        try await self.serve([("/api", Echo(name: "api"))]) { endpoint in
            let answer = try await RawClient.request(endpoint, "GET", "/")
            #expect(answer.status == 404)
        }
    }

    @Test func `HEAD gets the fields and no body`() async throws {
        try await self.serve([("/", Echo(name: "page"))]) { endpoint in
            let answer = try await RawClient.request(endpoint, "HEAD", "/")
            #expect(answer.status == 200)
            #expect(answer.fields["content-length"] == "5")
            #expect(answer.body.isEmpty)
        }
    }

    @Test func `a long body is sent as it is read`() async throws {
        try await self.serve([("/", Stream(byteCount: 1_000_001))]) { endpoint in
            let answer = try await RawClient.request(endpoint, "GET", "/")
            #expect(answer.fields["content-length"] == "1000001")
            #expect(answer.body.count == 1_000_001)
            #expect(answer.body == (0..<1_000_001).map { UInt8(truncatingIfNeeded: $0) })
        }
    }

    @Test func `a body that breaks is seen to be short`() async throws {
        try await self.serve([("/", Stream(byteCount: 1_000_000, breaksAt: 300_000))]) { endpoint in
            let answer = try await RawClient.request(endpoint, "GET", "/")
            #expect(answer.fields["content-length"] == "1000000")
            #expect(answer.body.count < 1_000_000)
            #expect(try await RawClient.request(endpoint, "HEAD", "/").status == 200)
        }
    }

    @Test func `a body of eight mebibytes is taken, one byte more is not`() async throws {
        try await self.serve([("/", Counting())]) { endpoint in
            let most = [UInt8](repeating: 7, count: 8 << 20)
            let taken = try await RawClient.request(endpoint, "POST", "/", body: most)
            #expect(String(decoding: taken.body, as: UTF8.self) == "8388608")
            let told = try await RawClient.exchange(
                endpoint, Array("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 8388609\r\n\r\n".utf8))
            #expect(try RawClient.parse(told).status == 413)
            let chunked =
                Array("POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n".utf8)
                + Array("800001\r\n".utf8) + most + Array("7\r\n0\r\n\r\n".utf8)
            #expect(try RawClient.parse(try await RawClient.exchange(endpoint, chunked)).status == 413)
        }
    }

    @Test(arguments: [
        "\r\n\r\n", "GET\r\n\r\n", "\u{0}\u{1}\u{2}\r\n\r\n", "GET / HTTP/9.9\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\n: empty\r\n\r\n",
        "GET http://[/ HTTP/1.1\r\nHost: [\r\nConnection: close\r\n\r\n",
    ])
    func `what is no request ends its connection and nothing else`(bytes: String) async throws {
        try await self.serve([("/", Echo(name: "page"))]) { endpoint in
            let answer = try await RawClient.exchange(endpoint, Array(bytes.utf8), endsSending: true)
            #expect(answer.isEmpty || answer.starts(with: Array("HTTP/1".utf8)))
            #expect(try await RawClient.request(endpoint, "GET", "/").status == 200)
        }
    }

    @Test func `a port that is taken is unavailable`() async throws {
        try await self.serve([]) { endpoint in
            await #expect(throws: TransportError(.unavailable, "")) {
                _ = try await HTTPHost(routes: [], address: "127.0.0.1", port: endpoint.port)
            }
        }
    }

    @Test func `a host that is gone answers no longer`() async throws {
        var host: HTTPHost? = try await HTTPHost(routes: [("/", Echo(name: ""))], address: "127.0.0.1", port: 0)
        let endpoint = try #require(host).localEndpoint
        #expect(endpoint.port != 0)
        #expect(try await RawClient.request(endpoint, "GET", "/").status == 200)
        let running = Task { [host] in try await host?.run() }
        host = nil
        running.cancel()
        try await running.value
        await #expect(throws: (any Error).self) { _ = try await RawClient.request(endpoint, "GET", "/") }
    }
}
