import SIP
import Testing

/// Features, instances and wishes: RFC 3323, 3840, 3841 and 5626.
@Suite struct CapabilityHeaderTests {
    @Test func `features of a contact are read by type`() throws {
        // RFC 3840 §5 and §9.
        let text = """
            <sip:user@host.example.com>;audio;video;schemes="sip,tel";methods="INVITE,BYE,!REFER";priority="#>=5"\
            ;+example.size="#=7";+example.range="#1:2.5";mobility="fixed";+x="<Some, text>";isfocus="FALSE"
            """
        let parameters = try #require(SIPAddress(text)).parameters
        #expect(parameters.feature("audio") == [.boolean(true)] && parameters.feature("isfocus") == [.boolean(false)])
        #expect(parameters.feature("schemes") == [.token("sip"), .token("tel")] && parameters.feature("data") == nil)
        #expect(parameters.feature("methods") == [.token("INVITE"), .token("BYE"), .not(.token("REFER"))])
        #expect(parameters.feature("priority") == [.number(5...Double.infinity)])
        #expect(parameters.feature("+example.size") == [.number(7...7)])
        #expect(parameters.feature("+example.range") == [.number(1...2.5)])
        #expect(parameters.feature("+x") == [.text("Some, text")])
    }

    @Test(arguments: ["a,,b", "#5", "#>=x", "#2:1", "<open", "a b", "!", "!!a", ",", "#inf:1", "<"])
    func `what is no feature value is refused`(value: String) {
        let parameters: SIPParameters = ["methods": value]
        #expect(parameters.feature("methods") == nil)
    }

    @Test func `features are written as they are read`() {
        var parameters = SIPParameters()
        parameters.setFeature("audio", to: [.boolean(true)])
        parameters.setFeature("methods", to: [.token("INVITE"), .not(.token("BYE")), .number(1...1), .boolean(false)])
        parameters.setFeature("gone", to: [.token("x")])
        parameters.setFeature("gone", to: nil)
        let contact = SIPAddress("<sip:a@b>")
        var written = contact
        written?.parameters = parameters
        #expect(written?.description == #"<sip:a@b>;audio;methods="INVITE,!BYE,#=1,FALSE""#)
    }

    @Test func `a device and its connection are named`() throws {
        // RFC 5626 §3.2.
        let text = """
            <sip:line1@192.0.2.2;transport=tcp;ob>; reg-id=1;;+sip.instance="<urn:uuid:00000000-0000-1000-8000-000A95A0E128>"
            """
        let contact = try #require(SIPAddress(text))
        #expect(contact.instanceID == "urn:uuid:00000000-0000-1000-8000-000A95A0E128" && contact.registrationID == 1)
        #expect(contact.uri.isOutbound && !contact.uri.isLooseRouter)
        var own = SIPAddress(SIPURI(user: "a", host: "b"))
        (own.instanceID, own.registrationID, own.uri.isOutbound) = ("urn:uuid:1", 2, true)
        #expect(own.description == #"<sip:a@b;ob>;+sip.instance="<urn:uuid:1>";reg-id=2"#)
        #expect(SIPAddress("<sip:a@b>;+sip.instance=urn:x")?.instanceID == nil)
    }

    @Test func `the wishes of a caller are read`() throws {
        let message = try SIPMessage(
            text:
                "INVITE sip:a@b SIP/2.0\na: *;audio;require, *;video;explicit\nj: *;actor=\"msg-taker\"\nd: no-fork, queue\n\n"
        )
        #expect(message.all(.acceptContact).map { $0.parameters["require"] } == ["", nil])
        #expect(message[.rejectContact]?.parameters.feature("actor") == [.token("msg-taker")])
        #expect(message.all(.requestDisposition) == ["no-fork", "queue"])
    }

    @Test(
        arguments: [
            ("id", [.id]), ("Header;Session ; critical", [.header, .session, .critical]), ("user,id", [.user, .id]),
            ("none", [.none]), ("", nil), ("id;;user", nil), ("id user", nil),
        ] as [(String, SIPPrivacy?)])
    func `wishes for privacy are read`(text: String, privacy: SIPPrivacy?) throws {
        let message = try SIPMessage(text: "INVITE sip:a@b SIP/2.0\nPrivacy: \(text)\n\n")
        #expect(message[.privacy] == privacy)
        if let privacy, let first = privacy.wishes.first { #expect(privacy.contains(first) && !privacy.contains("x")) }
    }

    @Test func `identities, paths and diversions are addresses`() throws {
        let message = try SIPMessage(
            text: """
                INVITE sip:a@b SIP/2.0
                P-Asserted-Identity: "Cullen Jennings" <sip:fluffy@cisco.com>
                P-Asserted-Identity: tel:+14085264000
                P-Preferred-Identity: <sip:f@c.com>
                Path: <sip:P3.EXAMPLEHOME.COM;lr>,<sip:P1.EXAMPLEVISITED.COM;lr>
                Service-Route: <sip:P2.HOME.EXAMPLE.COM;lr>
                Diversion: <sip:WeSellPizza@p4.isp.com>;reason=time-of-day, <sip:Bob@uk.example.com>;reason=unconditional
                History-Info: <sip:bob@example.com>;index=1, <sip:bob@192.0.2.4>;index=1.1;rc=1
                Flow-Timer: 125
                User-to-User: 56a390f3d2b7310023a2;encoding=hex


                """)
        #expect(message.all(.assertedIdentity).map(\.uri.scheme) == ["sip", "tel"])
        #expect(message[.preferredIdentity]?.uri.user == "f" && message.all(.path).allSatisfy(\.uri.isLooseRouter))
        #expect(message.all(.path).count == 2 && message[.serviceRoute]?.uri.host == "P2.HOME.EXAMPLE.COM")
        #expect(message.all(.diversion).map { $0.parameters["reason"] } == ["time-of-day", "unconditional"])
        #expect(message.all(.historyInfo).map { $0.parameters["index"] } == ["1", "1.1"])
        #expect(message[.flowTimer] == 125 && message[.userToUser]?.parameters["encoding"] == "hex")
    }
}
