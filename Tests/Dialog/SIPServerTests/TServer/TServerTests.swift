import SIP
import TLib
import Testing

@testable import SIPServer

@Suite struct TServerTests {
    let rig: Rig
    let customer: Phone
    let agent: Phone

    init() throws {
        self.rig = try Rig(["7000": DNOptions(), "7001": DNOptions(agent: "kim"), "7002": DNOptions()])
        self.customer = self.rig.phone("7000", port: 6_000)
        self.agent = self.rig.phone("7001", port: 6_001)
    }

    @Test func `a client opens, and registers DNs that are configured`() {
        let client = Endpoint.loopback(40_000)
        self.rig.tell(client, TMessage(.requestRegisterClient)) { $0[.referenceID] = 1 }
        self.rig.tell(client, TMessage(.requestRegisterAddress)) { $0[.thisDN] = "7001" }
        self.rig.tell(client, TMessage(.requestRegisterAddress)) { $0[.thisDN] = "8888" }
        self.rig.tell(client, TMessage(.requestUnregisterAddress)) { $0[.thisDN] = "7001" }
        self.rig.run()
        #expect(
            self.rig.events(client) == [
                "EventServerConnected", "EventLinkConnected", "EventRegistered 7001",
                "EventError 8888 59 DN is not configured in CME", "EventUnregistered 7001",
            ])
    }

    @Test func `a client that has gone, or has unregistered, is told nothing more`() {
        let first = self.rig.client(1, registering: "7001")
        let second = self.rig.client(2, registering: "7001")
        let third = self.rig.client(3, registering: "7001")
        self.rig.tell(first, TMessage(.eventServerDisconnected)) { _ in }
        self.rig.tell(second, TMessage(.requestUnregisterAddress)) { $0[.thisDN] = "7001" }
        self.rig.run()
        _ = self.rig.events(second)
        self.customer.call("7001", self.rig)
        self.rig.run()
        #expect(self.rig.events(first).isEmpty)
        #expect(self.rig.events(second).isEmpty)
        #expect(self.rig.events(third) == ["EventRinging 7001", "EventEstablished 7001"])
    }

    @Test func `all clients of a DN are told the same`() {
        let first = self.rig.client(1, registering: "7001")
        let second = self.rig.client(2, registering: "7001")
        self.customer.call("7001", self.rig)
        self.rig.run()
        self.rig.ask(first, .recordStart)
        let seen = self.rig.events(second)
        #expect(self.rig.events(first).filter { $0 != "EventACK 7001" } == seen)
        #expect(seen.count == 4)
    }

    @Test(arguments: [TMessageType.requestAnswerCall, .requestHoldCall, .requestRouteCall])
    func `what the switch does not do is refused`(type: TMessageType) {
        let client = self.rig.client(registering: "7001")
        self.rig.tell(client, TMessage(type)) { $0[.thisDN] = "7001" }
        self.rig.run()
        #expect(self.rig.events(client) == ["EventError 7001 51 Unsupported operation"])
    }

    @Test func `a client calls from one device to another`() {
        let client = self.rig.client(registering: "7001", "7002")
        let callee = self.rig.phone("7002", port: 6_002)
        self.rig.tell(client, TMessage(.requestMakeCall)) { message in
            message[.thisDN] = "7001"
            message[.otherDN] = "7002"
            message[.userData] = ["case": "4711"]
        }
        self.rig.run()
        #expect(
            self.rig.events(client) == [
                "EventACK 7001", "EventDialing 7001", "EventRinging 7002", "EventEstablished 7001",
                "EventEstablished 7002",
            ])
        #expect(self.agent.peerPort == callee.mediaPort)
        #expect(callee.peerPort == self.agent.mediaPort)
        self.rig.ask(client, .recordStart)
        #expect(self.rig.call?.userData["GSIP_RECORD"] == "ON")
        #expect(self.rig.call?.userData["case"] == "4711")
    }

    @Test(arguments: [
        (Phone.Answer.reject(.busyHere), Phone.Answer.accept), (.accept, .reject(.busyHere)), (.ring, .accept),
    ])
    func `a call that a client makes comes to nothing where a device does not answer`(
        first: Phone.Answer, second: Phone.Answer
    ) {
        let client = self.rig.client(registering: "7001")
        self.agent.answer = first
        self.rig.phone("7002", port: 6_002, answers: second)
        self.rig.tell(client, TMessage(.requestMakeCall)) { message in
            message[.thisDN] = "7001"
            message[.otherDN] = "7002"
        }
        self.rig.run()
        if let connID = self.rig.connID {
            self.rig.tell(client, TMessage(.requestReleaseCall)) { message in
                message[.thisDN] = "7001"
                message[.connID] = connID
            }
            self.rig.run()
        }
        #expect(self.rig.control.calls.isEmpty)
        #expect(self.rig.control.sessions.isEmpty)
        #expect(self.rig.events(client).last?.hasPrefix("EventReleased 7001") == true)
    }

    @Test func `a client that makes a call cannot claim that it is recorded`() {
        let client = self.rig.client(registering: "7001")
        self.rig.phone("7002", port: 6_002)
        self.rig.tell(client, TMessage(.requestMakeCall)) { message in
            message[.thisDN] = "7001"
            message[.otherDN] = "7002"
            message[.userData] = ["gsip_record": "ON"]
        }
        self.rig.run()
        #expect(self.rig.received[client]?.map { $0[.errorCode]?.rawValue } == [53])
        #expect(self.rig.control.calls.isEmpty)
    }

    @Test(arguments: [("8888", 71), ("7002", 58), ("7001", 71)])
    func `a call that cannot be made is refused`(destination: String, code: Int) {
        let client = self.rig.client(registering: "7001")
        self.rig.tell(client, TMessage(.requestMakeCall)) { message in
            message[.thisDN] = "7001"
            message[.otherDN] = DN(destination)
        }
        self.rig.run()
        #expect(self.rig.received[client]?.map { $0[.errorCode]?.rawValue } == [code])
        #expect(self.rig.control.calls.isEmpty)
        #expect(self.rig.history.isEmpty)
    }

    @Test func `a client ends the call of its DN`() {
        let client = self.rig.client(registering: "7000", "7001")
        self.customer.call("7001", self.rig)
        self.rig.run()
        _ = self.rig.events(client)
        self.rig.tell(client, TMessage(.requestReleaseCall)) { message in
            message[.thisDN] = "7001"
            message[.connID] = self.rig.connID
        }
        self.rig.run()
        #expect(
            self.rig.events(client) == ["EventACK 7001", "EventReleased 7001 ok", "EventReleased 7000 remoteRelease"])
        #expect(self.customer.log.last == "ended bye")
        #expect(self.agent.log.last == "ended bye")
    }

    @Test func `user data is attached, kept for later events, and taken away again`() {
        let client = self.rig.client(registering: "7001")
        self.customer.call("7001", self.rig)
        self.rig.run()
        _ = self.rig.events(client)
        func tell(_ type: TMessageType, _ fill: (inout TMessage) -> Void) {
            self.rig.tell(client, TMessage(type)) { message in
                message[.thisDN] = "7001"
                message[.connID] = self.rig.connID
                fill(&message)
            }
            self.rig.run()
        }
        tell(.requestAttachUserData) { $0[.userData] = ["case": "4711", "kind": "loss"] }
        tell(.requestDeletePair) { $0[.dataKey] = "kind" }
        tell(.requestAttachUserData) { $0[.userData] = ["GSIP_RECORD": "ON"] }
        tell(.requestDeletePair) { $0[.dataKey] = "GSIP_RECORD" }
        tell(.requestAttachUserData) { _ in }
        #expect(
            self.rig.events(client) == [
                "EventACK 7001", "EventAttachedDataChanged 7001 case=4711 kind=loss", "EventACK 7001",
                "EventAttachedDataChanged 7001 case=4711",
                "EventError 7001 53 GSIP_RECORD and GSIP_REC_FN are set by the switch",
                "EventError 7001 53 Invalid attribute value", "EventError 7001 53 UserData is missing",
            ])
    }
}
