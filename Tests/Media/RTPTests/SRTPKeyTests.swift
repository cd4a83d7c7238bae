import RTP
import Testing

@Suite struct `SRTP keys` {
    /// - Source: RFC 4568 §6.2, RFC 6188 §4, RFC 7714 §14.2.
    @Test(
        arguments: [
            ("AES_CM_128_HMAC_SHA1_80", 30, 10, 14), ("AES_CM_128_HMAC_SHA1_32", 30, 4, 14),
            ("AES_256_CM_HMAC_SHA1_80", 46, 10, 14), ("AES_256_CM_HMAC_SHA1_32", 46, 4, 14),
            ("AEAD_AES_128_GCM", 28, 16, 20), ("AEAD_AES_256_GCM", 44, 16, 20),
        ])
    func `a suite says how long its secret is, and how much longer it makes packets`(
        name: String, secret: Int, trailer: Int, controlTrailer: Int
    ) throws {
        let suite = try #require(SRTPSuite(rawValue: name))
        #expect(suite.keyByteCount + suite.saltByteCount == secret)
        #expect(suite.trailerByteCount(isControl: false) == trailer)
        #expect(suite.trailerByteCount(isControl: true) == controlTrailer)
        #expect(SRTPKey(suite: suite, keyAndSalt: [UInt8](repeating: 1, count: secret)) != nil)
        #expect(SRTPKey(suite: suite, keyAndSalt: [UInt8](repeating: 1, count: secret - 1)) == nil)
        #expect(SRTPKey(suite: suite, keyAndSalt: [UInt8](repeating: 1, count: secret + 1)) == nil)
    }

    @Test func `nothing that is printed shows the secret`() throws {
        let secret = [UInt8](repeating: 0xAB, count: 30)
        let key = try #require(SRTPKey(suite: .aes128CounterSHA1Tag80, keyAndSalt: secret))
        let protection = MediaProtection(sent: key, received: key)
        var dumped = ""
        dump(protection, to: &dumped)
        for text in ["\(key)", String(reflecting: key), String(reflecting: protection), "\(protection)", dumped] {
            #expect(!text.contains("171") && !text.lowercased().contains("ab, ab") && !text.contains("qqur"))
            #expect(text.contains("AES_CM_128_HMAC_SHA1_80"))
        }
    }

    @Test func `keys are the same where all of them is`() throws {
        let secret = [UInt8](repeating: 1, count: 30)
        let key = SRTPKey(suite: .aes128CounterSHA1Tag80, keyAndSalt: secret)
        #expect(key == SRTPKey(suite: .aes128CounterSHA1Tag80, keyAndSalt: secret))
        #expect(key != SRTPKey(suite: .aes128CounterSHA1Tag32, keyAndSalt: secret))
        #expect(key != SRTPKey(suite: .aes128CounterSHA1Tag80, keyAndSalt: secret, identifier: [1]))
        #expect(key != SRTPKey(suite: .aes128CounterSHA1Tag80, keyAndSalt: secret, lifetime: 1))
        #expect(key != SRTPKey(suite: .aes128CounterSHA1Tag80, keyAndSalt: secret.dropLast() + [2]))
        #expect(key?.withKeyAndSalt { $0.count } == 30)
    }

    @Test func `an identifier has at most 128 bytes`() {
        let secret = [UInt8](repeating: 1, count: 30)
        for (count, isTaken) in [(128, true), (129, false)] {
            let key = SRTPKey(
                suite: .aes128CounterSHA1Tag80, keyAndSalt: secret, identifier: [UInt8](repeating: 0, count: count))
            #expect((key != nil) == isTaken)
        }
    }

    @Test func `keys that are made differ`() {
        var tokens = TokenGenerator(seed: 1)
        let keys = (0..<100).map { _ in SRTPKey(suite: .aes256GCM, using: &tokens) }
        #expect(Set(keys).count == 100)
    }
}
