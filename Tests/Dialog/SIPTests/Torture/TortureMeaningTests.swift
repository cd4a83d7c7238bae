import CallCore
import SIP
import Testing

/// What the well-formed messages of RFC 4475 and RFC 5118 mean.
@Suite struct TortureMeaningTests {
    @Test func `folds, blanks and odd order do not matter`() throws {
        let message = try TortureMessage.message("rfc4475/wsinv")
        #expect(message.method == .invite && message.requestURI?.parameters["unknownparam"] == "")
        #expect(message[.to]?.uri.description == "sip:vivekg@chair-dnrc.example.com")
        #expect(message[.to]?.tag == "1918181833n")
        #expect(message[.from]?.displayName == #"J Rosenberg \""# && message[.from]?.tag == "98asjd8")
        #expect(message[.maxForwards] == 68 && message[.cseq] == SIPCSeq(9, .invite) && message[.subject] == "")
        #expect(message.all(.via).map(\.host) == ["192.0.2.2", "spindle.example.com", "192.168.255.111"])
        #expect(message.all(.via).map(\.branch) == ["390skdjuw", "z9hG4bK9ikj8", "z9hG4bK30239"])
        #expect(message.field("UnknownHeaderWithUnusualValue") == ";;,,;;,;")
        #expect(message[.route]?.uri.parameters["unknownwith"] == "value")
        #expect(message[.contact]?.displayName == #"Quoted string """#)
        #expect(message[.contact]?.parameters["newparam"] == "newvalue" && message[.contact]?.parameters["q"] == "0.33")
        #expect(message[.contentLength] == 150 && message.body?.bytes.count == 150)
    }

    @Test func `every character that may stand does`() throws {
        let message = try TortureMessage.message("rfc4475/intmeth")
        #expect(message.method.rawValue == "!interesting-Method0123456789_*+`.%indeed'~")
        #expect(message[.cseq]?.method == message.method)
        #expect(message.requestURI?.host == "example.com")
        #expect(message.requestURI?.user == "1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*")
        #expect(message.requestURI?.password == "&it+has=1,weird!*pas$wo~d_too.(doesn't-it)")
        #expect(message[.to]?.displayName == "BEL:\u{7} NUL:\0 DEL:\u{7F}")
        #expect(message[.from]?.displayName == "token1~` token2'+_ token3*%!.-")
        let unknown = message[.from]?.parameters["fromParam''~+*_!.-%"]
        #expect(unknown == "\u{440}\u{430}\u{431}\u{43E}\u{442}\u{430}\u{44E}\u{449}\u{438}\u{439}")
        #expect(message[.from]?.tag == "_token~1'+`*%!-.")
        #expect(message[.callID] == #"intmeth.word%ZK-!.*_+'@word`~)(><:\/"][?}{"#)
    }

    @Test func `escapes are kept, and are no escapes where none may be`() throws {
        let escaped = try TortureMessage.message("rfc4475/esc01")
        #expect(escaped.requestURI?.user == "sips%3Auser%40example.com" && escaped.requestURI?.host == "example.net")
        #expect(escaped[.contact]?.uri.parameters["n%61me"] == "v%61lue%25%34%31")
        let nulls = try TortureMessage.message("rfc4475/escnull")
        #expect(nulls.all(.contact).map(\.uri.user) == ["%00", "%00%00"])
        let plain = try TortureMessage.message("rfc4475/esc02")
        #expect(plain.method.rawValue == "RE%47IST%45R" && plain[.to]?.displayName == "%Z%45")
        #expect(plain.all(.contact).map(\.uri.user) == ["alias1", "alias3"])
    }

    @Test func `long values are whole`() throws {
        let message = try TortureMessage.message("rfc4475/longreq")
        #expect(message.all(.via).count == 34 && message.all(.via).last?.host == "host.example.com")
        #expect(message[.from]?.tag?.utf8.count == 155)
        #expect(message[.to]?.uri.port == 6000)
        #expect(message[.callID]?.hasSuffix("reallylongcallid") == true)
    }

    @Test func `what follows the body is no part of the message`() throws {
        let message = try TortureMessage.message("rfc4475/dblreq")
        #expect(message.method == .register && message.body == nil)
        #expect(!message.description.contains("INVITE"))
    }

    @Test func `a body holds any byte`() throws {
        let body = try #require(try TortureMessage.message("rfc4475/mpart01").body)
        #expect(body.type == "multipart/mixed;boundary=7a9cbec02ceef655" && body.bytes.count == 553)
        #expect(body.bytes.contains(0))
    }

    @Test func `a reason phrase is any text, or none`() throws {
        #expect(try TortureMessage.message("rfc4475/unreason").reasonPhrase?.hasPrefix("= 2**3 * 5**2 \u{43D}") == true)
        let empty = try TortureMessage.message("rfc4475/noreason")
        #expect(empty.status == .trying && empty.reasonPhrase == "")
    }

    @Test func `a parameter belongs to the header or to the URI`() throws {
        let user = try TortureMessage.message("rfc4475/semiuri").requestURI
        #expect(user?.user == "user;par=u%40example.net" && user?.host == "example.com")
        let header = try #require(try TortureMessage.message("rfc4475/cparam01")[.contact])
        #expect(header.parameters["unknownparam"] == "" && header.uri.parameters.isEmpty)
        let uri = try #require(try TortureMessage.message("rfc4475/cparam02")[.contact])
        #expect(uri.parameters.isEmpty && uri.uri.parameters["unknownparam"] == "")
        let escaped = try #require(try TortureMessage.message("rfc4475/regescrt")[.contact])
        #expect(escaped.uri.headers["Route"] == "%3Csip:sip.example.com%3E")
    }

    @Test(arguments: ["lwsstart", "trws"])
    func `blanks too many in the first line are not passed on`(name: String) throws {
        let message = try TortureMessage.message("rfc4475/" + name)
        #expect(message.startLine.split(separator: " ", omittingEmptySubsequences: false).count == 3)
        #expect(message.description.hasPrefix(message.startLine + "\r\n"))
    }

    @Test func `what is not known is named in the refusal`() throws {
        var receiver = TortureReceiver()
        let extensions = try TortureMessage("rfc4475/bext01", .dropped, "").bytes()
        #expect(
            receiver.receive(extensions).answers.first?.all(.unsupported) == [
                "nothingSupportsThis", "nothingSupportsThisEither",
            ])
        let media = try TortureMessage("rfc4475/invut", .dropped, "").bytes()
        #expect(receiver.receive(media).answers.first?.all(.accept) == ["application/sdp"])
    }

    @Test(arguments: [
        ("ipv6-good", "[2001:db8:0:0:0:0:0:10]:5060"), ("port-ambiguous", "[2001:db8:0:0:0:0:10:5070]:5060"),
        ("port-unambiguous", "[2001:db8:0:0:0:0:0:10]:5070"), ("ipv6-in-sdp", "[2001:db8:0:0:0:0:0:10]:5060"),
        ("ipv6-correct-abnf-2-colons", "[2001:db8:0:0:0:0:c000:201]:5060"),
    ])
    func `an IPv6 address and its port are told apart`(name: String, endpoint: String) throws {
        #expect(try TortureMessage.message("rfc5118/" + name).requestURI?.endpoint?.description == endpoint)
    }

    @Test(arguments: [
        ("via-received-param-with-delim", "[2001:db8:0:0:0:0:9:255]:5060"),
        ("via-received-param-no-delim", "[2001:db8:0:0:0:0:9:255]:5060"),
        ("mult-ip-in-header", "[2001:db8:0:0:0:0:9:1]:6050"), ("ipv4-mapped-ipv6", "[0:0:0:0:0:ffff:c000:20a]:19823"),
    ])
    func `Via leads back over IPv6, with and without brackets`(name: String, endpoint: String) throws {
        #expect(try TortureMessage.message("rfc5118/" + name)[.via]?.responseEndpoint?.description == endpoint)
    }
}
