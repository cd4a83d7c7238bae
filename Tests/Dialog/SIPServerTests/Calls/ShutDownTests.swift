import RecordingStorage
import SIP
import TLib
import Testing

@testable import SIPServer

@Suite struct ShutDownTests {
    let rig: Rig
    let caller: Phone
    let callee: Phone

    init() throws {
        self.rig = try Rig(["7000": DNOptions(), "7001": DNOptions(record: true)])
        self.caller = self.rig.phone("7000", port: 6_000)
        self.callee = self.rig.phone("7001", port: 6_001)
    }

    @Test func `a switch without calls is done at once`() {
        self.rig.shutDown()
        self.rig.run()
        #expect(self.rig.hasFinished)
    }

    @Test func `calls end with BYE, and so do their recordings`() {
        self.caller.call("7001", self.rig)
        self.rig.run()
        self.rig.shutDown()
        self.rig.run()
        #expect(self.caller.log.last == "ended bye")
        #expect(self.callee.log.last == "ended bye")
        #expect(self.rig.mediaServer.endedCount == 2)
        #expect(self.rig.history.last?.kind == .callEnded)
        #expect(self.rig.recordingHistory == ["Started", "Stopped"])
        #expect(self.rig.hasFinished)
    }

    @Test func `a device that rings is let go`() {
        self.callee.answer = .ring
        self.caller.call("7001", self.rig)
        self.rig.run()
        self.rig.shutDown()
        self.rig.run()
        #expect(self.callee.log.last == "ended cancelled")
        #expect(self.caller.log.last?.hasPrefix("rejected") == true)
        #expect(self.rig.hasFinished)
    }

    @Test func `new calls are refused`() {
        self.rig.shutDown()
        self.rig.run()
        self.caller.call("7001", self.rig)
        self.rig.run()
        #expect(self.caller.log == ["rejected 503"])
    }

    @Test func `a phone that is gone does not hold up the end`() {
        self.caller.call("7001", self.rig)
        self.rig.run()
        self.rig.phones[self.caller.endpoint] = nil
        self.rig.shutDown()
        self.rig.run(.seconds(3))
        #expect(!self.rig.hasFinished)
        self.rig.run(.seconds(2))
        #expect(self.rig.hasFinished)
    }
}
