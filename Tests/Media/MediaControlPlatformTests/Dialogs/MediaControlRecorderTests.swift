import CallCore
import MSML
import SIP
import Testing

@testable import MediaControlPlatform

@Suite struct MediaControlRecorderTests {
    private var bench = MediaControlBench()
    private static let one = LegID(rawValue: 1)
    private static let two = LegID(rawValue: 2)
    private static let conference = "024V994RFGFQNEKK3CSH5B5AES00GJ4L_record"

    @Test mutating func `the message of SIP Server joins both parties and starts the recording`() throws {
        var first = try self.bench.leg(dn: "7800000")
        let second = try self.bench.leg(dn: "15105550123")
        self.bench.orders = []
        let result = try self.bench.msml(MediaControlBench.startDocument(first, second), in: &first)
        #expect(result == .ok)
        #expect(
            self.bench.orders.prefix(2) == [
                .join(Self.one, conference: Self.conference), .join(Self.two, conference: Self.conference),
            ])
        let ticket = try #require(self.bench.tickets.first)
        #expect(ticket.id == "01FES9JKSOFQLEKK3CSH5B5AES00JV1U_2020-12-03_19-46-27")
        #expect(ticket.channels.map(\.dn) == ["7800000", "15105550123"])
        #expect(ticket.channels.map(\.leg) == [Self.one, Self.two])
        let name = "01FES9JKSOFQLEKK3CSH5B5AES00JV1U_2020-12-03_19-46-27-006B015F-1000427D-00000001"
        #expect(ticket.files.map(\.name) == ["\(name).mp3", "\(name).wav"])
        #expect(ticket.files.map(\.mediaType) == ["audio/mp3", "audio/wav"])
        #expect(ticket.parameters["connId"] == "0dbf030a414af3af")
        #expect(ticket.parameters["agentId"] == "agent1@example.com")
        #expect(ticket.startTime == WallTime(milliseconds: 1_607_024_787_000))
    }

    @Test mutating func `the result is in the 200 to the INFO, in the form that SIP Server reads`() throws {
        var first = try self.bench.leg(dn: "7800000")
        let second = try self.bench.leg(dn: "15105550123")
        let response = try #require(
            try self.bench.send(
                "INFO", in: &first, type: "application/vnd.radisys.msml+xml",
                body: MediaControlBench.startDocument(first, second)))
        let text = try #require(response.body?.text)
        #expect(text.contains(#"<msml version="1.1"><result response="200"/></msml>"#))
    }

    @Test mutating func `nothing is answered before the media plane has done it`() throws {
        var first = try self.bench.leg(dn: "7800000")
        let second = try self.bench.leg(dn: "15105550123")
        self.bench.planeAnswers = false
        let early = try self.bench.send(
            "INFO", in: &first, type: MSML.mediaType, body: MediaControlBench.startDocument(first, second))
        #expect(early == nil)
        let number = try #require(self.bench.tickets.first).number
        self.bench.give(.media(.recordingStarted(number, at: .zero)))
        #expect(self.bench.responses.last?.status == .ok)
        let pause = try self.bench.send(
            "INFO", in: &first, type: MSML.mediaType, body: MediaControlBench.modify("pause"))
        #expect(pause == nil)
        self.bench.give(.media(.recordingPaused(number, at: .zero, position: 10)))
        #expect(self.bench.responses.last?.status == .ok)
    }

    @Test mutating func `the acknowledgement of a pause names its place in the journal`() throws {
        var (first, _) = try self.bench.recordedCall()
        self.bench.planeAnswers = false
        try self.bench.send("INFO", in: &first, type: MSML.mediaType, body: MediaControlBench.modify("pause"))
        let number = try #require(self.bench.tickets.first).number
        self.bench.give(.media(.recordingPaused(number, at: .zero, position: 123_456)))
        let body = try #require(self.bench.responses.last?.body)
        let result = try MSMLResult(parsing: body.bytes.span)
        #expect(result.response == 200)
        #expect(result.description == "recording \(number) is paused at position 123456 of the journal")
        #expect(self.bench.reports.last { $0.name == "recording.paused" }?.metadata["position"] == "123456")
    }

    @Test mutating func `while new recordings are refused those under way go on, and calls too`() throws {
        var (first, second) = try self.bench.recordedCall()
        self.bench.give(.newRecordings("the disk is nearly full"))
        #expect(try self.bench.order("pause", in: &first).isSuccess)
        #expect(try self.bench.order("resume", in: &first).isSuccess)
        #expect(try self.bench.order("stop", in: &first).isSuccess)
        self.bench.orders = []
        let refused = try self.bench.order("start", in: &second)
        #expect(refused.response.rawValue == MSMLResponse.noResource.rawValue)
        #expect(refused.description?.contains("the disk is nearly full") == true)
        #expect(self.bench.orders == [])
        self.bench.give(.newRecordings(nil))
        #expect(try self.bench.order("start", in: &second).isSuccess)
        #expect(self.bench.tickets.count == 1)
    }

    @Test mutating func `that what is keyed is sensitive is answered when the media plane has it`() throws {
        var (first, _) = try self.bench.recordedCall()
        let number = try #require(self.bench.tickets.first).number
        self.bench.planeAnswers = false
        let document = MediaControlBench.msml(
            #"<modifyconference id="conf:024V994RFGFQNEKK3CSH5B5AES00GJ4L_record"><gvp:recorder><gvp:params>"#
                + #"<gvp:param name="sensitive">true</gvp:param></gvp:params></gvp:recorder></modifyconference>"#)
        #expect(try self.bench.send("INFO", in: &first, type: MSML.mediaType, body: document) == nil)
        #expect(self.bench.orders.last == .markRecording(number, isSensitive: true))
        self.bench.give(.media(.recordingMarked(number, isSensitive: true, at: .zero)))
        #expect(self.bench.responses.last?.status == .ok)
    }

    @Test mutating func `an INFO that the media plane does not carry out in time is answered with 500`() throws {
        var (first, _) = try self.bench.recordedCall()
        self.bench.planeAnswers = false
        self.bench.timers = []
        try self.bench.send("INFO", in: &first, type: MSML.mediaType, body: MediaControlBench.modify("pause"))
        let timer = try #require(self.bench.timers.last { if case .answer = $0 { true } else { false } })
        self.bench.give(.timerFired(timer))
        let response = try #require(self.bench.responses.last)
        #expect(response.status == .serverInternalError)
        let body = try #require(response.body)
        #expect(try MSMLResult(parsing: body.bytes.span).response == 500)
        #expect(self.bench.reports.last?.level == .alarm)
    }

    @Test mutating func `a leg at which only strangers' media arrives raises one alarm`() throws {
        _ = try self.bench.recordedCall()
        var (heard, unheard) = (LegCounts(leg: Self.one), LegCounts(leg: Self.two))
        for _ in 1...3 {
            heard.packetsReceived += 50
            heard.packetsRefused += 50
            unheard.packetsRefused += 50
            self.bench.give(.media(.counts([heard, unheard])))
        }
        let alarms = self.bench.reports.filter { $0.level == .alarm }
        #expect(alarms.map(\.name) == ["media.refused"])
        #expect(alarms.first?.metadata["dn"] == "15105550123")
    }

    @Test mutating func `an order that the media plane refuses is answered with 500`() throws {
        var (first, _) = try self.bench.recordedCall()
        let number = try #require(self.bench.tickets.first).number
        self.bench.planeAnswers = false
        try self.bench.send("INFO", in: &first, type: MSML.mediaType, body: MediaControlBench.modify("pause"))
        self.bench.give(.media(.recordingRefused(number, "no")))
        #expect(self.bench.responses.last?.status == .serverInternalError)
        // It still records, so it can be told again.
        try self.bench.send("INFO", in: &first, type: MSML.mediaType, body: MediaControlBench.modify("pause"))
        self.bench.give(.media(.recordingPaused(number, at: .zero, position: 0)))
        #expect(self.bench.responses.last?.status == .ok)
    }

    @Test(arguments: [
        (["pause"], ["start", "pause"]), (["pause", "resume"], ["start", "pause", "resume"]),
        (["pause", "pause"], ["start", "pause"]), (["resume"], ["start"]), (["start"], ["start"]),
        (["paused", "recording", "stopped"], ["start", "pause", "resume", "stop"]),
        (["pause", "start"], ["start", "pause", "resume"]), (["pause", "stop"], ["start", "pause", "stop"]),
        (["stop", "start"], ["start", "stop", "start"]),
        (["stop", "start", "pause", "resume", "stop"], ["start", "stop", "start", "pause", "resume", "stop"]),
    ])
    func `orders in the middle of a call are carried out and answered with 200`(
        states: [String], orders: [String]
    ) throws {
        var bench = self.bench
        var (first, _) = try bench.recordedCall()
        for state in states { #expect(try bench.order(state, in: &first).response == 200) }
        #expect(bench.recorderOrders == orders)
    }

    @Test mutating func `a recording that is started again is another file of the same id and session`() throws {
        var (first, _) = try self.bench.recordedCall()
        _ = try self.bench.order("stop", in: &first)
        _ = try self.bench.order("start", in: &first)
        let tickets = self.bench.tickets
        try #require(tickets.count == 2)
        #expect(tickets[0].number != tickets[1].number)
        #expect(tickets[1].id == tickets[0].id)
        #expect(tickets[1].parameters == tickets[0].parameters)
        #expect(tickets[1].files.first?.name.hasSuffix("-006B015F-1000427D-00000002.mp3") == true)
    }

    @Test mutating func `new parameters at a new start replace the old ones`() throws {
        var (first, _) = try self.bench.recordedCall()
        _ = try self.bench.order("stop", in: &first)
        let document = MediaControlBench.msml(
            #"<modifyconference id="conf:\#(Self.conference)"><gvp:recorder state="start"><gvp:params>"#
                + #"<gvp:param name="id">another</gvp:param></gvp:params></gvp:recorder></modifyconference>"#)
        #expect(try self.bench.msml(document, in: &first).response == 200)
        let ticket = try #require(self.bench.tickets.last)
        #expect(ticket.id == "another")
        #expect(ticket.parameters["recordDN"] == "7800000")
        #expect(ticket.files.first?.name == "another-006B015F-1000427D-00000002.mp3")
    }

    @Test(arguments: ["pause", "resume", "stop"])
    func `a recording that is not under way cannot be changed`(state: String) throws {
        var bench = self.bench
        var (first, _) = try bench.recordedCall()
        _ = try bench.order("stop", in: &first)
        let result = try bench.order(state, in: &first)
        #expect(result.response == MSMLResponse.objectDoesNotExist)
        #expect(result.description?.isEmpty == false)
        #expect(bench.recorderOrders == ["start", "stop"])
    }

    @Test mutating func `the recording ends with the last leg, not with the first`() throws {
        var (first, second) = try self.bench.recordedCall()
        try self.bench.send("BYE", in: &first)
        #expect(self.bench.recorderOrders == ["start"])
        try self.bench.send("BYE", in: &second)
        #expect(self.bench.recorderOrders == ["start", "stop"])
        #expect(self.bench.control.conferences.isEmpty)
        #expect(self.bench.control.running.isEmpty)
    }

    @Test mutating func `destroyconference ends the recording before it is answered`() throws {
        var (first, _) = try self.bench.recordedCall()
        self.bench.planeAnswers = false
        let document = MediaControlBench.msml(#"<destroyconference id="conf:\#(Self.conference)"/>"#)
        #expect(try self.bench.send("INFO", in: &first, type: MSML.mediaType, body: document) == nil)
        #expect(self.bench.recorderOrders == ["start", "stop"])
        #expect(self.bench.orders.suffix(2) == [.leave(Self.one), .leave(Self.two)])
        self.bench.give(.media(.recordingStopped(try #require(self.bench.tickets.first).number, at: .zero)))
        #expect(self.bench.responses.last?.status == .ok)
        #expect(self.bench.control.activeLegCount == 2)
    }

    @Test mutating func `unjoin of both parties ends the recording`() throws {
        var (first, second) = try self.bench.recordedCall()
        for dialog in [first, second] {
            let document = MediaControlBench.msml(
                #"<unjoin id1="conn:\#(dialog.toTag ?? "")" id2="conf:\#(Self.conference)"/>"#)
            #expect(try self.bench.msml(document, in: &first).response == 200)
        }
        #expect(self.bench.recorderOrders == ["start", "stop"])
        #expect(try self.bench.order("pause", in: &second).response == MSMLResponse.objectDoesNotExist)
    }

    @Test mutating func `a recorder without parties begins with the first who joins`() throws {
        var first = try self.bench.leg(dn: "7001")
        let create = MediaControlBench.msml(#"<createconference name="c"><gvp:recorder/></createconference>"#)
        #expect(try self.bench.msml(create, in: &first).response == 200)
        #expect(self.bench.tickets.isEmpty)
        let join = MediaControlBench.msml(#"<join id1="conf:c" id2="conn:\#(first.toTag ?? "")"/>"#)
        #expect(try self.bench.msml(join, in: &first).response == 200)
        #expect(self.bench.tickets.map { $0.channels.map(\.dn) } == [["7001"]])
    }

    @Test mutating func `a party whose leg is there already has a channel before it joins`() throws {
        var first = try self.bench.leg(dn: "7001")
        let second = try self.bench.leg(dn: "7002")
        let create = MediaControlBench.msml(
            #"<createconference name="c"><gvp:recorder/></createconference><join id1="conf:c" id2="conn:\#(first.toTag ?? "")"/>"#
        )
        #expect(try self.bench.msml(create, in: &first).response == 200)
        let join = MediaControlBench.msml(#"<join id1="conf:c" id2="conn:\#(second.toTag ?? "")"/>"#)
        #expect(try self.bench.msml(join, in: &first).response == 200)
        #expect(self.bench.tickets.map { $0.channels.map(\.dn) } == [["7001", "7002"]])
        #expect(self.bench.recorderOrders == ["start"])
    }

    @Test mutating func `a party who is new to a recording under way begins another file`() throws {
        var first = try self.bench.leg(dn: "7001")
        let create = MediaControlBench.msml(
            #"<createconference name="c"><gvp:recorder/></createconference><join id1="conf:c" id2="conn:\#(first.toTag ?? "")"/>"#
        )
        #expect(try self.bench.msml(create, in: &first).response == 200)
        let pause = MediaControlBench.msml(
            #"<modifyconference id="conf:c"><gvp:recorder state="pause"/></modifyconference>"#)
        #expect(try self.bench.msml(pause, in: &first).response == 200)
        let second = try self.bench.leg(dn: "7002")
        let join = MediaControlBench.msml(#"<join id1="conf:c" id2="conn:\#(second.toTag ?? "")"/>"#)
        #expect(try self.bench.msml(join, in: &first).response == 200)
        // What was paused stays paused.
        #expect(self.bench.recorderOrders == ["start", "pause", "stop", "start", "pause"])
        #expect(self.bench.tickets.last?.channels.map(\.dn) == ["7001", "7002"])
    }

    @Test mutating func `a recording without an id is named by session and time`() throws {
        var first = try self.bench.leg(dn: "7001")
        let create = MediaControlBench.msml(
            #"<createconference name="c"><gvp:recorder/></createconference><join id1="conf:c" id2="conn:\#(first.toTag ?? "")"/>"#
        )
        _ = try self.bench.msml(create, in: &first)
        let ticket = try #require(self.bench.tickets.first)
        #expect(ticket.files.first?.name == "callrec.006B015F-1000427D.201203194627.mp3")
        // Everything after the media server goes by this name.
        #expect(CallUUID(ticket.parameters["callUuid"] ?? "") != nil)
    }

    @Test mutating func `a session id is made where none came`() throws {
        var first = try self.bench.leg(dn: "7001", fields: [])
        let create = MediaControlBench.msml(
            #"<createconference name="c"><gvp:recorder/></createconference><join id1="conf:c" id2="conn:\#(first.toTag ?? "")"/>"#
        )
        _ = try self.bench.msml(create, in: &first)
        let name = try #require(self.bench.tickets.first?.files.first?.name)
        #expect(GVPSessionID(name.dropFirst("callrec.".count).prefix(17)) != nil)
    }

    @Test mutating func `the profile's parameters travel with the recording`() throws {
        let profile = IVRProfile(name: "CallRecProfile", parameters: ["rp.speechminer_uri": "http://analytics"])
        var bench = MediaControlBench(MediaServerConfiguration(profile: profile))
        _ = try bench.recordedCall()
        #expect(bench.tickets.first?.parameters["rp.speechminer_uri"] == "http://analytics")
    }

    @Test mutating func `a recording that the media plane ends by itself raises an alarm`() throws {
        var (first, _) = try self.bench.recordedCall()
        self.bench.give(.media(.recordingStopped(try #require(self.bench.tickets.first).number, at: .zero)))
        #expect(self.bench.reports.last?.level == .alarm)
        #expect(try self.bench.order("pause", in: &first).response == MSMLResponse.objectDoesNotExist)
    }
}
