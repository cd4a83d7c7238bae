import ResourceManager
import SIP
import Testing

/// How long a conference stays where it was placed.
@Suite struct PinTests {
    static func hangUp(_ scene: inout Scene, leg: String, route: String) throws {
        let bye = try scene.send(
            request(
                "BYE", uri: "sip:10.0.0.11:5080", leg: leg, toTag: "mcp", branch: "z9hG4bK\(leg)", cseq: 2, more: route)
        ).only()
        _ = try scene.send(bye.message.answered(.ok), from: bye.to).only()
    }

    @Test func `a pin stays until the last leg's BYE has been answered`() throws {
        var scene = Scene()
        let route = try RoutingTests.establish(&scene, leg: "leg-a")
        _ = try RoutingTests.establish(&scene, leg: "leg-b")
        try Self.hangUp(&scene, leg: "leg-a", route: route)
        #expect(scene.machine.mediaServer(of: Scene.conference) == Scene.first)
        try Self.hangUp(&scene, leg: "leg-b", route: route)
        #expect(scene.machine.mediaServer(of: Scene.conference) == nil)
    }

    @Test func `a BYE that is sent again after its answer still finds the media server`() throws {
        var scene = Scene()
        let route = try RoutingTests.establish(&scene)
        try Self.hangUp(&scene, leg: "leg-a", route: route)
        try Self.hangUp(&scene, leg: "leg-a", route: route)
        #expect(scene.machine.mediaServer(of: Scene.conference) == nil)
    }

    @Test func `a BYE that nobody answers ends the leg when its retransmissions are over`() throws {
        var scene = Scene()
        let route = try RoutingTests.establish(&scene)
        _ = scene.send(try request("BYE", uri: "sip:10.0.0.11:5080", toTag: "mcp", cseq: 2, more: route))
        #expect(scene.machine.mediaServer(of: Scene.conference) == Scene.first)
        scene.fire(upTo: .seconds(32), after: .seconds(32))
        #expect(scene.machine.mediaServer(of: Scene.conference) == nil)
    }

    @Test func `a leg that the media server refuses leaves no pin`() throws {
        var scene = Scene()
        let invite = try scene.send(request()).only()
        _ = scene.send(invite.message.answered(.notAcceptableHere), from: invite.to)
        #expect(scene.machine.mediaServer(of: Scene.conference) == nil)
    }

    @Test func `a re-INVITE that is refused changes nothing`() throws {
        var scene = Scene()
        let route = try RoutingTests.establish(&scene)
        let again = try scene.send(
            request(uri: "sip:10.0.0.11:5080", toTag: "mcp", branch: "z9hG4bK2", cseq: 2, more: route)
        ).only()
        _ = scene.send(again.message.answered(.requestPending), from: again.to)
        #expect(scene.machine.mediaServer(of: Scene.conference) == Scene.first)
    }

    @Test func `an INVITE that is never answered is given up after three minutes`() throws {
        var scene = Scene()
        _ = scene.send(try request())
        scene.fire(upTo: .seconds(185), after: .seconds(185))
        #expect(scene.machine.mediaServer(of: Scene.conference) == nil)
        #expect(scene.reports.last?.name == "leg.unanswered")
    }

    @Test func `a leg that was answered outlives the timer of its INVITE`() throws {
        var scene = Scene()
        _ = try RoutingTests.establish(&scene)
        scene.fire(upTo: .seconds(185), after: .seconds(185))
        #expect(scene.machine.mediaServer(of: Scene.conference) == Scene.first)
    }

    @Test func `a pin is dropped when nothing was said for a day, and not before`() throws {
        var scene = Scene()
        let route = try RoutingTests.establish(&scene)
        scene.now = scene.now.advanced(by: .seconds(3_600))
        _ = scene.send(try request("INFO", uri: "sip:10.0.0.11:5080", toTag: "mcp", cseq: 2, more: route))
        scene.fire(upTo: .seconds(86_400), after: .seconds(82_800))
        #expect(scene.machine.mediaServer(of: Scene.conference) == Scene.first)
        scene.fire(upTo: .seconds(3_600), after: .seconds(3_600))
        #expect(scene.machine.mediaServer(of: Scene.conference) == nil)
        #expect(scene.reports.last?.name == "conference.aged")
    }

    @Test func `timers of a conference that is long over change nothing for its successor`() throws {
        var scene = Scene()
        let route = try RoutingTests.establish(&scene)
        try Self.hangUp(&scene, leg: "leg-a", route: route)
        _ = try RoutingTests.establish(&scene)
        scene.fire(upTo: .seconds(185), after: .seconds(185))
        #expect(scene.machine.mediaServer(of: Scene.conference) == Scene.second)
    }
}
