import CallCore
import SIP
import Testing

@Suite struct SIPStreamDecoderTests {
    private static let names = [
        "invite", "info.msml", "register.wildcard", "invite.line-feeds", "message.utf8", "invite.compact-form",
        "invite.folded", "response.no-reason",
    ]

    /// What comes out of a decoder that is given pieces of a stream.
    private func messages(_ pieces: [ArraySlice<UInt8>]) throws -> [[UInt8]] {
        var decoder = SIPStreamDecoder()
        var messages: [[UInt8]] = []
        for piece in pieces {
            decoder.append(Array(piece).span)
            while let message = try decoder.next() { messages.append(message.encoded()) }
        }
        #expect(!decoder.isWithinMessage)
        return messages
    }

    @Test(arguments: [1, 2, 3, 5, 7, 64, 1_000, 10_000])
    func `messages are cut out however the stream is chopped`(chunk: Int) throws {
        var stream: [UInt8] = []
        for name in Self.names { stream += try Fixture.bytes(name) + [0x0D, 0x0A, 0x0D, 0x0A] }
        let pieces = stride(from: 0, to: stream.count, by: chunk).map { stream[$0..<min($0 + chunk, stream.count)] }
        #expect(try self.messages(pieces) == Self.names.map(Fixture.bytes))
    }

    @Test func `a thousand random cuts change nothing`() throws {
        let fixtures = try Self.names.map(Fixture.bytes)
        let stream = fixtures.flatMap { $0 }
        var random = TokenGenerator(seed: 5_626)
        for _ in 0..<1_000 {
            var cuts = [0, stream.count]
            for _ in 0...(random.next() % 8) { cuts.append(Int(random.next() % UInt64(stream.count))) }
            cuts.sort()
            let pieces = zip(cuts, cuts.dropFirst()).map { stream[$0..<$1] }
            #expect(try self.messages(pieces) == fixtures)
        }
    }

    @Test(arguments: [
        ("\r\n\r\n", 1), ("\r\n", 0), ("\r\n\r\n\r\n\r\n", 2), ("\r\n\r\n\r\n", 1), ("\n\n", 1),
    ])
    func `two line ends are a ping`(text: String, pings: Int) throws {
        for chunk in 1...2 {
            var decoder = SIPStreamDecoder()
            let bytes = Array(text.utf8)
            for start in stride(from: 0, to: bytes.count, by: chunk) {
                decoder.append(Array(bytes[start..<min(start + chunk, bytes.count)]).span)
                #expect(try decoder.next() == nil)
            }
            #expect(decoder.pings == pings && !decoder.isWithinMessage)
        }
    }

    @Test func `line ends before and after a message are no ping`() throws {
        var decoder = SIPStreamDecoder()
        let message = try Fixture.bytes("invite")
        decoder.append(([0x0D, 0x0A] + message + [0x0D, 0x0A]).span)
        #expect(try decoder.next()?.encoded() == message)
        #expect(try decoder.next() == nil && decoder.pings == 0)
        decoder.append(message.span)
        #expect(try decoder.next()?.encoded() == message)
        #expect(decoder.pings == 0)
    }

    @Test func `a message that has begun is known`() throws {
        var decoder = SIPStreamDecoder()
        decoder.append(Array("OPTIONS sip:a@b".utf8).span)
        #expect(try decoder.next() == nil && decoder.isWithinMessage)
    }

    @Test func `a stream that begins with what no message begins with is given up at once`() {
        var decoder = SIPStreamDecoder()
        let hello: [UInt8] = [0x16]
        decoder.append(hello.span)
        #expect(throws: SIPParseError(.badStartLine, at: 0)) { try decoder.next() }
    }

    @Test func `a stream without an end of header is given up`() {
        var decoder = SIPStreamDecoder(headerLimit: 1_000)
        decoder.append([UInt8](repeating: UInt8(ascii: "x"), count: 1_000).span)
        #expect(throws: Never.self) { try decoder.next() }
        decoder.append([UInt8](repeating: UInt8(ascii: "x"), count: 1).span)
        #expect(throws: SIPParseError(.tooLarge, at: 1_000)) { try decoder.next() }
    }

    @Test(arguments: [
        ("101", SIPParseError.Code.tooLarge), ("99999999999999999999", .badContentLength), ("-1", .badContentLength),
    ])
    func `a body larger than the limit is given up before it comes`(length: String, code: SIPParseError.Code) {
        var decoder = SIPStreamDecoder(bodyLimit: 100)
        decoder.append(Array("OPTIONS sip:a@b SIP/2.0\r\nContent-Length: \(length)\r\n\r\n".utf8).span)
        let error = #expect(throws: SIPParseError.self) { try decoder.next() }
        #expect(error?.code == code)
    }

    @Test func `a broken request can be answered`() throws {
        var decoder = SIPStreamDecoder()
        let good = try Fixture.bytes("invite")
        let broken = """
            OPTIONS sip:7001@10.0.0.9 SIP/2.0\r
            Via: SIP/2.0/TCP 10.0.0.7:5060;branch=z9hG4bK9;rport\r
            From: <sip:7000@10.0.0.9>;tag=1\r
            To: <sip:7001@10.0.0.9>\r
            Call-ID: broken\r
            CSeq: 5 OPTIONS\r
            Content-Length: many\r
            \r\n
            """
        decoder.append((good + Array(broken.utf8)).span)
        #expect(try decoder.next()?.encoded() == good)
        #expect(throws: SIPParseError.self) { try decoder.next() }
        let refusal = try #require(decoder.refusal(from: .loopback(40_000)))
        #expect(refusal.response.status == .badRequest && refusal.response[.callID] == "broken")
        #expect(refusal.destination == .loopback(40_000))
    }
}
