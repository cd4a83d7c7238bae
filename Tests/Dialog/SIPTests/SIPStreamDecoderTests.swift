import SIP
import Testing

@Suite struct SIPStreamDecoderTests {
    @Test(arguments: [1, 2, 7, 64, 10_000])
    func `messages are cut out however the stream is chopped`(chunk: Int) throws {
        let names = ["invite", "info.msml", "register.wildcard", "invite.line-feeds", "message.utf8"]
        var stream: [UInt8] = []
        for name in names { stream += try Fixture.bytes(name) + [0x0D, 0x0A, 0x0D, 0x0A] }
        var decoder = SIPStreamDecoder()
        var messages: [SIPMessage] = []
        for start in stride(from: 0, to: stream.count, by: chunk) {
            decoder.append(Array(stream[start..<min(start + chunk, stream.count)]).span)
            while let message = try decoder.next() { messages.append(message) }
        }
        #expect(try messages.map { $0.encoded() } == names.map(Fixture.bytes))
    }

    @Test func `a stream without an end of header is given up`() {
        var decoder = SIPStreamDecoder()
        decoder.append([UInt8](repeating: UInt8(ascii: "x"), count: 70_000).span)
        #expect(throws: SIPParseError(.tooLarge, at: 65_535)) { try decoder.next() }
    }

    @Test func `a body larger than a message may be is given up before it comes`() {
        var decoder = SIPStreamDecoder()
        decoder.append(Array("OPTIONS sip:a@b SIP/2.0\r\nContent-Length: 99999999\r\n\r\n".utf8).span)
        #expect(throws: SIPParseError.self) { try decoder.next() }
    }
}
