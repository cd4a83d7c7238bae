import CallCore
import CallRecordingInProcess
import HTTPMessaging
import HTTPTypes
import RecordingAPI
import RecordingProcessor
import RecordingStorage
import Testing

@Suite struct RecordingAssemblerTests {
    let files = MemoryFiles()
    let history = MemoryCallHistory()
    let path = "/api/contact-centers/abcdef/recordings"

    private func assembler(_ publishers: any RecordingPublisher...) -> RecordingAssembler {
        RecordingAssembler(
            files: self.files, history: self.history, publishers: publishers,
            configuration: ProcessingConfiguration(region: "us"), clock: InstantClock())
    }

    private func post(_ names: String...) throws -> HTTPCall {
        HTTPCall(.post, self.path, body: MediaFilesPost(try names.map { try Samples.file($0) }).encoded())
    }

    @Test func `a recording reaches every publisher and its job is forgotten`() async throws {
        for entry in try Samples.history() { try await self.history.append(entry) }
        let (first, second) = (ScriptedPublisher(refusals: 7), ScriptedPublisher(refusals: 2))
        let assembler = self.assembler(first, second)
        #expect(await assembler.respond(to: try self.post("a.mp3")).response.status == .ok)
        #expect(try self.files.names().count == 1)
        let running = Task { try await assembler.run() }
        let recordings = await second.wait(for: 1)
        #expect(recordings.map(\.callerPhoneNumber) == ["8522001"])
        #expect(first.taken == recordings)
        while await assembler.openJobs > 0 { await Task.yield() }
        #expect(try self.files.names().isEmpty)
        running.cancel()
        try await running.value
    }

    @Test func `jobs that were kept are taken up after a restart, and nobody is told twice`() async throws {
        for entry in try Samples.history() { try await self.history.append(entry) }
        let before = ScriptedPublisher()
        do {
            let assembler = self.assembler(before, ScriptedPublisher(refusals: .max))
            _ = await assembler.respond(to: try self.post("a.mp3"))
            let running = Task { try await assembler.run() }
            _ = await before.wait(for: 1)
            running.cancel()
            try await running.value
        }
        self.files.crash()
        #expect(try self.files.names().count == 1)
        let (first, second) = (ScriptedPublisher(), ScriptedPublisher())
        let assembler = self.assembler(first, second)
        let running = Task { try await assembler.run() }
        _ = await second.wait(for: 1)
        #expect(first.taken.isEmpty)
        running.cancel()
        try await running.value
    }

    @Test func `the same post twice is one job`() async throws {
        let assembler = self.assembler()
        for _ in 0..<2 { #expect(await assembler.respond(to: try self.post("a.mp3", "a.wav")).response.status == .ok) }
        #expect(await assembler.openJobs == 1)
        #expect(await assembler.respond(to: try self.post("b.mp3")).response.status == .ok)
        #expect(await assembler.openJobs == 2)
    }

    @Test func `files of two calls in one post are two jobs`() async throws {
        let assembler = self.assembler()
        let post = MediaFilesPost([try Samples.file("a.mp3"), try Samples.file("b.mp3", call: Samples.call("U"))])
        _ = await assembler.respond(to: HTTPCall(.post, self.path, body: post.encoded()))
        #expect(await assembler.openJobs == 2)
    }

    @Test func `a post whose job cannot be kept is not accepted`() async throws {
        let assembler = self.assembler()
        self.files.fail(next: 1)
        let reply = await assembler.respond(to: try self.post("a.mp3"))
        #expect(reply.response.status == .serviceUnavailable)
        #expect(await assembler.openJobs == 0)
        #expect(await assembler.respond(to: try self.post("a.mp3")).response.status == .ok)
    }

    @Test(arguments: [
        (HTTPRequest.Method.get, "/api/contact-centers/c/recordings", "", 405), (.post, "/", "", 404),
        (.post, "/api/contact-centers/c/recordings/x", "", 404), (.post, "/api/contact-centers/c/recordings", "", 400),
        (.post, "/api/contact-centers/c/recordings", #"{"mediaFiles":[]}"#, 400),
        (.post, "/api/contact-centers/c/recordings", #"{"mediaFiles":[{}]}"#, 400), (.post, "/%", "", 404),
    ])
    func `what is no post is refused`(method: HTTPRequest.Method, path: String, body: String, status: Int) async throws
    {
        let reply = await self.assembler().respond(to: HTTPCall(method, path, body: Array(body.utf8)))
        #expect(reply.response.status.code == status)
        #expect(try StatusReply(parsing: try await reply.body.bytes()).statusCode != .success)
    }

    @Test func `a job file that cannot be read stays where it is and hinders nobody`() async throws {
        try self.files.replace("processing-broken.json", with: [1, 2, 3])
        for entry in try Samples.history() { try await self.history.append(entry) }
        let publisher = ScriptedPublisher()
        let assembler = self.assembler(publisher)
        _ = await assembler.respond(to: try self.post("a.mp3"))
        let running = Task { try await assembler.run() }
        _ = await publisher.wait(for: 1)
        running.cancel()
        try await running.value
        #expect(try self.files.names().contains("processing-broken.json"))
    }

    @Test func `shutting down delivers what can be delivered and keeps the rest`() async throws {
        for entry in try Samples.history() { try await self.history.append(entry) }
        let (first, second) = (ScriptedPublisher(), ScriptedPublisher(refusals: .max))
        let clock = StoppedClock()
        let assembler = RecordingAssembler(
            files: self.files, history: self.history, publishers: [first, second], clock: clock)
        _ = await assembler.respond(to: try self.post("a.mp3"))
        let running = Task { try await assembler.run() }
        _ = await first.wait(for: 1)
        _ = await assembler.respond(to: try self.post("b.mp3"))
        await assembler.shutDown()
        try await running.value
        #expect(first.taken.count == 2)
        #expect(try self.files.names().count == 2)
        await assembler.shutDown()
    }

    @Test func `a call whose end is not told keeps its job when the processor is shut down`() async throws {
        let publisher = ScriptedPublisher()
        let assembler = RecordingAssembler(
            files: self.files, history: self.history, publishers: [publisher], clock: StoppedClock())
        let running = Task { try await assembler.run() }
        _ = await assembler.respond(to: try self.post("a.mp3"))
        while await !assembler.isUp { await Task.yield() }
        await assembler.shutDown()
        try await running.value
        #expect(publisher.taken.isEmpty)
        #expect(try self.files.names().count == 1)
    }
}
