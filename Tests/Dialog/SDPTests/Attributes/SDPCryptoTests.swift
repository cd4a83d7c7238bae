import SDP
import Testing

@Suite struct SDPCryptoTests {
    // RFC 4568 §6.1.
    static let example = "1 AES_CM_128_HMAC_SHA1_80 inline:d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj|2^20|1:4"

    @Test func `the example of the RFC is read and written`() throws {
        let crypto = try #require(SDPCrypto(Self.example))
        #expect(crypto.tag == 1)
        #expect(crypto.suite == .aes128CounterSHA1Tag80)
        #expect(crypto.keys.map(\.keyAndSalt) == [Array("wDfvg&T+)xG7@fb5jU,RaA}\\|p0%*#".utf8)])
        #expect(crypto.keys.first?.lifetime == 1 << 20)
        #expect(crypto.keys.first?.identifier == SDPKey.Identifier(1, length: 4))
        #expect(crypto.isValid)
        #expect(crypto.value == Self.example)
    }

    // RFC 4568 §6.1, §6.3, §7.1.
    @Test(arguments: [
        "1 AES_CM_128_HMAC_SHA1_80 inline:YUJDZGVmZ2hpSktMbW9QUXJzVHVWd3l6MTIzNDU2|1066:4",
        "2 AES_CM_128_HMAC_SHA1_32 inline:NzB4d1BINUAvLEw6UzF3WSJ+PSdFcGdUJShpX1Zj",
        "1 F8_128_HMAC_SHA1_80 inline:MTIzNDU2Nzg5QUJDREUwMTIzNDU2Nzg5QUJjZGVm|2^20|1:4;inline:QUJjZGVmMTIzNDU2Nzg5QUJDREUwMTIzNDU2Nzg5|2^20|2:4 FEC_ORDER=FEC_SRTP",
        "1 AES_CM_128_HMAC_SHA1_80 inline:PS1uQCVeeCFCanVmcjkpPywjNWhcYD0mXXtxaVBR|2^20|1:32 KDR=1 UNENCRYPTED_SRTCP WSH=128 -x",
        "7 AES_256_CM_HMAC_SHA1_80 inline:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLQ==",
        "7 AEAD_AES_128_GCM inline:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGw==|1000",
        "7 AEAD_AES_128_GCM inline:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGw==|1",
    ])
    func `what a suite allows is valid and written as it was read`(value: String) throws {
        let crypto = try #require(SDPCrypto(value))
        #expect(crypto.isValid)
        #expect(crypto.value == value)
    }

    @Test(arguments: [
        "", "1", "1 S", "x S inline:AAAA", "1234567890 S inline:AAAA", "1 S uri:x", "1 S inline:", "1 S inline:A",
        "1 S inline:A*AA", "1 S inline:AAAA|", "1 S inline:AAAA|0", "1 S inline:AAAA|2^64", "1 S inline:AAAA|1:129",
        "1 S inline:AAAA|1:0", "1 S inline:AAAA|01:4", "1 S inline:AAAA|256:1", "1 S inline:AAAA|1:2|2^20",
        "1 S inline:AAAA;", "1 S inline:AA=A",
    ])
    func `what is not of the form is not read`(value: String) {
        #expect(SDPCrypto(value) == nil)
    }

    @Test(arguments: [
        "1 AES_CM_128_HMAC_SHA1_80 inline:AAAA",
        "1 ROT13 inline:d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj",
        "1 AES_CM_128_HMAC_SHA1_80 inline:d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj|2^49",
        "1 AES_CM_128_HMAC_SHA1_80 inline:d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj UNKNOWN",
        "1 AES_CM_128_HMAC_SHA1_80 inline:d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj KDR=25",
        "1 AES_CM_128_HMAC_SHA1_80 inline:d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj WSH=63",
        "1 AES_CM_128_HMAC_SHA1_80 inline:d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj;inline:d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj",
        "1 AES_CM_128_HMAC_SHA1_80 inline:d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj|1:4;inline:d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj|2:2",
    ])
    func `what breaks a rule of the suite is read, but not valid`(value: String) throws {
        #expect(try #require(SDPCrypto(value)).isValid == false)
    }

    @Test func `no key is printed`() throws {
        let secret = "d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj"
        let crypto = try #require(SDPCrypto(Self.example))
        let description = try description(
            "v=0\r\nk=clear:\(secret)\r\nm=audio 4 RTP/SAVP 0\r\na=crypto:\(Self.example)\r\na=crypto:x FEC_KEY=\(secret)\r\n"
                + "a=acap:2 crypto:1 X inline:\(secret)|2^20\r\na=acap:1 key-mgmt:mikey \(secret)\r\n"
        )
        let line = try #require(description.media.first?.lines.first)
        var dumped = ""
        dump(crypto, to: &dumped)
        dump(crypto.keys, to: &dumped)
        let printed = ["\(crypto)", "\(crypto.keys)", "\(line)", "\(description)", String(reflecting: crypto), dumped]
        for text in printed {
            #expect(!text.contains(secret) && !text.contains("119"))
        }
        #expect("\(crypto)" == "1 AES_CM_128_HMAC_SHA1_80 inline:…")
        #expect(String(decoding: description.encoded(), as: UTF8.self).contains(secret))
    }

    @Test func `every length of key is written in letters and read back`() throws {
        for length in 1...64 {
            let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 37) }
            let crypto = SDPCrypto(tag: 1, suite: .aes128GCM, keys: [SDPKey(bytes)])
            #expect(SDPCrypto(crypto.value)?.keys == [SDPKey(bytes)])
        }
    }

    @Test(
        arguments: [
            (UInt64(1), 4, [0, 0, 0, 1]), (1_066, 4, [0, 0, 4, 42]), (.max, 8, Array(repeating: 255, count: 8)),
            (7, 10, [0, 0, 0, 0, 0, 0, 0, 0, 0, 7]),
        ] as [(UInt64, Int, [UInt8])])
    func `an identifier stands in packets in network order`(value: UInt64, length: Int, bytes: [UInt8]) {
        #expect(SDPKey.Identifier(value, length: length).bytes == bytes)
    }
}
