import RecordingControl
import RecordingStorage
import SIP
import TLib
import Testing

@testable import SIPServer

/// `record=true` of a DN.
@Suite struct StaticRecordingTests {
    @Test(arguments: [(true, false), (false, true), (true, true)])
    func `a call is recorded from its answer where either party's DN says so`(caller: Bool, callee: Bool) throws {
        let rig = try Rig(["7000": DNOptions(record: caller), "7001": DNOptions(record: callee)])
        let customer = rig.phone("7000", port: 6_000)
        let agent = rig.phone("7001", port: 6_001)
        let desktop = rig.client(registering: "7001")
        customer.call("7001", rig)
        rig.run()
        #expect(
            rig.events(desktop).prefix(4).map { $0.prefix { $0 != "=" } } == [
                "EventRinging 7001", "EventEstablished 7001", "EventAttachedDataChanged 7001 GSIP_RECORD",
                "EventPrivateInfo 7001 GSIP_RECORD_START",
            ])
        #expect(rig.mediaServer.conferences.count == 1)
        #expect(rig.call?.recording.recordDN == (callee ? "7001" : "7000"))
        #expect(rig.call?.recording.session.recordedParties.count == (caller && callee ? 2 : 1))
        agent.hangUp(rig)
        rig.run()
        #expect(rig.recordingHistory == ["Started", "Stopped"])
        #expect(rig.history.last?.kind == .callEnded)
    }

    @Test func `a recording that started by itself can be controlled by a desktop`() throws {
        let rig = try Rig(["7000": DNOptions(), "7001": DNOptions(record: true)])
        let customer = rig.phone("7000", port: 6_000)
        rig.phone("7001", port: 6_001)
        let desktop = rig.client(registering: "7001")
        customer.call("7001", rig)
        rig.run()
        rig.ask(desktop, .recordPause)
        #expect(rig.call?.userData["GSIP_RECORD"] == "PAUSED")
        #expect(rig.recordingHistory == ["Started", "Paused"])
    }

    @Test func `nobody is recorded where nobody asks`() throws {
        let rig = try Rig(["7000": DNOptions(), "7001": DNOptions()])
        let customer = rig.phone("7000", port: 6_000)
        rig.phone("7001", port: 6_001)
        customer.call("7001", rig)
        rig.run()
        #expect(rig.mediaServer.legs.isEmpty)
    }

    @Test func `a wrong pattern for names is refused at the start`() {
        #expect(throws: ConfigurationError.self) { _ = try Rig([:]) { $0.recordingFilename = "$WHO$" } }
    }
}
