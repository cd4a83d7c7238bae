import CallAudio
import CallCore
import CallRecordingInProcess
import CallRecordingTesting
import CaptureJournal
import MSML
import RecordingAPI
import RecordingStorage
import SIP
import Synchronization
import Testing

@testable import MediaControlPlatform

@Suite struct MediaServerTests {
    private let clock = ManualClock()
    private let signalling = InProcessNetwork<SIPMessage>()
    private let journal = InProcessJournal()
    private let recordings = MemoryStore()
    private let files = MemoryFiles()
    private let processor = ScriptedProcessor()
    private let observer = KeepingObserver()

    @Test func `a shut-down finishes, renders and uploads what is being recorded`() async throws {
        let server = self.server(seed: 1)
        try await self.run(server) { peer in
            try await self.record(over: peer)
            self.clock.advance(by: .seconds(2))
            await server.shutDown()
        }
        let file = try #require(self.recordings.files.first)
        #expect(
            file.key.rawValue == "01FES9JKSOFQLEKK3CSH5B5AES00JV1U_2020-12-03_19-46-27-006B015F-1000427D-00000001.wav")
        // Two seconds of two channels, a byte a sample, behind the header.
        #expect(file.value.count == 58 + 2 * 2 * 8_000)
        let posted = try MediaFilesPost(parsing: try #require(self.processor.calls.first).body).mediaFiles
        #expect(posted.map(\.duration) == [.seconds(2)])
        #expect(posted.first?.callUUID.rawValue == "01FES9JKSOFQLEKK3CSH5B5AES00JV1U")
        #expect(posted.first?.verdict.streams.map(\.dn) == ["7800000", "15105550123"])
        #expect(try self.files.names() == [])
        #expect(self.journal.batches == [])
    }

    @Test func `calls that come during a shut-down are refused with 503`() async throws {
        let server = self.server(seed: 1)
        try await self.run(server) { peer in
            await server.shutDown()
            var dialog = MediaControlBench.Dialog(callID: "late", uri: "sip:msml=c@127.0.0.1:5080;dn=1")
            let response = try await peer.send("INVITE", in: &dialog, body: MediaControlBench.offer())
            #expect(response?.status == .serviceUnavailable)
        }
    }

    @Test func `what was recorded when the server was cancelled is finished by the next one`() async throws {
        try await self.run(self.server(seed: 1)) { peer in
            try await self.record(over: peer)
            self.clock.advance(by: .seconds(1))
        }
        let next = self.server(seed: 2)
        try await self.run(next) { _ in await next.shutDown() }
        #expect(self.recordings.files.count == 1)
        let posted = try MediaFilesPost(parsing: try #require(self.processor.calls.last).body).mediaFiles
        #expect(posted.first?.verdict.exceptions.contains { $0.contains("shut down") } == true)
        #expect(self.observer.reports.contains { $0.name == "recording.partial" && $0.level == .alarm })
        #expect(try self.files.names() == [])
        #expect(self.journal.batches == [])
    }

    @Test func `a recording without the consent that it needs is told of, and stored all the same`() async throws {
        let announcement = RecordingAnnouncement(sound: .tone(PromptTone()), asksConsent: true)
        let profile = IVRProfile(prompts: RecordingPrompts(announcement: announcement))
        let server = self.server(MediaServerConfiguration(profile: profile), seed: 1)
        try await self.run(server) { peer in
            try await self.record(over: peer)
            self.clock.advance(by: .seconds(2))
            await server.shutDown()
        }
        let posted = try MediaFilesPost(parsing: try #require(self.processor.calls.first).body).mediaFiles
        #expect(posted.first?.parameters["consent"] == "not heard by 7800000: it never began")
        #expect(self.observer.reports.contains { $0.name == "recording.unconsented" && $0.level == .warning })
    }

    @Test func `what an earlier run has left is tried again where the disk is full at the start`() async throws {
        try await self.run(self.server(seed: 1)) { peer in
            try await self.record(over: peer)
            self.clock.advance(by: .seconds(1))
        }
        self.files.fail(next: 1)
        let next = self.server(seed: 2)
        try await self.run(next) { _ in
            while self.recordings.files.isEmpty {
                self.clock.advance(by: MediaServer.renderingRetry)
                await Task.yield()
            }
            await next.shutDown()
        }
        #expect(self.observer.reports.contains { $0.name == "rendering.trouble" })
        #expect(self.journal.batches == [])
    }

    @Test func `that the journal takes nothing is told once, and once that it does again`() async throws {
        let server = self.server(seed: 1)
        let (work, continuation) = AsyncStream<RenderingWork>.makeStream()
        for isCommitted in [true, false, false, false, true, true] {
            continuation.yield(.batch([], isCommitted ? .success(()) : .failure(JournalError(.failed, ""))))
        }
        continuation.finish()
        await server.render(work, Renderer(formats: [], directory: self.files))
        #expect(self.observer.reports.map(\.name) == ["journal.failed", "journal.recovered"])
    }

    @Test func `of a batch for which the disk has no room only the marks are rendered, and people are told`()
        async throws
    {
        let server = self.server(seed: 1)
        let (work, continuation) = AsyncStream<RenderingWork>.makeStream()
        var scene = RendererScene()
        for number in 1...10 { scene.callerSays(0x11, at: 20 * number) }
        scene.write(.ended, at: 200)
        continuation.yield(.batch(scene.writer.takeAll() ?? [], .failure(JournalError(.full, "64 MiB"))))
        continuation.finish()
        await server.render(work, Renderer(formats: scene.formats, directory: self.files))
        #expect(self.observer.reports.map(\.name).prefix(1) == ["journal.full"])
        let partial = try #require(self.observer.reports.first { $0.name == "recording.partial" })
        #expect(partial.message.contains("10 packets from 5551 between 0.0 and 0.2 s could not be captured: disk full"))
    }

    @Test func `a disk that fills is told in steps, and new recordings are refused while calls go on`() async throws {
        let server = self.server(seed: 1)
        self.journal.space = JournalSpace(.low, freeByteCount: 900 << 20)
        try await self.run(server) { peer in
            var first = try await peer.leg(dn: "7800000")
            let second = try await peer.leg(dn: "15105550123")
            #expect(self.observer.reports.last { $0.level == .alarm }?.name == "journal.low")
            self.journal.space = JournalSpace(.scarce, freeByteCount: 200 << 20)
            let response = try await peer.send(
                "INFO", in: &first, type: MSML.mediaType, body: MediaControlBench.startDocument(first, second))
            let body = try #require(response?.body)
            let result = try MSMLResult(parsing: body.bytes.span)
            #expect(!result.isSuccess)
            #expect(result.description?.contains("200 MiB are free") == true)
            #expect(self.observer.reports.contains { $0.name == "journal.scarce" && $0.level == .alarm })
            #expect(await server.activeLegCount == 2)
            self.journal.space = .endless
            let again = try await peer.send(
                "INFO", in: &first, type: MSML.mediaType, body: MediaControlBench.modify("start"))
            let answer = try #require(again?.body)
            #expect(try MSMLResult(parsing: answer.bytes.span).isSuccess)
            self.clock.advance(by: .seconds(1))
            await server.shutDown()
        }
        #expect(self.recordings.files.count == 1)
    }

    // MARK: What the tests need

    private func server(
        _ configuration: MediaServerConfiguration = MediaServerConfiguration(), seed: UInt64
    ) -> MediaServer {
        let clock = self.clock
        let media = InProcessMediaNetwork { clock.now }
        return MediaServer(
            sip: self.signalling.transport(at: MediaControlBench.server), media: media.transport(at: .loopback(0)),
            journal: self.journal, formats: [WAVFormat()], recordings: self.recordings,
            workingDirectory: self.files, processor: self.processor, configuration: configuration, clock: clock,
            observer: self.observer, seed: seed)
    }

    /// Runs a media server and a SIP Server while something is done, and then cancels both.
    private func run(_ server: MediaServer, _ body: (SIPPeer) async throws -> Void) async throws {
        let peer = SIPPeer(self.signalling.transport(at: MediaControlBench.peer))
        try await withThrowingTaskGroup { group in
            group.addTask { try await server.run() }
            group.addTask { try await peer.run() }
            try await body(peer)
            group.cancelAll()
        }
    }

    private func record(over peer: SIPPeer) async throws {
        var first = try await peer.leg(dn: "7800000")
        let second = try await peer.leg(dn: "15105550123")
        let response = try await peer.send(
            "INFO", in: &first, type: MSML.mediaType, body: MediaControlBench.startDocument(first, second))
        let body = try #require(response?.body)
        let result = try MSMLResult(parsing: body.bytes.span)
        #expect(result == .ok)
    }
}

/// A SIP Server over a transport: sends requests, waits for final responses, and says 200 to every BYE.
final class SIPPeer: Sendable {
    private let transport: InProcessTransport<SIPMessage>
    private let responses: AsyncStream<SIPMessage>
    private let continuation: AsyncStream<SIPMessage>.Continuation

    init(_ transport: InProcessTransport<SIPMessage>) {
        self.transport = transport
        (self.responses, self.continuation) = AsyncStream.makeStream()
    }

    func run() async throws {
        try await self.transport.run { message, source in
            if !message.isRequest {
                self.continuation.yield(message)
            } else if message.method == .bye {
                try? self.transport.send(SIPMessage(response: .ok, to: message), to: source)
            }
        }
    }

    func send(
        _ method: String, in dialog: inout MediaControlBench.Dialog, type: String = "application/sdp",
        body: String = "", fields: [String] = []
    ) async throws -> SIPMessage? {
        let message = try MediaControlBench.request(method, in: &dialog, type: type, body: body, fields: fields)
        try self.transport.send(message, to: MediaControlBench.server)
        guard method != "ACK" else { return nil }
        for await response in self.responses where response[.callID] == dialog.callID {
            if response.status?.isFinal == true, response[.cseq]?.method.rawValue == method { return response }
        }
        return nil
    }

    func leg(dn: String) async throws -> MediaControlBench.Dialog {
        var dialog = MediaControlBench.Dialog(
            callID: "call-\(dn)", uri: "sip:msml=024V994RFGFQNEKK3CSH5B5AES00GJ4L@127.0.0.1:5080;dn=\(dn);record")
        let response = try await self.send(
            "INVITE", in: &dialog, body: MediaControlBench.offer(),
            fields: ["X-Genesys-GVP-Session-ID: 006B015F-1000427D"])
        #expect(response?.status == .ok)
        dialog.toTag = response?[.to]?.tag
        _ = try await self.send("ACK", in: &dialog)
        return dialog
    }
}
