import SDP
import Testing

/// RFC 4568 §5.1: encryption in offers and answers.
@Suite struct SecurityTests {
    private static func key(_ suite: SDPCryptoSuite, filledWith byte: UInt8) -> SDPCrypto {
        SDPCrypto(tag: 9, suite: suite, keys: [SDPKey(Array(repeating: byte, count: suite.keyAndSaltLength ?? 0))])
    }

    private static let keys = [
        key(.aes128CounterSHA1Tag32, filledWith: 1), key(.aes128CounterSHA1Tag80, filledWith: 2),
    ]

    private func answer(_ offer: SessionDescription, _ security: MediaSecurity) -> MediaDescription? {
        let proposal = MediaProposal(
            at: .loopback(4_000), codecs: [.pcmu, .pcma, .telephoneEvent()], security: security)
        return AnswerTests.answer(offer, proposal)?.media.first
    }

    private func encryptedOffer() throws -> SessionDescription {
        let bytes = try fixture("sdp/offer.encrypted-audio.sdp")
        return try SessionDescription(parsing: bytes.span)
    }

    @Test func `an answer takes the first suite of the offer that it can do, with the offer's tag and its own key`()
        throws
    {
        let answer = try #require(try self.answer(self.encryptedOffer(), .offered(Self.keys)))
        #expect(answer.protocol == "RTP/SAVP")
        #expect(answer.crypto == [SDPCrypto(tag: 2, suite: Self.keys[1].suite, keys: Self.keys[1].keys)])
    }

    @Test func `an encrypted offer is refused where this side never encrypts, or has no such suite or key`() throws {
        let offer = try self.encryptedOffer()
        #expect(self.answer(offer, .never) == nil)
        #expect(self.answer(offer, .offered([])) == nil)
        #expect(self.answer(offer, .offered([Self.key(.aes128GCM, filledWith: 1)])) == nil)
        let broken = SDPCrypto(tag: 1, suite: .aes128CounterSHA1Tag80, keys: [SDPKey([1, 2, 3])])
        #expect(self.answer(offer, .required([broken])) == nil)
    }

    @Test func `a plain offer is answered unless encryption is required`() throws {
        let offer = try description(AnswerTests.offer("m=audio 5000 RTP/AVP 0\r\n"))
        #expect(self.answer(offer, .never)?.protocol == "RTP/AVP")
        #expect(self.answer(offer, .offered(Self.keys))?.protocol == "RTP/AVP")
        #expect(self.answer(offer, .offered(Self.keys))?.crypto == [])
        #expect(self.answer(offer, .required(Self.keys)) == nil)
    }

    @Test(arguments: [
        ("UNENCRYPTED_SRTP", false), ("UNAUTHENTICATED_SRTP", false), ("KDR=4", false), ("FEC_ORDER=SRTP_FEC", false),
        ("UNKNOWN", false), ("KDR=0", true), ("WSH=128", true), ("-UNKNOWN", true), ("FEC_ORDER=FEC_SRTP", true),
    ])
    func `a parameter that weakens or that this side does not know is not gone along with`(
        parameter: String, isTaken: Bool
    ) throws {
        let offer = try description(
            AnswerTests.offer(
                "m=audio 5000 RTP/SAVP 0\r\na=crypto:\(SDPCryptoTests.example) \(parameter)\r\n"))
        let answer = self.answer(offer, .required(Self.keys))
        #expect((answer != nil) == isTaken)
        #expect(answer?.crypto.first?.parameters ?? [] == [])
    }

    @Test func `a negotiated parameter comes back where both want it, and is not forced on the other side`() throws {
        var own = Self.keys[1]
        own.parameters = ["UNENCRYPTED_SRTCP", "WSH=64"]
        let offer = { (parameter: String) in
            try description(
                AnswerTests.offer("m=audio 5000 RTP/SAVP 0\r\na=crypto:\(SDPCryptoTests.example)\(parameter)\r\n"))
        }
        let both = try self.answer(offer(" UNENCRYPTED_SRTCP"), .offered([own]))
        #expect(both?.crypto.first?.parameters == ["UNENCRYPTED_SRTCP", "WSH=64"])
        let one = try self.answer(offer(""), .offered([own]))
        #expect(one?.crypto.first?.parameters == ["WSH=64"])
    }

    @Test func `both sides know the keys of both directions`() throws {
        var (ada, ben) = (Self.party(1), Self.party(2))
        let suites: [SDPCryptoSuite] = [.aes256CounterSHA1Tag80, .aes128CounterSHA1Tag80]
        let adaKeys = suites.map { Self.key($0, filledWith: 7) }
        let offer = try ada.offer(only: Self.proposal(.required(adaKeys)))
        #expect(offer.media.first?.protocol == "RTP/SAVP")
        #expect(offer.media.first?.crypto.map(\.tag) == [1, 2])
        try ada.take(answer: try ben.answer(offer, only: Self.proposal(.offered(Self.keys))))

        let keys = try #require(ada.agreement?.keys)
        #expect(keys.sent.keys == adaKeys[1].keys && keys.received.keys == Self.keys[1].keys)
        #expect(keys.sent.tag == 2 && keys.received.tag == 2)
        #expect(ben.agreement?.keys == MediaAgreement.Keys(sent: keys.received, received: keys.sent))

        // What runs encrypted stays so, also where only the other side has asked for it.
        let next = try ben.offer(only: Self.proposal(.offered(Self.keys)))
        #expect(next.media.first?.protocol == "RTP/SAVP")
    }

    @Test(arguments: [
        "m=audio 6000 RTP/SAVP 0\r\n",
        "m=audio 6000 RTP/AVP 0\r\n",
        "m=audio 6000 RTP/SAVP 0\r\na=crypto:1 AES_CM_128_HMAC_SHA1_32 inline:NzB4d1BINUAvLEw6UzF3WSJ+PSdFcGdUJShpX1Zj\r\n",
        "m=audio 6000 RTP/SAVP 0\r\na=crypto:2 AES_CM_128_HMAC_SHA1_80 inline:d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj\r\n",
    ])
    func `an answer without the encryption that was offered is none`(media: String) throws {
        var ada = Self.party(1)
        _ = try ada.offer(only: Self.proposal(.required([Self.keys[1]])))
        let answer = try description(AnswerTests.offer(media))
        #expect(throws: OfferAnswerError(.securityDiffers, media: 0)) { try ada.take(answer: answer) }
        #expect(ada.state == .stable && ada.local == nil)
    }

    private static func party(_ id: UInt64) -> OfferAnswer {
        OfferAnswer(origin: SDPOrigin(sessionID: id, version: 1, address: SDPConnection(.loopback(0))))
    }

    private static func proposal(_ security: MediaSecurity) -> MediaProposal {
        MediaProposal(at: .loopback(4_000), codecs: [.pcmu], security: security)
    }
}
