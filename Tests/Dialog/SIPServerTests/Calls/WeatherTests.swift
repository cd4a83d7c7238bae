import RecordingControl
import RecordingStorage
import SIP
import TLib
import Testing

@testable import SIPServer

/// Calls in which everybody does what he likes, over a network that loses messages.
@Suite struct WeatherTests {
    @Test(arguments: [UInt64(0), 5, 20])
    func `whatever people do, calls end, nothing is left behind, and what is announced is true`(loss: UInt64) throws {
        for seed in 1...25 as ClosedRange<UInt64> { try Self.play(seed: seed, loss: loss) }
    }

    private static func play(seed: UInt64, loss: UInt64) throws {
        let rig = try Rig(["7000": DNOptions(), "7001": DNOptions(record: seed % 3 == 0, agent: "kim")])
        let customer = rig.phone("7000", port: 6_000)
        let agent = rig.phone("7001", port: 6_001)
        let desktop = rig.client(registering: "7001")
        (rig.loss, rig.dice) = (loss, TokenGenerator(seed: seed))
        customer.call("7001", rig)
        rig.run(.milliseconds(Int64(rig.dice.next() % 1_500)))
        var requests = 0
        for _ in 0..<12 {
            let services: [PrivateMsgID] = [.recordStart, .recordPause, .recordResume, .recordStop]
            switch rig.dice.next() % 8 {
            case 0...3:
                guard rig.connID != nil else { break }
                requests += 1
                let service = services[Int(rig.dice.next() % 4)]
                rig.ask(desktop, service, reference: requests, run: .zero)
            case 4: customer.hold(rig)
            case 5: agent.hold(rig)
            case 6: agent.askForOffer(rig)
            default: if rig.dice.next() % 4 == 0 { rig.mediaServer.answers = [.refuse(500), .silent] }
            }
            rig.run(.milliseconds(Int64(rig.dice.next() % 400)))
            Self.check(rig, "seed \(seed), loss \(loss)")
        }
        (seed % 2 == 0 ? customer : agent).hangUp(rig)
        rig.run(.seconds(120))
        let comment: Comment = "seed \(seed), loss \(loss)"
        if !rig.control.calls.isEmpty {
            // The one who hung up was lost; the other one still is there.
            (seed % 2 == 0 ? agent : customer).hangUp(rig)
            rig.run(.seconds(120))
        }
        #expect(rig.control.calls.isEmpty, comment)
        #expect(rig.control.sessions.isEmpty, comment)
        #expect(rig.control.passedInfo.isEmpty, comment)
        #expect(rig.history.filter { $0.kind == .callEnded }.count == (rig.history.isEmpty ? 0 : 1), comment)
        #expect(Self.isSound(rig.recordingHistory), "\(comment): \(rig.recordingHistory)")
        for reference in 1..<(requests + 1) {
            let answers = (rig.received[desktop] ?? []).filter { $0[.referenceID] == reference }.map(\.type)
            #expect(
                [[.eventACK], [.eventError], [.eventACK, .eventError]].contains(answers), "\(comment): \(answers)")
        }
    }

    private static func check(_ rig: Rig, _ comment: Comment) {
        guard let call = rig.call else { return }
        let announced = call.recording.session.announced
        #expect(call.userData["GSIP_RECORD"] ?? "OFF" == .string(announced.rawValue), comment)
        if announced != .off { #expect(call.recording.dialog.hasMedia, comment) }
    }

    /// Whether each change follows from the one before.
    private static func isSound(_ changes: [String]) -> Bool {
        var state = "off"
        for change in changes {
            switch (state, change) {
            case ("off", "Started"), ("paused", "Resumed"): state = "on"
            case ("on", "Paused"): state = "paused"
            case ("on", "Stopped"), ("paused", "Stopped"), ("on", "Failed"), ("paused", "Failed"): state = "off"
            case ("off", "Failed"): break
            default: return false
            }
        }
        return true
    }
}
