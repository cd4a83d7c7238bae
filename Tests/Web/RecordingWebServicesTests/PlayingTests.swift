import CallCore
import CallRecordingInProcess
import HTTPMessaging
import HTTPTypes
import RecordingAPI
import RecordingStorage
import RecordingWebServices
import Testing

@Suite struct PlayingTests {
    let bench: Bench
    let sound = [UInt8](0..<100)

    init() async throws {
        self.bench = try Bench()
        try await self.bench.put(self.sound, as: "a.mp3")
        try await self.bench.analytics.put(MemoryBytes([7, 8, 9]), at: try #require(RecordingPath("a.wav")))
        _ = await self.bench.post(
            self.bench.recording([
                try self.bench.file("a.mp3", playID: "p1"),
                try self.bench.file("a.wav", type: "audio/wav", playID: "p2"),
                try self.bench.file("a.html", type: "text/html", playID: "p3"),
                try self.bench.file("gone.mp3", playID: "p4"),
            ]))
    }

    private func play(_ name: String, range: String? = nil, method: HTTPRequest.Method = .get) async -> HTTPReply {
        await self.bench.get("/api/v2/recordings/\(self.bench.call)/play/\(name)", range: range, method: method)
    }

    @Test func `a file is played whole`() async throws {
        let reply = await self.play("p1.mp3")
        #expect(reply.status == 200)
        #expect(reply.response.headerFields[.contentType] == "audio/mpeg")
        #expect(reply.response.headerFields[.contentLength] == "100")
        #expect(reply.response.headerFields[.acceptRanges] == "bytes")
        #expect(reply.response.headerFields[.xContentTypeOptions] == "nosniff")
        #expect(try await reply.body.bytes() == self.sound)
    }

    @Test(arguments: [
        ("bytes=0-1", 0..<2), ("bytes=90-", 90..<100), ("bytes=-5", 95..<100), ("bytes=50-999", 50..<100),
    ])
    func `a part of a file is played`(range: String, part: Range<Int>) async throws {
        let reply = await self.play("p1.mp3", range: range)
        #expect(reply.status == 206)
        #expect(reply.response.headerFields[.contentRange] == "bytes \(part.lowerBound)-\(part.upperBound - 1)/100")
        #expect(try await reply.body.bytes() == Array(self.sound[part]))
    }

    @Test func `a part that the file does not have is 416`() async {
        let reply = await self.play("p1.mp3", range: "bytes=100-")
        #expect(reply.status == 416)
        #expect(reply.response.headerFields[.contentRange] == "bytes */100")
    }

    @Test func `HEAD tells the length and sends nothing`() async throws {
        let reply = await self.play("p1.mp3", method: .head)
        #expect(reply.status == 200)
        #expect(reply.response.headerFields[.contentLength] == "100")
        #expect(try await reply.body.bytes().isEmpty)
    }

    @Test func `only GET has parts, and a condition that cannot hold gets the whole`() async throws {
        #expect(await self.play("p1.mp3", range: "bytes=0-1", method: .head).status == 200)
        var request = HTTPRequest(
            method: .get, scheme: nil, authority: nil, path: "/api/v2/recordings/\(self.bench.call)/play/p1.mp3")
        request.headerFields[.range] = "bytes=0-1"
        request.headerFields[.ifRange] = "\"old\""
        let reply = await self.bench.service.respond(to: HTTPCall(request))
        #expect(reply.status == 200)
        #expect(try await reply.body.bytes() == self.sound)
    }

    @Test func `the file for analytics is found in its own store`() async throws {
        let reply = await self.play("p2.wav")
        #expect(reply.response.headerFields[.contentType] == "audio/wav")
        #expect(try await reply.body.bytes() == [7, 8, 9])
    }

    @Test(arguments: ["p1.wav", "p1", "p1.", "p3.html", "p4.mp3", "p9.mp3", "..mp3", "p1.mp3.mp3", "%2e%2e%2fa.mp3"])
    func `what is no file of the recording is not found`(name: String) async throws {
        let reply = await self.play(name)
        #expect(reply.status == 404)
        #expect(try await reply.outcome().statusCode == .notFound)
    }

    @Test func `a store that is out of order is 503`() async {
        self.bench.recordings.fail(next: 1)
        #expect(await self.play("p1.mp3").status == 503)
    }
}
