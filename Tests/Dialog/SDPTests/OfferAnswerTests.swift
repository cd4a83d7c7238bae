import SDP
import Testing

/// RFC 3264 for one stream of audio.
@Suite struct OfferAnswerTests {
    static let here = Endpoint(ipv4: 0xC000_0201, port: 4_000)

    static func answer(
        _ offer: String, supporting codecs: [AudioCodec] = [.pcmu, .pcma, .telephoneEvent()],
        direction: MediaDirection = .sendrecv
    ) throws -> SessionDescription? {
        SessionDescription.negotiateAnswer(
            to: try description(offer), supporting: codecs, at: Self.here, sessionID: 7,
            version: 1, direction: direction)
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
            SessionDescription.negotiateAnswer(
                to: offer, supporting: [.telephoneEvent(96), .pcma, .pcmu], at: Self.here, sessionID: 7, version: 1))
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
    func `the old form of hold means that nothing may be sent to the offerer`(connection: String) throws {
        let offer = Self.offer("m=audio 5000 RTP/AVP 0\r\n", connection: connection)
        #expect(try Self.answer(offer)?.media.first?.direction == .recvonly)
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

    @Test func `the next offer keeps session and places and is a version later`() throws {
        let answer = try #require(
            try Self.answer(Self.offer("m=video 5000 RTP/AVP 31\r\nm=audio 5002 RTP/AVP 0\r\n")))
        let next = answer.nextOffer(at: Self.here, codecs: [.pcmu, .pcma], direction: .sendonly)
        #expect(next.origin?.sessionID == 7)
        #expect(next.origin?.version == 2)
        #expect(next.media.map(\.port) == [0, 4_000])
        #expect(next.media.last?.formats == ["0", "8"])
        #expect(next.media.last?.direction == .sendonly)
    }

    @Test func `an IPv6 endpoint is offered as such`() {
        let offer = SessionDescription.audio(
            at: Endpoint(ipv6: 1, port: 4_000), codecs: [.pcmu], sessionID: 1, version: 1)
        #expect(offer.connection?.addressType == "IP6")
        #expect(offer.audioTarget?.endpoint == Endpoint(ipv6: 1, port: 4_000))
    }
}
