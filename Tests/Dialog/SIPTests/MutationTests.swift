import CallCore
import SIP
import Testing

@Suite struct MutationTests {
    @Test(arguments: Fixture.names)
    func `damaged messages never trap`(name: String) throws {
        let original = try Fixture.bytes(name)
        var random = TokenGenerator(seed: UInt64(name.utf8.count) &* 7_919)
        var agent = SIPUserAgent(localEndpoint: .loopback(5060), seed: 1, product: "Test")
        for _ in 0..<2_000 {
            let bytes = Self.damage(original, &random)
            guard let message = try? SIPMessage(parsing: bytes.span) else { continue }
            Self.readEverything(message)
            _ = agent.handle(.received(message, from: .loopback(5062)), at: .zero)
            var decoder = SIPStreamDecoder()
            decoder.append(bytes.span)
            _ = try? decoder.next()
        }
    }

    private static func damage(_ original: [UInt8], _ random: inout TokenGenerator) -> [UInt8] {
        var bytes = original
        for _ in 0..<Int.random(in: 1...6, using: &random) where !bytes.isEmpty {
            let place = Int.random(in: 0..<bytes.count, using: &random)
            let telling = Array("\r\n\t \"\\<>;:,=@?[]/%*\0\u{80}9-".utf8)
            switch Int.random(in: 0..<5, using: &random) {
            case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            case 1: bytes[place] = telling.randomElement(using: &random) ?? 0
            case 2: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...20, using: &random)))
            case 3: bytes.insert(telling.randomElement(using: &random) ?? 0, at: place)
            default: bytes.removeSubrange(place...)
            }
        }
        return bytes
    }

    /// Asks for every header in every type, changes the message and writes it.
    private static func readEverything(_ message: SIPMessage) {
        _ = (message.all(.via), message.all(.from), message.all(.to), message.all(.contact), message.all(.route))
        _ = (message.all(.recordRoute), message[.cseq], message[.expires], message.all(.allow), message.all(.warning))
        _ = (message.fields, message.requestURI?.endpoint, message.method, message.body, message.reasonPhrase)
        var changed = message
        changed.removeFirst(.via)
        changed.prepend(SIPVia(.loopback(5060), branch: "z9hG4bK"), to: .via)
        changed[.contact] = SIPAddress.wildcard
        changed.body = nil
        let response = SIPMessage(response: .ok, to: changed, tag: "tag")
        _ = (changed.encoded(), response.encoded())
    }
}
