import SDP
import Testing

/// RFC 3264 §7: reading an answer.
@Suite struct MediaAgreementTests {
    private static let offer =
        "m=audio 5000 RTP/AVP 0 96 101\r\na=rtpmap:96 opus/48000/2\r\na=rtpmap:101 telephone-event/8000\r\n"

    private func agreements(_ answer: String, to offer: String = offer) throws -> [MediaAgreement?] {
        try MediaAgreement.agreements(
            offer: try description(AnswerTests.offer(offer)), answer: try description(AnswerTests.offer(answer)),
            isOfferer: true)
    }

    @Test func `what the answer adds to the offer is not sent`() throws {
        let agreement = try #require(
            try self.agreements("m=audio 6000 RTP/AVP 9 110 0\r\na=rtpmap:110 telephone-event/8000\r\n").first ?? nil)
        #expect(agreement.sent.map(\.payloadType) == [110, 0])
        #expect(agreement.received.map(\.payloadType) == [0, 101])
        #expect(agreement.target == Endpoint(host: "203.0.113.1", port: 6_000))
    }

    // Offered, answered, what may flow: RFC 3264 §6.1, and the narrower of both where a device breaks it.
    @Test(arguments: MediaDirection.allCases, MediaDirection.allCases)
    func `media flow only where both want it`(offered: MediaDirection, answered: MediaDirection) throws {
        let agreement = try #require(
            try self.agreements(
                "m=audio 6000 RTP/AVP 0\r\na=\(answered.rawValue)\r\n", to: Self.offer + "a=\(offered.rawValue)\r\n"
            ).first ?? nil)
        #expect(agreement.direction.sends == (offered.sends && answered.receives))
        #expect(agreement.direction.receives == (offered.receives && answered.sends))
        #expect(agreement.hold == (answered.receives ? nil : .direction))
        #expect((agreement.target != nil) == agreement.direction.sends)
    }

    @Test(arguments: ["sendrecv", "sendonly"])
    func `both forms of hold are told apart`(direction: String) throws {
        let media = "m=audio 6000 RTP/AVP 0\r\nc=IN IP4 0.0.0.0\r\na=\(direction)\r\n"
        let agreement = try #require(try self.agreements(media).first ?? nil)
        #expect(agreement.hold == .address)
        #expect(agreement.direction == .recvonly && agreement.target == nil)
    }

    @Test func `a host name is no target, but says where to look`() throws {
        let agreement = try #require(
            try self.agreements("m=audio 6000 RTP/AVP 0\r\nc=IN IP4 media.example.com\r\n").first ?? nil)
        #expect(agreement.target == nil && agreement.hold == nil)
        #expect(agreement.connection.host == "media.example.com" && agreement.direction == .sendrecv)
    }

    @Test func `wishes for packets and a place for RTCP are taken over`() throws {
        let agreement = try #require(
            try self.agreements("m=audio 6000 RTP/AVP 0\r\na=ptime:30\r\na=maxptime:60\r\na=rtcp:7000\r\n").first ?? nil
        )
        #expect(agreement.packetTime == .milliseconds(30) && agreement.maximumPacketTime == .milliseconds(60))
        #expect(agreement.rtcp?.port == 7_000)
    }

    @Test(arguments: [
        ("", OfferAnswerError(.mediaCountDiffers)),
        ("m=audio 6000 RTP/AVP 0\r\nm=audio 0 RTP/AVP 0\r\n", OfferAnswerError(.mediaCountDiffers)),
        ("m=video 6000 RTP/AVP 31\r\n", OfferAnswerError(.mediumDiffers, media: 0)),
        ("m=audio 6000 RTP/AVP 8\r\n", OfferAnswerError(.noCommonFormat, media: 0)),
        ("m=audio 6000 RTP/AVP x\r\n", OfferAnswerError(.noCommonFormat, media: 0)),
        ("m=audio 6000 RTP/SAVP 0\r\n", OfferAnswerError(.securityDiffers, media: 0)),
        ("m=audio 6000 udptl t38\r\n", OfferAnswerError(.securityDiffers, media: 0)),
    ])
    func `what is no answer to the offer is refused, with the place`(answer: String, expected: OfferAnswerError) {
        #expect(throws: expected) { try self.agreements(answer) }
    }

    @Test func `a medium that was not offered cannot be accepted`() {
        #expect(throws: OfferAnswerError(.mediumDiffers, media: 1)) {
            try self.agreements(
                "m=audio 0 RTP/AVP 0\r\nm=audio 6000 RTP/AVP 0\r\n", to: Self.offer + "m=audio 0 RTP/AVP 0\r\n")
        }
    }

    @Test func `a refused medium is nothing`() throws {
        #expect(try self.agreements("m=audio 0 RTP/AVP 0\r\n") == [nil])
    }
}
