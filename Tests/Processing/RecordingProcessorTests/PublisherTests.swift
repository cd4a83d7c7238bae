import CallCore
import HTTPMessaging
import HTTPTypes
import RecordingAPI
import RecordingProcessor
import RecordingStorage
import Testing

@Suite struct PublisherTests {
    private func recording() throws -> Recording {
        try #require(Recording(assembling: [Samples.file()], history: Samples.history(), region: "us"))
    }

    @Test func `the web services get the recording at their address`() async throws {
        let exchange = ScriptedExchange { _ in .status(.ok, .success) }
        let server = HTTPServerAddress(scheme: "https", authority: "rws:8443")
        try await RWSPublisher(over: exchange, contactCenter: "abc/def", server: server).publish(self.recording())
        #expect(
            exchange.calls.map(\.request.path) == [
                "/api/v2/diagnostics/version", "/internal-api/contact-centers/abc%2Fdef/recordings",
            ])
        let call = try #require(exchange.calls.last)
        #expect(call.request.authority == "rws:8443" && call.request.scheme == "https")
        #expect(call.request.headerFields[.contentType] == "application/json")
        let post = try RecordingPost(parsing: call.body)
        #expect(post.recording == (try self.recording()) && post.contactCenter == "abc/def")
    }

    @Test func `the token against forged requests is sent back`() async throws {
        let exchange = ScriptedExchange { call in
            var reply = HTTPReply.status(.ok, .success)
            if call.request.method == .get, let header = HTTPField.Name("X-CSRF-HEADER"),
                let token = HTTPField.Name("X-CSRF-TOKEN")
            {
                reply.response.headerFields[header] = "X-CSRF-Check"
                reply.response.headerFields[token] = "secret"
                reply.response.headerFields[.setCookie] = "JSESSIONID=1; Path=/"
            }
            return reply
        }
        try await RWSPublisher(over: exchange, contactCenter: "c").publish(self.recording())
        let fields = try #require(exchange.calls.last).request.headerFields
        #expect(fields[try #require(HTTPField.Name("X-CSRF-Check"))] == "secret")
        #expect(fields[.cookie] == "JSESSIONID=1")
    }

    @Test(
        arguments: [
            (200, #"{"statusCode":0}"#, nil), (201, "", nil), (200, #"{"statusCode":4}"#, .unreachable),
            (400, #"{"statusCode":2,"statusMessage":"no"}"#, .refused), (409, "", .conflict), (429, "", .unreachable),
            (500, "<html>", .unreachable), (503, "", .unreachable), (302, "", .unreachable),
        ] as [(Int, String, StorageError.Code?)])
    func `an answer means accepted or not`(status: Int, body: String, code: StorageError.Code?) async throws {
        let exchange = ScriptedExchange { call in
            call.request.method == .get
                ? .status(.ok, .success)
                : HTTPReply(HTTPResponse.Status(code: status), type: "application/json", body: Array(body.utf8))
        }
        for publisher: any RecordingPublisher in [
            RWSPublisher(over: exchange, contactCenter: "c"),
            InteractionReceiverPublisher(over: exchange, contactCenter: "c"),
        ] {
            do throws(StorageError) {
                try await publisher.publish(try self.recordingOrFail())
                #expect(code == nil)
            } catch {
                #expect(error.code == code)
            }
        }
    }

    @Test func `where nobody answers the recording is not accepted`() async throws {
        let exchange = ScriptedExchange { _ in nil }
        await #expect(throws: StorageError(.unreachable, "")) {
            try await InteractionReceiverPublisher(over: exchange, contactCenter: "c").publish(self.recording())
        }
        #expect(exchange.calls.map(\.request.path) == ["/interactionreceiver"])
    }

    private func recordingOrFail() throws(StorageError) -> Recording {
        guard let recording = try? self.recording() else { throw StorageError(.failed, "no recording") }
        return recording
    }
}
