import CallRecordingNIOTLS
import SIP
import Testing
import X509

/// SIP over TLS: who is believed, and who is not. RFC 3261 §26.3, RFC 5922.
@Suite(.timeLimit(.minutes(1))) struct SIPSecureTransportTests {
    private let authority: TestAuthority

    init() throws { self.authority = try TestAuthority("test authority") }

    private func phone() async throws -> RunningTransport {
        try await RunningTransport(security: self.authority.security(for: [.dnsName("phone.example.com")]))
    }

    /// A request over TLS to a host that has this name, wherever it is.
    private func request(_ id: String, to host: String, from sender: RunningTransport) throws -> SIPMessage {
        let endpoint = try #require(sender.transport.streams[.tls])
        return .options(id, over: .tls, from: endpoint, to: "sip:7001@\(host);transport=tls")
    }

    /// What comes of a request to a host: the server's answer, or the phone's own transport's.
    private func outcome(of host: String, at server: RunningTransport) async throws -> SIPMessage {
        let phone = try await self.phone()
        let serving = Task {
            while let (request, source) = await server.received.next() {
                try server.transport.send(SIPMessage(response: .ok, to: request, tag: "1"), to: source)
            }
        }
        let endpoint = try #require(server.transport.streams[.tls])
        try phone.transport.send(self.request("a", to: host, from: phone), to: endpoint)
        let (answer, source) = try await #require(phone.received.next())
        #expect((source == phone.endpoint) == (answer.status == .serviceUnavailable))
        serving.cancel()
        try await phone.end()
        try await server.end()
        return answer
    }

    @Test(arguments: [
        ("sip.example.com", [GeneralName.dnsName("sip.example.com")]),
        ("SIP.example.com", [.dnsName("other.example.com"), .dnsName("sip.example.com")]),
        ("example.com", [.uniformResourceIdentifier("sip:example.com")]),
        ("127.0.0.1", [.loopback]),
    ])
    func `a peer that is who was asked for is talked to`(host: String, names: [GeneralName]) async throws {
        let server = try await RunningTransport(security: self.authority.security(for: names))
        #expect(try await self.outcome(of: host, at: server).status == .ok)
    }

    @Test(arguments: [
        ("sip.example.com", [GeneralName.dnsName("other.example.com")]),
        ("sip.example.com", [.dnsName("*.example.com")]),
        ("sip.example.com", [.uniformResourceIdentifier("sip:example.com"), .dnsName("sip.example.com")]),
        ("127.0.0.1", [.dnsName("sip.example.com")]),
        ("peer.example.com", [.dnsName("sip.example.com")]),
        ("peer.example.com", []),
    ])
    func `a peer that is somebody else is refused`(host: String, names: [GeneralName]) async throws {
        let security = try self.authority.security(for: names, commonName: "peer.example.com")
        let server = try await RunningTransport(security: security)
        let answer = try await self.outcome(of: host, at: server)
        #expect(answer.status == .serviceUnavailable)
        #expect(answer.field("Warning")?.contains("not for \(host.lowercased())") == true)
        #expect(server.received.all.isEmpty)
    }

    @Test func `a peer whose certificate has run out is refused`() async throws {
        let security = try self.authority.security(for: [.dnsName("sip.example.com")], until: 2_021)
        let server = try await RunningTransport(security: security)
        #expect(try await self.outcome(of: "sip.example.com", at: server).status == .serviceUnavailable)
        #expect(server.received.all.isEmpty)
    }

    @Test func `a peer whose authority nobody knows is refused`() async throws {
        let security = try TestAuthority("somebody").security(for: [.dnsName("sip.example.com")])
        let server = try await RunningTransport(security: security)
        #expect(try await self.outcome(of: "sip.example.com", at: server).status == .serviceUnavailable)
        #expect(server.received.all.isEmpty)
    }

    @Test func `a peer that does not speak TLS is refused`() async throws {
        let phone = try await self.phone()
        let server = try await RunningTransport()
        try phone.transport.send(self.request("a", to: "127.0.0.1", from: phone), to: server.endpoint)
        #expect(try await #require(phone.received.next()).message.status == .serviceUnavailable)
        #expect(server.received.all.isEmpty)
        try await phone.end()
        try await server.end()
    }

    @Test func `requests for one name share a connection, those for another do not`() async throws {
        let phone = try await self.phone()
        let names: [GeneralName] = [.dnsName("a.example.com"), .dnsName("b.example.com")]
        let server = try await RunningTransport(security: self.authority.security(for: names))
        let endpoint = try #require(server.transport.streams[.tls])
        for host in ["a.example.com", "A.example.com", "b.example.com"] {
            try phone.transport.send(self.request(host, to: host, from: phone), to: endpoint)
            #expect(try await #require(server.received.next()).message[.callID] == host)
        }
        #expect(phone.transport.connectionCount == 2)
        // What the server asks of somebody by name does not go to whoever has connected.
        let source = try #require(server.received.all.first).peer
        try server.transport.send(self.request("theirs", to: "127.0.0.1", from: server), to: source)
        let (theirs, back) = try await #require(phone.received.next())
        #expect(theirs[.callID] == "theirs")
        // Answers, and what goes to the address alone, take a connection that is there, whatever name it is for.
        try phone.transport.send(SIPMessage(response: .ok, to: theirs, tag: "1"), to: back)
        #expect(try await #require(server.received.next()).message[.callID] == "theirs")
        try phone.transport.send(self.request("address", to: "127.0.0.1", from: phone), to: endpoint)
        #expect(try await #require(server.received.next()).message[.callID] == "address")
        #expect(phone.transport.connectionCount == 2)
        try server.transport.send(self.request("named", to: "phone.example.com", from: server), to: source)
        #expect(try await #require(server.received.next()).message.status == .serviceUnavailable)
        try await phone.end()
        try await server.end()
    }

    @Test func `one handshake too many is closed`() async throws {
        var limits = SIPConnectionLimits()
        limits.connections = 1
        let security = try self.authority.security(for: [.dnsName("sip.example.com")])
        let server = try await RunningTransport(security: security, limits: limits)
        let endpoint = try #require(server.transport.streams[.tls])
        let first = try RawSocket(.stream)
        try first.connect(to: endpoint)
        while server.transport.connectionCount < 1 { await Task.yield() }
        let second = try RawSocket(.stream)
        try second.connect(to: endpoint)
        #expect(second.isClosedByPeer())
        first.send(Array("This is no handshake.".utf8))
        // An alert, and the end.
        _ = first.receive(upTo: "no such text")
        while server.transport.connectionCount > 0 { await Task.yield() }
        try await server.end()
    }

    @Test func `a server that asks its clients takes only those with a certificate that it trusts`() async throws {
        let security = try self.authority.security(for: [.dnsName("sip.example.com")], asksClients: true)
        let server = try await RunningTransport(security: security)
        let endpoint = try #require(server.transport.streams[.tls])
        var unknown = try TestAuthority("somebody").security(for: [.dnsName("stranger.example.com")])
        unknown.authorities = try self.authority.authorities()
        let stranger = try await RunningTransport(security: unknown)
        try stranger.transport.send(self.request("stranger", to: "sip.example.com", from: stranger), to: endpoint)
        while stranger.transport.connectionCount > 0 { await Task.yield() }
        let phone = try await self.phone()
        try phone.transport.send(self.request("phone", to: "sip.example.com", from: phone), to: endpoint)
        #expect(try await #require(server.received.next()).message[.callID] == "phone")
        #expect(server.received.all.count == 1)
        for transport in [stranger, phone, server] { try await transport.end() }
    }

    @Test(arguments: [true, false])
    func
        `RFC 5923: a connection is used for requests to the address and name of whoever opened it, if it has shown who it is`(
            asksClients: Bool
        ) async throws
    {
        let security = try self.authority.security(for: [.dnsName("sip.example.com")], asksClients: asksClients)
        let server = try await RunningTransport(security: security)
        let phone = try await self.phone()
        var request = try self.request("first", to: "sip.example.com", from: phone)
        var via = try #require(request[.via])
        via.parameters["alias"] = ""
        request[.via] = via
        try phone.transport.send(request, to: #require(server.transport.streams[.tls]))
        #expect(try await #require(server.received.next()).message[.callID] == "first")

        let advertised = try #require(phone.transport.streams[.tls])
        try server.transport.send(self.request("back", to: "phone.example.com", from: server), to: advertised)
        #expect(try await #require(phone.received.next()).message[.callID] == "back")
        #expect(server.transport.connectionCount == (asksClients ? 1 : 2))
        // The certificate does not speak for others at the same address.
        try server.transport.send(self.request("other", to: "other.example.com", from: server), to: advertised)
        #expect(try await #require(server.received.next()).message.status == .serviceUnavailable)
        #expect(phone.received.all.count == 1)
        try await phone.end()
        try await server.end()
    }

    @Test func `an address is no longer taken for a connection that has ended`() async throws {
        let security = try self.authority.security(for: [.dnsName("sip.example.com")], asksClients: true)
        let server = try await RunningTransport(security: security)
        let phone = try await self.phone()
        var request = try self.request("first", to: "sip.example.com", from: phone)
        var via = try #require(request[.via])
        // Where nobody listens.
        via.port = 9
        via.parameters["alias"] = ""
        request[.via] = via
        try phone.transport.send(request, to: #require(server.transport.streams[.tls]))
        #expect(try await #require(server.received.next()).message[.callID] == "first")
        try await phone.end()
        while server.transport.connectionCount > 0 { await Task.yield() }
        try server.transport.send(self.request("late", to: "phone.example.com", from: server), to: .loopback(9))
        #expect(try await #require(server.received.next()).message.status == .serviceUnavailable)
        try await server.end()
    }

    @Test func `certificates that cannot be used are refused with their place, and what to do`() async throws {
        let pair = try self.authority.pair(for: [])
        let other = try self.authority.pair(for: [])
        let cases: [(SIPSecurity, String)] = [
            (SIPSecurity(certificates: .file("/nowhere/chain.pem"), key: pair.key), "/nowhere/chain.pem"),
            (SIPSecurity(certificates: pair.certificates, key: .file("/nowhere/key.pem")), "/nowhere/key.pem"),
            (SIPSecurity(certificates: .bytes([1, 2]), key: pair.key), "given as 2 bytes"),
            (
                SIPSecurity(certificates: pair.certificates, key: pair.key, authorities: .file("/nowhere/ca.pem")),
                "/nowhere/ca.pem"
            ),
            (SIPSecurity(certificates: pair.certificates, key: other.key), "made together"),
        ]
        for (security, words) in cases {
            let error = await #expect(throws: TransportError.self) {
                try await SIPTransport.bind(to: .loopback(0), security: security)
            }
            #expect(error?.code == .unavailable && error?.message.contains(words) == true)
        }
    }
}
