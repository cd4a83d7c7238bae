import ResourceManager
import SIP
import Testing

/// How messages of a leg find their way. RFC 3261 §16.
@Suite struct RoutingTests {
    /// A leg that stands, and the Route that its later requests carry.
    static func establish(_ scene: inout Scene, leg: String = "leg-a") throws -> String {
        let invite = try scene.send(request(leg: leg)).only()
        _ = try scene.send(invite.message.answered(.ok), from: invite.to).only()
        let route = try #require(invite.message[.recordRoute])
        return "Route: \(route)\n"
    }

    @Test func `a response loses our Via and goes back to the port that the request came from`() throws {
        var scene = Scene()
        let source = Endpoint(ipv4: 0x0A00_0002, port: 40_000)
        let invite = try scene.send(request(), from: source).only()
        for status in [SIPStatus.trying, .ringing, .ok] {
            let response = try scene.send(invite.message.answered(status), from: invite.to).only()
            #expect(response.to == source)
            #expect(response.message.status == status)
            #expect(response.message.all(.via).map(\.branch) == ["z9hG4bKone"])
        }
    }

    @Test func `a response that did not come by us is dropped`() throws {
        var scene = Scene()
        #expect(scene.send(try request().answered(.ok), from: Scene.first).isEmpty)
    }

    @Test(arguments: ["INFO", "INVITE", "ACK", "BYE", "UPDATE"])
    func `requests of a leg lose our Route and go to its media server`(method: String) throws {
        var scene = Scene()
        let route = try Self.establish(&scene)
        let sent = try scene.send(
            request(method, uri: "sip:Genesys@10.0.0.11:5080", toTag: "mcp", branch: "z9hG4bKtwo", cseq: 2, more: route)
        ).only()
        #expect(sent.to == Scene.first)
        #expect(sent.message.all(.route).isEmpty)
        #expect(sent.message.requestURI?.description == "sip:Genesys@10.0.0.11:5080")
        #expect(sent.message[.maxForwards] == 69)
        #expect(sent.message.all(.via).count == 2)
        #expect((sent.message[.recordRoute] != nil) == (method == "INVITE"))
    }

    @Test func `a media server that names itself by a contact of no use is reached all the same`() throws {
        var scene = Scene()
        let route = try Self.establish(&scene)
        let sent = try scene.send(
            request("INFO", uri: "sip:Genesys@mcp.example.com", toTag: "mcp", branch: "z9hG4bK2", cseq: 2, more: route))
        #expect(try sent.only().to == Scene.first)
    }

    @Test func `requests of the media server go back to who asked for the leg`() throws {
        var scene = Scene()
        let route = try Self.establish(&scene)
        let bye = try message(
            """
            BYE sip:7001@10.0.0.2:5060 SIP/2.0
            Via: SIP/2.0/UDP 10.0.0.11:5080;branch=z9hG4bKmcp
            From: <sip:msml=x@10.0.0.1:5070>;tag=mcp
            To: <sip:7001@10.0.0.2>;tag=sips
            Call-ID: leg-a
            CSeq: 1 BYE
            \(route)Max-Forwards: 70


            """)
        let sent = try scene.send(bye, from: Scene.first).only()
        #expect(sent.to == Scene.client)
        let response = try scene.send(sent.message.answered(.ok), from: Scene.client).only()
        #expect(response.to == Scene.first)
    }

    @Test func `CANCEL and the ACK of a refusal go the way of their INVITE, under its branch`() throws {
        var scene = Scene()
        let invite = try scene.send(request()).only()
        let cancel = try scene.send(request("CANCEL")).only()
        _ = scene.send(invite.message.answered(.requestTerminated), from: invite.to)
        let ack = try scene.send(request("ACK", toTag: "mcp")).only()
        for sent in [cancel, ack] {
            #expect(sent.to == invite.to)
            #expect(sent.message[.via]?.branch == invite.message[.via]?.branch)
        }
    }

    @Test func `different transactions get different branches, also those without the magic cookie`() throws {
        var scene = Scene()
        let route = try Self.establish(&scene)
        var branches: [String?] = []
        for (branch, cseq) in [("z9hG4bKa", 2), ("z9hG4bKb", 3), ("old", 4), ("old", 5)] {
            let sent = try scene.send(
                request("INFO", uri: "sip:10.0.0.11:5080", toTag: "mcp", branch: branch, cseq: cseq, more: route))
            branches.append(try sent.only().message[.via]?.branch)
        }
        #expect(Set(branches).count == 4)
    }

    @Test func `a leg of before a restart is still carried by what its messages say`() throws {
        var before = Scene()
        let route = try Self.establish(&before)
        var scene = Scene()
        let info = try request("INFO", uri: "sip:Genesys@10.0.0.11:5080", toTag: "mcp", cseq: 2, more: route)
        #expect(try scene.send(info).only().to == Scene.first)
    }

    @Test func `nobody but media servers is relayed to`() throws {
        var scene = Scene()
        let route = try Self.establish(&scene)
        let stranger = try request(
            "INFO", uri: "sip:victim@192.0.2.66", leg: "unknown", toTag: "x", cseq: 2, more: route)
        #expect(try scene.send(stranger).only().message.status == .callDoesNotExist)
    }

    @Test(arguments: [
        ("CANCEL", "", SIPStatus.callDoesNotExist),
        ("BYE", "", .methodNotAllowed),
        ("REGISTER", "", .methodNotAllowed),
        ("SUBSCRIBE", "", .methodNotAllowed),
        ("INVITE", "Proxy-Require: foo\n", .badExtension),
        ("INVITE", "Route: <nonsense\n", .badRequest),
    ])
    func `what cannot be carried is answered`(method: String, more: String, status: SIPStatus) throws {
        var scene = Scene()
        let answer = try scene.send(request(method, leg: "unknown", more: more)).only()
        #expect(answer.to == Scene.client)
        #expect(answer.message.status == status)
        if status == .badExtension { #expect(answer.message.field("Unsupported") == "foo") }
        if status == .methodNotAllowed { #expect(answer.message.field("Allow")?.contains("INVITE") == true) }
    }

    @Test func `a request without a hop left is refused`() throws {
        var scene = Scene()
        var invite = try request()
        invite[.maxForwards] = 0
        #expect(try scene.send(invite).only().message.status == .tooManyHops)
        invite[.maxForwards] = 1
        #expect(try scene.send(invite).only().message[.maxForwards] == 0)
    }

    @Test func `a request that never counted its hops begins to`() throws {
        var scene = Scene()
        var invite = try request()
        invite.setField("Max-Forwards", to: nil)
        #expect(try scene.send(invite).only().message[.maxForwards] == 70)
    }

    @Test func `a URI of another scheme and a CSeq of another method are refused`() throws {
        var scene = Scene()
        #expect(try scene.send(request(uri: "tel:+4930123")).only().message.status == .unsupportedURIScheme)
        var invite = try request()
        invite[.cseq] = SIPCSeq(1, .info)
        #expect(try scene.send(invite).only().message.status == .badRequest)
    }

    @Test func `the same refusal has the same tag, and its ACK is carried nowhere`() throws {
        var scene = Scene([])
        let first = try scene.send(request()).only().message
        #expect(try scene.send(request()).only().message == first)
        #expect(scene.send(try request("ACK", toTag: first[.to]?.tag)).isEmpty)
    }

    @Test func `who asks for our abilities is told`() throws {
        var scene = Scene()
        var options = try request("OPTIONS", uri: "sip:10.0.0.1:5070", leg: "ping")
        options[.maxForwards] = 0
        let answer = try scene.send(options).only().message
        #expect(answer.status == .ok)
        #expect(answer.field("Allow") == "INVITE, ACK, CANCEL, BYE, INFO, OPTIONS")
    }

    @Test func `an ACK with no hop left is dropped`() throws {
        var scene = Scene()
        var ack = try request("ACK", toTag: "mcp")
        ack[.maxForwards] = 0
        #expect(scene.send(ack).isEmpty)
    }
}
