import CallCore
import SIP
import Testing

/// A call whose messages are written out, so that routes and targets can be anything.
@Suite struct SIPDialogTests {
    private let peer = Endpoint(ipv4: 0x0A00_0007, port: 5062)

    /// A user agent that was invited, has accepted, and got its ACK.
    private func called(
        recordRoutes: String, contact: String, from source: Endpoint? = nil
    ) throws -> (SIPUserAgent, SIPSessionID, SIPMessage) {
        let peer = source ?? self.peer
        var agent = SIPUserAgent(localEndpoint: .loopback(5060), seed: 1, product: "Test")
        let invite = try SIPMessage(
            text: """
                INVITE sip:7001@127.0.0.1 SIP/2.0
                Via: SIP/2.0/UDP 10.0.0.7:5062;branch=z9hG4bK1
                \(recordRoutes)From: <sip:7000@10.0.0.9>;tag=1
                To: <sip:7001@10.0.0.9>
                Call-ID: c
                CSeq: 5 INVITE
                Contact: <\(contact)>


                """)
        guard case .session(let session, .invited) = agent.handle(.received(invite, from: peer), at: .zero).last,
            case .send(let ok, _) = agent.handle(.order(session, .accept(nil)), at: .zero).first
        else { throw Missing() }
        let text = invite.description.replacing("INVITE", with: "ACK").replacing("bK1", with: "bK2")
        var ack = try SIPMessage(text: text)
        ack[.to] = ok[.to]
        let confirmed = agent.handle(.received(ack, from: peer), at: .zero)
        #expect(confirmed.contains { if case .session(session, .confirmed) = $0 { true } else { false } })
        return (agent, session, ok)
    }

    private func bye(_ agent: inout SIPUserAgent, _ session: SIPSessionID) throws -> (SIPMessage, Endpoint) {
        guard case .send(let bye, let destination) = agent.handle(.order(session, .end), at: .zero).first else {
            throw Missing()
        }
        return (bye, destination)
    }

    @Test func `the route set is that of Record-Route, in order for the callee`() throws {
        let routes = "Record-Route: <sip:id@10.0.0.5:5070;lr;confinstid=C>, <sip:far@10.0.0.4;lr>\n"
        var (agent, session, ok) = try self.called(recordRoutes: routes, contact: "sip:7000@10.0.0.7:5062")
        #expect(ok.all(.recordRoute).map(\.uri.user) == ["id", "far"])
        let (bye, destination) = try self.bye(&agent, session)
        let passed = bye.all(.route).map(\.uri.description)
        #expect(passed == ["sip:id@10.0.0.5:5070;lr;confinstid=C", "sip:far@10.0.0.4;lr"])
        #expect(bye.startLine == "BYE sip:7000@10.0.0.7:5062 SIP/2.0")
        #expect(destination.description == "10.0.0.5:5070")
        #expect(bye[.to]?.tag == "1" && bye[.from]?.tag == ok[.to]?.tag && bye[.cseq] == SIPCSeq(1, .bye))
    }

    @Test func `a strict router stands in the request URI, the target at the end`() throws {
        let routes = "Record-Route: <sip:strict@10.0.0.5>\n"
        var (agent, session, _) = try self.called(recordRoutes: routes, contact: "sip:7000@10.0.0.7:5062")
        let (bye, destination) = try self.bye(&agent, session)
        #expect(bye.startLine == "BYE sip:strict@10.0.0.5 SIP/2.0")
        #expect(bye.all(.route).map(\.description) == ["<sip:7000@10.0.0.7:5062>"])
        #expect(destination.description == "10.0.0.5:5060")
    }

    @Test func `where the target is a name, requests go back the way the INVITE came`() throws {
        var (agent, session, _) = try self.called(recordRoutes: "", contact: "sip:7000@phone.example")
        let (bye, destination) = try self.bye(&agent, session)
        #expect(bye.startLine == "BYE sip:7000@phone.example SIP/2.0" && destination == self.peer)
    }

    @Test(arguments: [
        ("192.168.1.7:5062", "203.0.113.5:40000"), ("203.0.113.9:5062", "203.0.113.9:5062"),
    ])
    func `a phone behind a translator of addresses is reached where it came from`(
        contact: String, expected: String
    ) throws {
        let outside = Endpoint(ipv4: 0xCB00_7105, port: 40_000)
        var (agent, session, _) = try self.called(recordRoutes: "", contact: "sip:7000@\(contact)", from: outside)
        let (bye, destination) = try self.bye(&agent, session)
        #expect(bye.startLine == "BYE sip:7000@\(contact) SIP/2.0")
        #expect(destination.description == expected)
    }

    /// A request of the peer within the dialog.
    private func request(
        _ method: String, _ sequence: Int, _ ok: SIPMessage, branch: String? = nil
    ) throws -> SIPMessage {
        var message = try SIPMessage(
            text: """
                \(method) sip:7001@127.0.0.1 SIP/2.0
                Via: SIP/2.0/UDP 10.0.0.7:5062;branch=z9hG4bK\(branch ?? "\(method)\(sequence)")
                From: <sip:7000@10.0.0.9>;tag=1
                To: <sip:7001@10.0.0.9>
                Call-ID: c
                CSeq: \(sequence) \(method)
                Contact: <sip:moved@10.0.0.8>


                """)
        message[.to] = ok[.to]
        return message
    }

    /// What is sent, as `code METHOD`, and what is reported.
    private func outcome(_ effects: [SIPUserAgent.Effect]) -> [String] {
        effects.compactMap { effect in
            switch effect {
            case .send(let message, _): "\(message.status?.code ?? 0) \(message.method)"
            case .session(_, let report): report.name
            default: nil
            }
        }
    }

    @Test func `a re-INVITE moves the target, a request that comes too late is refused`() throws {
        var (agent, session, ok) = try self.called(recordRoutes: "", contact: "sip:7000@10.0.0.7:5062")
        let late = agent.handle(.received(try self.request("INFO", 4, ok), from: self.peer), at: .zero)
        #expect(self.outcome(late) == ["500 INFO"])
        _ = agent.handle(.received(try self.request("INVITE", 9, ok), from: self.peer), at: .zero)
        #expect(agent.dialog(of: session)?.remoteTarget.description == "sip:moved@10.0.0.8")
    }

    @Test(arguments: [("REFER", 405), ("FROBNICATE", 501), ("OPTIONS", 200), ("UPDATE", 200)])
    func `what no box needs to see is answered within a dialog too`(method: String, status: Int) throws {
        var (agent, _, ok) = try self.called(recordRoutes: "", contact: "sip:7000@10.0.0.7:5062")
        let effects = agent.handle(.received(try self.request(method, 6, ok), from: self.peer), at: .zero)
        #expect(self.outcome(effects) == ["\(status) \(method)"])
    }

    @Test func `an UPDATE with an offer is offered and settled by our answer`() throws {
        var (agent, session, ok) = try self.called(recordRoutes: "", contact: "sip:7000@10.0.0.7:5062")
        var update = try self.request("UPDATE", 6, ok)
        update.body = .sdp("offer")
        #expect(self.outcome(agent.handle(.received(update, from: self.peer), at: .zero)) == ["offered"])
        let answered = agent.handle(.order(session, .answer(.sdp("answer"))), at: .zero)
        #expect(self.outcome(answered) == ["200 UPDATE", "acknowledged"])
    }

    @Test func `a re-INVITE that is taken back is reported and changes nothing`() throws {
        var (agent, session, ok) = try self.called(recordRoutes: "", contact: "sip:7000@10.0.0.7:5062")
        let invite = try self.request("INVITE", 6, ok, branch: "same")
        #expect(self.outcome(agent.handle(.received(invite, from: self.peer), at: .zero)) == ["100 INVITE", "offered"])
        let cancel = try self.request("CANCEL", 6, ok, branch: "same")
        let effects = agent.handle(.received(cancel, from: self.peer), at: .zero)
        #expect(self.outcome(effects) == ["200 CANCEL", "487 INVITE", "offerWithdrawn"])
        #expect(agent.handle(.order(session, .answer(.sdp("late"))), at: .zero).isEmpty)
    }

    @Test func `a second re-INVITE before the answer to the first gets 500 and a time to wait`() throws {
        var (agent, _, ok) = try self.called(recordRoutes: "", contact: "sip:7000@10.0.0.7:5062")
        _ = agent.handle(.received(try self.request("INVITE", 6, ok), from: self.peer), at: .zero)
        let effects = agent.handle(.received(try self.request("INVITE", 7, ok), from: self.peer), at: .zero)
        #expect(self.outcome(effects) == ["500 INVITE"])
        #expect(
            effects.contains { effect in
                guard case .send(let response, _) = effect else { return false }
                return (0...10).contains(response[.retryAfter]?.seconds ?? -1)
            })
    }

    @Test func `a 2xx from another branch of a fork is acknowledged and ended`() throws {
        var agent = SIPUserAgent(localEndpoint: .loopback(5060), seed: 1, product: "Test")
        let session = agent.makeSession()
        let target = SIPURI(user: "7001", endpoint: self.peer)
        let invitation = SIPInvitation(
            requestURI: target, from: SIPAddress(target), to: SIPAddress(target), destination: self.peer,
            offer: .sdp("offer"))
        guard case .send(let invite, _) = agent.handle(.order(session, .invite(invitation)), at: .zero).first else {
            throw Missing()
        }
        for tag in ["first", "second"] {
            let ok = SIPMessage(response: .ok, to: invite, tag: tag)
            let sent = agent.handle(.received(ok, from: self.peer), at: .zero).compactMap { effect -> SIPMethod? in
                if case .send(let message, _) = effect { message.method } else { nil }
            }
            #expect(sent == (tag == "first" ? [.ack] : [.ack, .bye]))
        }
        #expect(agent.dialog(of: session)?.remoteTag == "first")
    }

    private struct Missing: Error {}
}
