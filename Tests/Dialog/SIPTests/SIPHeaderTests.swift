import SIP
import Testing

@Suite struct SIPHeaderTests {
    @Test(arguments: [
        "sip:alice@atlanta.com", "sip:alice:secretword@atlanta.com;transport=tcp", "sips:1212@gateway.com",
        "sip:alice@192.0.2.4:5070", "sip:atlanta.com;method=REGISTER?to=alice%40atlanta.com",
        "sip:alice;day=tuesday@atlanta.com", "sip:+1-212-555-1212:1234@gateway.com;user=phone",
        "sip:[2001:db8::10]:5070", "tel:+1-201-555-0123;phone-context=example.com", "urn:service:sos",
        "sip:msml=024V@10.0.0.5:5070;dn=7800000;record;tenant-dbid=1;media-service=record",
    ])
    func `a URI is written as it was read`(text: String) {
        #expect(SIPURI(text)?.description == text)
    }

    @Test(arguments: [
        "", "sip:", ":alice@a", "sip:a b@c", "sip:alice@", "sip:@host", "sip:host:99999", "sip:host:", "<sip:a@b>",
        "alice@atlanta.com", "sip:[::1", "s p:a@b", "tel:", "Tel:;", "tel:;ext=1", "sip:a@b>c", "sip:a@b/c",
        "sip:host;=x",
    ])
    func `what is no URI is refused`(text: String) {
        #expect(SIPURI(text) == nil)
    }

    @Test func `a URI's parts are told apart`() throws {
        let uri = try #require(SIPURI("SIP:alice:pw@10.0.0.1:5070;Transport=tcp;lr?Subject=x&Priority=urgent"))
        #expect(uri.scheme == "sip" && uri.user == "alice" && uri.password == "pw" && uri.host == "10.0.0.1")
        #expect(uri.port == 5070 && uri.parameters["transport"] == "tcp" && uri.parameters["LR"] == "")
        #expect(uri.parameters["maddr"] == nil && uri.headers["priority"] == "urgent")
    }

    @Test(arguments: [
        ("sip:a@10.0.0.1", "10.0.0.1:5060"), ("sips:a@10.0.0.1", "10.0.0.1:5061"),
        ("sip:[::1]:7", "[0:0:0:0:0:0:0:1]:7"), ("sip:a@host.example", nil),
    ])
    func `a numeric host is an endpoint`(text: String, endpoint: String?) {
        #expect(SIPURI(text)?.endpoint?.description == endpoint)
    }

    @Test(arguments: [
        (#""A. G. Bell" <sip:agb@bell.com> ;tag=a48s"#, "A. G. Bell", "sip:agb@bell.com", "a48s"),
        ("Anonymous <sip:c8oqz84zk7z@privacy.org>;tag=hyh8", "Anonymous", "sip:c8oqz84zk7z@privacy.org", "hyh8"),
        ("sip:+12125551212@server.phone2net.com;tag=887s", nil, "sip:+12125551212@server.phone2net.com", "887s"),
        ("<sip:a@b;x=y>", nil, "sip:a@b;x=y", nil),
        (#""quoted \" > <" <sip:a@b>"#, #"quoted " > <"#, "sip:a@b", nil),
    ])
    func `an address is read`(text: String, name: String?, uri: String, tag: String?) throws {
        let address = try #require(SIPAddress(text))
        #expect(address.displayName == name && address.uri.description == uri && address.tag == tag)
        #expect(SIPAddress(address.description) == address)
    }

    @Test(arguments: ["", "<sip:a@b", #""open <sip:a@b>"#, "<sip:a@b> tag=1", "name", #""a" b <sip:a@b>"#])
    func `what is no address is refused`(text: String) {
        #expect(SIPAddress(text) == nil)
    }

    @Test func `the wildcard is kept`() throws {
        let contact = try #require(try Fixture.message("register.wildcard")[.contact])
        #expect(contact.isWildcard && contact.description == "*")
    }

    @Test func `a parameter is quoted where it must be and read without quotes`() {
        var parameters: SIPParameters = ["plain": "a", "flag": ""]
        parameters["text"] = #"a "b"; c"#
        #expect(parameters["TEXT"] == #"a "b"; c"#)
        #expect(parameters.elements.map(\.rawValue) == ["a", nil, #""a \"b\"; c""#])
        parameters["flag"] = nil
        #expect(parameters["flag"] == nil && parameters.elements.count == 2)
    }

    @Test(arguments: ["1", "x INVITE", "2147483648 INVITE", "1 INV ITE", "-1 INVITE", "1INVITE"])
    func `a malformed CSeq is none`(value: String) throws {
        let message = try SIPMessage(text: "OPTIONS sip:a@b SIP/2.0\nCSeq: \(value)\n\n")
        #expect(message[.cseq] == nil)
    }

    @Test(arguments: [
        "SIP/2.0/UDP", "SIP/2.0 10.0.0.1", "SIP/3.0/UDP a", "HTTP/2.0/TCP a", "SIP/2.0/UDP a b", "SIP/2.0/UDP a:x",
    ])
    func `a malformed Via is none`(value: String) throws {
        #expect(try SIPMessage(text: "OPTIONS sip:a@b SIP/2.0\nVia: \(value)\n\n")[.via] == nil)
    }

    @Test(arguments: [
        ("SIP/2.0/UDP 10.0.0.1:5062;rport;branch=z9hG4bK1", "10.0.0.9:40000"),
        ("SIP/2.0/UDP 10.0.0.1:5062;branch=z9hG4bK1", "10.0.0.9:5062"),
        ("SIP/2.0/UDP phone.example;branch=z9hG4bK1", "10.0.0.9:5060"),
    ])
    func `a response goes back by rport, or by received and the port of sent-by`(via: String, target: String) throws {
        var hop = try #require(try SIPMessage(text: "OPTIONS sip:a@b SIP/2.0\nVia: \(via)\n\n")[.via])
        hop.noteSource(Endpoint(ipv4: 0x0A00_0009, port: 40_000))
        #expect(hop.responseEndpoint?.description == target)
    }
}
