import SIP
import Testing

@Suite struct SIPMessageParsingTests {
    @Test(arguments: Fixture.names)
    func `an unchanged message is written as the bytes that came`(name: String) throws {
        let bytes = try Fixture.bytes(name)
        #expect(try SIPMessage(parsing: bytes.span).encoded() == bytes)
    }

    @Test(arguments: Fixture.names)
    func `a changed message keeps every other field and reads back the same`(name: String) throws {
        let original = try Fixture.message(name)
        var changed = original
        changed.setField("X-Added", to: "yes")
        let again = try SIPMessage(parsing: changed.encoded().span)
        #expect(again.field("x-added") == "yes")
        #expect(again.fields.filter { $0.name != "X-Added" } == original.fields)
        #expect(again.body == original.body)
        #expect(again.startLine == original.startLine)
    }

    @Test func `a request's headers are typed`() throws {
        let message = try Fixture.message("invite")
        #expect(message.isRequest && message.method == .invite && message.status == nil)
        #expect(message.requestURI?.user == "7001")
        #expect(message[.from]?.displayName == #"Ada "the" Caller"#)
        #expect(message[.from]?.tag == "1928301774")
        #expect(message[.to]?.tag == nil)
        #expect(message[.via]?.branch == "z9hG4bK776asdhds")
        #expect(message[.via]?.port == 5062)
        #expect(message[.via]?.parameters["rport"] == "")
        #expect(message[.cseq] == SIPCSeq(314_159, .invite))
        #expect(message[.maxForwards] == 70)
        #expect(message.all(.allow) == [.invite, .ack, .cancel, .bye])
        #expect(message.all(.supported) == ["replaces", "timer"])
        #expect(message.field("x-CUSTOM") == "kept as it is")
        #expect(message.body?.type == "application/sdp")
        #expect(message.body?.text.hasPrefix("v=0\r\n") == true)
    }

    @Test func `a response's method is that of CSeq`() throws {
        let message = try Fixture.message("response.no-reason")
        #expect(!message.isRequest && message.method == .invite)
        #expect(message.status == .busyHere)
        #expect(message.reasonPhrase == "")
        #expect(message.requestURI == nil)
    }

    @Test func `compact names are the long ones`() throws {
        let message = try Fixture.message("invite.compact-form")
        #expect(message[.via]?.host == "10.0.0.7")
        #expect(message[.from]?.tag == "c1")
        #expect(message[.callID] == "compact@10.0.0.7")
        #expect(message.field("s") == "Compact" && message[.subject] == "Compact")
        #expect(message.body?.type == "application/sdp")
    }

    @Test func `folds, blanks and case do not matter`() throws {
        let message = try Fixture.message("invite.folded")
        #expect(message[.via] == SIPVia(host: "10.0.0.7", port: 5062, branch: "z9hG4bKfolded"))
        #expect(message[.maxForwards] == 68)
        #expect(message[.from]?.displayName == "Caller" && message[.from]?.tag == "f1")
        #expect(message[.cseq] == SIPCSeq(7, .invite))
        #expect(message[.subject] == "first line second line")
    }

    @Test func `several values in a line and several lines make one list`() throws {
        let message = try Fixture.message("response.record-route")
        #expect(message.all(.via).map(\.branch) == ["z9hG4bKtop", "z9hG4bKbottom"])
        #expect(message.all(.recordRoute).map(\.uri.user) == ["0x18b53b00", "edge", "inner"])
        #expect(message.all(.recordRoute).last?.displayName == "last, not least")
    }

    @Test func `a comma in a quoted string separates nothing`() throws {
        let message = try Fixture.message("options.ipv6")
        #expect(message.all(.warning).count == 2)
        #expect(message.requestURI?.endpoint?.description == "[2001:db8:0:0:0:0:0:10]:5061")
    }

    @Test func `empty lines before a message and bytes after its body are passed over`() throws {
        let bytes = try Fixture.bytes("invite")
        let message = try SIPMessage(parsing: ([0x0D, 0x0A, 0x0D, 0x0A] + bytes + Array("trailing".utf8)).span)
        #expect(message.encoded() == bytes)
    }

    @Test func `without Content-Length the body is the rest of the datagram`() throws {
        let message = try SIPMessage(text: "OPTIONS sip:a@b SIP/2.0\nContent-Type: text/plain\n\nall of it")
        #expect(message.body == SIPBody(type: "text/plain", text: "all of it"))
    }

    @Test(arguments: [
        ("", SIPParseError.Code.empty, 0),
        ("\r\n\r\n", .empty, 4),
        ("OPTIONS sip:a@b SIP/2.0", .truncated, 23),
        ("OPTIONS sip:a@b SIP/2.0\nTo: x\n", .truncated, 30),
        ("OPTIONS\n\n", .badStartLine, 0),
        ("OPTIONS sip:a@b\n\n", .badStartLine, 7),
        ("OPT(IONS sip:a@b SIP/2.0\n\n", .badStartLine, 0),
        ("OPTIONS sip:a@b SIP/7.0\n\n", .badVersion, 16),
        ("SIP/2.0 42 Short\n\n", .badStartLine, 8),
        ("SIP/2.0 4294967301 Long\n\n", .badStartLine, 8),
        ("OPTIONS sip:a@b SIP/2.0\n folded\n\n", .badField, 24),
        ("OPTIONS sip:a@b SIP/2.0\nno colon\n\n", .badField, 24),
        ("OPTIONS sip:a@b SIP/2.0\n: no name\n\n", .badField, 24),
        ("OPTIONS sip:a@b SIP/2.0\nContent-Length: x\n\n", .badContentLength, 24),
        ("OPTIONS sip:a@b SIP/2.0\nContent-Length: -1\n\n", .badContentLength, 24),
        ("OPTIONS sip:a@b SIP/2.0\nl: 99999999999999999999\n\n", .badContentLength, 24),
        ("OPTIONS sip:a@b SIP/2.0\nl: 1\nl: 2\n\nab", .badContentLength, 29),
        ("OPTIONS sip:a@b SIP/2.0\nl: 4\n\nabc", .truncatedBody, 33),
    ])
    func `what is no message is refused with the place`(text: String, code: SIPParseError.Code, offset: Int) {
        #expect(throws: SIPParseError(code, at: offset)) { try SIPMessage(text: text) }
    }

    @Test func `size and number of fields are bounded`() {
        let long = "OPTIONS sip:a@b SIP/2.0\nX: " + String(repeating: "x", count: 65_535) + "\n\n"
        #expect(throws: SIPParseError(.tooLarge, at: 65_535)) { try SIPMessage(text: long) }
        let many = "OPTIONS sip:a@b SIP/2.0\n" + String(repeating: "X: y\n", count: 201) + "\n"
        #expect(throws: SIPParseError(.tooManyFields, at: 24 + 200 * 5)) { try SIPMessage(text: many) }
    }
}
