import RecordingStorage
import SIP
import TLib
import Testing

@testable import SIPServer

@Suite struct CallTests {
    let rig: Rig
    let caller: Phone
    let desktop: Endpoint

    init() throws {
        self.rig = try Rig([
            "7000": DNOptions(), "7001": DNOptions(agent: "kim"), "7002": DNOptions(),
            "7003": DNOptions(rejectCallInCall: true), "9000": DNOptions(type: .trunk, contact: .loopback(6_009)),
        ])
        self.caller = self.rig.phone("7000", port: 6_000)
        self.desktop = self.rig.client(registering: "7000", "7001")
    }

    @Test func `a call to an unknown DN is 404`() {
        self.caller.call("8888", self.rig)
        self.rig.run()
        #expect(self.caller.log == ["rejected 404"])
        #expect(self.rig.events(self.desktop).isEmpty)
        #expect(self.rig.history.isEmpty)
    }

    @Test func `a call to a DN that is not registered is 480`() {
        self.caller.call("7001", self.rig)
        self.rig.run()
        #expect(self.caller.log == ["rejected 480"])
    }

    @Test func `a call to a device that is on a call is 486 where its DN says so`() {
        self.rig.phone("7003", port: 6_003)
        let second = self.rig.phone("7002", port: 6_002)
        self.caller.call("7003", self.rig)
        self.rig.run()
        second.call("7003", self.rig)
        self.rig.run()
        #expect(second.log == ["rejected 486"])
        #expect(self.caller.log.last == "established")
    }

    @Test func `an offer that is no session description is 415`() {
        self.rig.phone("7001", port: 6_001)
        self.caller.call("7001", self.rig, offer: SIPBody(type: "text/plain", text: "hello"))
        self.rig.run()
        #expect(self.caller.log == ["rejected 415"])
    }

    @Test func `an offer among other parts is taken, unless one of these is required and cannot be read`() {
        self.rig.phone("7001", port: 6_001)
        let offer = SIPBodyPart(self.caller.description())
        let picture = SIPBody(type: "image/png", text: "")
        let body = SIPMultipart(
            "multipart/mixed", [SIPBodyPart(picture, disposition: "icon;handling=optional"), offer])
        self.caller.call("7001", self.rig, offer: body.body)
        self.rig.run()
        #expect(self.caller.log.last == "established")
        let second = self.rig.phone("7002", port: 6_002)
        let required = SIPMultipart(
            "multipart/mixed", [offer, SIPBodyPart(picture, disposition: "icon;handling=required")])
        second.call("7001", self.rig, offer: required.body)
        self.rig.run()
        #expect(second.log == ["rejected 415"])
    }

    @Test(arguments: [
        // no common codec
        (488, 488), (486, 486), (603, 603), (404, 404), (480, 480), (600, 600),
        // what concerns only the called device's way
        (503, 500), (401, 403), (407, 403), (302, 480), (408, 480),
    ])
    func `the caller is told why the called device refuses`(status: Int, expected: Int) {
        self.rig.phone("7001", port: 6_001, answers: .reject(SIPStatus(status)))
        self.caller.call("7001", self.rig)
        self.rig.run()
        #expect(self.caller.log.last == "rejected \(expected)")
        #expect(self.rig.control.calls.isEmpty)
        #expect(self.rig.history.last?.kind == .callEnded)
    }

    @Test func `a busy device is told to the caller's desktop`() {
        self.rig.phone("7001", port: 6_001, answers: .reject(.busyHere))
        self.caller.call("7001", self.rig)
        self.rig.run()
        #expect(
            self.rig.events(self.desktop) == [
                "EventDialing 7000", "EventDestinationBusy 7000", "EventReleased 7000 busy",
            ])
    }

    @Test func `a caller who gives up abandons the call`() {
        let callee = self.rig.phone("7001", port: 6_001, answers: .ring)
        self.caller.call("7001", self.rig)
        self.rig.run()
        #expect(self.caller.log == ["progress 180"])
        self.caller.hangUp(self.rig)
        self.rig.run()
        #expect(callee.log.last == "ended cancelled")
        #expect(
            self.rig.events(self.desktop) == [
                "EventDialing 7000", "EventRinging 7001", "EventReleased 7000 ok", "EventAbandoned 7001 abandoned",
            ])
        #expect(self.rig.control.sessions.isEmpty)
    }

    @Test func `a device that never rang has abandoned nothing`() {
        self.rig.phone("7001", port: 6_001, answers: .silent)
        self.caller.call("7001", self.rig)
        self.rig.run()
        self.caller.hangUp(self.rig)
        self.rig.run()
        #expect(self.rig.events(self.desktop) == ["EventDialing 7000", "EventReleased 7000 ok"])
    }

    @Test func `a called device that does not answer at all is 480 to the caller`() {
        self.rig.phone("7001", port: 6_001)
        self.rig.phones[.loopback(6_001)] = nil
        self.caller.call("7001", self.rig)
        self.rig.run(.seconds(40))
        #expect(self.caller.log == ["rejected 480"])
        #expect(self.rig.control.calls.isEmpty)
    }

    @Test(arguments: [true, false])
    func `either party ends the call for both`(callerLeaves: Bool) {
        let callee = self.rig.phone("7001", port: 6_001)
        self.caller.call("7001", self.rig)
        self.rig.run()
        let (leaver, other) = callerLeaves ? (self.caller, callee) : (callee, self.caller)
        leaver.hangUp(self.rig)
        self.rig.run()
        #expect(other.log.last == "ended bye")
        let expected = ["EventReleased \(leaver.dn) ok", "EventReleased \(other.dn) remoteRelease"]
        #expect(self.rig.events(self.desktop).suffix(2) == expected)
        #expect(self.rig.control.sessions.isEmpty)
    }

    @Test func `early media reaches the caller`() {
        let callee = self.rig.phone("7001", port: 6_001, answers: .silent)
        self.caller.call("7001", self.rig)
        self.rig.run()
        callee.order(.progress(.sessionProgress, callee.description()), self.rig)
        self.rig.run()
        #expect(self.caller.log == ["progress 183"])
        #expect(self.caller.peerPort == callee.mediaPort)
    }

    @Test func `a caller without an offer gets the called device's`() {
        let callee = self.rig.phone("7001", port: 6_001)
        self.caller.call("7001", self.rig, offer: .some(nil))
        self.rig.run()
        #expect(self.caller.peerPort == callee.mediaPort)
        #expect(callee.peerPort == self.caller.mediaPort)
        #expect(self.rig.call?.phase == .established)
        #expect(self.rig.call?.caller.description != nil)
    }

    @Test func `hold goes across`() {
        let callee = self.rig.phone("7001", port: 6_001)
        self.caller.call("7001", self.rig)
        self.rig.run()
        self.caller.hold(self.rig)
        self.rig.run()
        #expect(callee.log.last == "offered" || callee.log.contains("offered"))
        #expect(self.caller.log.contains("answered"))
        #expect(self.rig.call?.negotiation == nil)
    }

    @Test func `a party that asks for an offer gets the other's`() {
        let callee = self.rig.phone("7001", port: 6_001)
        self.caller.call("7001", self.rig)
        self.rig.run()
        callee.askForOffer(self.rig)
        self.rig.run()
        #expect(callee.log.last == "answered")
        #expect(self.caller.log.contains("offered"))
        #expect(self.rig.call?.negotiation == nil)
    }

    @Test func `an offer that the other party refuses is refused`() {
        let callee = self.rig.phone("7001", port: 6_001)
        self.caller.call("7001", self.rig)
        self.rig.run()
        callee.takesOffers = false
        self.caller.hold(self.rig)
        self.rig.run()
        #expect(self.caller.log.last == "offerRefused 488")
        #expect(self.rig.call?.negotiation == nil)
        #expect(self.rig.call?.phase == .established)
    }

    @Test func `digits in INFO go across`() {
        let callee = self.rig.phone("7001", port: 6_001)
        self.caller.call("7001", self.rig)
        self.rig.run()
        self.caller.order(.info(SIPBody(type: "application/dtmf-relay", text: "Signal=5"), token: 1), self.rig)
        self.rig.run()
        #expect(callee.log.last == "info Signal=5")
        #expect(self.caller.log.last == "infoAnswered 200")
    }

    @Test(arguments: [(DN("7001"), TCallType.internal), ("9000", .outbound)])
    func `the kind of a call follows from its ends`(destination: DN, type: TCallType) {
        self.rig.phone("7001", port: 6_001)
        self.rig.phone("9000", port: 6_009, isRegistered: false)
        self.caller.call(destination, self.rig)
        self.rig.run()
        #expect(self.rig.call?.callType == type)
        #expect(self.rig.call?.phase == .established)
    }

    @Test func `a caller who is no DN comes from outside`() {
        self.rig.phone("7001", port: 6_001)
        let stranger = self.rig.phone("+4930123", port: 6_010, isRegistered: false)
        stranger.call("7001", self.rig)
        self.rig.run()
        #expect(self.rig.call?.callType == .inbound)
        #expect(self.rig.call?.ani == "+4930123")
        #expect(self.rig.events(self.desktop) == ["EventRinging 7001", "EventEstablished 7001"])
    }

    @Test func `OPTIONS are answered`() throws {
        var request = SIPMessage(request: .options, uri: SIPURI(endpoint: Rig.switchEndpoint))
        request[.from] = SIPAddress(SIPURI(endpoint: self.caller.endpoint))
        request[.to] = SIPAddress(SIPURI(endpoint: Rig.switchEndpoint))
        self.caller.take(.send(request, to: Rig.switchEndpoint, as: 77), self.rig)
        self.rig.run()
        #expect(self.caller.registration?.status == .ok)
        #expect(self.caller.registration?.all(.allow).contains(.invite) == true)
    }
}
