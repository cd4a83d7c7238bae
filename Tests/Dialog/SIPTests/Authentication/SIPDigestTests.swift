import CallCore
import SIP
import Testing

@Suite struct SIPDigestTests {
    private let functions = PlainDigests()

    @Test(arguments: [
        ("", "d41d8cd98f00b204e9800998ecf8427e"), ("abc", "900150983cd24fb0d6963f7d28e17f72"),
        ("message digest", "f96b697d7cb7938d525a2f31aaf161d0"),
        (String(repeating: "1234567890", count: 8), "57edf4a22be3c955ac49da2e2107b67a"),
    ])
    func `MD5 is that of RFC 1321`(text: String, digest: String) {
        #expect(SIPDigestAlgorithm.md5.digest(text, using: self.functions) == digest)
    }

    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ])
    func `SHA-256 is that of RFC 6234`(text: String, digest: String) {
        #expect(SIPDigestAlgorithm.sha256.digest(text, using: self.functions) == digest)
    }

    @Test(arguments: [
        (SIPDigestAlgorithm.md5, "8ca523f5e9506fed4657c9700eebdbec"),
        (.sha256, "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"),
    ])
    func `the response is that of RFC 7616`(algorithm: SIPDigestAlgorithm, response: String) throws {
        let challenge = try self.authentication(
            """
            Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=\(algorithm.rawValue), \
            nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"
            """)
        var client = SIPDigestClient(user: "Mufasa", password: "Circle of Life", functions: self.functions)
        let cnonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ"
        let first = client.credentials(for: challenge, method: "GET", uri: "/dir/index.html", cnonce: cnonce)
        let credentials = try #require(first)
        #expect(credentials.parameters["response"] == response)
        #expect(credentials.parameters["nc"] == "00000001" && credentials.parameters["qop"] == "auth")
        #expect(credentials.parameters["opaque"] == challenge.parameters["opaque"])
        let next = client.credentials(for: challenge, method: "GET", uri: "/dir/index.html", cnonce: cnonce)
        #expect(next?.parameters["nc"] == "00000002")
    }

    @Test func `a challenge of another scheme or algorithm is not answered`() throws {
        var client = SIPDigestClient(user: "a", password: "b", functions: self.functions)
        for text in [
            #"Basic realm="x""#, #"Digest realm="x", nonce="1", algorithm=SHA-1"#, #"Digest realm="x""#,
            #"Digest realm="x", nonce="1", qop="auth-int""#,
        ] {
            let challenge = try self.authentication(text)
            let credentials = client.credentials(for: challenge, method: .invite, uri: "sip:a", cnonce: "c")
            #expect(credentials == nil)
        }
    }

    @Test(arguments: [[SIPDigestAlgorithm.sha256, .md5], [.md5], [.sha256Session], [.md5Session]])
    func `a challenged user is let in by the right password`(algorithms: [SIPDigestAlgorithm]) throws {
        let exchange = try Exchange(algorithms: algorithms)
        #expect(exchange.check() == .challenged(exchange.server.challenges(at: .zero)))
        #expect(exchange.answerChallenge())
        #expect(exchange.request[.cseq]?.number == 2)
        #expect(exchange.request[.credentials]?.parameters["algorithm"] == algorithms.first?.rawValue)
        #expect(exchange.check() == .accepted(user: "7001"))
    }

    @Test func `a wrong password is challenged again, and answered no second time`() throws {
        let exchange = try Exchange(password: "guess")
        #expect(exchange.answerChallenge())
        #expect(exchange.check() != .accepted(user: "7001"))
        #expect(!exchange.answerChallenge())
    }

    @Test func `the same credentials are good for one request`() throws {
        let exchange = try Exchange()
        #expect(exchange.answerChallenge())
        #expect(exchange.check() == .accepted(user: "7001"))
        guard case .challenged(let challenges) = exchange.check() else {
            Issue.record("replayed credentials were taken")
            return
        }
        #expect(challenges.allSatisfy { $0.isStale })
    }

    @Test func `an old nonce is stale, and a stale one is answered again`() throws {
        let exchange = try Exchange()
        #expect(exchange.answerChallenge())
        exchange.now = .zero + .seconds(301)
        guard case .challenged(let challenges) = exchange.check() else {
            Issue.record("an old nonce was taken")
            return
        }
        #expect(challenges.allSatisfy { $0.isStale })
        #expect(exchange.answerChallenge(isStale: true))
        #expect(exchange.check() == .accepted(user: "7001"))
    }

    @Test(arguments: ["0-00", "x", "-1-0", ""])
    func `a nonce of somebody else's is refused`(nonce: String) throws {
        let exchange = try Exchange()
        let text = #"Digest realm="example.com", nonce="\#(nonce)", qop="auth", algorithm=MD5"#
        let challenge = try self.authentication(text)
        exchange.request[.credentials] = exchange.client.credentials(
            for: challenge, method: .register, uri: "sip:example.com", cnonce: "c")
        #expect(exchange.check() == .challenged(exchange.server.challenges(at: .zero)))
    }

    private func authentication(_ text: String) throws -> SIPAuthentication {
        let message = try SIPMessage(text: "OPTIONS sip:a SIP/2.0\nWWW-Authenticate: \(text)\n\n")
        return try #require(message[.challenge])
    }
}

/// A registration, the client that sends it and the server that guards the realm.
private final class Exchange {
    var request: SIPMessage
    var client: SIPDigestClient
    var server: SIPDigestServer
    var now = MonotonicTime.zero
    private var tokens = TokenGenerator(seed: 1)

    init(algorithms: [SIPDigestAlgorithm] = [.sha256, .md5], password: String = "secret") throws {
        self.request = try SIPMessage(
            text: "REGISTER sip:example.com SIP/2.0\nCall-ID: c\nCSeq: 1 REGISTER\nContent-Length: 0\n\n")
        self.client = SIPDigestClient(user: "7001", password: password, functions: PlainDigests())
        self.server = SIPDigestServer(
            realm: "example.com", secret: "s", algorithms: algorithms, functions: PlainDigests())
    }

    func check() -> SIPDigestServer.Verdict {
        self.server.check(self.request, at: self.now) { $0 == "7001" ? "secret" : nil }
    }

    /// Whether the client answers the server's challenge; the request is the answer then.
    func answerChallenge(isStale: Bool = false) -> Bool {
        var response = SIPMessage(response: .unauthorized, to: self.request)
        response.setAll(self.server.challenges(at: self.now, isStale: isStale), for: .challenge)
        guard let next = self.client.answer(to: response, repeating: self.request, tokens: &self.tokens) else {
            return false
        }
        self.request = next
        return true
    }
}
