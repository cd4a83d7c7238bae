import CallCore
import SIP
import Testing

/// Too many requests: RFC 3261 §21.5.4.
@Suite struct SIPOverloadTests {
    private static let peer = Endpoint.loopback(6060)

    private func request(_ method: SIPMethod, _ number: Int, toTag: String = "") throws -> SIPMessage {
        try SIPMessage(
            text: """
                \(method) sip:7001@127.0.0.1:5060 SIP/2.0
                Via: SIP/2.0/UDP 127.0.0.1:6060;branch=z9hG4bK\(method)\(number)
                From: <sip:7000@127.0.0.1>;tag=1
                To: <sip:7001@127.0.0.1>\(toTag)
                Call-ID: c\(number)
                CSeq: 1 \(method)
                Contact: <sip:7000@127.0.0.1:6060>
                Max-Forwards: 70


                """)
    }

    private func sent(_ effects: [SIPUserAgent.Effect]) -> [SIPMessage] {
        effects.compactMap { if case .send(let message, _) = $0 { message } else { nil } }
    }

    private func busyAgent() throws -> (agent: SIPUserAgent, invited: SIPMessage) {
        var agent = SIPUserAgent(localEndpoint: .loopback(5060), seed: 1, product: "Test")
        agent.overload = SIPOverloadLimit(openTransactions: 1, retryAfter: .seconds(7))
        let effects = agent.handle(.received(try self.request(.invite, 1), from: Self.peer), at: .zero)
        guard case .session(let session, .invited) = try #require(effects.last) else { throw Missing() }
        let ringing = agent.handle(.order(session, .progress(.ringing, nil)), at: .zero)
        return (agent, try #require(self.sent(ringing).first))
    }

    @Test(arguments: [SIPMethod.invite, .options, .register])
    func `beyond the limit new requests are refused, and nothing is kept of them`(method: SIPMethod) throws {
        var agent = try self.busyAgent().agent
        for _ in 0..<2 {
            let effects = agent.handle(.received(try self.request(method, 2), from: Self.peer), at: .zero)
            let answer = try #require(self.sent(effects).first)
            #expect(effects.count == 1 && answer.status == .serviceUnavailable && answer[.retryAfter] == 7)
        }
    }

    @Test func `requests in dialogs are served all the same`() throws {
        var (agent, ringing) = try self.busyAgent()
        let tag = try #require(ringing[.to]?.tag)
        var info = try self.request(.info, 1, toTag: ";tag=\(tag)")
        info[.cseq] = SIPCSeq(2, .info)
        let effects = agent.handle(.received(info, from: Self.peer), at: .zero)
        #expect(effects.contains { if case .session(_, .info) = $0 { true } else { false } })
        let cancel = agent.handle(.received(try self.request(.cancel, 1), from: Self.peer), at: .zero)
        #expect(self.sent(cancel).first?.status != .serviceUnavailable)
    }

    @Test func `a peer that asks for rest is left alone for as long`() throws {
        var agent = SIPUserAgent(localEndpoint: .loopback(5060), seed: 1, product: "Test")
        let request = SIPMessage(request: .options, uri: SIPURI(endpoint: Self.peer))
        let first = try #require(self.sent(agent.handle(.send(request, to: Self.peer, as: 1), at: .zero)).first)
        var refusal = SIPMessage(response: .serviceUnavailable, to: first)
        refusal.setField("Retry-After", to: "30 (busy)")
        #expect(
            agent.handle(.received(refusal, from: Self.peer), at: .zero).contains(.response(refusal, 1)))
        let early = agent.handle(.send(request, to: Self.peer, as: 2), at: .zero + .seconds(29))
        guard early.count == 1, case .response(let answer, 2) = early[0] else {
            Issue.record("\(early)")
            return
        }
        #expect(answer.status == .serviceUnavailable && answer[.retryAfter] == 1)
        let other = agent.handle(.send(request, to: .loopback(6_061), as: 3), at: .zero + .seconds(29))
        #expect(self.sent(other).count == 1)
        let late = agent.handle(.send(request, to: Self.peer, as: 4), at: .zero + .seconds(30))
        #expect(self.sent(late).count == 1)
    }

    @Test func `a call to a peer that rests is refused at once`() throws {
        var agent = SIPUserAgent(localEndpoint: .loopback(5060), seed: 1, product: "Test")
        let request = SIPMessage(request: .options, uri: SIPURI(endpoint: Self.peer))
        let first = try #require(self.sent(agent.handle(.send(request, to: Self.peer, as: 1), at: .zero)).first)
        var refusal = SIPMessage(response: .serviceUnavailable, to: first)
        refusal[.retryAfter] = 30
        _ = agent.handle(.received(refusal, from: Self.peer), at: .zero)
        let session = agent.makeSession()
        let uri = SIPURI(user: "7001", endpoint: Self.peer)
        let invitation = SIPInvitation(
            requestURI: uri, from: SIPAddress(uri), to: SIPAddress(uri), destination: Self.peer)
        let effects = agent.handle(.order(session, .invite(invitation)), at: .zero)
        #expect(self.sent(effects).isEmpty)
        #expect(
            effects.contains {
                if case .session(session, .rejected(.serviceUnavailable, _)) = $0 { true } else { false }
            })
    }

    private struct Missing: Error {}
}
