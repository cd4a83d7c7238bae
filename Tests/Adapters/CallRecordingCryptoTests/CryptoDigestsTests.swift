import CallCore
import CallRecordingCrypto
import SIP
import Testing

@Suite struct CryptoDigestsTests {
    private let functions = CryptoDigests()

    @Test(arguments: [
        ("", "d41d8cd98f00b204e9800998ecf8427e"), ("abc", "900150983cd24fb0d6963f7d28e17f72"),
        (String(repeating: "1234567890", count: 8), "57edf4a22be3c955ac49da2e2107b67a"),
    ])
    func `MD5 is that of RFC 1321`(text: String, digest: String) {
        #expect(SIPDigestAlgorithm.md5.digest(text, using: self.functions) == digest)
    }

    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    ])
    func `SHA-256 is that of RFC 6234`(text: String, digest: String) {
        #expect(SIPDigestAlgorithm.sha256.digest(text, using: self.functions) == digest)
    }

    @Test func `digests are those of the core, whatever the length`() {
        for count in 0...130 {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            #expect(self.functions.md5(bytes) == PlainDigests().md5(bytes))
            #expect(self.functions.sha256(bytes) == PlainDigests().sha256(bytes))
        }
    }

    @Test(arguments: [1, 7, 63, 64, 65, 200])
    func `a digest that is fed in pieces is that of the whole, in the core and here`(piece: Int) {
        let bytes = (0..<1_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let whole = self.functions.sha256(bytes)
        for functions in [PlainDigests(), self.functions] as [any DigestFunctions] {
            var digest = functions.makeSHA256()
            for start in stride(from: 0, to: bytes.count, by: piece) {
                digest.update(bytes.span.extracting(start..<min(start + piece, bytes.count)))
            }
            #expect(digest.finalized() == whole)
        }
    }

    @Test func `a digest can be asked for and go on, and so can its copy`() {
        let (first, rest) = (Array("first".utf8), Array("rest".utf8))
        for functions in [PlainDigests(), self.functions] as [any DigestFunctions] {
            var digest = functions.makeSHA256()
            #expect(digest.finalized() == self.functions.sha256([]))
            digest.update(first.span)
            let copy = digest
            #expect(digest.finalized() == self.functions.sha256(first))
            digest.update(rest.span)
            #expect(digest.finalized() == self.functions.sha256(first + rest))
            #expect(copy.finalized() == self.functions.sha256(first))
        }
    }

    @Test(arguments: [
        // RFC 2617 §3.5.
        Example(
            challenge: """
                Digest realm="testrealm@host.com", qop="auth,auth-int", \
                nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc069c403ebaf9f0171e9517f40e41"
                """,
            password: "Circle Of Life", cnonce: "0a4f113b", response: "6629fae49393a05397450978507c4ef1"),
        // RFC 7616 §3.9.1.
        Example(
            challenge: """
                Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=SHA-256, \
                nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", \
                opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"
                """,
            password: "Circle of Life", cnonce: "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ",
            response: "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"),
    ])
    func `the examples of the RFCs come out`(example: Example) throws {
        let bytes = Array(example.challenge.utf8)
        let parsed = SIPAuthentication(parsing: bytes.span)
        let challenge = try #require(parsed)
        var client = SIPDigestClient(user: "Mufasa", password: example.password, functions: self.functions)
        let credentials = client.credentials(
            for: challenge, method: "GET", uri: "/dir/index.html", cnonce: example.cnonce)
        #expect(credentials?.parameters["response"] == example.response)
    }

    struct Example: Sendable {
        var challenge: String
        var password: String
        var cnonce: String
        var response: String
    }
}
