import CallCore
import SIP
import Testing

/// Which wire messages take, and what stands in them for it.
@Suite struct SIPWireTests {
    private static let own = Endpoint.loopback(5060)
    private static let secure = Endpoint.loopback(5061)
    private static let peer = Endpoint.loopback(6060)

    private func agent(streams: [SIPWire: Endpoint] = [.tcp: own, .tls: secure]) -> SIPUserAgent {
        SIPUserAgent(localEndpoint: Self.own, streams: streams, seed: 1, product: "Test")
    }

    private func sent(_ effects: [SIPUserAgent.Effect]) -> [(message: SIPMessage, peer: Endpoint)] {
        effects.compactMap { if case .send(let message, let peer) = $0 { (message, peer) } else { nil } }
    }

    private func options(_ uri: String, padding: Int = 0) throws -> SIPMessage {
        var request = SIPMessage(request: .options, uri: try #require(SIPURI(uri)))
        request[.from] = SIPAddress(SIPURI(user: "7000", endpoint: Self.own))
        request[.to] = SIPAddress(SIPURI(endpoint: Self.peer))
        request[.contact] = SIPAddress(SIPURI(user: "7000", endpoint: Self.own))
        if padding > 0 { request.setField("X-Padding", to: String(repeating: "x", count: padding)) }
        return request
    }

    /// The request that an agent sends.
    private func request(
        of agent: inout SIPUserAgent, _ uri: String, padding: Int = 0
    ) throws -> (message: SIPMessage, effects: [SIPUserAgent.Effect]) {
        let effects = agent.handle(.send(try self.options(uri, padding: padding), to: Self.peer, as: 1), at: .zero)
        return (try #require(self.sent(effects).first).message, effects)
    }

    @Test(arguments: [
        ("sip:a@127.0.0.1:6060", "UDP", "5060", "sip:7000@127.0.0.1:5060"),
        ("sip:a@127.0.0.1:6060;transport=UDP", "UDP", "5060", "sip:7000@127.0.0.1:5060"),
        ("sip:a@127.0.0.1:6060;transport=tcp", "TCP", "5060", "sip:7000@127.0.0.1:5060;transport=tcp"),
        ("sip:a@127.0.0.1:6060;transport=TLS", "TLS", "5061", "sip:7000@127.0.0.1:5061;transport=tls"),
        ("sips:a@127.0.0.1:6060", "TLS", "5061", "sips:7000@127.0.0.1:5061"),
        ("sips:a@127.0.0.1:6060;transport=tcp", "TLS", "5061", "sips:7000@127.0.0.1:5061"),
    ])
    func `the URI says which wire a request takes, and Via and Contact follow`(
        uri: String, wire: String, port: String, contact: String
    ) throws {
        var agent = self.agent()
        let request = try self.request(of: &agent, uri).message
        let via = try #require(request[.via])
        #expect(via.transport == wire && via.port.map(String.init) == port)
        #expect(via.parameters["alias"] == (wire == "TLS" ? "" : nil))
        #expect(request[.contact]?.uri.description == contact)
    }

    @Test func `the first route says it where there is one`() throws {
        var agent = self.agent()
        var request = try self.options("sip:a@10.0.0.1")
        request[.route] = SIPAddress(try #require(SIPURI("sip:127.0.0.1:6060;lr;transport=tcp")))
        let effects = agent.handle(.send(request, to: Self.peer, as: 1), at: .zero)
        #expect(self.sent(effects).first?.message[.via]?.wire == .tcp)
    }

    @Test func `over a connection a request is sent once`() throws {
        var agent = self.agent()
        let (_, effects) = try self.request(of: &agent, "sip:a@127.0.0.1:6060;transport=tcp")
        let timers = effects.filter { if case .setTimer = $0 { true } else { false } }
        #expect(timers.count == 1)
        let (_, datagram) = try self.request(of: &agent, "sip:a@127.0.0.1:6060")
        #expect(datagram.filter { if case .setTimer = $0 { true } else { false } }.count == 2)
    }

    @Test func `a user agent with UDP alone sends everything by it, but nothing that must be secret`() throws {
        var agent = self.agent(streams: [:])
        #expect(try self.request(of: &agent, "sip:a@127.0.0.1:6060;transport=tcp").message[.via]?.wire == .udp)
        let effects = agent.handle(.send(try self.options("sips:a@127.0.0.1"), to: Self.peer, as: 7), at: .zero)
        guard effects.count == 1, case .response(let response, 7) = effects[0] else {
            Issue.record("\(effects)")
            return
        }
        #expect(response.status == .serviceUnavailable)
    }

    @Test func `RFC 3261 §18.1.1: a long request takes a connection, and datagrams where there is none`() throws {
        var agent = self.agent()
        let (long, _) = try self.request(of: &agent, "sip:a@127.0.0.1:6060", padding: 1_300)
        #expect(long[.via]?.wire == .tcp && long[.contact]?.uri.parameters["transport"] == nil)
        // The transport's word that it could not be sent.
        let failure = SIPMessage(response: .serviceUnavailable, to: long)
        let effects = agent.handle(.received(failure, from: Self.own), at: .zero)
        let again = try #require(self.sent(effects).first)
        #expect(again.message[.via]?.wire == .udp && again.peer == Self.peer)
        #expect(again.message[.via]?.branch == long[.via]?.branch)
        // For a while nobody tries again.
        #expect(try self.request(of: &agent, "sip:a@127.0.0.1:6060", padding: 1_300).message[.via]?.wire == .udp)
        let later = agent.handle(
            .send(try self.options("sip:a@127.0.0.1:6060", padding: 1_300), to: Self.peer, as: 9),
            at: .zero + .seconds(601))
        #expect(self.sent(later).first?.message[.via]?.wire == .tcp)
    }

    @Test func `what the transport cannot send is refused by 503, and no ACK goes out`() throws {
        var agent = self.agent()
        let session = agent.makeSession()
        let uri = try #require(SIPURI("sip:7001@127.0.0.1:6060;transport=tcp"))
        let invitation = SIPInvitation(
            requestURI: uri, from: SIPAddress(SIPURI(user: "7000", endpoint: Self.own)), to: SIPAddress(uri),
            destination: Self.peer)
        let invite = try #require(self.sent(agent.handle(.order(session, .invite(invitation)), at: .zero)).first)
        let failure = SIPMessage(response: .serviceUnavailable, to: invite.message)
        let effects = agent.handle(.received(failure, from: Self.own), at: .zero)
        #expect(self.sent(effects).isEmpty)
        #expect(effects.contains(.session(session, .rejected(.serviceUnavailable, failure))))
    }

    @Test func `a user agent can call itself`() throws {
        var agent = self.agent()
        let session = agent.makeSession()
        let uri = SIPURI(user: "7001", endpoint: Self.own)
        let invitation = SIPInvitation(
            requestURI: uri, from: SIPAddress(uri), to: SIPAddress(uri), destination: Self.own)
        let invite = try #require(self.sent(agent.handle(.order(session, .invite(invitation)), at: .zero)).first)
        let invited = agent.handle(.received(invite.message, from: Self.own), at: .zero)
        guard case .session(let callee, .invited) = try #require(invited.last) else { throw Missing() }
        let ringing = try #require(self.sent(agent.handle(.order(callee, .progress(.ringing, nil)), at: .zero)).first)
        let effects = agent.handle(.received(ringing.message, from: Self.own), at: .zero)
        #expect(effects.contains(.session(session, .progress(ringing.message))))
    }

    /// An agent that was called over TCP from a port on which the caller does not listen, and has taken the call.
    private func called(vias: Int = 1, uri: String = "sip:7001@127.0.0.1:5060") throws -> (
        agent: SIPUserAgent, session: SIPSessionID, answer: SIPMessage
    ) {
        var agent = self.agent()
        let more = (1..<max(1, vias)).map { "Via: SIP/2.0/TCP 127.0.0.1:709\($0);branch=z9hG4bK1\($0)\n" }.joined()
        let invite = try SIPMessage(
            text: """
                INVITE \(uri) SIP/2.0
                Via: SIP/2.0/TCP 127.0.0.1:7070;branch=z9hG4bK1
                \(more)From: <sip:7000@127.0.0.1>;tag=1
                To: <sip:7001@127.0.0.1>
                Call-ID: c
                CSeq: 1 INVITE
                Contact: <sip:7000@127.0.0.1:7070>
                Max-Forwards: 70


                """)
        var effects = agent.handle(.received(invite, from: .loopback(40_000)), at: .zero)
        guard case .session(let session, .invited) = try #require(effects.last) else { throw Missing() }
        effects = agent.handle(.order(session, .accept(.sdp("answer"))), at: .zero)
        let answer = try #require(self.sent(effects).last)
        #expect(answer.peer == .loopback(40_000))
        var ack = SIPMessage(request: .ack, uri: try #require(SIPURI("sip:127.0.0.1:5060")))
        ack[.via] = SIPVia(transport: "TCP", host: "127.0.0.1", port: 7_070, branch: "z9hG4bK2")
        ack[.from] = answer.message[.from]
        ack[.to] = answer.message[.to]
        ack[.callID] = "c"
        ack[.cseq] = SIPCSeq(1, .ack)
        _ = agent.handle(.received(ack, from: .loopback(40_000)), at: .zero)
        return (agent, session, answer.message)
    }

    @Test func `an answer goes back over the connection, and says in Contact how to come back`() throws {
        let (_, _, answer) = try self.called()
        #expect(answer[.contact]?.uri.description == "sip:7001@127.0.0.1:5060;transport=tcp")
        let (_, _, secret) = try self.called(uri: "sips:7001@127.0.0.1:5061")
        #expect(secret[.contact]?.uri.scheme == "sips")
    }

    @Test func `within a dialog the caller's own connection is used, and its Contact where that is gone`() throws {
        var (agent, session, _) = try self.called()
        let bye = try #require(self.sent(agent.handle(.order(session, .end), at: .zero)).first)
        #expect(bye.peer == .loopback(40_000) && bye.message[.via]?.wire == .tcp)
        let failure = SIPMessage(response: .serviceUnavailable, to: bye.message)
        let again = try #require(self.sent(agent.handle(.received(failure, from: Self.own), at: .zero)).first)
        #expect(again.peer == .loopback(7_070) && again.message[.via]?.wire == .tcp)
    }

    @Test func `behind a proxy the Contact is used, over the wire that the call came by`() throws {
        var (agent, session, _) = try self.called(vias: 2)
        let bye = try #require(self.sent(agent.handle(.order(session, .end), at: .zero)).first)
        #expect(bye.peer == .loopback(7_070) && bye.message[.via]?.wire == .tcp)
    }

    private struct Missing: Error {}
}
