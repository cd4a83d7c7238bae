import ResourceManager
import SIP
import TestSupport
import Testing

@Suite struct HostileInputTests {
    @Test func `damaged messages never trap, and what is carried on is a message`() throws {
        var first = Scene()
        let route = try RoutingTests.establish(&first)
        let originals = [
            try request(), try request("CANCEL"),
            try request("INFO", uri: "sip:10.0.0.11:5080", toTag: "mcp", cseq: 2, more: route),
            try request("BYE", uri: "sip:10.0.0.11:5080", toTag: "mcp", cseq: 3, more: route),
            try first.send(request()).only().message.answered(.ok),
        ].map { $0.encoded() }
        var mutations = Mutations(seed: 0x4E50)
        var scene = Scene()
        for round in 0..<20_000 {
            let bytes = mutations.next(
                of: originals[round % originals.count], inserting: Array("<>;=:@,\" \r\n0aZ".utf8))
            guard let damaged = try? SIPMessage(parsing: bytes.span) else { continue }
            for sent in scene.send(damaged, from: round % 3 == 0 ? Scene.first : Scene.client) {
                let written = sent.message.encoded()
                _ = try SIPMessage(parsing: written.span)
            }
        }
    }
}
