import RecordingStorage
import SDP
import SIP
import TLib
import Testing

@testable import SIPServer

/// The call of the guide: a customer calls an agent, whose desktop controls the recording.
@Suite struct MainCallTests {
    let rig: Rig
    let customer: Phone
    let agent: Phone
    let desktop: Endpoint

    init() throws {
        self.rig = try Rig(["7000": DNOptions(), "7001": DNOptions(agent: "kim")])
        self.customer = self.rig.phone("7000", port: 6_000)
        self.agent = self.rig.phone("7001", port: 6_001)
        self.desktop = self.rig.client(registering: "7001")
    }

    @Test func `the agent's desktop starts, pauses, resumes and stops a recording`() {
        self.customer.call("7001", self.rig)
        self.rig.run()
        #expect(self.rig.events(self.desktop) == ["EventRinging 7001", "EventEstablished 7001"])

        self.rig.ask(self.desktop, .recordStart)
        let name = "GSIP_REC_FN=\(self.rig.call?.callUUID.rawValue ?? "")_2023-11-14_22-13-20"
        #expect(
            self.rig.events(self.desktop) == [
                "EventACK 7001", "EventAttachedDataChanged 7001 GSIP_RECORD=ON \(name)",
                "EventPrivateInfo 7001 GSIP_RECORD_START",
            ])

        self.rig.ask(self.desktop, .recordPause)
        #expect(
            self.rig.events(self.desktop) == [
                "EventACK 7001", "EventAttachedDataChanged 7001 GSIP_RECORD=PAUSED \(name)",
                "EventPrivateInfo 7001 GSIP_RECORD_PAUSE",
            ])

        self.rig.ask(self.desktop, .recordResume)
        #expect(
            self.rig.events(self.desktop) == [
                "EventACK 7001", "EventAttachedDataChanged 7001 GSIP_RECORD=ON \(name)",
                "EventPrivateInfo 7001 GSIP_RECORD_RESUME",
            ])

        self.rig.ask(self.desktop, .recordStop)
        #expect(
            self.rig.events(self.desktop) == [
                "EventACK 7001", "EventAttachedDataChanged 7001 GSIP_RECORD=OFF \(name)",
                "EventPrivateInfo 7001 GSIP_RECORD_STOP",
            ])
        #expect(self.rig.mediaServer.states == ["create", "pause", "resume", "stop"])

        self.customer.hangUp(self.rig)
        self.rig.run()
        #expect(self.rig.events(self.desktop) == ["EventReleased 7001 remoteRelease"])
        #expect(self.rig.recordingHistory == ["Started", "Paused", "Resumed", "Stopped"])
        #expect(self.rig.mediaServer.endedCount == 2)
        #expect(self.rig.control.calls.isEmpty)
        #expect(self.rig.control.sessions.isEmpty)
        #expect(!self.rig.reports.contains { $0.level == .alarm })
    }

    @Test func `both parties' media goes through the media server while it records`() throws {
        self.customer.call("7001", self.rig)
        self.rig.run()
        #expect(self.customer.peerPort == self.agent.mediaPort)
        #expect(self.agent.peerPort == self.customer.mediaPort)

        self.rig.ask(self.desktop, .recordStart)
        let ports = Set(self.rig.mediaServer.legs.map(\.mediaPort))
        #expect(try ports == Set([#require(self.customer.peerPort), #require(self.agent.peerPort)]))
        // RFC 3725, flow I: asked for an offer, which each party answered.
        #expect(self.rig.mediaServer.log.filter { $0 == "asked" || $0 == "answered" }.count == 4)
    }

    @Test func `a party sees one originator of descriptions, whose version grows`() {
        self.customer.call("7001", self.rig)
        self.rig.run()
        self.rig.ask(self.desktop, .recordStart)
        for phone in [self.customer, self.agent] {
            #expect(phone.origins.count == 2)
            #expect(Set(phone.origins.map(\.sessionID)).count == 1)
            #expect(phone.origins.map(\.version) == [1, 2])
        }
    }

    @Test func `the recording INVITEs and the MSML are those of SIP Server`() throws {
        self.customer.call("7001", self.rig)
        self.rig.run()
        self.rig.ask(self.desktop, .recordStart)
        let call = try #require(self.rig.call)
        let media = self.rig.mediaServer
        let conference = call.recording.conference
        #expect(
            media.legs.map(\.uri.description) == [
                "sip:msml=\(conference)@127.0.0.1:5070;dn=7000;record;tenant-dbid=1;media-service=record",
                "sip:msml=\(conference)@127.0.0.1:5070;dn=7001;record;tenant-dbid=1;media-service=record",
            ])
        let body = """
            <?xml version="1.0" encoding="UTF-8"?>
            <msml version="1.1">
            <createconference name="\(conference)_record" term="false">
            <gvp:recorder>
            <gvp:params>
            <gvp:param name="id">\(call.callUUID)_2023-11-14_22-13-20</gvp:param>
            <gvp:param name="recordDN">7001</gvp:param>
            <gvp:param name="sipsAppName">sips</gvp:param>
            <gvp:param name="ani">7000</gvp:param>
            <gvp:param name="dnis">7001</gvp:param>
            <gvp:param name="dateTime">2023-11-14T22:13:20Z</gvp:param>
            <gvp:param name="callUuid">\(call.callUUID)</gvp:param>
            <gvp:param name="connId">\(call.connID)</gvp:param>
            <gvp:param name="agentId">kim</gvp:param>
            </gvp:params>
            </gvp:recorder>
            <audiomix/>
            <videolayout>
            <selector method="confrole"/>
            </videolayout>
            </createconference>
            <join id1="conn:\(try #require(media.tag(0)))" id2="conf:\(conference)_record">
            <stream media="audio"/>
            <stream media="video"/>
            </join>
            <join id1="conn:\(try #require(media.tag(1)))" id2="conf:\(conference)_record">
            <stream media="audio"/>
            <stream media="video"/>
            </join>
            </msml>

            """
        #expect(media.bodies.first == body.replacing("\n", with: "\r\n"))
    }

    @Test func `every DN sees its own side of the call`() throws {
        let both = self.rig.client(2, registering: "7000", "7001")
        self.customer.call("7001", self.rig)
        self.rig.run()
        let messages = try #require(self.rig.received[both])
        #expect(
            messages.map(Rig.describe) == [
                "EventDialing 7000", "EventRinging 7001", "EventEstablished 7000", "EventEstablished 7001",
            ])
        let call = try #require(self.rig.call)
        for message in messages {
            #expect(message[.connID] == call.connID)
            #expect(message[.callUUID] == call.callUUID)
            #expect(message[.ani] == "7000")
            #expect(message[.dnis] == "7001")
            #expect(message[.callType] == .internal)
            #expect(message[.callState] == .ok)
            #expect(message[.timeinSecs] == 1_700_000_000)
            #expect(message[.timeinuSecs] != nil)
            let isCustomer = message[.thisDN] == "7000"
            #expect(message[.otherDN] == (isCustomer ? "7001" : "7000"))
            #expect(message[.thisDNRole] == (isCustomer ? .origination : .destination))
            #expect(message[.otherDNRole] == (isCustomer ? .destination : .origination))
            #expect(message[.agentID] == (isCustomer ? nil : "kim"))
        }
        let numbers = messages.compactMap { $0[.eventSequenceNumber] }
        #expect(numbers.count == 4)
        #expect(numbers == numbers.sorted())
        #expect(Set(numbers).count == 4)
    }

    @Test func `the call history has all of it, and the reasons of each change`() throws {
        self.customer.call("7001", self.rig)
        self.rig.run()
        let connID = try #require(self.rig.connID)
        self.rig.ask(self.desktop, .recordStart)
        self.rig.ask(self.desktop, .recordPause)
        self.agent.hangUp(self.rig)
        self.rig.run()
        let kim = Agent(id: "kim", firstName: "Kim", lastName: "Doe")
        let why = ["why": "card number"]
        let name = try #require(
            self.rig.history.compactMap { entry -> String? in
                if case .userData("GSIP_REC_FN", let value) = entry.kind { value } else { nil }
            }.first)
        #expect(
            self.rig.history.map(\.kind) == [
                .callCreated(connID: connID, callType: "Internal", ani: "7000", dnis: "7001"),
                .partyAdded("7000", role: "Origination", agent: nil),
                .partyAdded("7001", role: "Destination", agent: kim), .partyState("7001", "Alerting"),
                .partyState("7000", "Connected"), .partyState("7001", "Connected"),
                .recording("Started", dn: "7001", reasons: why), .userData(key: "GSIP_RECORD", value: "ON"),
                .userData(key: "GSIP_REC_FN", value: name),
                .recording("Paused", dn: "7001", reasons: why), .userData(key: "GSIP_RECORD", value: "PAUSED"),
                .recording("Stopped", dn: "7001", reasons: [:]), .partyRemoved("7000"), .partyRemoved("7001"),
                .callEnded,
            ])
        #expect(Set(self.rig.history.map(\.callUUID)).count == 1)
        #expect(self.rig.history.first?.time == WallTime(milliseconds: 1_700_000_000_021))
    }
}
