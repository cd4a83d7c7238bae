import CallCore
import MSML
import SDP
import SIP
import Testing

@testable import MediaControlPlatform

@Suite struct MediaControlLegTests {
    private var bench = MediaControlBench()

    @Test mutating func `an INVITE is answered with our address and the codecs of the offer`() throws {
        var dialog = MediaControlBench.Dialog(callID: "1", uri: "sip:msml=conf1@127.0.0.1:5080;dn=7001;record")
        let response = try #require(
            try self.bench.send("INVITE", in: &dialog, body: MediaControlBench.offer(codecs: "8 0 101 18")))
        #expect(response.status == .ok)
        let body = try #require(response.body)
        let target = try #require(try SessionDescription(parsing: body.bytes.span).audioTarget)
        #expect(target.endpoint == .loopback(20_002))
        #expect(target.codecs.map(\.payloadType) == [8, 0, 101])
        let media = LegMedia(
            remote: .loopback(4_000),
            sent: [LegPayload(8, .aLaw), LegPayload(0, .muLaw), LegPayload(101, .telephoneEvent)])
        #expect(self.bench.orders == [.openPort(LegID(rawValue: 1)), .setRemote(LegID(rawValue: 1), media)])
    }

    @Test mutating func `media follows another answer to the re-INVITE by which a session is refreshed`() throws {
        let timed = ["Supported: timer", "Session-Expires: 1800;refresher=uas"]
        _ = try self.bench.leg(dn: "7001", fields: timed)
        // The refresh is due before anything else ends.
        for timer in self.bench.timers where self.bench.requests.isEmpty { self.bench.give(.timerFired(timer)) }
        let refresh = try #require(self.bench.requests.first { $0.method == .invite })
        var response = SIPMessage(response: .ok, to: refresh, tag: nil)
        response[.contact] = SIPAddress("<sip:sips@\(MediaControlBench.peer)>")
        response.body = SIPBody(
            type: SessionDescription.mediaType, text: MediaControlBench.offer(port: 4_444, codecs: "8"))
        self.bench.orders = []
        self.bench.give(.sip(response, from: MediaControlBench.peer))
        guard case .setRemote(LegID(rawValue: 1), let media)? = self.bench.orders.first else {
            Issue.record("No other media: \(self.bench.orders)")
            return
        }
        #expect(media.remote == .loopback(4_444) && media.sent == [LegPayload(8, .aLaw)])
    }

    @Test(arguments: [
        ("sip:msml=conf1@127.0.0.1:5080;dn=1", MediaControlBench.offer(codecs: "18 9"), SIPStatus.notAcceptableHere),
        ("sip:msml=conf1@127.0.0.1:5080;dn=1", "this is no SDP", .badRequest),
        ("sip:somebody@127.0.0.1:5080", MediaControlBench.offer(), .notFound),
        ("sip:msml=@127.0.0.1:5080;dn=1", MediaControlBench.offer(), .notFound),
    ])
    func `an INVITE that cannot be served is refused and costs no port`(
        uri: String, offer: String, status: SIPStatus
    ) throws {
        var bench = self.bench
        var dialog = MediaControlBench.Dialog(callID: "1", uri: uri)
        #expect(try bench.send("INVITE", in: &dialog, body: offer)?.status == status)
        #expect(bench.orders == [])
        #expect(bench.control.activeLegCount == 0)
    }

    @Test mutating func `an INVITE with a body of another kind is refused with 415`() throws {
        var dialog = MediaControlBench.Dialog(callID: "1", uri: "sip:msml=conf1@127.0.0.1:5080;dn=7001")
        let response = try self.bench.send("INVITE", in: &dialog, type: "text/plain", body: "hello")
        #expect(response?.status == .unsupportedMediaType)
    }

    @Test mutating func `an INVITE is refused with 503 where no port is free`() throws {
        self.bench.planeAnswers = false
        var dialog = MediaControlBench.Dialog(callID: "1", uri: "sip:msml=conf1@127.0.0.1:5080;dn=7001")
        #expect(try self.bench.send("INVITE", in: &dialog, body: MediaControlBench.offer()) == nil)
        self.bench.give(.media(.portFailed(LegID(rawValue: 1), "all are taken")))
        #expect(self.bench.responses.last?.status == .serviceUnavailable)
        #expect(self.bench.control.activeLegCount == 0)
    }

    @Test mutating func `an INVITE is refused with 503 where the media plane is silent`() throws {
        self.bench.planeAnswers = false
        var dialog = MediaControlBench.Dialog(callID: "1", uri: "sip:msml=conf1@127.0.0.1:5080;dn=7001")
        try self.bench.send("INVITE", in: &dialog, body: MediaControlBench.offer())
        self.bench.give(.timerFired(.port(LegID(rawValue: 1))))
        #expect(self.bench.responses.last?.status == .serviceUnavailable)
        #expect(self.bench.orders.last == .closeLeg(LegID(rawValue: 1)))
    }

    @Test mutating func `more legs than allowed are refused with 503`() throws {
        var bench = MediaControlBench(MediaServerConfiguration(legLimit: 1))
        _ = try bench.leg(dn: "7001")
        var dialog = MediaControlBench.Dialog(callID: "2", uri: "sip:msml=conf1@127.0.0.1:5080;dn=7002")
        #expect(try bench.send("INVITE", in: &dialog, body: MediaControlBench.offer())?.status == .serviceUnavailable)
    }

    @Test mutating func `an INVITE without an offer gets ours, and its ACK the answer`() throws {
        var dialog = MediaControlBench.Dialog(callID: "1", uri: "sip:msml=conf1@127.0.0.1:5080;dn=7001")
        let response = try #require(try self.bench.send("INVITE", in: &dialog))
        let offer = try #require(response.body.flatMap { try? SessionDescription(parsing: $0.bytes.span) })
        #expect(offer.audioTarget?.codecs.map(\.payloadType) == [0, 8, 101])
        dialog.toTag = response[.to]?.tag
        try self.bench.send("ACK", in: &dialog, body: MediaControlBench.offer(port: 4_444, codecs: "8"))
        let media = LegMedia(
            remote: .loopback(4_444), sent: [LegPayload(8, .aLaw)],
            received: [LegPayload(0, .muLaw), LegPayload(8, .aLaw), LegPayload(101, .telephoneEvent)])
        #expect(self.bench.orders.last == .setRemote(LegID(rawValue: 1), media))
    }

    @Test
    mutating func `a re-INVITE without an offer gets ours with a new version, and the media goes where its ACK says`()
        throws
    {
        var dialog = try self.bench.leg(dn: "7001", offer: MediaControlBench.offer(codecs: "8"))
        let response = try #require(try self.bench.send("INVITE", in: &dialog))
        let offer = try #require(response.body.flatMap { try? SessionDescription(parsing: $0.bytes.span) })
        #expect(response.status == .ok)
        #expect(offer.audioTarget?.endpoint == .loopback(20_002))
        // What was agreed before stands first.
        #expect(offer.audioTarget?.codecs.map(\.payloadType) == [8, 0, 101])
        #expect(offer.origin?.version == 2)
        try self.bench.send("ACK", in: &dialog, body: MediaControlBench.offer(port: 5_000, codecs: "0 101"))
        guard case .setRemote(_, let media) = self.bench.orders.last else {
            Issue.record("no media was set")
            return
        }
        #expect(media.remote == .loopback(5_000))
        #expect(media.sent.map(\.codec) == [.muLaw, .telephoneEvent])
    }

    @Test mutating func `a re-INVITE with an offer is answered`() throws {
        var dialog = try self.bench.leg(dn: "7001")
        let response = try self.bench.send(
            "INVITE", in: &dialog, body: MediaControlBench.offer(port: 6_000, codecs: "8"))
        #expect(response?.status == .ok)
        guard case .setRemote(_, let media) = self.bench.orders.last else {
            Issue.record("no media was set")
            return
        }
        #expect(media == LegMedia(remote: .loopback(6_000), sent: [LegPayload(8, .aLaw)]))
    }

    @Test mutating func `a re-INVITE without a common codec is refused and changes nothing`() throws {
        var dialog = try self.bench.leg(dn: "7001")
        let before = self.bench.orders
        let response = try self.bench.send("INVITE", in: &dialog, body: MediaControlBench.offer(codecs: "18"))
        #expect(response?.status == .notAcceptableHere)
        #expect(self.bench.orders == before)
    }

    @Test mutating func `a party on hold is sent nothing`() throws {
        var dialog = try self.bench.leg(dn: "7001")
        let hold = MediaControlBench.offer() + "a=sendonly\r\n"
        #expect(try self.bench.send("INVITE", in: &dialog, body: hold)?.status == .ok)
        guard case .setRemote(_, let media) = self.bench.orders.last else {
            Issue.record("no media was set")
            return
        }
        #expect(media.remote == nil)
        #expect(media.received.map(\.codec) == [.muLaw, .aLaw, .telephoneEvent])
    }

    @Test mutating func `BYE is answered and closes the leg`() throws {
        var dialog = try self.bench.leg(dn: "7001")
        #expect(try self.bench.send("BYE", in: &dialog)?.status == .ok)
        #expect(self.bench.orders.last == .closeLeg(LegID(rawValue: 1)))
        #expect(self.bench.control.activeLegCount == 0)
    }

    @Test mutating func `CANCEL before the port is open closes the leg`() throws {
        self.bench.planeAnswers = false
        var dialog = MediaControlBench.Dialog(callID: "1", uri: "sip:msml=conf1@127.0.0.1:5080;dn=7001")
        try self.bench.send("INVITE", in: &dialog, body: MediaControlBench.offer())
        try self.bench.send("CANCEL", in: &dialog)
        #expect(self.bench.orders.last == .closeLeg(LegID(rawValue: 1)))
        #expect(self.bench.control.activeLegCount == 0)
        self.bench.give(.media(.portOpened(LegID(rawValue: 1), .loopback(20_000))))
        #expect(self.bench.control.activeLegCount == 0)
    }

    @Test mutating func `an offer and an instruction among other parts are found`() throws {
        let note = SIPBodyPart(SIPBody(type: "text/plain", text: "hello"))
        let offer = SIPBodyPart(SIPBody(type: "application/sdp", text: MediaControlBench.offer()))
        let invite = SIPMultipart("multipart/mixed", [note, offer]).body
        var dialog = MediaControlBench.Dialog(callID: "1", uri: "sip:msml=conf1@127.0.0.1:5080;dn=7001")
        let answer = try #require(try self.bench.send("INVITE", in: &dialog, type: invite.type, body: invite.text))
        #expect(answer.status == .ok && answer.body?.type == "application/sdp")
        dialog.toTag = answer[.to]?.tag
        try self.bench.send("ACK", in: &dialog)
        let script = MediaControlBench.msml(#"<createconference name="c"/>"#)
        let instruction = SIPBodyPart(SIPBody(type: "application/vnd.radisys.msml+xml", text: script))
        let info = SIPMultipart("multipart/mixed", [note, instruction]).body
        let result = try #require(try self.bench.send("INFO", in: &dialog, type: info.type, body: info.text)?.body)
        #expect(try MSMLResult(parsing: result.bytes.span).response == 200)
    }

    @Test mutating func `OPTIONS is answered with what we take`() throws {
        var dialog = MediaControlBench.Dialog(callID: "1", uri: "sip:127.0.0.1:5080")
        let response = try #require(try self.bench.send("OPTIONS", in: &dialog))
        #expect(response.status == .ok)
        #expect(response.all(.allow).contains(.info))
        #expect(response.field("Accept")?.contains("application/vnd.radisys.msml+xml") == true)
    }

    @Test mutating func `a request that a media server does not serve is refused`() throws {
        var dialog = MediaControlBench.Dialog(callID: "1", uri: "sip:127.0.0.1:5080")
        #expect(try self.bench.send("REGISTER", in: &dialog)?.status == .methodNotAllowed)
    }

    @Test mutating func `a shut-down ends the dialogs and the recordings, refuses new ones, and then is complete`()
        throws
    {
        _ = try self.bench.recordedCall()
        self.bench.give(.shutDown)
        #expect(self.bench.recorderOrders == ["start", "stop"])
        let byes = self.bench.requests.filter { $0.method == .bye }
        #expect(byes.count == 2)
        #expect(!self.bench.hasFinished)
        var late = MediaControlBench.Dialog(callID: "9", uri: "sip:msml=conf9@127.0.0.1:5080;dn=9")
        let refusal = try self.bench.send("INVITE", in: &late, body: MediaControlBench.offer())
        #expect(refusal?.status == .serviceUnavailable)
        for bye in byes {
            self.bench.give(.sip(SIPMessage(response: .ok, to: bye), from: MediaControlBench.peer))
        }
        #expect(self.bench.hasFinished)
    }

    @Test mutating func `a shut-down without calls is complete at once`() {
        self.bench.give(.shutDown)
        #expect(self.bench.hasFinished)
    }
}
