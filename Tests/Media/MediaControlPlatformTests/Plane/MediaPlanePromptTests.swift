import CallAudio
import CallCore
import CallRecordingTesting
import CaptureJournal
import RTP
import RecordingStorage
import Testing

@testable import MediaControlPlatform

/// A recorded call whose parties are played something; what the agent hears goes out of port 1.
private struct PromptScene {
    var bridge: BridgeScene
    var now = 0

    static let beep = SoundClip(PromptTone())
    static let words = SoundClip(PromptTone(frequency: 700, duration: .seconds(1)))

    init(_ plan: PromptPlan, caller: [LegPayload] = BridgeScene.both, agent: [LegPayload] = BridgeScene.both) {
        self.bridge = BridgeScene(caller: caller, agent: agent)
        _ = self.bridge.plane.turn([
            .startRecording(BridgeScene.ticket()), .promptParties(BridgeScene.number, plan),
        ])
    }

    static func part(_ clip: SoundClip, to legs: [LegID] = [BridgeScene.agentLeg]) -> PromptPlan.Part {
        PromptPlan.Part(name: "sound", clip: clip, legs: legs)
    }

    /// Lets time go by, 5 ms a turn; who speaks says a packet every 20 ms.
    @discardableResult
    mutating func pass(
        _ milliseconds: Int, caller: UInt8? = 0xFF, agent: UInt8? = 0xFF
    ) -> [MediaPlaneReport] {
        var reports: [MediaPlaneReport] = []
        for _ in 0..<milliseconds / 5 {
            self.now += 5
            self.bridge.media.advance(to: self.now)
            if self.now % 20 == 0 {
                for (speaker, code) in [(0, caller), (1, agent)] {
                    guard let code else { continue }
                    let packet = speaker == 0 ? self.bridge.caller.packet(code) : self.bridge.agent.packet(code)
                    let source = speaker == 0 ? self.bridge.caller.address : self.bridge.agent.address
                    self.bridge.media.arrive(packet, at: speaker, from: source)
                }
            }
            reports += self.bridge.plane.turn()
        }
        return reports
    }

    func sent(to port: Int = 1) -> [ScriptedMedia.Sent] { self.bridge.media.sent.filter { $0.port == port } }

    /// What a party was sent, in linear samples, packet behind packet.
    func heard(_ law: G711 = .muLaw, at port: Int = 1) -> [Int16] {
        self.sent(to: port).flatMap { $0.payload.map { law.decode($0) } }
    }

    /// Whether a party got one stream without a break: number by number, sample by sample.
    func isUnbroken(at port: Int = 1) -> Bool {
        let headers = self.sent(to: port).compactMap(\.header)
        return Set(headers.map(\.ssrc)).count == 1
            && zip(headers, headers.dropFirst()).allSatisfy {
                $1.sequenceNumber == $0.sequenceNumber &+ 1
                    && $1.timestamp == $0.timestamp &+ UInt32($0.payloadRange.count)
            }
    }

    /// What the journal says was played.
    mutating func records() -> [PromptRecord] {
        let journal = self.bridge.plane.takeBatch() ?? []
        var reader = JournalReader()
        var records: [PromptRecord] = []
        while let record = reader.next(in: journal.span) {
            guard record.kind == .prompted else { continue }
            let payload = Array(journal[record.payload])
            if let prompt = PromptRecord(parsing: payload.span) { records.append(prompt) }
        }
        return records
    }
}

@Suite struct MediaPlanePromptTests {
    private static let beep = PromptPlan(beep: PromptScene.part(PromptScene.beep), silence: .seconds(2))
    private static let consent = PromptPlan(announcement: PromptScene.part(PromptScene.words), asksConsent: true)

    @Test func `a beep is laid over the talk, at its level, for its time, and again after the silence`() {
        var scene = PromptScene(Self.beep)
        scene.pass(3_000)
        let heard = scene.heard()
        #expect(heard.count == 150 * 160)
        let levels = stride(from: 0, to: heard.count, by: 160).map {
            ToneMeter.level(of: 1_400, in: heard[$0..<$0 + 160])
        }
        let beeping = levels.indices.filter { levels[$0] > -30 }
        // Ten packets, then two seconds without, then ten again.
        #expect(beeping.count == 20)
        #expect((119...120).contains((beeping.last ?? 0) - (beeping.first ?? 0)))
        for index in beeping.dropFirst().prefix(8) { #expect(abs(levels[index] + 20) < 0.5) }
        #expect(scene.isUnbroken())
        #expect(scene.records().map(\.end) == [.complete, .complete])
    }

    @Test func `the talk is heard under the beep, and the other party hears no beep`() {
        var scene = PromptScene(Self.beep)
        let code = G711.muLaw.encode(4_000)
        scene.pass(200, caller: code, agent: code)
        let heard = scene.heard()
        let mean = heard.reduce(0) { $0 + Int($1) } / max(1, heard.count)
        #expect(abs(mean - 4_000) < 200)
        #expect(ToneMeter.level(of: 1_400, in: heard[400..<1_200]) > -22)
        #expect(scene.sent(to: 0).allSatisfy { $0.payload.allSatisfy { $0 == code } })
    }

    @Test func `the recording has what the party said, without the beep`() {
        var scene = PromptScene(Self.beep)
        scene.pass(200, caller: 0x31, agent: 0x32)
        let journal = scene.bridge.journal()
        var reader = JournalReader()
        while let record = reader.next(in: journal.span) {
            guard record.kind == .packet else { continue }
            #expect(Set(journal[record.payload].dropFirst(12)) == [record.channel == 0 ? 0x31 : 0x32])
        }
    }

    @Test func `where nobody speaks the beep has packets of its own, 20 ms apart, in the same stream`() {
        var scene = PromptScene(Self.beep)
        // The agent says something so that it is there, and hears nobody.
        scene.pass(2_900, caller: nil)
        let sent = scene.sent()
        #expect(sent.count == 20)
        let headers = sent.compactMap(\.header)
        #expect(headers.indices.filter { headers[$0].marker } == [0, 10])
        #expect(Set(headers.map(\.ssrc)).count == 1)
        #expect(zip(headers, headers.dropFirst()).allSatisfy { $1.sequenceNumber == $0.sequenceNumber &+ 1 })
        let steps = zip(headers, headers.dropFirst()).map { $1.timestamp &- $0.timestamp }
        #expect(steps.filter { $0 == 160 }.count == 18)
        // The silence is in the timestamps.
        #expect(steps[9] >= 16_000)
        #expect(abs(ToneMeter.level(of: 1_400, in: scene.heard()[160..<1_440]) + 20) < 0.5)
    }

    @Test func `a talk that stops and begins within a beep leaves it whole and the stream unbroken`() {
        var scene = PromptScene(PromptPlan(beep: PromptScene.part(PromptScene.words), silence: .seconds(60)))
        scene.pass(200)
        scene.pass(400, caller: nil)
        scene.pass(1_000)
        let headers = scene.sent().compactMap(\.header)
        #expect(zip(headers, headers.dropFirst()).allSatisfy { $1.sequenceNumber == $0.sequenceNumber &+ 1 })
        #expect(
            zip(headers, headers.dropFirst()).allSatisfy {
                Int32(bitPattern: $1.timestamp &- $0.timestamp) >= Int32($0.payloadRange.count)
            })
        #expect(scene.records().first?.played == 8_000)
    }

    @Test func `a party that speaks the other law hears the beep in it`() {
        var scene = PromptScene(Self.beep, agent: [LegPayload(8, .aLaw)])
        scene.bridge.agent.payloadType = 8
        scene.pass(240, agent: 0xD5)
        #expect(scene.sent().allSatisfy { $0.header?.payloadType == 8 })
        let levels = scene.heard(.aLaw)
        #expect(abs(ToneMeter.level(of: 1_400, in: levels[480..<1_280]) + 20) < 0.5)
    }

    @Test func `talk that cannot be mixed gives way to the beep at once, and goes on behind it`() {
        let opus = LegCodec.encoded(AudioEncoding("opus", clockRate: 48_000, channels: 2))
        let both = [LegPayload(111, opus), LegPayload(0, .muLaw)]
        var scene = PromptScene(Self.beep, caller: both, agent: both)
        (scene.bridge.caller.payloadType, scene.bridge.agent.payloadType) = (111, 111)
        scene.pass(600)
        let types = scene.sent().compactMap(\.header?.payloadType)
        #expect(types.filter { $0 == 0 }.count == 10)
        let first = types.firstIndex(of: 0) ?? 0
        #expect(types[first..<first + 10] == ArraySlice([UInt8](repeating: 0, count: 10)))
        // The beep takes the place of as many packets as it is long, but for the one with which it began.
        #expect((20...21).contains(types.filter { $0 == 111 }.count))
        let headers = scene.sent().compactMap(\.header)
        #expect(zip(headers, headers.dropFirst()).allSatisfy { $1.sequenceNumber == $0.sequenceNumber &+ 1 })
    }

    @Test func `a party that takes no G.711 hears nothing, and is not asked`() {
        let opus = LegCodec.encoded(AudioEncoding("opus", clockRate: 48_000, channels: 2))
        var scene = PromptScene(Self.consent, caller: [LegPayload(111, opus)], agent: [LegPayload(111, opus)])
        (scene.bridge.caller.payloadType, scene.bridge.agent.payloadType) = (111, 111)
        scene.pass(600)
        #expect(scene.sent().count == 30)
        #expect(scene.records().isEmpty)
    }

    @Test func `nothing is played before the party's media has come, as it may still hear the other directly`() {
        var scene = PromptScene(Self.consent)
        scene.pass(5_000, caller: nil, agent: nil)
        #expect(scene.sent().isEmpty)
        scene.pass(1_200, caller: nil)
        #expect(scene.sent().count == 50)
    }

    @Test func `a party that never says anything hears the beep all the same`() {
        var scene = PromptScene(Self.beep)
        scene.pass(1_900, caller: nil, agent: nil)
        #expect(scene.sent().isEmpty)
        scene.pass(400, caller: nil, agent: nil)
        #expect(scene.sent().count == 10)
    }

    @Test func `an announcement is heard instead of the talk, in full, and the talk goes on behind it`() {
        var scene = PromptScene(Self.consent)
        scene.pass(1_500, caller: G711.muLaw.encode(9_000))
        #expect(scene.isUnbroken())
        let heard = scene.heard()
        let begin = heard.firstIndex { $0 != G711.muLaw.decode(G711.muLaw.encode(9_000)) } ?? 0
        let words = heard[begin..<begin + 8_000]
        #expect(abs(ToneMeter.level(of: 700, in: words[words.startIndex + 80..<words.endIndex - 80]) + 20) < 0.5)
        #expect(Set(heard[(begin + 8_100)...]) == [G711.muLaw.decode(G711.muLaw.encode(9_000))])
        let record = scene.records().first
        #expect(record?.kind == .consent)
        #expect(record?.end == .complete)
        #expect(record?.played == record?.whole)
    }

    @Test func `an announcement that a hold breaks off begins again when the party is back`() {
        var scene = PromptScene(Self.consent)
        scene.pass(500)
        _ = scene.bridge.plane.turn([
            .setRemote(BridgeScene.agentLeg, LegMedia(remote: nil, sent: BridgeScene.both))
        ])
        scene.pass(500)
        _ = scene.bridge.plane.turn([
            .setRemote(BridgeScene.agentLeg, LegMedia(remote: scene.bridge.agent.address, sent: BridgeScene.both))
        ])
        scene.pass(1_500)
        let records = scene.records()
        #expect(records.map(\.end) == [.held, .complete])
        #expect((3_000...4_000).contains(records[0].played))
        #expect(records[1].played == 8_000)
    }

    @Test func `an announcement that the end of the call breaks off is said to be so`() {
        var scene = PromptScene(Self.consent)
        scene.pass(600)
        _ = scene.bridge.plane.turn([.closeLeg(BridgeScene.agentLeg), .stopRecording(BridgeScene.number)])
        let records = scene.records()
        #expect(records.map(\.end) == [.left])
        #expect((4_000...4_960).contains(records[0].played))
        #expect(records[0].whole == 8_000)
    }

    @Test func `nobody is told of a recording while it is paused`() {
        var scene = PromptScene(Self.beep)
        scene.pass(400)
        _ = scene.bridge.plane.turn([.pauseRecording(BridgeScene.number)])
        scene.pass(5_000)
        #expect(scene.records().count == 1)
        _ = scene.bridge.plane.turn([.resumeRecording(BridgeScene.number)])
        scene.pass(400)
        #expect(scene.records().count == 1)
    }

    @Test func `the beep ends with the recording, and nothing is looked after any more`() {
        var scene = PromptScene(Self.beep)
        scene.pass(100)
        _ = scene.bridge.plane.turn([.stopRecording(BridgeScene.number)])
        scene.pass(3_000)
        #expect(scene.records().map(\.end) == [.left])
        #expect(scene.bridge.plane.nextPrompt == nil)
        #expect(ToneMeter.level(of: 1_400, in: scene.heard().suffix(16_000)) < -60)
    }

    // MARK: Playing by order

    private static let number = PromptNumber(rawValue: 7)

    @Test func `what is ordered is played to the party in its stream, and its end is told`() {
        var scene = PromptScene(PromptPlan())
        scene.pass(100)
        let program = PromptProgram([PromptScene.words], replacesTalk: true)
        _ = scene.bridge.plane.turn([.play(Self.number, program, to: BridgeScene.agentLeg)])
        let reports = scene.pass(1_500).filter { if case .promptEnded = $0 { true } else { false } }
        #expect(reports == [.promptEnded(Self.number, .complete, played: .seconds(1))])
        #expect(scene.isUnbroken())
    }

    @Test func `what is stopped, what a key ends and what loses its party say how far they came`() {
        for way in 0..<3 {
            var scene = PromptScene(PromptPlan())
            let program = PromptProgram([PromptScene.words], iterations: nil, replacesTalk: true, endsWithKey: true)
            _ = scene.bridge.plane.turn([.play(Self.number, program, to: BridgeScene.agentLeg)])
            scene.pass(2_000)
            var reports: [MediaPlaneReport] = []
            switch way {
            case 0: reports = scene.bridge.plane.turn([.stopPlaying(Self.number)])
            case 1:
                scene.bridge.agent.payloadType = 101
                scene.bridge.media.arrive(
                    scene.bridge.agent.packet(5, count: 4), at: 1, from: scene.bridge.agent.address)
                reports = scene.bridge.plane.turn()
            default: reports = scene.bridge.plane.turn([.closeLeg(BridgeScene.agentLeg)])
            }
            guard case .promptEnded(Self.number, let end, let played)? = reports.first else {
                Issue.record("the end is not told")
                continue
            }
            #expect(end == (way == 2 ? .left : .stopped))
            #expect((1_980...2_020).contains(played.milliseconds))
        }
    }

    @Test func `sounds for one party wait for each other, and a party that is gone is told at once`() {
        var scene = PromptScene(PromptPlan())
        let program = PromptProgram([PromptScene.words], replacesTalk: true)
        let (second, third) = (PromptNumber(rawValue: 8), PromptNumber(rawValue: 9))
        let reports = scene.bridge.plane.turn([
            .play(Self.number, program, to: BridgeScene.agentLeg), .play(second, program, to: BridgeScene.agentLeg),
            .play(third, program, to: LegID(rawValue: 99)),
        ])
        #expect(reports == [.promptEnded(third, .left, played: .zero)])
        scene.pass(2_200, caller: nil)
        #expect(scene.sent().count == 100)
    }
}
