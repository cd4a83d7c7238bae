import SIP
import Testing

/// What URIs mean, by RFC 3261 §19.1 and RFC 3966.
@Suite struct URIRuleTests {
    // RFC 3261 §19.1.4, and the rules above its examples.
    @Test(arguments: [
        ("sip:%61lice@atlanta.com;transport=TCP", "sip:alice@AtLanTa.CoM;Transport=tcp"),
        ("sip:carol@chicago.com", "sip:carol@chicago.com;newparam=5"),
        ("sip:carol@chicago.com;newparam=5", "sip:carol@chicago.com;security=on"),
        ("sip:carol@chicago.com", "sip:carol@chicago.com;security=off"),
        (
            "sip:biloxi.com;transport=tcp;method=REGISTER?to=sip:bob%40biloxi.com",
            "sip:biloxi.com;method=REGISTER;transport=tcp?to=sip:bob%40biloxi.com"
        ),
        (
            "sip:alice@atlanta.com?subject=project%20x&priority=urgent",
            "sip:alice@atlanta.com?priority=urgent&subject=project%20x"
        ),
        ("sip:a@[2001:db8::1]", "sip:a@[2001:DB8:0:0::1]"), ("sip:a@b;lr", "sip:a@b"), ("mailto:a@b", "mailto:a@b"),
        ("tel:+1-201-555-0123", "tel:+12015550123"), ("tel:+1(201)5550123;ext=1-2", "tel:+1.201.5550123;ext=12"),
        ("tel:7042;phone-context=Example.com", "tel:7042;phone-context=example.com"),
        ("tel:863-1234;phone-context=+1-914-555", "tel:8631234;phone-context=+1914555"),
        ("sip:+1-212-555@gw.com;user=phone", "sip:+1212555@other.com;user=phone"),
    ])
    func `equivalent URIs are`(left: String, right: String) throws {
        let (one, other) = try (#require(SIPURI(left)), #require(SIPURI(right)))
        #expect(one.isEquivalent(to: other) && other.isEquivalent(to: one))
    }

    @Test(arguments: [
        ("SIP:ALICE@AtLanTa.CoM;Transport=udp", "sip:alice@AtLanTa.CoM;Transport=UDP"),
        ("sip:bob@biloxi.com", "sip:bob@biloxi.com:5060"), ("sip:bob@biloxi.com", "sip:bob@biloxi.com;transport=udp"),
        ("sip:bob@biloxi.com", "sip:bob@biloxi.com:6000;transport=tcp"),
        ("sip:carol@chicago.com", "sip:carol@chicago.com?Subject=next%20meeting"),
        ("sip:bob@phone21.boxesbybob.com", "sip:bob@192.0.2.4"), ("sip:a@b", "sips:a@b"),
        ("sip:carol@chicago.com;security=on", "sip:carol@chicago.com;security=off"), ("sip:a@b", "sip:b"),
        ("sip:a:pw@b", "sip:a@b"), ("sip:a@b;user=ip", "sip:a@b"), ("sip:a@b;ttl=1", "sip:a@b"),
        ("sip:a@b;method=INVITE", "sip:a@b"), ("sip:a@b;maddr=1.2.3.4", "sip:a@b"), ("mailto:a@b", "mailto:A@b"),
        ("tel:+12015550123", "tel:12015550123"), ("tel:+1201;ext=1", "tel:+1201"), ("tel:+1201;x=1", "tel:+1201;x=2"),
        ("tel:7042;phone-context=a.com", "tel:7042;phone-context=b.com"), ("sip:a@b?x=1&x=2", "sip:a@b?x=1&x=1"),
    ])
    func `URIs that differ are not equivalent`(left: String, right: String) throws {
        let (one, other) = try (#require(SIPURI(left)), #require(SIPURI(right)))
        #expect(!one.isEquivalent(to: other) && !other.isEquivalent(to: one))
    }

    @Test func `a user is read and written with escapes`() {
        #expect(SIPURI("sip:%61lice%40home%3a1@example.com")?.decodedUser == "alice@home:1")
        #expect(SIPURI("sip:100%25%zz%4@example.com")?.decodedUser == "100%%zz%4")
        var uri = SIPURI(host: "example.com")
        #expect(uri.decodedUser == nil)
        uri.decodedUser = "jürgen @home;x=1"
        #expect(uri.description == "sip:j%C3%BCrgen%20%40home;x=1@example.com" && uri.decodedUser == "jürgen @home;x=1")
    }

    @Test func `header components are read and written with escapes`() throws {
        var uri = try #require(SIPURI("sip:a@b?to=sip:bob%40biloxi.com&Subject=project%20x"))
        #expect(
            uri.headerFields == [SIPHeaderField("to", "sip:bob@biloxi.com"), SIPHeaderField("Subject", "project x")])
        #expect(
            uri[header: .subject] == "project x" && uri[header: .to]?.uri.user == "bob" && uri[header: .from] == nil)
        uri[header: .subject] = "a&b=c?"
        #expect(
            uri.description == "sip:a@b?to=sip:bob%40biloxi.com&Subject=a%26b%3Dc?" && uri[header: .subject] == "a&b=c?"
        )
    }

    @Test func `a URI asks for a request, but not for one that speaks for us`() throws {
        let text =
            "sip:b@example.com;method=MESSAGE;transport=tcp;x=y?Subject=hello%20there&Priority=urgent&body=Hi%0D%0Aall"
            + "&From=%3Csip:me@a%3E&v=x&Route=%3Csip:evil%3E&call-id=1&cseq=1&m=%3Csip:a@b%3E&user-agent=x&k=y&bad%20name=x"
        let uri = try #require(SIPURI(text))
        let request = try #require(SIPMessage(request: .invite, askedFor: uri))
        #expect(request.method == .message && request.requestURI?.description == "sip:b@example.com;transport=tcp;x=y")
        #expect(request[.subject] == "hello there" && request[.priority] == .urgent)
        #expect(request.body == SIPBody(type: "text/plain", text: "Hi\r\nall"))
        #expect(request.fields.map(\.name) == ["Subject", "Priority", "Content-Type", "Content-Length"])
        #expect(SIPMessage(request: .invite, askedFor: SIPURI(host: "a"))?.method == .invite)
        let bad = SIPURI(host: "a", parameters: ["method": "A@B"])
        #expect(SIPMessage(request: .invite, askedFor: bad) == nil)
    }

    @Test func `a telephone number is taken apart`() throws {
        let uri = try #require(SIPURI("tel:+1-201-555-0123;isub=12;phone-context=example.com;x=y"))
        let number = try #require(SIPTelephoneNumber(uri))
        #expect(number.isGlobal && number.digits == "+12015550123" && number.number == "+1-201-555-0123")
        #expect(number.subaddress == "12" && number.phoneContext == "example.com" && number.phoneExtension == nil)
        #expect(number.uri == uri)
        let inSIP = try #require(SIPURI("sip:+1-201-555-0123;ext=7@gw.example.com;user=phone"))
        #expect(SIPTelephoneNumber(inSIP)?.phoneExtension == "7" && SIPTelephoneNumber("#*7a")?.isGlobal == false)
    }

    @Test func `a number is equivalent to itself, whatever bytes its parameters have`() throws {
        let bytes = Array("tel:863-1234;x".utf8) + [0xFF, 0xFE] + Array("=+0-9".utf8)
        let read = SIPURI(parsing: bytes.span)
        let uri = try #require(read)
        #expect(uri.isEquivalent(to: uri))
    }

    @Test(arguments: ["", "+", "+12a", "--", "12+3", "alice", "1 2", "+1*"])
    func `what is no telephone number is refused`(text: String) {
        #expect(SIPTelephoneNumber(text) == nil)
    }

    @Test(arguments: ["sip:+1201@gw.example.com", "sip:alice@gw;user=phone", "mailto:1", "sip:gw;user=phone"])
    func `a URI without a telephone number has none`(text: String) throws {
        #expect(SIPTelephoneNumber(try #require(SIPURI(text))) == nil)
    }
}
