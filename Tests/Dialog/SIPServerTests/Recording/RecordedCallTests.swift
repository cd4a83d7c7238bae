import MSML
import RecordingControl
import RecordingStorage
import SIP
import TLib
import Testing

@testable import SIPServer

/// What can happen to the recording of a call, from a desktop's point of view.
@Suite struct RecordedCallTests {
    let rig: Rig
    let customer: Phone
    let agent: Phone
    let desktop: Endpoint

    init() throws {
        self.rig = try Rig(["7000": DNOptions(), "7001": DNOptions(agent: "kim"), "7009": DNOptions()])
        self.customer = self.rig.phone("7000", port: 6_000)
        self.agent = self.rig.phone("7001", port: 6_001)
        self.desktop = self.rig.client(registering: "7001")
    }

    private func call() {
        self.customer.call("7001", self.rig)
        self.rig.run()
        _ = self.rig.events(self.desktop)
    }

    private var state: KVList.Value? { self.rig.call?.userData["GSIP_RECORD"] }

    // MARK: Who is recorded

    @Test(
        arguments: [
            (DN("7001"), nil, DN("7001")), ("7001", "source", "7001"), ("7001", "DESTINATION", "7000"),
            // a supervisor, who is no party
            ("7009", nil, "7001"), ("7009", "source", "7000"), ("7009", "destination", "7001"),
        ] as [(DN, String?, DN)])
    func `the party is the one that the request names`(asker: DN, record: String?, expected: DN) {
        let client = self.rig.client(2, registering: asker)
        self.call()
        let extensions = KVList(record.map { [KVList.Pair("Record", .string($0))] } ?? [])
        self.rig.ask(client, .recordStart, for: asker, extensions: extensions)
        #expect(self.rig.call?.recording.session.recordedParties == [expected])
        #expect(self.rig.call?.recording.recordDN == expected)
    }

    @Test func `extensions are read in any case, and travel to the media server`() {
        self.call()
        self.rig.ask(
            self.desktop, .recordStart,
            extensions: [
                "Id": "my-name", "DEST": "http://a/", "Dest2": "http://b/",
                "params": .list(["rp.speechminer_uri": "http://c/", "callUuid": "forged"]),
            ])
        let parameters = self.rig.call?.recording.parameters ?? []
        #expect(
            parameters.map(\.name) == [
                "id", "recordDN", "sipsAppName", "ani", "dnis", "dateTime", "callUuid", "connId", "agentId", "dest",
                "dest2", "rp.speechminer_uri",
            ])
        #expect(parameters.first?.value == "my-name")
        #expect(self.rig.call?.userData["GSIP_REC_FN"] == "my-name")
        // The next recording has a name of its own again.
        self.rig.ask(self.desktop, .recordStop)
        self.rig.ask(self.desktop, .recordStart)
        #expect(self.rig.call?.userData["GSIP_REC_FN"] != "my-name")
        #expect(self.rig.mediaServer.states == ["create", "stop", "start"])
        #expect(self.rig.mediaServer.legs.count == 2)
    }

    // MARK: Bad requests change nothing

    @Test func `a request for a DN that the client has not registered is refused`() {
        self.call()
        self.rig.ask(self.desktop, .recordStart, for: "7000")
        #expect(self.rig.events(self.desktop) == ["EventError 7000 41 Client has not registered the DN"])
        self.expectNothing()
    }

    @Test func `a request about a call that does not exist is refused`() {
        self.call()
        self.rig.ask(self.desktop, .recordStart, connID: ConnID(rawValue: 7))
        #expect(self.rig.events(self.desktop) == ["EventError 7001 56 Invalid connection id"])
        self.expectNothing()
    }

    @Test(arguments: [
        (PrivateMsgID.recordPause, "565 The call is not being recorded"),
        (.recordResume, "565 The call is not being recorded"), (.recordStop, "565 The call is not being recorded"),
        (PrivateMsgID(rawValue: 4_000), "51 Unsupported operation"),
    ])
    func `a request in the wrong state is refused`(service: PrivateMsgID, error: String) {
        self.call()
        self.rig.ask(self.desktop, service)
        #expect(self.rig.events(self.desktop) == ["EventError 7001 \(error)"])
        self.expectNothing()
    }

    @Test(
        arguments: [
            (["record": "both"], "53 record is neither source nor destination"),
            (["id": "../passwd"], "53 id cannot be the name of a file"),
            (["ID": ""], "53 id cannot be the name of a file"),
        ] as [(KVList, String)])
    func `extensions that make no sense are refused`(extensions: KVList, error: String) {
        self.call()
        self.rig.ask(self.desktop, .recordStart, extensions: extensions)
        #expect(self.rig.events(self.desktop) == ["EventError 7001 \(error)"])
        self.expectNothing()
    }

    @Test func `a request without PrivateMsgID is refused`() {
        self.call()
        self.rig.tell(self.desktop, TMessage(.requestPrivateService)) { message in
            message[.thisDN] = "7001"
            message[.connID] = self.rig.connID
        }
        self.rig.run()
        #expect(self.rig.events(self.desktop) == ["EventError 7001 53 PrivateMsgID is missing"])
    }

    @Test func `a call that still rings cannot be recorded`() {
        self.agent.answer = .ring
        self.call()
        self.rig.ask(self.desktop, .recordStart)
        #expect(self.rig.events(self.desktop) == ["EventError 7001 496 The call is not established"])
        self.expectNothing()
    }

    @Test func `a second start and a second pause are refused, and the first ones hold`() {
        self.call()
        self.rig.ask(self.desktop, .recordStart)
        self.rig.ask(self.desktop, .recordPause)
        _ = self.rig.events(self.desktop)
        self.rig.ask(self.desktop, .recordStart)
        self.rig.ask(self.desktop, .recordPause)
        #expect(
            self.rig.events(self.desktop) == [
                "EventError 7001 43 The party is already being recorded",
                "EventError 7001 43 The recording is already paused",
            ])
        #expect(self.state == "PAUSED")
        #expect(self.rig.mediaServer.states == ["create", "pause"])
    }

    @Test func `a call that the policy forbids to record is not recorded`() throws {
        struct Privacy: RecordingPolicy {
            func decision(on party: CallParty, joining call: CallSnapshot) -> RecordingDecision {
                party.dn == "7000" ? .forbid : .record
            }
        }
        self.rig.control = try CallControl(
            configuration: SwitchConfiguration(dns: ["7000": DNOptions(), "7001": DNOptions()]),
            sipEndpoint: Rig.switchEndpoint, resourceManager: Rig.mediaEndpoint, epoch: WallTime(milliseconds: 0),
            seed: 1, policy: Privacy())
        self.customer.register(self.rig)
        self.agent.register(self.rig)
        let desktop = self.rig.client(5, registering: "7001")
        self.call()
        _ = self.rig.events(desktop)
        self.rig.ask(desktop, .recordStart)
        #expect(self.rig.events(desktop) == ["EventError 7001 51 The policy forbids recording this call"])
        #expect(self.rig.mediaServer.legs.isEmpty)
    }

    private func expectNothing() {
        #expect(self.state == nil)
        #expect(self.rig.mediaServer.legs.isEmpty)
        #expect(self.rig.recordingHistory.isEmpty)
    }

    // MARK: The media server

    @Test func `the answer may come in an INFO of its own`() {
        self.call()
        self.rig.mediaServer.answers = [.later]
        self.rig.ask(self.desktop, .recordStart)
        #expect(self.state == "ON")
    }

    @Test func `a media server that refuses leaves the call as it was`() {
        self.call()
        self.rig.mediaServer.accepts = .refuse(503)
        self.rig.ask(self.desktop, .recordStart, reference: 17)
        #expect(self.rig.received[self.desktop]?.map { $0[.referenceID] } == [17, 17])
        self.expectFailure("the media server refused with 503 Service Unavailable")
        #expect(self.customer.peerPort == self.agent.mediaPort)
    }

    @Test func `a media server that does not answer leaves the call as it was`() {
        self.call()
        self.rig.mediaServer.accepts = .silent
        self.rig.ask(self.desktop, .recordStart, run: .seconds(11))
        self.expectFailure("the media server did not answer")
    }

    @Test func `a recorder that cannot be made leaves the call as it was`() {
        self.call()
        self.rig.mediaServer.answers = [.refuse(520)]
        self.rig.ask(self.desktop, .recordStart)
        self.expectFailure("520")
        self.rig.run()
        #expect(self.rig.mediaServer.endedCount == 2)
    }

    @Test func `phones that have agreed on what no media server speaks are recorded in what all speak`() {
        self.customer.formats = "9"
        self.agent.formats = "9"
        self.call()
        #expect(self.customer.peerPort == self.agent.mediaPort)
        self.rig.ask(self.desktop, .recordStart)
        #expect(self.state == "ON")
        #expect(self.customer.peerPort == self.rig.mediaServer.legs.first?.mediaPort)
        #expect(self.customer.formats == "0 8")
    }

    @Test func `a media server without an offer leaves the call as it was`() {
        self.call()
        self.rig.mediaServer.makesOffers = false
        self.rig.ask(self.desktop, .recordStart)
        self.expectFailure("the media server made no offer: 488")
        #expect(self.customer.peerPort == self.agent.mediaPort)
    }

    @Test func `a party that does not let itself be moved is not recorded, and the other is moved back`() {
        self.call()
        self.agent.takesOffers = false
        self.rig.ask(self.desktop, .recordStart)
        self.expectFailure("party b refused with 488")
        #expect(self.customer.peerPort == self.agent.mediaPort)
        #expect(self.agent.peerPort == self.customer.mediaPort)
    }

    @Test func `a party that accepts without saying where its media is counts as one that refuses`() {
        self.call()
        self.agent.isVague = true
        self.rig.ask(self.desktop, .recordStart)
        self.agent.isVague = false
        self.expectFailure("party b refused with 488")
    }

    @Test func `a party that asks for an offer and leaves it unanswered keeps no recording from beginning`() {
        self.call()
        self.customer.isVague = true
        self.customer.askForOffer(self.rig)
        self.rig.run()
        self.customer.isVague = false
        #expect(self.rig.call?.negotiation == nil)
        self.rig.ask(self.desktop, .recordStart)
        #expect(self.state == "ON")
    }

    @Test func `a recorded party that leaves an offer unanswered can be put on hold afterwards`() {
        self.call()
        self.rig.ask(self.desktop, .recordStart)
        self.customer.isVague = true
        self.customer.askForOffer(self.rig)
        self.rig.run()
        self.customer.isVague = false
        self.customer.hold(self.rig)
        self.rig.run()
        #expect(self.customer.log.last == "answered")
        #expect(self.state == "ON")
    }

    @Test func `an offer that the other party accepts without an answer is refused`() {
        self.call()
        self.agent.isVague = true
        self.customer.hold(self.rig)
        self.rig.run()
        #expect(self.customer.log.last == "offerRefused 488")
        #expect(self.rig.call?.negotiation == nil)
    }

    private func expectFailure(_ reason: String) {
        #expect(self.rig.received[self.desktop]?.map(\.type) == [.eventACK, .eventError])
        #expect(self.rig.received[self.desktop]?.last?[.errorCode]?.rawValue == 52)
        #expect(self.rig.received[self.desktop]?.last?[.errorMessage] == "The recording failed: \(reason)")
        #expect(self.rig.reports.contains { $0.level == .alarm && $0.name == "recording.failed" })
        #expect(self.rig.recordingHistory == ["Failed"])
        #expect(self.state == nil)
        #expect(self.rig.call?.phase == .established)
        self.customer.hangUp(self.rig)
        self.rig.run()
        #expect(self.agent.log.last == "ended bye")
        #expect(self.rig.control.sessions.isEmpty)
    }

    @Test func `after a failure it can be tried again`() {
        self.call()
        self.rig.mediaServer.answers = [.refuse(520)]
        self.rig.ask(self.desktop, .recordStart)
        self.rig.ask(self.desktop, .recordStart)
        #expect(self.state == "ON")
        #expect(self.rig.mediaServer.conferences.count == 2)
    }

    @Test(arguments: [
        (MediaServerScript.Answer.refuse(430), "430"), (.silent, "the media server did not answer"),
    ])
    func `a pause that the media server does not confirm leaves the recording on`(
        answer: MediaServerScript.Answer, reason: String
    ) {
        self.call()
        self.rig.ask(self.desktop, .recordStart)
        _ = self.rig.events(self.desktop)
        self.rig.mediaServer.answers = [answer]
        self.rig.ask(self.desktop, .recordPause, reference: 9, run: .seconds(6))
        #expect(self.rig.received[self.desktop]?.last?[.referenceID] == 9)
        #expect(
            self.rig.events(self.desktop) == [
                "EventACK 7001", "EventError 7001 52 The media server refused: \(reason)",
            ])
        #expect(self.state == "ON")
        #expect(self.rig.reports.contains { $0.level == .alarm })
    }

    @Test func `a media server that goes away ends the recording, not the call`() {
        self.call()
        self.rig.ask(self.desktop, .recordStart)
        _ = self.rig.events(self.desktop)
        self.rig.mediaServer.hangUp(1, self.rig)
        self.rig.run()
        let events = self.rig.events(self.desktop)
        #expect(events.count == 2)
        #expect(events.first?.hasPrefix("EventAttachedDataChanged 7001 GSIP_RECORD=OFF GSIP_REC_FN=") == true)
        #expect(self.rig.recordingHistory == ["Started", "Failed"])
        #expect(self.customer.peerPort == self.agent.mediaPort)
        #expect(self.agent.peerPort == self.customer.mediaPort)
        #expect(self.rig.mediaServer.endedCount == 2)
        // … and the phones can go on talking, and hold each other.
        self.agent.hold(self.rig)
        self.rig.run()
        #expect(self.agent.log.last == "answered")
    }

    @Test func `a media server that falls silent is taken out of the call`() {
        self.call()
        self.rig.ask(self.desktop, .recordStart)
        self.rig.mediaServer.isDead = true
        self.rig.ask(self.desktop, .recordPause, run: .seconds(40))
        #expect(self.state == "OFF")
        #expect(self.rig.recordingHistory == ["Started", "Failed"])
        #expect(self.rig.call?.phase == .established)
        #expect(self.customer.peerPort == self.agent.mediaPort)
        #expect(self.agent.peerPort == self.customer.mediaPort)
    }

    @Test func `a start that comes while the media server is taken out waits until it is`() {
        self.call()
        self.rig.ask(self.desktop, .recordStart)
        self.rig.mediaServer.hangUp(0, self.rig)
        self.rig.run(.milliseconds(2))
        #expect(self.rig.call?.recording.dialog.phase == .restoring)
        self.rig.ask(self.desktop, .recordStart)
        #expect(self.state == "ON")
        #expect(self.rig.mediaServer.conferences.count == 2)
        #expect(self.customer.peerPort == self.rig.mediaServer.legs[2].mediaPort)
    }

    // MARK: The phones

    @Test func `a recorded party that holds the call is answered by the media server`() {
        self.call()
        self.rig.ask(self.desktop, .recordStart)
        self.agent.hold(self.rig)
        self.rig.run()
        #expect(self.agent.log.last == "answered")
        #expect(self.rig.mediaServer.log.contains("offered"))
        #expect(self.agent.peerPort == self.rig.mediaServer.legs[1].mediaPort)
        self.agent.askForOffer(self.rig)
        self.rig.run()
        #expect(self.agent.log.last == "answered")
        #expect(self.rig.call?.recording.dialog[.b].place == .moved)
    }

    @Test func `a recording that is asked for during a hold begins after it`() {
        self.call()
        self.customer.hold(self.rig)
        self.rig.run(.milliseconds(1))
        self.rig.ask(self.desktop, .recordStart)
        #expect(self.state == "ON")
    }

    // MARK: Races

    @Test func `pause and stop at once end the recording`() {
        self.call()
        self.rig.ask(self.desktop, .recordStart)
        _ = self.rig.events(self.desktop)
        self.rig.ask(self.desktop, .recordPause, reference: 2, run: .zero)
        self.rig.ask(self.desktop, .recordStop, reference: 3)
        let events = self.rig.events(self.desktop)
        #expect(events.count == 4)
        #expect(events.prefix(2) == ["EventACK 7001", "EventACK 7001"])
        #expect(events[2].hasPrefix("EventAttachedDataChanged 7001 GSIP_RECORD=OFF"))
        #expect(self.rig.mediaServer.states == ["create", "pause", "stop"])
    }

    @Test(arguments: [0, 1, 3, 5, 7, 9, 11, 13, 15, 20])
    func `a call that ends while its recording starts leaves nothing behind`(milliseconds: Int) {
        self.call()
        self.rig.ask(self.desktop, .recordStart, run: .milliseconds(milliseconds))
        self.customer.hangUp(self.rig)
        self.rig.run(.seconds(40))
        #expect(self.rig.control.calls.isEmpty)
        #expect(self.rig.control.sessions.isEmpty)
        #expect(self.rig.mediaServer.endedCount == self.rig.mediaServer.log.filter { $0 == "invited" }.count)
        #expect(self.agent.log.last == "ended bye")
        #expect(self.rig.history.last?.kind == .callEnded)
    }

    @Test(arguments: [0, 1, 2, 3, 4])
    func `a stop that races the hang-up has one outcome`(milliseconds: Int) {
        self.call()
        self.rig.ask(self.desktop, .recordStart)
        self.customer.hangUp(self.rig)
        self.rig.ask(self.desktop, .recordStop, run: .milliseconds(milliseconds))
        self.rig.run(.seconds(40))
        #expect(self.rig.recordingHistory == ["Started", "Stopped"])
        #expect(self.rig.control.sessions.isEmpty)
        #expect(self.rig.mediaServer.endedCount == 2)
    }

    @Test(arguments: [1, 3, 5, 7, 9, 11])
    func `a stop while the recording starts stops it`(milliseconds: Int) {
        self.call()
        self.rig.ask(self.desktop, .recordStart, run: .milliseconds(milliseconds))
        self.rig.ask(self.desktop, .recordStop, run: .seconds(2))
        #expect(self.rig.call?.recording.session.phase == .off)
        #expect(self.state == nil || self.state == "OFF")
        #expect(self.rig.call?.phase == .established)
        self.rig.ask(self.desktop, .recordStart, run: .seconds(2))
        #expect(self.state == "ON")
    }
}
