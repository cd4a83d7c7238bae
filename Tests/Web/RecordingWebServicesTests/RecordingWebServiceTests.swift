import CallCore
import CallRecordingInProcess
import HTTPMessaging
import HTTPTypes
import RecordingAPI
import RecordingStorage
import RecordingWebServices
import Testing

@Suite struct RecordingWebServiceTests {
    @Test func `a recording that was posted can be read`() async throws {
        let bench = try Bench()
        let reply = await bench.post(bench.recording([try bench.file("a.mp3")]))
        #expect(reply.status == 200)
        #expect(try await reply.outcome() == StatusReply())
        let read = await bench.get("/api/v2/recordings/\(bench.call)")
        let recording = try RecordingReply(parsing: try await read.body.bytes()).recording
        #expect(recording.callerPhoneNumber == "8522001")
        #expect(recording.eventHistory.map(\.event) == ["Joined"])
        let text = String(decoding: try await read.body.bytes(), as: UTF8.self)
        #expect(text.contains(#""mediaUri":"http://rws.example.com:8090/api/v2/recordings/\#(bench.call)/play/"#))
    }

    @Test func `posting the same again changes nothing`() async throws {
        let bench = try Bench()
        let recording = bench.recording([try bench.file("a.mp3")])
        for _ in 0..<3 { #expect(await bench.post(recording).status == 200) }
        #expect(try await bench.metadata.recording(recording.id) == recording)
    }

    @Test func `files of one call become one recording, in whichever order they come`() async throws {
        let bench = try Bench()
        let names = (0..<8).map { "\($0).mp3" }
        await withTaskGroup(of: Int.self) { group in
            for name in names {
                group.addTask {
                    guard let file = try? bench.file(name) else { return 0 }
                    return await bench.post(bench.recording([file])).status
                }
            }
            for await status in group { #expect(status == 200) }
        }
        let kept = try #require(try await bench.metadata.recording(RecordingID(bench.call)))
        #expect(Set(kept.mediaFiles.map(\.mediaID)) == Set(names))
        #expect(kept.eventHistory.count == 1)
    }

    @Test func `a file that is told again keeps its play name and takes what is new`() async throws {
        let bench = try Bench()
        _ = await bench.post(bench.recording([try bench.file("a.mp3", playID: "first")]))
        var again = try bench.file("a.mp3", playID: "second")
        again.byteCount = 11
        var recording = bench.recording([again])
        recording.stopTime = bench.start + .seconds(60)
        recording.eventHistory = [
            HistoryEvent(
                occurredAt: bench.start + .seconds(-1), callUUID: bench.call, event: "Joined", phoneNumber: "1")
        ]
        _ = await bench.post(recording)
        let kept = try #require(try await bench.metadata.recording(recording.id))
        #expect(kept.mediaFiles.map(\.playID) == ["first"])
        #expect(kept.mediaFiles.map(\.byteCount) == [11])
        #expect(kept.eventHistory.map(\.phoneNumber) == ["1", "8522001"])
        #expect(kept.stopTime == recording.stopTime)
    }

    @Test func `a recording without a region is refused`() async throws {
        let bench = try Bench()
        var recording = bench.recording([])
        recording.region = ""
        let reply = await bench.post(recording)
        #expect(reply.status == 400)
        #expect(try await reply.outcome().statusCode == .requiredParameterMissing)
    }

    @Test(arguments: ["", "{}", "[", #"{"id":"x","region":"us","mediaFiles":[{}]}"#])
    func `a body that is no recording is refused`(body: String) async throws {
        let call = HTTPCall(.post, "/internal-api/contact-centers/c/recordings", body: Array(body.utf8))
        let reply = await (try Bench()).service.respond(to: call)
        #expect(reply.status == 400)
        #expect(try await reply.outcome().statusMessage?.isEmpty == false)
    }

    @Test func `a recording that is deleted is gone with its files`() async throws {
        let bench = try Bench()
        try await bench.put([1], as: "a.mp3")
        _ = await bench.post(bench.recording([try bench.file("a.mp3")]))
        let path = "/api/v2/recordings/\(bench.call)"
        #expect(await bench.get(path, method: .delete).status == 200)
        #expect(bench.recordings.files.isEmpty)
        #expect(await bench.get(path).status == 404)
        #expect(await bench.get(path, method: .delete).status == 404)
    }

    @Test func `a recording whose file cannot be deleted is not forgotten`() async throws {
        let bench = try Bench()
        _ = await bench.post(bench.recording([try bench.file("a.mp3")]))
        bench.recordings.fail(next: 1)
        let path = "/api/v2/recordings/\(bench.call)"
        #expect(await bench.get(path, method: .delete).status == 503)
        #expect(await bench.get(path).status == 200)
    }

    @Test func `an outage of the database is 503 and tells no secrets`() async throws {
        let bench = try Bench()
        bench.metadata.fail(next: 1, with: StorageError(.unreachable, "password of db-1.internal is wrong"))
        let reply = await bench.get("/api/v2/recordings/x")
        #expect(reply.status == 503)
        #expect(try await reply.outcome().statusCode == .internalError)
        #expect(try await reply.outcome().statusMessage?.contains("db-1") == false)
    }

    @Test(arguments: [
        ("/", 404), ("/api/v2/recordings/x", 404), ("/api/v2/recordings/x/play/y.mp3", 404), ("/api/v2/users", 404),
        ("/api/v2/recordings/x/y", 404), ("/api/v2/recordings/%", 400), ("/api/v2/diagnostics/version", 200),
        ("/internal-api/contact-centers/c/recordings", 405), ("/api/v2/recordings/a/b/c/d", 404),
    ])
    func `an address has its status`(path: String, status: Int) async throws {
        let reply = await (try Bench()).get(path)
        #expect(reply.status == status)
        #expect(try await (reply.outcome().statusCode == .success) == (status == 200))
    }

    @Test func `a method that a resource does not know is refused with those that it does`() async throws {
        let reply = await (try Bench()).get("/api/v2/recordings/x", method: .put)
        #expect(reply.status == 405)
        #expect(reply.response.headerFields[.allow] == "GET, HEAD, DELETE")
    }

    @Test func `a gate that says no is the answer`() async throws {
        let service = GatedService(RecordingWebService(metadata: MemoryMetadata(), stores: [])) { _ in
            .status(.unauthorized, .permissionDenied, "who are you?")
        }
        #expect(await service.respond(to: HTTPCall(.get, "/api/v2/recordings/x")).status == 401)
    }
}
