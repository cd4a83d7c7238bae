import CallCore
import SIP
import Testing

/// RFC 3263 §4, with records as its examples have them.
@Suite struct SIPServerSearchTests {
    /// A URI, what DNS says, and where the request goes, in order.
    struct Case: CustomTestStringConvertible, Sendable {
        var uri: String
        var zone = Zone()
        var wires: [SIPWire] = [.udp, .tcp, .tls]
        var targets: [String]
        var testDescription: String { self.uri }
    }

    @Test(arguments: [
        // A numeric host needs no DNS; UDP and 5060 for a SIP URI, TLS and 5061 for a SIPS URI.
        Case(uri: "sip:a@192.0.2.1", targets: ["UDP 192.0.2.1:5060"]),
        Case(uri: "sips:a@192.0.2.1", targets: ["TLS 192.0.2.1:5061"]),
        Case(uri: "sip:a@192.0.2.1:5070;transport=tcp", targets: ["TCP 192.0.2.1:5070"]),
        Case(uri: "sip:a@192.0.2.1;transport=TLS", targets: ["TLS 192.0.2.1:5061"]),
        Case(uri: "sips:a@192.0.2.1;transport=tcp", targets: ["TLS 192.0.2.1:5061"]),
        Case(uri: "sip:a@[2001:db8::1]:7", targets: ["UDP [2001:db8:0:0:0:0:0:1]:7"]),
        Case(uri: "sip:a@example.com;maddr=192.0.2.9", targets: ["UDP 192.0.2.9:5060"]),
        // A request too large for UDP.
        Case(uri: "sip:a@192.0.2.1", wires: [.tcp, .tls], targets: ["TCP 192.0.2.1:5060"]),
        // What cannot be sent, and what has no host.
        Case(uri: "sips:a@192.0.2.1;transport=udp", targets: []),
        Case(uri: "sips:a@192.0.2.1", wires: [.udp, .tcp], targets: []),
        Case(uri: "sip:a@192.0.2.1;transport=sctp", targets: []), Case(uri: "tel:+1201", targets: []),
        // An explicit port: addresses only.
        Case(
            uri: "sip:a@server1.example.com:5060", zone: .example,
            targets: ["UDP 192.0.2.11:5060", "UDP [2001:db8:0:0:0:0:0:11]:5060"]),
        // A transport and no port: the servers of that service, then nothing else.
        Case(
            uri: "sip:a@example.com;transport=udp", zone: .example,
            targets: ["UDP 192.0.2.11:5060", "UDP [2001:db8:0:0:0:0:0:11]:5060"]),
        // Without such servers, the host itself at the default port.
        Case(uri: "sip:a@server2.example.com;transport=tcp", zone: .example, targets: ["TCP 192.0.2.12:5060"]),
        // The rules' order decides, as far as the caller can follow them.
        Case(
            uri: "sip:user@example.com", zone: .example,
            targets: [
                "TLS 192.0.2.13:5061", "TCP 192.0.2.12:5062", "TCP 192.0.2.11:5060", "TCP [2001:db8:0:0:0:0:0:11]:5060",
                "UDP 192.0.2.11:5060", "UDP [2001:db8:0:0:0:0:0:11]:5060",
            ]),
        Case(
            uri: "sip:user@example.com", zone: .example, wires: [.udp],
            targets: [
                "UDP 192.0.2.11:5060", "UDP [2001:db8:0:0:0:0:0:11]:5060",
            ]),
        Case(uri: "sips:user@example.com", zone: .example, targets: ["TLS 192.0.2.13:5061"]),
        // Without rules, the services by their names, in the caller's order.
        Case(uri: "sip:a@norules.example", zone: .noRules, targets: ["UDP 192.0.2.21:5066", "TCP 192.0.2.22:5067"]),
        Case(uri: "sips:a@norules.example", zone: .noRules, targets: ["TLS 192.0.2.23:5068"]),
        // Without either, the host itself.
        Case(
            uri: "sip:a@server1.example.com", zone: .example,
            targets: [
                "UDP 192.0.2.11:5060", "UDP [2001:db8:0:0:0:0:0:11]:5060",
            ]),
        Case(uri: "sips:a@server2.example.com", zone: .example, targets: ["TLS 192.0.2.12:5061"]),
        // A service that is said not to be there is not looked for elsewhere.
        Case(uri: "sip:a@none.example;transport=udp", zone: .refused, targets: []),
        // Rules whose servers have gone lead to the host itself.
        Case(uri: "sip:a@stale.example", zone: .refused, targets: ["TCP 192.0.2.31:5060"]),
        Case(uri: "sip:a@nowhere.example", targets: []),
    ])
    func `a URI leads to its targets in order`(_ example: Case) throws {
        let uri = try #require(SIPURI(example.uri))
        var search = SIPServerSearch(for: uri, over: example.wires, tokens: TokenGenerator(seed: 1))
        let targets = example.zone.targets(of: &search)
        #expect(targets.map { "\($0.wire) \($0.endpoint)" } == example.targets)
        #expect(targets.allSatisfy { $0.domain == uri.host })
    }

    @Test func `nothing is looked up before it is needed`() throws {
        let uri = try #require(SIPURI("sip:user@example.com"))
        var search = SIPServerSearch(for: uri, over: [.udp, .tcp, .tls], tokens: TokenGenerator(seed: 1))
        var questions: [SIPServerSearch.Question] = []
        while case .lookUp(let question) = search.next() {
            questions.append(question)
            search.answer(Zone.example.answer(question))
        }
        #expect(
            questions == [.rules("example.com"), .servers("_sips._tcp.example.com"), .addresses("server3.example.com")])
    }

    @Test func `servers of one priority come first as often as their weight says`() {
        let records = [
            SRVRecord(priority: 1, weight: 1, port: 1, target: "light.example"),
            SRVRecord(priority: 1, weight: 3, port: 2, target: "heavy.example"),
            SRVRecord(priority: 0, weight: 0, port: 3, target: "first.example"),
        ]
        var heavyFirst = 0
        for seed in 0..<2_000 {
            var search = SIPServerSearch(
                for: SIPURI(host: "a.example", parameters: ["transport": "udp"]), over: [.udp],
                tokens: TokenGenerator(seed: UInt64(seed)))
            _ = search.next()
            search.answer(.servers(records))
            var hosts: [String] = []
            while case .lookUp(.addresses(let host)) = search.next() { hosts.append(host) }
            #expect(hosts.first == "first.example" && Set(hosts).count == 3)
            if hosts[1] == "heavy.example" { heavyFirst += 1 }
        }
        // RFC 2782 draws from 0 to the sum of the weights: 3 of 5 outcomes, where the light one has 0 and 1.
        #expect((1_100...1_300).contains(heavyFirst))
    }

    @Test func `one seed gives one order`() {
        func order(_ seed: UInt64) -> [SIPTarget] {
            var search = SIPServerSearch(
                for: SIPURI(host: "example.com"), over: [.tcp], tokens: TokenGenerator(seed: seed))
            return Zone.example.targets(of: &search)
        }
        #expect((0..<20).allSatisfy { order($0) == order($0) })
    }

    @Test func `an answer to a question that nobody asked changes nothing`() {
        var search = SIPServerSearch(for: SIPURI(host: "a.example"), over: [.udp], tokens: TokenGenerator(seed: 1))
        let before = search
        search.answer(.addresses([.loopback(1)]))
        #expect(search == before)
    }
}

/// Records in memory.
struct Zone: Sendable {
    var rules: [String: [NAPTRRecord]] = [:]
    var servers: [String: [SRVRecord]] = [:]
    var addresses: [String: [Endpoint]] = [:]

    func answer(_ question: SIPServerSearch.Question) -> SIPServerSearch.Answer {
        switch question {
        case .rules(let name): .rules(self.rules[name] ?? [])
        case .servers(let name): .servers(self.servers[name] ?? [])
        case .addresses(let name): .addresses(self.addresses[name] ?? [])
        }
    }

    func targets(of search: inout SIPServerSearch) -> [SIPTarget] {
        var targets: [SIPTarget] = []
        while let step = search.next() {
            switch step {
            case .attempt(let target): targets.append(target)
            case .lookUp(let question): search.answer(self.answer(question))
            }
        }
        return targets
    }

    private static func host(_ number: UInt32) -> Endpoint { Endpoint(ipv4: 0xC000_0200 | number, port: 0) }

    /// RFC 3263 §4.1, with the servers apart in priority, so that the order is certain.
    static let example = Zone(
        rules: [
            "example.com": [
                NAPTRRecord(order: 100, preference: 50, service: "SIP+D2U", replacement: "_sip._udp.example.com."),
                NAPTRRecord(order: 90, preference: 50, service: "SIP+D2T", replacement: "_sip._tcp.example.com"),
                NAPTRRecord(order: 50, preference: 50, service: "SIPS+D2T", replacement: "_sips._tcp.example.com."),
                NAPTRRecord(order: 1, preference: 1, service: "SIP+D2S", replacement: "_sip._sctp.example.com."),
                NAPTRRecord(order: 1, preference: 1, flags: "u", service: "SIP+D2U", replacement: "_x.example.com."),
                NAPTRRecord(
                    order: 1, preference: 1, service: "SIP+D2U", regularExpression: "!^.*$!sip:a@b!", replacement: "."),
            ]
        ],
        servers: [
            "_sip._udp.example.com": [SRVRecord(priority: 0, weight: 1, port: 5060, target: "server1.example.com")],
            "_sip._tcp.example.com": [
                SRVRecord(priority: 1, weight: 1, port: 5060, target: "server1.example.com"),
                SRVRecord(priority: 0, weight: 2, port: 5062, target: "server2.example.com."),
            ],
            "_sips._tcp.example.com": [SRVRecord(priority: 0, weight: 0, port: 5061, target: "server3.example.com")],
        ],
        addresses: [
            "server1.example.com": [Self.host(11), Endpoint(ipv6: 0x2001_0DB8 << 96 | 0x11, port: 0)],
            "server2.example.com": [Self.host(12)], "server3.example.com": [Self.host(13)],
            "example.com": [Self.host(1)],
        ])

    /// A domain without NAPTR records.
    static let noRules = Zone(
        servers: [
            "_sip._udp.norules.example": [SRVRecord(priority: 0, weight: 0, port: 5066, target: "u.example")],
            "_sip._tcp.norules.example": [SRVRecord(priority: 0, weight: 0, port: 5067, target: "t.example")],
            "_sips._tcp.norules.example": [SRVRecord(priority: 0, weight: 0, port: 5068, target: "s.example")],
        ],
        addresses: [
            "u.example": [Self.host(21)], "t.example": [Self.host(22)], "s.example": [Self.host(23)],
            "norules.example": [Self.host(29)],
        ])

    /// Domains that say no, and such as have gone.
    static let refused = Zone(
        rules: [
            "stale.example": [NAPTRRecord(order: 1, preference: 1, service: "sip+d2t", replacement: "gone.example")]
        ],
        servers: ["_sip._udp.none.example": [SRVRecord(priority: 0, weight: 0, port: 0, target: ".")]],
        addresses: ["none.example": [Self.host(30)], "stale.example": [Self.host(31)]])
}
