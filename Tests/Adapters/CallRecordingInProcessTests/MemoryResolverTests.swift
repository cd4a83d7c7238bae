import CallCore
import CallRecordingInProcess
import SIP
import Testing

@Suite struct MemoryResolverTests {
    private var resolver = MemoryResolver()

    init() {
        self.resolver.add(
            NAPTRRecord(order: 1, preference: 1, service: "SIP+D2T", replacement: "_sip._tcp.example.com."),
            to: "Example.com")
        self.resolver.add(
            SRVRecord(priority: 1, weight: 0, port: 5070, target: "one.example.com"), to: "_sip._tcp.example.com")
        self.resolver.add(
            SRVRecord(priority: 2, weight: 0, port: 5080, target: "two.example.com"), to: "_sip._tcp.example.com")
        self.resolver.add(.loopback(9), to: "two.example.com")
    }

    @Test func `a request's targets are found one after the other`() async throws {
        var search = SIPServerSearch(
            for: SIPURI(host: "example.com"), over: [.udp, .tcp], tokens: TokenGenerator(seed: 1))
        let target = try await self.resolver.nextTarget(of: &search)
        #expect(target == SIPTarget(wire: .tcp, endpoint: .loopback(5080), domain: "example.com"))
        #expect(try await self.resolver.nextTarget(of: &search) == nil)
    }

    @Test func `who answers nothing is told of only where no other place is left`() async throws {
        let uri = SIPURI(host: "example.com")
        var search = SIPServerSearch(for: uri, over: [.udp], tokens: TokenGenerator(seed: 1))
        let deaf = DeafResolver(hasAddresses: true)
        #expect(try await deaf.nextTarget(of: &search)?.endpoint == .loopback(5060))
        var hopeless = SIPServerSearch(for: uri, over: [.udp], tokens: TokenGenerator(seed: 1))
        await #expect(throws: TransportError(.timedOut, "")) {
            _ = try await DeafResolver(hasAddresses: false).nextTarget(of: &hopeless)
        }
    }
}

/// Gets no answer, but perhaps to questions for addresses.
private struct DeafResolver: SIPResolver {
    var hasAddresses: Bool

    func rules(of domain: String) async throws(TransportError) -> [NAPTRRecord] {
        throw TransportError(.timedOut, domain)
    }

    func servers(of service: String) async throws(TransportError) -> [SRVRecord] {
        throw TransportError(.timedOut, service)
    }

    func addresses(of host: String) async throws(TransportError) -> [Endpoint] {
        guard self.hasAddresses else { throw TransportError(.timedOut, host) }
        return [.loopback(0)]
    }
}
