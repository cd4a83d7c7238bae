import CallCore
import CaptureJournal
import Testing

@testable import MediaControlPlatform

@Suite struct MediaPlaneRecordingTests {
    private func records(in journal: [UInt8]) -> [(record: JournalRecord, payload: [UInt8])] {
        var reader = JournalReader()
        var records: [(JournalRecord, [UInt8])] = []
        while let record = reader.next(in: journal.span) { records.append((record, Array(journal[record.payload]))) }
        return records
    }

    private func payloads(_ bytes: [UInt8]) -> [LegPayload] { StreamDescription(parsing: bytes.span).payloads }

    private func holds(_ journal: [UInt8], _ code: UInt8) -> Bool {
        var run = 0
        for byte in journal {
            run = byte == code ? run + 1 : 0
            if run >= 20 { return true }
        }
        return false
    }

    @Test func `a recording may begin before media flows, and says how each channel is to be read`() {
        var scene = BridgeScene()
        scene.media.advance(to: 10)
        let reports = scene.plane.turn([.startRecording(BridgeScene.ticket())])
        #expect(reports == [.recordingStarted(BridgeScene.number, at: .zero + .milliseconds(10))])
        scene.callerSays(1, at: 20)
        scene.agentSays(2, at: 30)
        let records = self.records(in: scene.journal())
        #expect(records.map(\.record.kind) == [.begun, .streamJoined, .streamJoined, .packet, .packet])
        #expect(records.map(\.record.channel) == [0, 0, 1, 0, 1])
        #expect(RecordingTicket(parsing: records[0].payload) == BridgeScene.ticket())
        #expect(self.payloads(records[1].payload) == BridgeScene.both)
        #expect(records[3].record.time == .zero + .milliseconds(20))
    }

    @Test func `what is journaled is the packet as it came`() {
        var scene = BridgeScene()
        _ = scene.plane.turn([.startRecording(BridgeScene.ticket())])
        var copy = scene.caller
        scene.callerSays(0x44, at: 20)
        let (journaled, packet) = (self.records(in: scene.journal()).last?.payload, copy.packet(0x44))
        #expect(journaled == packet)
    }

    @Test func `nothing that arrives in a pause is in the journal or in any buffer`() {
        var scene = BridgeScene()
        _ = scene.plane.turn([.startRecording(BridgeScene.ticket())])
        scene.callerSays(0x11, at: 20)
        // Both came before the order, though nobody has looked at the second yet.
        scene.media.arrive(scene.caller.packet(0x12), at: 0, from: scene.caller.address)
        let paused = scene.plane.turn([.pauseRecording(BridgeScene.number)])
        for time in stride(from: 40, to: 400, by: 20) {
            scene.callerSays(0x77, at: time)
            scene.agentSays(0x78, at: time)
        }
        scene.media.arrive(scene.caller.packet(0x79), at: 0, from: scene.caller.address)
        let resumed = scene.plane.turn([.resumeRecording(BridgeScene.number)])
        scene.callerSays(0x13, at: 400)
        // The parties have heard each other all the time.
        #expect(scene.media.sent.count == 2 + 36 + 1 + 1)
        let journal = scene.journal()
        for code in [0x11, 0x12, 0x13] as [UInt8] { #expect(self.holds(journal, code)) }
        for code in [0x77, 0x78, 0x79] as [UInt8] { #expect(!self.holds(journal, code)) }
        let marks = self.records(in: journal).map(\.record).filter { $0.kind == .paused || $0.kind == .resumed }
        #expect(marks.map(\.time) == [.zero + .milliseconds(20), .zero + .milliseconds(380)])
        guard case .recordingPaused(BridgeScene.number, let time, let position) = paused.first else {
            Issue.record("the pause was not reported")
            return
        }
        #expect(time == marks[0].time)
        #expect(resumed == [.recordingResumed(BridgeScene.number, at: marks[1].time)])
        // The position is that of the pause: no packet of the recording stands between it and the resume.
        let after = self.records(in: Array(journal[Int(position)...])).map(\.record.kind)
        #expect(after == [.paused, .resumed, .packet])
    }

    @Test func `what arrived before the resume and is drained after it is of the pause`() {
        var scene = BridgeScene()
        _ = scene.plane.turn([.startRecording(BridgeScene.ticket())])
        _ = scene.plane.turn([.pauseRecording(BridgeScene.number)])
        scene.media.advance(to: 99)
        scene.media.arrive(scene.caller.packet(0x77), at: 0, from: scene.caller.address, drainedLater: true)
        scene.media.advance(to: 100)
        _ = scene.plane.turn([.resumeRecording(BridgeScene.number)])
        scene.callerSays(0x12, at: 120)
        let journal = scene.journal()
        #expect(!self.holds(journal, 0x77))
        #expect(self.holds(journal, 0x12))
    }

    @Test func `which keys are pressed goes to the other party, and not into the journal`() throws {
        var scene = BridgeScene()
        _ = scene.plane.turn([.startRecording(BridgeScene.ticket())])
        scene.media.advance(to: 20)
        scene.caller.payloadType = 101
        let pressed = scene.caller.packet(7, count: 4)
        scene.media.arrive(pressed, at: scene.caller.port, from: scene.caller.address)
        _ = scene.plane.turn()
        #expect(scene.media.sent.last?.payload == [7, 7, 7, 7])
        let kept = try #require(self.records(in: scene.journal()).last?.payload)
        // The header stays, so that the packet is not taken for lost.
        #expect(kept == Array(pressed.dropLast(4)) + [0, 0, 0, 0])
    }

    @Test func `keys are kept where that is configured, and not in a span that was marked as sensitive`() throws {
        var scene = BridgeScene()
        scene.caller.payloadType = 101
        var ticket = BridgeScene.ticket()
        ticket.parameters["recordingclient.dtmf"] = "keep"
        _ = scene.plane.turn([.startRecording(ticket)])
        scene.callerSays(0x11, at: 20)
        let marked = scene.plane.turn([.markRecording(BridgeScene.number, isSensitive: true)])
        #expect(marked == [.recordingMarked(BridgeScene.number, isSensitive: true, at: .zero + .milliseconds(20))])
        scene.callerSays(0x12, at: 40)
        _ = scene.plane.turn([.pauseRecording(BridgeScene.number), .resumeRecording(BridgeScene.number)])
        scene.callerSays(0x13, at: 60)
        _ = scene.plane.turn([.markRecording(BridgeScene.number, isSensitive: false)])
        scene.callerSays(0x14, at: 80)
        let journal = scene.journal()
        for code in [0x11, 0x14] as [UInt8] { #expect(self.holds(journal, code)) }
        for code in [0x12, 0x13] as [UInt8] { #expect(!self.holds(journal, code)) }
        #expect(self.records(in: journal).count { $0.record.kind == .packet } == 4)
    }

    @Test func `a recording that begins in a sensitive span keeps no keys`() {
        var scene = BridgeScene()
        scene.caller.payloadType = 101
        var ticket = BridgeScene.ticket()
        ticket.parameters = ["recordingclient.dtmf": "keep", "sensitive": "true"]
        _ = scene.plane.turn([.startRecording(ticket)])
        scene.callerSays(0x11, at: 20)
        let journal = scene.journal()
        #expect(!self.holds(journal, 0x11))
    }

    @Test func `orders that do not fit are refused and change nothing`() {
        var scene = BridgeScene()
        let unknown = RecordingNumber(rawValue: 1)
        let reports = scene.plane.turn([
            .pauseRecording(unknown), .resumeRecording(unknown), .stopRecording(unknown),
            .startRecording(BridgeScene.ticket()), .startRecording(BridgeScene.ticket()),
            .resumeRecording(BridgeScene.number), .pauseRecording(BridgeScene.number),
            .pauseRecording(BridgeScene.number),
        ])
        let refused = reports.map { report in
            if case .recordingRefused = report { true } else { false }
        }
        #expect(refused == [true, true, true, false, true, true, false, true])
        let kinds = self.records(in: scene.journal()).map(\.record.kind)
        #expect(kinds == [.begun, .streamJoined, .streamJoined, .paused])
    }

    @Test func `a leg that is not in the conference is not recorded`() {
        var scene = BridgeScene()
        _ = scene.plane.turn([.startRecording(BridgeScene.ticket()), .leave(BridgeScene.agentLeg)])
        scene.agentSays(0x33, at: 20)
        scene.callerSays(0x34, at: 20)
        _ = scene.plane.turn([.join(BridgeScene.agentLeg, conference: "call")])
        scene.agentSays(0x35, at: 40)
        let journal = scene.journal()
        #expect(!self.holds(journal, 0x33))
        #expect(self.holds(journal, 0x34))
        #expect(self.holds(journal, 0x35))
    }

    @Test func `new answers say anew how a channel is to be read`() {
        var scene = BridgeScene()
        let aLaw = [LegPayload(8, .aLaw)]
        _ = scene.plane.turn([
            .startRecording(BridgeScene.ticket()),
            .setRemote(BridgeScene.agentLeg, LegMedia(remote: scene.agent.address, sent: aLaw)),
        ])
        let last = self.records(in: scene.journal()).last
        #expect(last?.record.channel == 1)
        #expect(last.map { self.payloads($0.payload) } == aLaw)
    }

    @Test func `one call can be recorded twice, and the end of one leaves the other alone`() {
        var scene = BridgeScene()
        let second = RecordingNumber(rawValue: 10)
        _ = scene.plane.turn([.startRecording(BridgeScene.ticket()), .startRecording(BridgeScene.ticket(second))])
        scene.callerSays(1, at: 20)
        let reports = scene.plane.turn([.stopRecording(BridgeScene.number, reason: "told to")])
        #expect(reports == [.recordingStopped(BridgeScene.number, at: .zero + .milliseconds(20))])
        scene.callerSays(2, at: 40)
        let records = self.records(in: scene.journal())
        #expect(records.filter { $0.record.recording == BridgeScene.number && $0.record.kind == .packet }.count == 1)
        #expect(records.filter { $0.record.recording == second && $0.record.kind == .packet }.count == 2)
        #expect(records.first { $0.record.kind == .ended }?.payload == Array("told to".utf8))
    }
}
