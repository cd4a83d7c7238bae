import ResourceManager
import SIP
import Testing

/// How the legs of a recording come to a media server.
@Suite struct PlacementTests {
    @Test func `a leg is carried to a media server, with all that the way back and the recording need`() throws {
        var scene = Scene()
        let sent = try scene.send(request(), from: Endpoint(ipv4: 0x0A00_0002, port: 40_000)).only()
        #expect(sent.to == Scene.first)
        let branch = try #require(sent.message[.via]?.branch)
        let route = try #require(sent.message[.recordRoute]?.uri.user)
        let session = try #require(sent.message.field("X-Genesys-GVP-Session-ID"))
        #expect(route.wholeMatch(of: /0x[0-9a-f]{8}/) != nil)
        #expect(session.wholeMatch(of: /[0-9A-F]{8}-[0-9A-F]{8}/) != nil)
        #expect(branch.hasPrefix("z9hG4bK"))
        #expect(
            sent.message.description
                == """
                INVITE sip:msml=\(Scene.conference)@10.0.0.11:5080;dn=7001;record;tenant-dbid=1;media-service=record SIP/2.0\r
                Via: SIP/2.0/UDP 10.0.0.1:5070;branch=\(branch);rport\r
                Via: SIP/2.0/UDP 10.0.0.2:5060;branch=z9hG4bKone;rport=40000;received=10.0.0.2\r
                From: <sip:7001@10.0.0.2>;tag=sips\r
                To: <sip:msml=\(Scene.conference)@10.0.0.1:5070>\r
                Call-ID: leg-a\r
                CSeq: 1 INVITE\r
                Contact: <sip:7001@10.0.0.2:5060>\r
                Max-Forwards: 69\r
                Content-Length: 0\r
                X-Genesys-gsw-ivr-profile-name: record\r
                X-Genesys-GVP-Session-ID: \(session)\r
                Record-Route: <sip:\(route)@10.0.0.1:5070;lr;gvp.rm.datanodes=1;confinstid=\(Scene.conference)>\r
                \r

                """)
    }

    @Test func `all legs of a conference meet on one media server, under one session id`() throws {
        var scene = Scene()
        let one = try scene.send(request(leg: "leg-a")).only()
        let two = try scene.send(request(leg: "leg-b")).only()
        #expect(one.to == two.to)
        #expect(scene.machine.mediaServer(of: Scene.conference) == one.to)
        let sessions = [one, two].map { $0.message.field("X-Genesys-GVP-Session-ID") }
        #expect(sessions[0] == sessions[1])
    }

    @Test func `another conference goes to another media server`() throws {
        var scene = Scene()
        let one = try scene.send(request()).only()
        let two = try scene.send(request(uri: "sip:msml=55c29460000054b3@10.0.0.1:5070;dn=7002;record", leg: "leg-b"))
            .only()
        #expect([one.to, two.to] == [Scene.first, Scene.second])
    }

    @Test func `a retransmission is carried again, byte for byte, and takes no second place`() throws {
        var scene = Scene([MediaResource(name: "mcp1", endpoint: Scene.first, capacity: 2)])
        let first = try scene.send(request()).only()
        let again = try scene.send(request()).only()
        #expect(first.message == again.message)
        #expect(try scene.send(request(uri: "sip:msml=other@rm;record", leg: "leg-b")).only().to == Scene.first)
    }

    @Test(arguments: [
        "sip:msml=55c29460000054b3@rm.example.com;transport=tcp;dn=8463376;record;tenant-dbid=1;media-service=record",
        "sip:msml=024V994RFGFQNEKK3CSH5B5AES00GJ4L@rm.example.com:5070;transport=tcp;dn=7800000;record;tenant-dbid=1;media-service=record",
        "sip:msml=x@10.0.0.1:5070;dn=7001;record",
        "sip:msml=x@10.0.0.1:5070;media-service=record",
    ])
    func `request URIs seen in the field are served`(uri: String) throws {
        var scene = Scene()
        let sent = try scene.send(request(uri: uri)).only()
        #expect(sent.to == Scene.first)
        #expect(sent.message.requestURI?.endpoint == Scene.first)
        #expect(sent.message.requestURI?.parameters == SIPURI(uri)?.parameters)
    }

    @Test(arguments: [
        "sip:7001@10.0.0.1:5070",
        "sip:10.0.0.1:5070",
        "sip:msml=@10.0.0.1:5070;record",
        "sip:msml=a%3Bb@10.0.0.1:5070;record",
        "sip:msml=x@10.0.0.1:5070",
        "sip:msml=x@10.0.0.1:5070;record;tenant-dbid=2",
        "sip:msml=x@10.0.0.1:5070;record;tenant-dbid=one",
        "sip:msml=x@10.0.0.1:5070;record;media-service=treatment",
    ])
    func `another tenant, another service and no conference are not found`(uri: String) throws {
        var scene = Scene()
        let answer = try scene.send(request(uri: uri)).only()
        #expect(answer.to == Scene.client)
        #expect(answer.message.status == .notFound)
        #expect(answer.message[.to]?.tag != nil)
    }

    @Test func `without a media server that has room there is no service`() throws {
        var none = Scene([])
        #expect(try none.send(request()).only().message.status == .serviceUnavailable)
        var full = Scene([MediaResource(name: "mcp1", endpoint: Scene.first, capacity: 1)])
        _ = full.send(try request())
        let other = try request(uri: "sip:msml=other@rm;record", leg: "leg-x")
        #expect(try full.send(other).only().message.status == .serviceUnavailable)
        #expect(full.reports.contains { $0.level == .alarm && $0.name == "mediaServer.none" })
    }

    @Test func `the second leg of a conference is placed even where its media server is full`() throws {
        var scene = Scene([MediaResource(name: "mcp1", endpoint: Scene.first, capacity: 1)])
        _ = scene.send(try request(leg: "leg-a"))
        #expect(try scene.send(request(leg: "leg-b")).only().to == Scene.first)
    }

    @Test func `the least used media server is chosen, and legs that are over do not count`() throws {
        var scene = Scene(selection: LeastUsed())
        let one = try request(uri: "sip:msml=one@rm;record", leg: "leg-1")
        let forwarded = try scene.send(one).only()
        #expect(forwarded.to == Scene.first)
        #expect(try scene.send(request(uri: "sip:msml=two@rm;record", leg: "leg-2")).only().to == Scene.second)
        _ = scene.send(forwarded.message.answered(.busyHere), from: Scene.first)
        #expect(try scene.send(request(uri: "sip:msml=three@rm;record", leg: "leg-3")).only().to == Scene.first)
    }

    @Test func `round robin takes turns even when the number of candidates changes`() {
        var selection = RoundRobin()
        let servers = (1...3).map { MediaResource(name: "mcp\($0)", endpoint: .loopback(UInt16($0))) }
        #expect(
            (0..<4).map { _ in selection.select(for: "c", among: servers)?.name } == ["mcp1", "mcp2", "mcp3", "mcp1"])
        #expect(selection.select(for: "c", among: []) == nil)
        #expect(selection.select(for: "c", among: Array(servers.prefix(1)))?.name == "mcp1")
    }

    @Test func `a choice that is no candidate places nothing`() throws {
        struct Wrong: MediaResourceSelection {
            mutating func select(for conference: String, among resources: [MediaResource]) -> MediaResource? {
                MediaResource(name: "elsewhere", endpoint: .loopback(9))
            }
        }
        var scene = Scene(selection: Wrong())
        #expect(try scene.send(request()).only().message.status == .serviceUnavailable)
    }
}
