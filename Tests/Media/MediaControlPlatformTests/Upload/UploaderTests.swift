import CallCore
import CallRecordingInProcess
import HTTPMessaging
import RecordingAPI
import RecordingStorage
import Testing

@testable import MediaControlPlatform

@Suite struct UploaderTests {
    private let files = MemoryFiles()
    private let recordings = MemoryStore()
    private let analytics = MemoryStore()
    private let log = EventLog()
    private let observer = KeepingObserver()

    @Test func `files are stored, then the metadata is posted, then the local copies are removed`() async throws {
        try await self.upload(ScriptedProcessor(log: self.log))
        #expect(
            self.log.all == [
                "note call.upload.json", "recordings: call.mp3", "analytics: call.wav", "POST 200", "note call.settled",
                "remove call.mp3", "remove call.wav", "remove call.upload.json", "remove call.settled",
            ])
        #expect(try self.files.names() == [])
        #expect(self.recordings.files.values.map { $0 } == [[1, 2, 3]])
        #expect(self.analytics.files.values.map { $0 } == [[4, 5]])
    }

    @Test func `a store that is out of order is tried again, and nothing is posted before it works`() async throws {
        self.recordings.fail(next: 3)
        try await self.upload(ScriptedProcessor(log: self.log))
        #expect(
            self.log.all.prefix(7) == [
                "note call.upload.json", "recordings: no", "recordings: no", "recordings: no", "recordings: call.mp3",
                "analytics: call.wav", "POST 200",
            ])
        #expect(self.observer.reports.filter { $0.level == .alarm }.count == 1)
        #expect(self.observer.reports.contains { $0.name == "upload.recovered" })
    }

    @Test(arguments: [[503], [0, 500], [404, 404, 404]])
    func `metadata that is not accepted is posted again, and nothing is removed before it is`(script: [Int])
        async throws
    {
        try await self.upload(ScriptedProcessor(script, log: self.log))
        let posts = self.log.all.filter { $0.hasPrefix("POST") }
        #expect(posts == script.map { "POST \($0)" } + ["POST 200"])
        let last = try #require(self.log.all.lastIndex(of: "POST 200"))
        #expect(!self.log.all[..<last].contains { $0.hasPrefix("remove") })
        #expect(try self.files.names() == [])
    }

    @Test func `the body is what the Recording Processor reads, at the path of the tenant`() async throws {
        let processor = ScriptedProcessor()
        try await self.upload(processor)
        let call = try #require(processor.calls.first)
        #expect(call.request.method == .post)
        #expect(call.request.path == "/api/contact-centers/Main%20Office/recordings")
        #expect(call.request.headerFields[.contentType] == "application/json")
        #expect(try MediaFilesPost(parsing: call.body).mediaFiles == self.record.mediaFiles)
    }

    @Test func `without a store for analytics the first store keeps all files`() async throws {
        try await self.upload(ScriptedProcessor(), analytics: nil)
        #expect(self.recordings.files.count == 2)
    }

    @Test func `a restart goes on with what waits in the working directory`() async throws {
        try self.makeFiles()
        try self.files.replace("call.upload.json", with: self.record.encoded())
        let processor = ScriptedProcessor(log: self.log)
        try await self.run(self.uploader(processor)) { _ in }
        #expect(self.log.all.contains("recordings: call.mp3"))
        #expect(processor.calls.count == 1)
        #expect(try self.files.names() == [])
    }

    @Test func `a restart after everything was confirmed only removes`() async throws {
        try self.makeFiles()
        try self.files.replace("call.upload.json", with: self.record.encoded())
        try self.files.replace("call.settled", with: Array("call.mp3\ncall.wav".utf8))
        let processor = ScriptedProcessor(log: self.log)
        try await self.run(self.uploader(processor)) { _ in }
        #expect(processor.calls.isEmpty)
        #expect(self.recordings.files.isEmpty)
        #expect(try self.files.names() == [])
    }

    @Test func `files that were removed in part before a restart are removed wholly`() async throws {
        try self.files.replace("call.wav", with: [4, 5])
        try self.files.replace("call.settled", with: Array("call.mp3\ncall.wav".utf8))
        try await self.run(self.uploader(ScriptedProcessor())) { _ in }
        #expect(try self.files.names() == [])
    }

    @Test func `a record that cannot be read raises an alarm, and its files stay`() async throws {
        try self.makeFiles()
        try self.files.replace("call.upload.json", with: Array("{".utf8))
        try await self.run(self.uploader(ScriptedProcessor())) { _ in }
        #expect(self.observer.reports.map(\.name) == ["upload.unreadable"])
        #expect(self.observer.reports.map(\.level) == [.alarm])
        #expect(try self.files.names() == ["call.mp3", "call.upload.json", "call.wav"])
    }

    @Test func `a record that cannot be kept is refused, and nothing was begun`() async throws {
        try self.makeFiles()
        let uploader = self.uploader(ScriptedProcessor(log: self.log))
        self.files.fail(next: 1)
        await #expect(throws: StorageError(.full, "")) { try await uploader.submit(self.record) }
        #expect(await uploader.pendingCount == 0)
        #expect(self.log.all == [])
    }

    @Test func `many recordings are all brought away`() async throws {
        let uploader = self.uploader(ScriptedProcessor())
        try await self.run(uploader) { uploader in
            for number in 0..<50 {
                var file = self.record.mediaFiles[0]
                file.mediaID = "call\(number).mp3"
                file.path = try #require(RecordingPath(file.mediaID))
                try self.files.replace(file.mediaID, with: [UInt8(number)])
                try await uploader.submit(UploadRecord(name: "call\(number)", mediaFiles: [file]))
            }
        }
        #expect(self.recordings.files.count == 50)
        #expect(try self.files.names() == [])
    }

    // MARK: What the tests need

    private var record: UploadRecord {
        let files = [("call.mp3", "audio/mp3", 3), ("call.wav", "audio/wav", 2)].compactMap { name, type, count in
            RecordingPath(name).flatMap { path in
                CallUUID("01FES9JKSOFQLEKK3CSH5B5AES00JV1U").map { call in
                    MediaFile(
                        mediaID: name, playID: "play-\(name.count)", path: path, storage: "directory", type: type,
                        duration: .milliseconds(12_523), byteCount: Int64(count),
                        startTime: WallTime(milliseconds: 1_000),
                        stopTime: WallTime(milliseconds: 13_523), callUUID: call, tenant: "Main Office",
                        profile: "record", masks: [Mask(start: .seconds(1), end: .seconds(2))],
                        parameters: ["id": "call"],
                        verdict: Verdict(streams: [Verdict.Stream(dn: "7001", channel: 0, received: 5, lost: 1)]))
                }
            }
        }
        return UploadRecord(name: "call", mediaFiles: files)
    }

    private func makeFiles() throws {
        try self.files.replace("call.mp3", with: [1, 2, 3])
        try self.files.replace("call.wav", with: [4, 5])
    }

    private func uploader(_ processor: ScriptedProcessor, analytics: MemoryStore?) -> Uploader {
        let destinations = UploadDestinations(
            recordings: LoggedStore(name: "recordings", store: self.recordings, log: self.log),
            analytics: analytics.map { LoggedStore(name: "analytics", store: $0, log: self.log) },
            processor: processor)
        return Uploader(
            directory: LoggedFiles(files: self.files, log: self.log), destinations: destinations,
            clock: ImpatientClock(), observer: self.observer)
    }

    private func uploader(_ processor: ScriptedProcessor) -> Uploader {
        self.uploader(processor, analytics: self.analytics)
    }

    private func upload(_ processor: ScriptedProcessor, analytics: MemoryStore?) async throws {
        try self.makeFiles()
        try await self.run(self.uploader(processor, analytics: analytics)) { try await $0.submit(self.record) }
    }

    private func upload(_ processor: ScriptedProcessor) async throws {
        try await self.upload(processor, analytics: self.analytics)
    }

    /// Runs an uploader until nothing waits.
    private func run(_ uploader: Uploader, _ body: (Uploader) async throws -> Void) async throws {
        try await withThrowingTaskGroup { group in
            group.addTask { await uploader.run() }
            try await body(uploader)
            while !(await uploader.drained(within: .seconds(1))) {}
            group.cancelAll()
        }
    }
}
