import CallCore
import CallRecordingCrypto
import Testing

@Suite struct CryptoCipherTests {
    private let cipher = CryptoCipher()

    /// Test cases 14 to 16 of the specification of GCM, appendix B, which NIST SP 800-38D cites.
    @Test(arguments: [
        Example(
            key: String(repeating: "0", count: 64), nonce: String(repeating: "0", count: 24),
            plain: String(repeating: "0", count: 32), data: "",
            sealed: "cea7403d4d606b6e074ec5d3baf39d18" + "d0d1c8a799996bf0265b98b5d48ab919"),
        Example(
            key: "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308", nonce: "cafebabefacedbaddecaf888",
            plain: "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
                + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
            data: "feedfacedeadbeeffeedfacedeadbeefabaddad2",
            sealed: "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
                + "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662" + "76fc6ece0f4e1768cddf8853bb2d551b"),
    ])
    func `the examples of the specification come out`(example: Example) throws {
        let sealed = try self.cipher.seal(
            example.plain[...], under: example.key, nonce: example.nonce, authenticating: example.data)
        #expect(sealed == example.sealed)
        #expect(
            try self.cipher.open(sealed[...], under: example.key, nonce: example.nonce, authenticating: example.data)
                == example.plain)
    }

    @Test func `what was changed, or goes with something else, is not opened`() throws {
        let (key, nonce): ([UInt8], [UInt8]) = (Array(0..<32), Array(0..<12))
        let sealed = try self.cipher.seal([1, 2, 3], under: key, nonce: nonce, authenticating: [4])
        for index in sealed.indices {
            var changed = sealed
            changed[index] ^= 1
            #expect(throws: CipherError.notAuthentic) {
                try self.cipher.open(changed[...], under: key, nonce: nonce, authenticating: [4])
            }
        }
        #expect(throws: CipherError.notAuthentic) {
            try self.cipher.open(sealed[...], under: key, nonce: nonce, authenticating: [5])
        }
        #expect(throws: CipherError.notAuthentic) {
            try self.cipher.open(sealed.prefix(15), under: key, nonce: nonce, authenticating: [4])
        }
        #expect(throws: CipherError.notAuthentic) {
            try self.cipher.open(sealed[...], under: key, nonce: Array(1..<13), authenticating: [4])
        }
    }

    @Test(arguments: [(31, 12), (33, 12), (16, 12), (32, 11), (32, 16), (0, 0)])
    func `keys and nonces of another length are refused`(keyCount: Int, nonceCount: Int) {
        let key = [UInt8](repeating: 1, count: keyCount)
        let nonce = [UInt8](repeating: 2, count: nonceCount)
        #expect(throws: CipherError.wrongLength) {
            try self.cipher.seal([1], under: key, nonce: nonce, authenticating: [])
        }
        #expect(throws: CipherError.wrongLength) {
            try self.cipher.open([UInt8](repeating: 0, count: 17)[...], under: key, nonce: nonce, authenticating: [])
        }
    }

    struct Example: Sendable, CustomTestStringConvertible {
        var key: [UInt8]
        var nonce: [UInt8]
        var plain: [UInt8]
        var data: [UInt8]
        var sealed: [UInt8]

        init(key: String, nonce: String, plain: String, data: String, sealed: String) {
            (self.key, self.nonce, self.plain) = (Self.bytes(key), Self.bytes(nonce), Self.bytes(plain))
            (self.data, self.sealed) = (Self.bytes(data), Self.bytes(sealed))
        }

        var testDescription: String { "\(self.plain.count) bytes with \(self.data.count)" }

        private static func bytes(_ hexadecimal: String) -> [UInt8] {
            let digits = hexadecimal.compactMap { $0.hexDigitValue.map(UInt8.init) }
            return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
        }
    }
}
