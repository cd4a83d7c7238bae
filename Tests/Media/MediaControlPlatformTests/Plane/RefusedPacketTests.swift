import CallAudio
import CallCore
import CallRecordingInProcess
import CaptureJournal
import RTP
import RecordingStorage
import Testing

@testable import MediaControlPlatform

/// What others send to a party's port is not recorded, is counted, and is known when the recording is judged.
@Suite struct `Packets that are not the party's` {
    private var scene = BridgeScene()
    /// A second sender at the caller's address.
    private var second = Speaker(address: .loopback(4_000), port: 0, ssrc: 0xCCCC, sequenceNumber: 7, timestamp: 7)

    init() { _ = self.scene.plane.turn([.startRecording(BridgeScene.ticket(files: [RendererScene.wav]))]) }

    private mutating func secondSays(_ code: UInt8, at milliseconds: Int, from source: Endpoint? = nil) {
        self.scene.media.advance(to: milliseconds)
        self.scene.media.arrive(self.second.packet(code), at: 0, from: source ?? self.second.address)
        _ = self.scene.plane.turn()
    }

    /// Ends the recording and renders it.
    private mutating func recording() throws -> RenderedRecording {
        _ = self.scene.plane.turn([.stopRecording(BridgeScene.number)])
        var renderer = Renderer(formats: [WAVFormat()], directory: MemoryFiles())
        return try #require(renderer.render(self.scene.journal()).finished.first)
    }

    @Test mutating func `strangers are refused and counted from the recording's beginning`() throws {
        self.scene.callerSays(1, at: 20)
        for number in 2...11 {
            self.secondSays(66, at: 20 * number - 5, from: Endpoint(ipv4: 0x0A00_0001, port: 9))
            self.scene.callerSays(1, at: 20 * number)
        }
        self.scene.media.arrive([1, 2, 3], at: 0, from: self.scene.caller.address)
        let recording = try self.recording()
        #expect(recording.verdict.streams[0].received == 11)
        var refused = StreamRefusals()
        (refused.otherAddress, refused.unreadable) = (10, 1)
        #expect(recording.evidence.map(\.refused) == [refused, StreamRefusals()])
    }

    @Test mutating func `two senders at one address do not take turns: the first is heard as long as it sends`() throws
    {
        for number in 1...100 {
            self.scene.callerSays(1, at: 20 * number)
            self.secondSays(66, at: 20 * number + 7)
        }
        let recording = try self.recording()
        #expect(recording.evidence[0].runs.map(\.ssrc) == [0xAAAA])
        #expect(recording.verdict.streams[0] == .init(dn: "5551", channel: 0, received: 100))
        #expect(recording.evidence[0].refused.otherSSRC == 100)
    }

    @Test mutating func `a sender that takes the place of another loses nothing`() throws {
        for number in 1...10 { self.scene.callerSays(1, at: 20 * number) }
        for number in 11...30 { self.secondSays(2, at: 20 * number) }
        let recording = try self.recording()
        #expect(recording.evidence[0].runs.map(\.ssrc) == [0xAAAA, 0xCCCC])
        #expect(recording.evidence[0].runs.map(\.received) == [10, 20])
        #expect(recording.evidence[0].refused.total == 0)
        // The other party has heard every packet at once.
        #expect(self.scene.media.sent.compactMap(\.payload.first).count == 30)
    }

    @Test mutating func `after a goodbye nothing is in doubt`() throws {
        self.scene.callerSays(1, at: 20)
        let goodbye = RTCPCompound([.goodbye(sources: [0xAAAA], reason: nil)]).encoded()
        self.scene.media.arrive(goodbye, at: 0, from: self.scene.caller.address.withPort(4_001), isControl: true)
        self.secondSays(2, at: 40)
        let recording = try self.recording()
        #expect(recording.evidence[0].runs.map(\.ssrc) == [0xAAAA, 0xCCCC])
    }

    @Test mutating func `what was in doubt when a pause began is in no recording`() throws {
        self.scene.callerSays(1, at: 20)
        self.secondSays(2, at: 40)
        _ = self.scene.plane.turn([.pauseRecording(BridgeScene.number)])
        for number in 3...10 { self.secondSays(2, at: 20 * number) }
        _ = self.scene.plane.turn([.resumeRecording(BridgeScene.number)])
        self.secondSays(3, at: 220)
        let recording = try self.recording()
        #expect(recording.evidence[0].runs.map(\.received) == [1, 1])
        #expect(recording.evidence[0].runs.map(\.ssrc) == [0xAAAA, 0xCCCC])
    }

    @Test mutating func `what was refused of a party that has left is known`() throws {
        self.scene.callerSays(1, at: 20)
        self.secondSays(66, at: 30, from: Endpoint(ipv4: 0x0A00_0001, port: 9))
        _ = self.scene.plane.turn([.closeLeg(BridgeScene.callerLeg)])
        let recording = try self.recording()
        #expect(recording.evidence[0].refused.otherAddress == 1)
    }

    @Test func `counts of refused packets are read as they were written, and too few bytes are none`() {
        var refused = StreamRefusals()
        (refused.otherAddress, refused.otherSSRC, refused.unreadable) = (1, 70_000, 4_294_967_295)
        let bytes = refused.encoded()
        #expect(bytes.count == 12)
        #expect(StreamRefusals(parsing: bytes.span) == refused)
        let short = Array(bytes.dropLast())
        #expect(StreamRefusals(parsing: short.span) == nil)
    }
}
