import CallCore
import SIP
import Testing

/// The headers of RFC 3261 §20 beside those that every message has, in the order of the RFC.
@Suite struct CoreHeaderTests {
    @Test func `media ranges are read with their preference`() throws {
        // RFC 3261 §20.1.
        let accepted = try Self.all(.accept, "Accept: application/sdp;level=1, application/x-private, text/html;q=0.5")
        #expect(accepted.map(\.essence) == ["application/sdp", "application/x-private", "text/html"])
        #expect(
            accepted.map(\.parameters["level"]) == ["1", nil, nil] && accepted.map(\.parameters.q) == [nil, nil, 0.5])
        #expect(try Self.all(.accept, "Accept:").isEmpty)
    }

    @Test(
        arguments: [
            ("*/*", "application/sdp", true), ("application/*", "Application/SDP;x=y", true),
            ("text/*", "application/sdp", false),
            ("application/sdp", "application/SDP", true), ("application/sdp", "application/msml+xml", false),
        ] as [(SIPMediaType, SIPMediaType, Bool)])
    func `a range takes in kinds`(range: SIPMediaType, kind: SIPMediaType, isIn: Bool) {
        #expect(range.includes(kind) == isIn)
    }

    @Test(arguments: ["", "text", "text/", "/html", "text html", "text/html text", "te(xt/html"])
    func `what is no media type is refused`(text: String) {
        #expect(SIPMediaType(text) == nil)
    }

    @Test func `a media type is equal in any case, its parameters as written`() throws {
        let type = try #require(try Self.first(.contentType, "c: Text / HTML ; charset=ISO-8859-4"))
        #expect(type == "text/html;charset=ISO-8859-4" && type != "text/html" && !type.isMultipart)
        #expect(type.hashValue == SIPMediaType("text", "html", ["charset": "ISO-8859-4"]).hashValue)
    }

    @Test func `encodings and languages are read with their preference`() throws {
        #expect(try Self.all(.acceptEncoding, "Accept-Encoding: gzip;q=1.0, *;q=0") == ["gzip;q=1.0", "*;q=0"])
        let languages = try Self.all(.acceptLanguage, "Accept-Language: da, en-gb;q=0.8, en;q=0.7")
        #expect(languages.map(\.name) == ["da", "en-gb", "en"] && languages.map(\.parameters.q) == [nil, 0.8, 0.7])
        #expect(try Self.all(.contentEncoding, "e: tar, GZIP").map { $0.isNamed("gzip") } == [false, true])
        #expect(try Self.all(.contentLanguage, "Content-Language: fr, en-us") == ["fr", "en-us"])
    }

    @Test(arguments: [
        ("1", 1), ("0", 0), ("0.5", 0.5), ("1.000", 1), ("0.", 0), ("0.123", 0.123), ("1.1", nil), ("2", nil),
        ("0.1234", nil),
        ("-1", nil), ("", nil), (".5", nil), ("0,5", nil),
    ])
    func `a preference is a number of up to three places`(text: String, q: Double?) {
        let parameters: SIPParameters = ["q": text]
        #expect(parameters.q == q)
    }

    @Test func `what is rung, shown and read lies behind URIs of any scheme`() throws {
        let value =
            "<http://wwww.example.com/alice/photo.jpg> ;purpose=icon,\n <http://www.example.com/alice/?a=b> ;purpose=info"
        let info = try Self.all(.callInfo, "Call-Info: \(value)")
        #expect(info.map(\.parameters["purpose"]) == ["icon", "info"])
        #expect(
            info.map(\.uri.description) == [
                "http://wwww.example.com/alice/photo.jpg", "http://www.example.com/alice/?a=b",
            ])
        let ring = try Self.first(.alertInfo, "Alert-Info: <http://www.example.com/sounds/moo.wav>")
        #expect(ring?.uri.scheme == "http")
        let error = try Self.first(.errorInfo, "Error-Info: <sip:not-in-service-recording@atlanta.com>")
        #expect(error?.uri.user == "not-in-service-recording")
    }

    @Test func `a server's last word on a digest is read`() throws {
        let info = try #require(
            try Self.first(
                .authenticationInfo,
                #"Authentication-Info: nextnonce="47364c23432d2e131a5fb210812c", qop=auth, rspauth="ab""#))
        #expect(info.nextNonce == "47364c23432d2e131a5fb210812c" && info.responseDigest == "ab")
        #expect(info.description == #"nextnonce="47364c23432d2e131a5fb210812c", qop=auth, rspauth="ab""#)
        #expect(try Self.first(.authenticationInfo, "Authentication-Info:") == nil)
    }

    @Test func `what a body is for, and whether it is needed`() throws {
        #expect(try Self.first(.contentDisposition, "Content-Disposition: session") == .session)
        let image = try #require(try Self.first(.contentDisposition, "Content-Disposition: icon ; Handling=Optional"))
        #expect(image.isOptional && image.isNamed("ICON") && !SIPToken.session.isOptional)
    }

    @Test(arguments: [
        ("Sat, 13 Nov 2010 23:29:00 GMT", "2010-11-13T23:29:00Z"),
        ("Thu, 01 Jan 1970 00:00:00 GMT", "1970-01-01T00:00:00Z"),
        ("Thu, 29 Feb 2024 12:00:59 GMT", "2024-02-29T12:00:59Z"),
        ("Wed, 31 Dec 1969 23:59:59 GMT", "1969-12-31T23:59:59Z"),
    ])
    func `a date is read and written`(text: String, iso8601: String) throws {
        let date = try #require(try Self.first(.date, "Date: \(text)"))
        #expect(date == WallTime(iso8601: iso8601) && date.sipDate == text)
    }

    @Test(arguments: [
        "", "Sat, 13 Nov 2010 23:29:00 EST", "Saturday, 13-Nov-10 23:29:00 GMT", "Sat, 13 Nov 2010 24:29:00 GMT",
        "Sat, 13 nov 2010 23:29:00 GMT", "Sat, 41 Nov 2010 23:29:00 GMT", "Xxx, 13 Nov 2010 23:29:00 GMT",
        "Sat, 13 Nov 2010 23:29 GMT", "Sat, +1 Nov 2010 23:29:00 GMT", "Sat, 13 Nov 2010 23:29:00",
    ])
    func `what is no date is refused`(text: String) throws {
        #expect(try Self.first(.date, "Date: \(text)") == nil)
    }

    @Test func `calls that are answered are listed`() throws {
        let calls = try Self.all(.inReplyTo, "In-Reply-To: 70710@saturn.bell-tel.com, 17320@saturn.bell-tel.com")
        #expect(calls == ["70710@saturn.bell-tel.com", "17320@saturn.bell-tel.com"])
    }

    @Test func `text for people is UTF-8, and kept as it is`() throws {
        #expect(try Self.first(.organization, "Organization: Boxes by Bob – Füße ☎") == "Boxes by Bob – Füße ☎")
        #expect(try Self.first(.subject, "s: Besprechung über Größe") == "Besprechung über Größe")
        #expect(try Self.first(.mimeVersion, "MIME-Version: 1.0") == "1.0")
        #expect(try Self.first(.priority, "Priority: emergency") == .emergency)
        let caller = try Self.first(.replyTo, #"Reply-To: "Jürgen \"Ü\" Groß" <sip:j@example.com>"#)
        #expect(caller?.displayName == #"Jürgen "Ü" Groß"#)
        #expect(caller?.description == #""Jürgen \"Ü\" Groß" <sip:j@example.com>"#)
    }

    @Test func `a reason phrase of UTF-8 is kept`() throws {
        let message = try SIPMessage(text: "SIP/2.0 486 Besetzt – bitte später\n\n")
        #expect(message.reasonPhrase == "Besetzt – bitte später")
    }

    @Test(arguments: [
        ("18000;duration=3600", 18_000, nil, 3_600), ("120 (I'm in a meeting)", 120, "I'm in a meeting", nil),
        (#"5 (a (nested \) one)) ;duration=7;x"#, 5, "a (nested ) one)", 7), ("0", 0, nil, nil),
    ])
    func `when to try again is read`(text: String, seconds: Int, comment: String?, duration: Int?) throws {
        let wait = try #require(try Self.first(.retryAfter, "Retry-After: \(text)"))
        #expect(wait.seconds == seconds && wait.comment == comment && wait.duration == duration)
        #expect(try Self.first(.retryAfter, "Retry-After: \(wait)") == wait)
    }

    @Test(arguments: ["", "soon", "5 (open", "5 later", "99999999999", "-5"])
    func `what is no wait is refused`(text: String) throws {
        #expect(try Self.first(.retryAfter, "Retry-After: \(text)") == nil)
    }

    @Test func `extensions are equal in any case`() throws {
        let message = try SIPMessage(
            text: "OPTIONS sip:a@b SIP/2.0\nk: 100REL,timer\nSupported: x\nRequire: Replaces\n\n")
        #expect(message.all(.supported) == [.reliableProvisional, .timer, "x"] && message[.require] == .replaces)
        #expect(Set(message.all(.supported)).contains("100rel"))
        #expect(try Self.all(.proxyRequire, "Proxy-Require: foo, b a r") == ["foo"])
    }

    @Test(
        arguments: [
            ("54", Duration.seconds(54), nil), ("54.25 1.5", .milliseconds(54_250), .milliseconds(1_500)),
            ("0.000001", .microseconds(1), nil), ("7. .5", .seconds(7), .milliseconds(500)),
        ] as [(String, Duration, Duration?)])
    func `a time stamp is read`(text: String, time: Duration, delay: Duration?) throws {
        let stamp = try #require(try Self.first(.timestamp, "Timestamp: \(text)"))
        #expect(stamp == SIPTimestamp(time, delay: delay))
        #expect(try Self.first(.timestamp, "Timestamp: \(stamp)") == stamp)
    }

    @Test(arguments: ["", ".", "-1", "1 x", "1 2 3", "9999999999999999999999"])
    func `what is no time stamp is refused`(text: String) throws {
        #expect(try Self.first(.timestamp, "Timestamp: \(text)") == nil)
    }

    @Test(
        arguments: [
            ("HomeServer v2", [.product("HomeServer", version: nil), .product("v2", version: nil)]),
            (
                "Softphone/1.5 (Linux; (x86)) lib/2",
                [
                    .product("Softphone", version: "1.5"), .comment("Linux; (x86)"), .product("lib", version: "2"),
                ]
            ),
            ("Polycom@VVX", nil), ("", nil), ("(open", nil), ("a/ b", nil),
        ] as [(String, [SIPSoftware.Part]?)])
    func `software is read by product`(text: String, parts: [SIPSoftware.Part]?) throws {
        let software = try #require(try Self.first(.userAgent, "User-Agent: \(text)"))
        #expect(software.rawValue == text && software.parts == parts)
        if let parts { #expect(SIPSoftware(parts).parts == parts) }
    }

    @Test func `warnings are read with their code, agent and text`() throws {
        let lines = #"""
            Warning: 307 isi.edu "Session parameter 'foo' not understood", 301 [2001:db8::1]:5060 "a, \"b\""
            """#
        let warnings = try Self.all(.warning, lines)
        #expect(warnings.map(\.code) == [307, 301] && warnings.map(\.agent) == ["isi.edu", "[2001:db8::1]:5060"])
        #expect(warnings.map(\.text) == ["Session parameter 'foo' not understood", #"a, "b""#])
        #expect(warnings.last?.description == #"301 [2001:db8::1]:5060 "a, \"b\"""#)
    }

    @Test(arguments: [
        "", "1812 overture", "307 isi.edu", "307 isi.edu text", "30 a \"b\"", "037 a \"b\"", "3070 a \"b\"",
        "307 \"b\"", "307 a \"b",
    ])
    func `what is no warning is refused`(text: String) throws {
        #expect(try Self.first(.warning, "Warning: \(text)") == nil)
    }

    private static func message(_ line: String) throws -> SIPMessage {
        try SIPMessage(text: "OPTIONS sip:a@b SIP/2.0\n\(line)\n\n")
    }

    private static func first<Value>(_ name: SIPHeaderName<Value>, _ line: String) throws -> Value? {
        try self.message(line)[name]
    }

    private static func all<Value>(_ name: SIPHeaderName<Value>, _ line: String) throws -> [Value] {
        try self.message(line).all(name)
    }
}
