import SIP
import Testing

@Suite struct SIPMessageComposingTests {
    private func request() throws -> SIPMessage {
        var message = SIPMessage(request: .options, uri: try #require(SIPURI("sip:7001@10.0.0.9")))
        message[.via] = SIPVia(.loopback(5060), branch: "z9hG4bK1")
        message[.from] = SIPAddress(try #require(SIPURI("sip:7000@10.0.0.9")), displayName: "A \"b\" \\c", tag: "t")
        message[.cseq] = SIPCSeq(1, .options)
        return message
    }

    @Test func `fields stand in the order in which they were set`() throws {
        #expect(
            try self.request().description == """
                OPTIONS sip:7001@10.0.0.9 SIP/2.0\r
                Via: SIP/2.0/UDP 127.0.0.1:5060;branch=z9hG4bK1;rport\r
                From: "A \\"b\\" \\\\c" <sip:7000@10.0.0.9>;tag=t\r
                CSeq: 1 OPTIONS\r
                Content-Length: 0\r
                \r

                """)
    }

    @Test func `a body brings its type and its length, and leaves with them`() throws {
        var message = try self.request()
        message.body = SIPBody(type: "text/plain", text: "hello")
        #expect(message[.contentLength] == 5 && message[.contentType] == "text/plain")
        #expect(message.description.hasSuffix("\r\n\r\nhello"))
        message.body = nil
        #expect(message[.contentLength] == 0 && message[.contentType] == nil && message.body == nil)
    }

    @Test func `a field set after the body stands before it on the wire`() throws {
        var message = try self.request()
        message.body = SIPBody(type: "text/plain", text: "hello")
        message[.maxForwards] = 70
        #expect(message.description.hasSuffix("Content-Length: 5\r\nMax-Forwards: 70\r\n\r\nhello"))
    }

    @Test func `of two bodies set, only the last is on the wire`() throws {
        var message = try self.request()
        message.body = SIPBody(type: "text/plain", text: "hello")
        message.body = SIPBody(type: "text/html", text: "<p>")
        let end = "CSeq: 1 OPTIONS\r\nContent-Type: text/html\r\nContent-Length: 3\r\n\r\n<p>"
        #expect(message.description.hasSuffix(end) && !message.description.contains("hello"))
    }

    @Test func `setting a header replaces its first value and leaves the others`() throws {
        var message = try Fixture.message("response.record-route")
        var via = try #require(message[.via])
        via.branch = "z9hG4bKnew"
        message[.via] = via
        #expect(message.all(.via).map(\.branch) == ["z9hG4bKnew", "z9hG4bKbottom"])
        message.removeFirst(.via)
        #expect(message.all(.via).map(\.branch) == ["z9hG4bKbottom"])
        message.removeFirst(.via)
        #expect(message[.via] == nil)
    }

    @Test func `a proxy's Via stands before the others`() throws {
        var message = try Fixture.message("invite")
        message.prepend(SIPVia(.loopback(5070), branch: "z9hG4bKproxy"), to: .via)
        #expect(message.all(.via).map(\.branch) == ["z9hG4bKproxy", "z9hG4bK776asdhds"])
        message.removeFirst(.via)
        #expect(message.encoded() == (try Fixture.bytes("invite")))
    }

    @Test func `setAll replaces every field of the name where the first stood`() throws {
        var message = try Fixture.message("response.record-route")
        let second = message.all(.recordRoute)[1]
        message.setAll([second], for: .recordRoute)
        #expect(message.all(.recordRoute) == [second])
        #expect(message.fields.map(\.name).firstIndex(of: "Record-Route") == 1)
        message.setAll([], for: .recordRoute)
        #expect(message.field("Record-Route") == nil)
    }

    @Test func `a request URI is replaced`() throws {
        var message = try Fixture.message("invite.recording")
        message.requestURI = SIPURI("sip:media@10.0.0.8:5080")
        #expect(message.startLine == "INVITE sip:media@10.0.0.8:5080 SIP/2.0")
        #expect(message[.to]?.uri.parameters["record"] == "")
    }

    @Test func `a value cannot smuggle in a field`() throws {
        var message = try self.request()
        message.setField("X-Text", to: "one\r\nRoute: <sip:evil>")
        message[.subject] = "a\nb"
        let again = try SIPMessage(parsing: message.encoded().span)
        #expect(again[.route] == nil)
        #expect(again.field("X-Text") == "one  Route: <sip:evil>")
    }

    @Test func `a response has the request's own headers and the tag`() throws {
        let request = try Fixture.message("invite.folded")
        let response = SIPMessage(response: .ringing, to: request, tag: "mine")
        #expect(response.status == .ringing && response.reasonPhrase == "Ringing")
        #expect(response[.via] == request[.via] && response[.from] == request[.from])
        #expect(response[.to]?.tag == "mine")
        #expect(response[.cseq] == request[.cseq] && response[.callID] == request[.callID])
        #expect(SIPMessage(response: .ok, to: response, tag: "other")[.to]?.tag == "mine")
    }
}
