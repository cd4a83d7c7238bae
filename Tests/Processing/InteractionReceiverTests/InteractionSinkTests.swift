import CallCore
import CallRecordingInProcess
import HTTPMessaging
import HTTPTypes
import InteractionReceiver
import RecordingAPI
import RecordingStorage
import Testing

@Suite struct InteractionSinkTests {
    let analytics = MemoryStore()
    let kept = MemoryStore()

    private func file(_ name: String, type: String) throws -> MediaFile {
        let start = WallTime(milliseconds: 1_441_904_302_000)
        return MediaFile(
            mediaID: name, playID: "p", path: try #require(RecordingPath("analytics/a.wav")), storage: "directory",
            type: type, duration: .seconds(10), byteCount: 3, startTime: start, stopTime: start + .seconds(10),
            callUUID: try #require(CallUUID("011AP643CSAPR4FKQGQE31TAES00029V")), tenant: "Environment",
            profile: "record")
    }

    private func tell(_ files: [MediaFile], id: String = "call") async throws -> Int {
        let start = WallTime(milliseconds: 1_441_904_302_000)
        let recording = Recording(
            id: RecordingID(rawValue: id), region: "us", startTime: start, stopTime: start, mediaFiles: files)
        let call = HTTPCall(
            .post, "/interactionreceiver", body: RecordingPost(recording, contactCenter: "c").encoded())
        return await InteractionSink(source: self.analytics, store: self.kept).respond(to: call).response.status.code
    }

    private func store() async throws {
        try await self.analytics.put(MemoryBytes([1, 2, 3]), at: try #require(RecordingPath("analytics/a.wav")))
    }

    @Test func `sound and description are kept, any number of times`() async throws {
        try await self.store()
        for _ in 0..<3 { #expect(try await self.tell([self.file("a.wav", type: "audio/wav")]) == 200) }
        #expect(self.kept.files.count == 2)
        #expect(self.kept.files[try #require(RecordingPath("interactions/call/a.wav"))] == [1, 2, 3])
        let description = try #require(self.kept.files.first { $0.key.name.hasSuffix(".json") })
        #expect(try RecordingPost(parsing: description.value).recording.id == "call")
    }

    @Test func `the file for playback is not fetched`() async throws {
        #expect(try await self.tell([self.file("a.mp3", type: "audio/mp3")]) == 200)
        #expect(self.kept.files.count == 1)
    }

    @Test func `what is told later is kept beside what was told before`() async throws {
        try await self.store()
        #expect(try await self.tell([self.file("a.wav", type: "audio/wav")]) == 200)
        #expect(try await self.tell([]) == 200)
        #expect(self.kept.files.count == 3)
    }

    @Test func `a file that is not there is not accepted`() async throws {
        #expect(try await self.tell([self.file("a.wav", type: "audio/wav")]) == 404)
        #expect(self.kept.files.isEmpty)
    }

    @Test func `an outage of a store is not accepted`() async throws {
        try await self.store()
        self.kept.fail(next: 1)
        #expect(try await self.tell([self.file("a.wav", type: "audio/wav")]) == 503)
        #expect(try await self.tell([self.file("a.wav", type: "audio/wav")]) == 200)
    }

    @Test(arguments: [("..", "a.wav"), ("call", "../a.wav"), ("a/b", "a.wav"), ("call", "x/y.wav")])
    func `a name that leads elsewhere is refused`(id: String, media: String) async throws {
        try await self.store()
        #expect(try await self.tell([self.file(media, type: "audio/wav")], id: id) == 400)
        #expect(self.kept.files.isEmpty)
    }

    @Test(arguments: [
        (HTTPRequest.Method.get, "/interactionreceiver", "", 405), (.post, "/", "", 404),
        (.post, "/interactionreceiver", "", 400), (.post, "/interactionreceiver", "{}", 400),
    ])
    func `what is no recording is refused`(method: HTTPRequest.Method, path: String, body: String, status: Int) async {
        let sink = InteractionSink(source: self.analytics, store: self.kept)
        let reply = await sink.respond(to: HTTPCall(method, path, body: Array(body.utf8)))
        #expect(reply.response.status.code == status)
    }
}
