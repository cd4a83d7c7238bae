import SDP
import Testing

/// RFC 3264 §5 and §6 for one stream of audio.
@Suite struct AnswerTests {
    static let here = Endpoint(ipv4: 0xC000_0201, port: 4_000)

    static func answer(
        _ offer: String, supporting codecs: [AudioCodec] = [.pcmu, .pcma, .telephoneEvent()],
        direction: MediaDirection = .sendrecv
    ) throws -> SessionDescription? {
        Self.answer(try description(offer), MediaProposal(at: Self.here, codecs: codecs, direction: direction))
    }

    static func answer(_ offer: SessionDescription, _ proposal: MediaProposal) -> SessionDescription? {
        let origin = SDPOrigin(sessionID: 7, version: 1, address: proposal.connection)
        return offer.placing(proposal).flatMap { offer.answer($0, from: origin) }
    }

    static func offer(_ media: String, connection: String = "IN IP4 203.0.113.1", session: String = "") -> String {
        "v=0\r\no=- 1 1 IN IP4 203.0.113.1\r\ns=-\r\nc=\(connection)\r\nt=0 0\r\n\(session)\(media)"
    }

    @Test func `an offer of audio is written in full`() {
        let offer = SessionDescription.audio(
            at: Self.here, codecs: [.pcmu, .pcma, .telephoneEvent()], sessionID: 7, version: 3)
        #expect(
            offer.description == """
                v=0\r
                o=- 7 3 IN IP4 192.0.2.1\r
                s=-\r
                c=IN IP4 192.0.2.1\r
                t=0 0\r
                m=audio 4000 RTP/AVP 0 8 101\r
                a=rtpmap:0 PCMU/8000\r
                a=rtpmap:8 PCMA/8000\r
                a=rtpmap:101 telephone-event/8000\r
                a=fmtp:101 0-15\r
                a=ptime:20\r
                a=sendrecv\r

                """)
    }

    @Test func `an answer takes the common codecs in the order and with the payload types of the offer`() throws {
        let bytes = try fixture("sdp/offer.audio-and-video-with-unknown-lines.sdp")
        let offer = try SessionDescription(parsing: bytes.span)
        let answer = try #require(
            Self.answer(offer, MediaProposal(at: Self.here, codecs: [.telephoneEvent(96), .pcma, .pcmu])))
        #expect(
            answer.description == """
                v=0\r
                o=- 7 1 IN IP4 192.0.2.1\r
                s=-\r
                c=IN IP4 192.0.2.1\r
                t=0 0\r
                m=audio 4000 RTP/AVP 0 8 101\r
                a=rtpmap:0 PCMU/8000\r
                a=rtpmap:8 PCMA/8000\r
                a=rtpmap:101 telephone-event/8000\r
                a=fmtp:101 0-15\r
                a=ptime:20\r
                a=sendrecv\r
                m=video 0 RTP/AVP 31 32\r

                """)
    }

    @Test(arguments: [
        ("a=sendrecv", MediaDirection.sendrecv),
        ("a=sendonly", .recvonly),
        ("a=recvonly", .sendonly),
        ("a=inactive", .inactive),
        ("a=ptime:20", .sendrecv),
    ])
    func `an answer mirrors the direction of the offer`(line: String, expected: MediaDirection) throws {
        let answer = try Self.answer(Self.offer("m=audio 5000 RTP/AVP 0\r\n\(line)\r\n"))
        #expect(answer?.media.first?.direction == expected)
    }

    @Test func `a direction of the session holds for media that name none`() throws {
        let answer = try Self.answer(Self.offer("m=audio 5000 RTP/AVP 0\r\n", session: "a=sendonly\r\n"))
        #expect(answer?.media.first?.direction == .recvonly)
    }

    @Test func `the answerer may narrow the direction`() throws {
        let answer = try Self.answer(Self.offer("m=audio 5000 RTP/AVP 0\r\n"), direction: .recvonly)
        #expect(answer?.media.first?.direction == .recvonly)
    }

    @Test(arguments: ["IN IP4 0.0.0.0", "IN IP6 ::"])
    func `the old form of hold means that nothing may be sent, but is not answered with hold`(
        connection: String
    ) throws {
        let offer = Self.offer("m=audio 5000 RTP/AVP 0\r\n", connection: connection)
        #expect(try Self.answer(offer)?.media.first?.direction == .sendrecv)
        let target = try #require(try description(offer).audioTarget)
        #expect(target.direction == .sendonly)
    }

    @Test(arguments: [
        "m=audio 5000 RTP/AVP 9 18\r\n",
        "m=audio 5000 RTP/AVP 101\r\na=rtpmap:101 telephone-event/8000\r\n",
        "m=audio 0 RTP/AVP 0\r\n",
        "m=audio 5000 RTP/SAVP 0\r\n",
        "m=video 5000 RTP/AVP 31\r\n",
        "m=audio 5000 RTP/AVP 96\r\na=rtpmap:96 PCMU/16000\r\n",
        "",
    ])
    func `an offer without a common speech codec has no answer`(media: String) throws {
        #expect(try Self.answer(Self.offer(media)) == nil)
    }

    @Test func `the first audio that can be answered is, and the others are refused in their places`() throws {
        let answer = try Self.answer(
            Self.offer(
                "m=video 5000 RTP/AVP 31\r\nm=audio 5002 RTP/AVP 9\r\nm=audio 5004 RTP/AVP 8\r\n"
                    + "m=audio 5006 RTP/AVP 0\r\nm=application 5008 UDP/BFCP *\r\n"))
        #expect(answer?.media.map(\.port) == [0, 0, 4_000, 0, 0])
        #expect(answer?.media.map(\.formats) == [["31"], ["9"], ["8"], ["0"], ["*"]])
    }

    @Test func `a dynamic payload type means what its rtpmap says, whatever the case of the name`() throws {
        let answer = try Self.answer(
            Self.offer("m=audio 5000 RTP/AVP 96 97\r\na=rtpmap:96 pcma/8000\r\na=rtpmap:97 telephone-event/16000\r\n"))
        #expect(answer?.media.first?.formats == ["96"])
    }

    @Test func `where audio goes is read from the medium before the session`() throws {
        let offer = Self.offer(
            "m=audio 5000 RTP/AVP 8 0 101\r\nc=IN IP4 198.51.100.7\r\na=rtpmap:101 telephone-event/8000\r\n")
        let target = try #require(try description(offer).audioTarget)
        #expect(target.endpoint == Endpoint(host: "198.51.100.7", port: 5_000))
        #expect(target.speech == .pcma)
        #expect(target.telephoneEvent?.payloadType == 101)
    }

    @Test(arguments: ["IN IP4 phone.example.com", "IN IP4 224.2.1.1/127", "ATM NSAP x"])
    func `an address that is not numeric gives no target`(connection: String) throws {
        let text = Self.offer("m=audio 5000 RTP/AVP 0\r\n", connection: connection)
        #expect(try description(text).audioTarget == nil)
    }

    @Test func `an IPv6 endpoint is offered as such`() {
        let offer = SessionDescription.audio(
            at: Endpoint(ipv6: 1, port: 4_000), codecs: [.pcmu], sessionID: 1, version: 1)
        #expect(offer.connection?.addressType == "IP6")
        #expect(offer.audioTarget?.endpoint == Endpoint(ipv6: 1, port: 4_000))
    }

    @Test(
        arguments: [
            ("sdp/offer.from-a-browser.sdp", nil),
            ("sdp/offer.encrypted-audio.sdp", nil),
            ("sdp/offer.capabilities-of-rfc5939.sdp", ["0"]),
        ] as [(String, [String]?)])
    func `what cannot be done is refused, and capabilities beside the offer do not disturb it`(
        file: String, formats: [String]?
    ) throws {
        let bytes = try fixture(file)
        let offer = try SessionDescription(parsing: bytes.span)
        #expect(offer.encoded() == bytes)
        let answer = Self.answer(offer, MediaProposal(at: Self.here, codecs: [.pcmu]))
        #expect(answer?.media.first?.formats == formats)
        #expect(answer.map { $0.media.count == offer.media.count } ?? true)
        #expect(answer?.attributes.isEmpty ?? true)
    }

    @Test func `every medium has its own answer, refused where none is proposed`() throws {
        let offer = try description(
            Self.offer("m=audio 5000 RTP/AVP 0\r\nm=video 5002 RTP/AVP 31\r\nm=audio 5004 RTP/AVP 8\r\nm=x 9 y z\r\n"))
        let audio = MediaProposal(at: Self.here, codecs: [.pcmu, .pcma])
        let answer = offer.answer(
            [audio, nil, audio, audio], from: SDPOrigin(sessionID: 7, version: 1, address: audio.connection))
        #expect(answer?.media.map(\.port) == [4_000, 0, 4_000, 0])
        #expect(answer?.media.map(\.media) == ["audio", "video", "audio", "x"])
        #expect(answer?.media.map(\.protocol) == ["RTP/AVP", "RTP/AVP", "RTP/AVP", "y"])
    }

    @Test func `an offer of nothing, or of ended media only, is answered with as much`() throws {
        let origin = SDPOrigin(sessionID: 7, version: 1, address: SDPConnection(Self.here))
        #expect(try description(Self.offer("")).answer([], from: origin)?.media == [])
        let ended = try description(Self.offer("m=audio 0 RTP/AVP\r\n"))
        #expect(ended.answer([], from: origin)?.description.hasSuffix("m=audio 0 RTP/AVP 0\r\n") == true)
    }

    @Test func `the time of the session is that of the offer`() throws {
        let text = "v=0\r\nt=3724394400 3724398000\r\nr=7d 1h 0 25h\r\nm=audio 5000 RTP/AVP 0\r\n"
        #expect(try Self.answer(text)?.times.map(\.description) == ["t=3724394400 3724398000", "r=7d 1h 0 25h"])
    }

    @Test func `an answer may put the own preference first`() throws {
        let offer = try description(Self.offer("m=audio 5000 RTP/AVP 0 8 101\r\na=rtpmap:101 telephone-event/8000\r\n"))
        var proposal = MediaProposal(at: Self.here, codecs: [.pcma, .telephoneEvent(), .pcmu])
        #expect(Self.answer(offer, proposal)?.media.first?.formats == ["0", "8", "101"])
        proposal.answersInOwnOrder = true
        #expect(Self.answer(offer, proposal)?.media.first?.formats == ["8", "101", "0"])
    }

    // RFC 4733 §2.5.1.1: without a list, the keys are meant.
    @Test(
        arguments: [
            ("0-16", "0-15", "0-15"), ("0-11,66", "0-15,66", "0-11,66"), (nil, "0-15,66", "0-15"),
            ("0-15", nil, "0-15"),
            ("nonsense", "0-15", "0-15"), ("66", "0-15", nil),
        ] as [(String?, String?, String?)])
    func `events are those that both take`(offered: String?, own: String?, answered: String?) throws {
        let line = offered.map { "a=fmtp:101 \($0)\r\n" } ?? ""
        var events = AudioCodec.telephoneEvent()
        events.formatParameters = own
        let answer = try Self.answer(
            Self.offer("m=audio 5000 RTP/AVP 0 101\r\na=rtpmap:101 telephone-event/8000\r\n\(line)"),
            supporting: [.pcmu, events])
        #expect(answer?.media.first?.formatParameters(of: "101") == answered)
        #expect(answer?.media.first?.formats.count == (answered == nil ? 1 : 2))
    }

    @Test func `comfort noise and a wide clock are matched by rate and channels`() throws {
        let answer = try Self.answer(
            Self.offer("m=audio 5000 RTP/AVP 96 9 13 97\r\na=rtpmap:96 opus/48000/2\r\na=rtpmap:97 CN/16000\r\n"),
            supporting: [
                AudioCodec("G722", payloadType: 9), AudioCodec("CN", payloadType: 13),
                AudioCodec("CN", payloadType: 98, clockRate: 16_000),
                AudioCodec("opus", payloadType: 111, clockRate: 48_000),
            ])
        #expect(answer?.media.first?.formats == ["9", "13"])
    }

    @Test func `a multicast stream is refused`() throws {
        #expect(try Self.answer(Self.offer("m=audio 5000 RTP/AVP 0\r\n", connection: "IN IP4 233.252.0.1/127")) == nil)
    }

    // Offered, wanted, answered: RFC 3264 §6.1.
    @Test(arguments: MediaDirection.allCases, MediaDirection.allCases)
    func `the answered direction opens no way that the offer or this side keeps shut`(
        offered: MediaDirection, wanted: MediaDirection
    ) throws {
        let answer = try #require(
            try Self.answer(Self.offer("m=audio 5000 RTP/AVP 0\r\na=\(offered.rawValue)\r\n"), direction: wanted)?
                .media.first?.direction)
        #expect(answer.sends == (offered.receives && wanted.sends))
        #expect(answer.receives == (offered.sends && wanted.receives))
    }

    @Test func `only the case of letters makes no difference to a name`() {
        let name = "telephone-event"
        #expect(AudioCodec("Telephone-EVENT", payloadType: 96).isTelephoneEvent)
        for other in ["telephone\revent", "telephone_event", "telephone-event ", "telephone", ""] {
            #expect(!AudioCodec(other, payloadType: 96).isSameEncoding(as: AudioCodec(name, payloadType: 96)))
        }
        #expect(!AudioCodec("[x", payloadType: 96).isSameEncoding(as: AudioCodec("{x", payloadType: 96)))
    }
}
