import CallCore
import SIP
import TestSupport
import Testing

@Suite struct SIPMultipartTests {
    @Test func `a description is found in parts of parts`() throws {
        let message = try Fixture.message("invite.multipart")
        let body = try #require(message.body)
        let multipart = try #require(SIPMultipart(body))
        #expect(multipart.type == "multipart/mixed" && multipart.parts.count == 3)
        #expect(multipart.parts.map { $0[.contentDisposition]?.isOptional } == [true, nil, true])
        #expect(multipart.parts.map(\.contentID) == [nil, "session@10.0.0.7", nil])
        #expect(multipart.parts.map(\.isPlain) == [false, true, true])
        let inner = try #require(SIPMultipart(multipart.parts[1].body))
        #expect(inner.parts.first?.body.text == "--outer is no boundary of this part, nor is\r\n--inner boundary")
        let description = try #require(body.part(of: "application/sdp"))
        #expect(description.text.hasPrefix("v=0\r\n") && description.text.hasSuffix("telephone-event/8000\r\n"))
        #expect(
            body.part(of: "application/pidf+xml")?.text.contains("pres:7001") == true && body.part(of: "a/b") == nil)
        // What is encoded cannot be read as it is.
        #expect(body.part(of: "image/png") == nil)
    }

    @Test func `the second part of RFC 2046's example ends with a line break, the first does not`() throws {
        let text = """
            This is the preamble.  It is to be ignored, though it
            is a handy place for composition agents to include an
            explanatory note to non-MIME conformant readers.

            --simple boundary

            This is implicitly typed plain US-ASCII text.
            It does NOT end with a linebreak.
            --simple boundary
            Content-type: text/plain; charset=us-ascii

            This is explicitly typed plain US-ASCII text.
            It DOES end with a linebreak.

            --simple boundary--

            This is the epilogue.  It is also to be ignored.
            """
        let type = #"multipart/mixed; boundary="simple boundary""#
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        for lineEnd in ["\n", "\r\n"] {
            let body = SIPBody(type: type, text: lines.joined(separator: lineEnd))
            let parts = try #require(SIPMultipart(body)).parts
            #expect(parts.count == 2 && parts[0].fields.isEmpty && parts[0].body.type == "text/plain")
            #expect(parts[0].body.text.hasSuffix("NOT end with a linebreak."))
            #expect(parts[1].body.text.hasSuffix("DOES end with a linebreak.\(lineEnd)"))
            #expect(parts[1][.contentType]?.parameters["charset"] == "us-ascii")
        }
    }

    @Test func `a recording session's description and metadata are one body`() throws {
        let received = try #require(try Fixture.message("invite.siprec").body)
        #expect(received.part(of: "application/rs-metadata")?.text.contains("<datamode>complete") == true)
        let description = try #require(received.part(of: "application/sdp"))
        let metadata = SIPBody(type: "application/rs-metadata+xml", text: "<recording/>")
        let built = SIPMultipart(
            "multipart/mixed",
            [
                SIPBodyPart(description),
                SIPBodyPart(metadata, disposition: .recordingSession, contentID: "m@example.com"),
            ])
        let expected = [
            "--part-1", "Content-Type: application/sdp", "", description.text, "--part-1",
            "Content-Type: application/rs-metadata+xml", "Content-Disposition: recording-session",
            "Content-ID: <m@example.com>", "", "<recording/>", "--part-1--", "",
        ]
        #expect(built.body.text == expected.joined(separator: "\r\n"))
        #expect(built.body.type == "multipart/mixed;boundary=part-1" && SIPMultipart(built.body) == built)
    }

    @Test func `a boundary stands in none of the parts`() throws {
        let inner = SIPMultipart("multipart/alternative", [SIPBodyPart(SIPBody(type: "text/plain", text: "--part-2"))])
            .body
        let outer = SIPMultipart("multipart/mixed", [SIPBodyPart(inner), SIPBodyPart(inner)])
        #expect(inner.type.hasSuffix("part-1") && outer.body.type.hasSuffix("part-3"))
        #expect(SIPMultipart(outer.body) == outer && outer.body.part(of: "text/plain")?.text == "--part-2")
    }

    @Test func `the last alternative is the best`() {
        let bodies = ["one", "two"].map { SIPBodyPart(SIPBody(type: "text/plain", text: $0)) }
        #expect(SIPMultipart("multipart/alternative", bodies).body.part(of: "text/plain")?.text == "two")
        #expect(SIPMultipart("multipart/related", bodies).body.part(of: "text/plain")?.text == "one")
    }

    @Test func `a body without a last boundary is read to its end`() {
        let body = SIPBody(type: "multipart/mixed;boundary=b", text: "--b\nContent-Type: a/b\n\nx\n--b\n\ny")
        #expect(SIPMultipart(body)?.parts.map(\.body.text) == ["x", "y"])
    }

    @Test(arguments: [
        ("text/plain;boundary=b", "--b\n\nx\n--b--"), ("multipart/mixed", "--b\n\nx\n--b--"),
        ("multipart/mixed;boundary=b", ""),
        ("multipart/mixed;boundary=\"\"", "--\n\nx\n----"), ("multipart/mixed;boundary=b", "--bb\n\nx\n--bb--"),
        ("multipart/mixed;boundary=b", "--b\nno field\n\nx\n--b--"), ("multipart/mixed;boundary=b", "--b--"),
        ("multipart/mixed;boundary=b", " --b\n\nx"), ("multipart/mixed;boundary=b", "--b\n: x\n\ny"),
    ])
    func `what has no parts is refused`(type: String, text: String) {
        #expect(SIPMultipart(SIPBody(type: type, text: text)) == nil)
    }

    @Test func `parts are bounded in number, depth and fields`() {
        func body(_ count: Int) -> SIPBody {
            SIPMultipart(
                "multipart/mixed", Array(repeating: SIPBodyPart(SIPBody(type: "a/b", bytes: [])), count: count)
            ).body
        }
        #expect(SIPMultipart(body(64))?.parts.count == 64 && SIPMultipart(body(65)) == nil)
        var nested = SIPBody(type: "application/sdp", text: "v=0")
        for depth in 1...12 {
            nested = SIPMultipart("multipart/mixed", [SIPBodyPart(nested)]).body
            #expect((nested.part(of: "application/sdp") != nil) == (depth <= 8))
        }
        let fields = String(repeating: "a: b\n", count: 33)
        #expect(SIPMultipart(SIPBody(type: "multipart/mixed;boundary=b", text: "--b\n\(fields)\nx\n--b--")) == nil)
    }

    @Test(arguments: [
        ("application/isup", nil, true), ("application/isup", "signal;handling=required", false),
        ("application/isup", "signal;handling=optional", true), ("application/sdp", "session;handling=required", true),
        ("multipart/mixed", "render;handling=required", false),
    ])
    func `only what is required must be readable`(type: String, disposition: String?, isReadable: Bool) {
        let other = SIPBodyPart(
            SIPBody(type: type, text: "x"), disposition: disposition.map { SIPToken(stringLiteral: $0) })
        let description = SIPBodyPart(SIPBody(type: "application/sdp", text: "v=0"))
        let body = SIPMultipart("multipart/mixed", [description, other]).body
        #expect(body.isReadable(by: ["application/sdp"]) == isReadable)
        #expect(SIPMultipart("multipart/alternative", [description, other]).body.isReadable(by: ["application/sdp"]))
        #expect(!SIPBody(type: "text/plain", text: "").isReadable(by: ["application/sdp"]))
    }

    @Test func `damaged parts never trap`() throws {
        var mutations = Mutations(seed: 2_046)
        for name in ["invite.multipart", "invite.siprec"] {
            let body = try #require(try Fixture.message(name).body)
            for _ in 0..<3_000 {
                let bytes = mutations.next(of: body.bytes, inserting: Array("\r\n-:;= \"\\\t\0\u{FF}".utf8))
                let damaged = SIPBody(type: body.type, bytes: bytes)
                _ = (damaged.part(of: "application/sdp"), damaged.isReadable(by: ["application/sdp"]))
                guard let multipart = SIPMultipart(damaged) else { continue }
                #expect(SIPMultipart(multipart.body)?.parts.count == multipart.parts.count)
            }
        }
    }
}
