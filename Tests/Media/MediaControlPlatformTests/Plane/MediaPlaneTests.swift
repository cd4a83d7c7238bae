import CallCore
import CaptureJournal
import RTP
import Testing

@testable import MediaControlPlatform

/// Two legs in one conference: A speaks to port 0, B to port 1.
struct BridgeScene {
    let media = ScriptedMedia()
    var plane: MediaPlane
    var caller = Speaker(address: Endpoint.loopback(4_000), port: 0, ssrc: 0xAAAA)
    var agent = Speaker(address: Endpoint.loopback(5_000), port: 1, ssrc: 0xBBBB)

    static let callerLeg = LegID(rawValue: 1)
    static let agentLeg = LegID(rawValue: 2)
    static let number = RecordingNumber(rawValue: 9)
    static let both = [LegPayload(0, .muLaw), LegPayload(101, .telephoneEvent)]

    static func ticket(
        _ number: RecordingNumber = BridgeScene.number, files: [RecordingTicket.File] = []
    ) -> RecordingTicket {
        RecordingTicket(
            number: number, id: "rec", conference: "call",
            channels: [.init(leg: Self.callerLeg, dn: "5551"), .init(leg: Self.agentLeg, dn: "7001")], files: files,
            startTime: WallTime(milliseconds: 1_700_000_000_000), parameters: ["id": "rec", "agentId": "jane"])
    }

    init(caller: [LegPayload] = Self.both, agent: [LegPayload] = Self.both) {
        self.plane = MediaPlane(transport: self.media, seed: 1)
        _ = self.plane.turn([
            .openPort(Self.callerLeg), .openPort(Self.agentLeg),
            .setRemote(Self.callerLeg, LegMedia(remote: self.caller.address, sent: caller)),
            .setRemote(Self.agentLeg, LegMedia(remote: self.agent.address, sent: agent)),
            .join(Self.callerLeg, conference: "call"), .join(Self.agentLeg, conference: "call"),
        ])
    }

    /// The caller says 20 ms.
    mutating func callerSays(_ code: UInt8, at milliseconds: Int) {
        self.media.advance(to: milliseconds)
        self.media.arrive(self.caller.packet(code), at: self.caller.port, from: self.caller.address)
        _ = self.plane.turn()
    }

    mutating func agentSays(_ code: UInt8, at milliseconds: Int) {
        self.media.advance(to: milliseconds)
        self.media.arrive(self.agent.packet(code), at: self.agent.port, from: self.agent.address)
        _ = self.plane.turn()
    }

    mutating func counts(of leg: LegID) -> LegCounts? {
        self.media.advance(to: 100_000_000)
        for case .counts(let counts) in self.plane.turn() { return counts.first { $0.leg == leg } }
        return nil
    }

    mutating func journal() -> [UInt8] {
        self.media.advance(to: 200_000_000)
        return self.plane.takeBatch() ?? []
    }
}

@Suite struct MediaPlaneTests {
    @Test func `a leg is told its port, and one that has none is told why`() {
        let media = ScriptedMedia()
        var plane = MediaPlane(transport: media, seed: 1)
        let first = plane.turn([.openPort(LegID(rawValue: 1))])
        #expect(first == [.portOpened(LegID(rawValue: 1), .loopback(20_000))])
        media.refusePorts(TransportError(.unavailable, "all ports are taken"))
        let second = plane.turn([.openPort(LegID(rawValue: 2))])
        #expect(second == [.portFailed(LegID(rawValue: 2), "all ports are taken")])
    }

    @Test func `what one party says goes to the other at once, payload untouched`() {
        var scene = BridgeScene()
        scene.callerSays(0x31, at: 20)
        scene.agentSays(0x32, at: 21)
        let sent = scene.media.sent
        #expect(sent.map(\.port) == [1, 0])
        #expect(sent.map(\.peer) == [scene.agent.address, scene.caller.address])
        #expect(sent.map(\.payload) == [[UInt8](repeating: 0x31, count: 160), [UInt8](repeating: 0x32, count: 160)])
    }

    @Test func `a party hears one stream, whose losses and order are those of the way in`() {
        var scene = BridgeScene()
        var packets = (0..<8).map { scene.caller.packet(UInt8($0)) }
        packets.remove(at: 3)
        packets.swapAt(4, 5)
        for packet in packets { scene.media.arrive(packet, at: 0, from: scene.caller.address) }
        _ = scene.plane.turn()
        let headers = scene.media.sent.compactMap(\.header)
        let first = headers[0]
        #expect(Set(headers.map(\.ssrc)) == [first.ssrc])
        #expect(first.ssrc != scene.caller.ssrc)
        #expect(headers.map { $0.sequenceNumber &- first.sequenceNumber } == [0, 1, 2, 4, 6, 5, 7])
        #expect(headers.map { $0.timestamp &- first.timestamp } == [0, 160, 320, 640, 960, 800, 1_120])
    }

    @Test func `numbers and time go on when the source changes`() {
        var scene = BridgeScene()
        scene.callerSays(1, at: 20)
        scene.callerSays(2, at: 40)
        scene.caller.ssrc = 0xCCCC
        scene.caller.sequenceNumber = 7
        scene.caller.timestamp = 1_000_000
        scene.callerSays(3, at: 1_040)
        scene.callerSays(4, at: 1_060)
        let headers = scene.media.sent.compactMap(\.header)
        let first = headers[0]
        #expect(Set(headers.map(\.ssrc)).count == 1)
        #expect(headers.map { $0.sequenceNumber &- first.sequenceNumber } == [0, 1, 2, 3])
        #expect(headers.map { $0.timestamp &- first.timestamp } == [0, 160, 8_160, 8_320])
        #expect(headers.map(\.marker) == [false, false, true, false])
    }

    @Test func `time goes on when a sender's timestamps jump`() {
        var scene = BridgeScene()
        scene.callerSays(1, at: 20)
        scene.caller.timestamp &+= 700_000_000
        scene.callerSays(2, at: 40)
        let headers = scene.media.sent.compactMap(\.header)
        #expect(headers[1].timestamp &- headers[0].timestamp == 160)
        #expect(headers[1].sequenceNumber &- headers[0].sequenceNumber == 1)
    }

    @Test func `a party that takes the other law only is sent that one, by its own number`() {
        var scene = BridgeScene(agent: [LegPayload(8, .aLaw)])
        scene.agent.payloadType = 8
        scene.callerSays(0x00, at: 20)
        scene.agentSays(0x2A, at: 21)
        let sent = scene.media.sent
        #expect(sent.map { $0.header?.payloadType } == [8, 0])
        // The loudest sample of each law.
        #expect(sent.map { $0.payload.first } == [0x2A, 0x00])
        #expect(sent.map(\.payload.count) == [160, 160])
    }

    @Test func `keys go on under the number that the other party knows`() {
        var scene = BridgeScene(agent: [LegPayload(0, .muLaw), LegPayload(96, .telephoneEvent)])
        scene.caller.payloadType = 101
        scene.media.arrive(scene.caller.packet(5, count: 4), at: 0, from: scene.caller.address)
        _ = scene.plane.turn()
        #expect(scene.media.sent.map { $0.header?.payloadType } == [96])
        #expect(scene.media.sent.map(\.payload) == [[5, 5, 5, 5]])
    }

    @Test func `a codec that both parties have is passed on as it is, by the other's number`() {
        let wide = LegCodec.encoded(AudioEncoding("opus", clockRate: 48_000, channels: 2))
        var scene = BridgeScene(
            caller: [LegPayload(96, wide), LegPayload(0, .muLaw)],
            agent: [LegPayload(0, .muLaw), LegPayload(111, wide)])
        scene.caller.payloadType = 96
        scene.callerSays(7, at: 20)
        #expect(scene.media.sent.map { $0.header?.payloadType } == [111])
        #expect(scene.media.sent.map(\.payload) == [[UInt8](repeating: 7, count: 160)])
    }

    @Test func `time goes on over five seconds of silence, whatever the codec's clock counts`() {
        let wide = LegCodec.encoded(AudioEncoding("opus", clockRate: 48_000, channels: 2))
        var scene = BridgeScene(caller: [LegPayload(96, wide)], agent: [LegPayload(96, wide)])
        scene.caller.payloadType = 96
        scene.callerSays(1, at: 20)
        scene.caller.timestamp &+= 240_000 - 160
        scene.callerSays(2, at: 5_020)
        let headers = scene.media.sent.compactMap(\.header)
        #expect(headers[1].timestamp &- headers[0].timestamp == 240_000)
        #expect(headers.map(\.marker) == [false, false])
    }

    @Test func `a codec that the other party lacks is counted and left out`() {
        var scene = BridgeScene(caller: [LegPayload(9, .encoded(AudioEncoding("G722")))])
        scene.caller.payloadType = 9
        scene.callerSays(1, at: 20)
        #expect(scene.media.sent.isEmpty)
        #expect(scene.counts(of: BridgeScene.agentLeg)?.packetsNotRelayed == 1)
    }

    @Test func `what the other party does not take is left out without looking like a loss`() {
        var scene = BridgeScene(agent: [LegPayload(0, .muLaw)])
        scene.callerSays(1, at: 20)
        scene.caller.payloadType = 101
        scene.callerSays(2, at: 40)
        scene.caller.payloadType = 0
        scene.callerSays(3, at: 60)
        let headers = scene.media.sent.compactMap(\.header)
        #expect(headers.count == 2)
        #expect(headers[1].sequenceNumber &- headers[0].sequenceNumber == 1)
        #expect(headers[1].timestamp &- headers[0].timestamp == 320)
        let counts = scene.counts(of: BridgeScene.agentLeg)
        #expect(counts?.packetsNotRelayed == 1)
    }

    @Test func `a phone that comes from another port after a silence is heard, another address is not`() {
        var scene = BridgeScene()
        scene.callerSays(1, at: 20)
        let (moved, stranger) = (scene.caller.address.withPort(4_444), Endpoint(ipv4: 0x0A00_0001, port: 4_444))
        for (source, time) in [(moved, 1_000), (stranger, 2_100), (moved, 2_100), (moved, 2_120)] {
            scene.media.advance(to: time)
            scene.media.arrive(scene.caller.packet(2), at: 0, from: source)
            _ = scene.plane.turn()
        }
        #expect(scene.media.sent.count == 3)
        #expect(scene.counts(of: BridgeScene.callerLeg)?.packetsRefused == 2)
    }

    @Test func `packets of strangers are refused once the party has sent`() {
        var scene = BridgeScene()
        scene.callerSays(1, at: 20)
        scene.media.arrive(scene.caller.packet(66), at: 0, from: Endpoint(ipv4: 0x0A00_0001, port: 9))
        scene.callerSays(2, at: 40)
        #expect(scene.media.sent.compactMap(\.payload.first) == [1, 2])
        let counts = scene.counts(of: BridgeScene.callerLeg)
        #expect(counts?.packetsRefused == 1)
    }

    @Test func `a phone behind a translator of addresses is heard, and sent to where it comes from`() {
        var scene = BridgeScene()
        let translated = Endpoint(ipv4: 0x0A00_0001, port: 30_000)
        scene.media.arrive(scene.caller.packet(1), at: 0, from: translated)
        scene.media.arrive(scene.caller.packet(66), at: 0, from: Endpoint(ipv4: 0x0A00_0002, port: 30_000))
        _ = scene.plane.turn()
        scene.agentSays(2, at: 20)
        #expect(scene.media.sent.map(\.peer) == [scene.agent.address, translated])
        // The address of the SDP stands above the one that was merely seen first.
        scene.callerSays(3, at: 40)
        scene.media.arrive(scene.caller.packet(67), at: 0, from: translated)
        scene.agentSays(4, at: 60)
        #expect(scene.media.sent.compactMap(\.payload.first) == [1, 2, 3, 4])
        #expect(scene.media.sent.last?.peer == scene.caller.address)
    }

    @Test func `bytes that are no RTP, and payload types that were not agreed, are refused and counted`() {
        var scene = BridgeScene()
        for bytes in [[], [0x80], [UInt8](repeating: 0xFF, count: 12), [UInt8](repeating: 0, count: 172)] {
            scene.media.arrive(bytes, at: 0, from: scene.caller.address)
        }
        scene.caller.payloadType = 34
        scene.media.arrive(scene.caller.packet(1), at: 0, from: scene.caller.address)
        scene.media.arrive([1], at: 77, from: scene.caller.address)
        scene.media.arrive([1], at: -1, from: scene.caller.address)
        _ = scene.plane.turn()
        #expect(scene.media.sent.isEmpty)
        let counts = scene.counts(of: BridgeScene.callerLeg)
        #expect(counts?.packetsRefused == 5)
    }

    @Test func `a party on hold is sent nothing`() {
        var scene = BridgeScene()
        _ = scene.plane.turn([.setRemote(BridgeScene.agentLeg, LegMedia(remote: nil, sent: BridgeScene.both))])
        scene.callerSays(1, at: 20)
        #expect(scene.media.sent.isEmpty)
    }

    @Test func `legs that left hear each other no more, and ports that were closed are used again`() {
        var scene = BridgeScene()
        _ = scene.plane.turn([.leave(BridgeScene.agentLeg)])
        scene.callerSays(1, at: 20)
        #expect(scene.media.sent.isEmpty)
        _ = scene.plane.turn([.closeLeg(BridgeScene.callerLeg), .closeLeg(BridgeScene.agentLeg)])
        #expect(scene.media.openPorts.isEmpty)
        let reports = scene.plane.turn([.openPort(LegID(rawValue: 3))])
        #expect(reports == [.portOpened(LegID(rawValue: 3), .loopback(20_000))])
    }

    @Test func `each party is sent a report of the sender every five seconds, and its own are counted`() throws {
        var scene = BridgeScene()
        scene.callerSays(1, at: 20)
        scene.media.arrive([0x80, 201, 0, 1, 0, 0, 0, 1], at: 0, from: scene.caller.address, isControl: true)
        for time in stride(from: 40, through: 5_000, by: 20) { scene.callerSays(1, at: time) }
        let control = scene.media.control
        #expect(control.map(\.peer) == [scene.agent.address.withPort(5_001)])
        let datagram = try #require(control.first).bytes
        let packets = try RTCPCompound(parsing: datagram.span).packets
        guard case .senderReport(let report) = try #require(packets.first) else {
            Issue.record("the first packet is no sender's report")
            return
        }
        #expect(report.ssrc == scene.media.sent.first?.header?.ssrc)
        let counts = scene.counts(of: BridgeScene.callerLeg)
        #expect(counts?.controlReceived == 1)
    }

    @Test func `shutting down ends recordings and legs, and nothing is done after it`() {
        var scene = BridgeScene()
        _ = scene.plane.turn([.startRecording(BridgeScene.ticket())])
        let reports = scene.plane.turn([.shutDown, .openPort(LegID(rawValue: 3))])
        #expect(reports == [.recordingStopped(BridgeScene.number, at: .zero), .finished])
        #expect(scene.plane.isFinished)
        #expect(scene.media.openPorts.isEmpty)
        let late = scene.plane.turn([.openPort(LegID(rawValue: 4))])
        #expect(late.isEmpty)
        let batch = scene.plane.takeBatch()
        #expect(batch != nil)
    }
}
