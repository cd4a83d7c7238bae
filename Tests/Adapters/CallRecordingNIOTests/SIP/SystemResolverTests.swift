import CallCore
import CallRecordingNIO
import SIP
import Testing

@Suite struct SystemResolverTests {
    @Test func `the machine's own name is found in its files`() async throws {
        let addresses = try await SystemResolver().addresses(of: "localhost")
        #expect(addresses.contains(.loopback(0)) || addresses.contains(Endpoint(ipv6: 1, port: 0)))
        #expect(Set(addresses).count == addresses.count)
    }

    @Test func `a host name and a port are a target`() async throws {
        var search = SIPServerSearch(
            for: SIPURI(host: "localhost", port: 5090), over: [.udp, .tcp], tokens: TokenGenerator(seed: 1))
        let target = try await SystemResolver().nextTarget(of: &search)
        #expect(target?.wire == .udp && target?.endpoint.port == 5_090 && target?.domain == "localhost")
    }

    @Test func `numeric addresses stay what they are`() async throws {
        #expect(try await SystemResolver().addresses(of: "192.0.2.7") == [Endpoint(ipv4: 0xC000_0207, port: 0)])
        #expect(
            try await SystemResolver().addresses(of: "2001:db8::7") == [Endpoint(ipv6: 0x2001_0DB8 << 96 | 7, port: 0)])
    }

    @Test func `services and rules are not known to the system`() async throws {
        let resolver = SystemResolver()
        #expect(try await resolver.rules(of: "localhost").isEmpty)
        #expect(try await resolver.servers(of: "_sip._udp.localhost").isEmpty)
    }
}
