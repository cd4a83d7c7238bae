import CallCore
import SIP
import Testing

/// A call whose messages are written out, so that routes and targets can be anything.
@Suite struct SIPDialogTests {
    private let peer = Endpoint(ipv4: 0x0A00_0007, port: 5062)

    /// A user agent that was invited, has accepted, and got its ACK.
    private func called(recordRoutes: String, contact: String) throws -> (SIPUserAgent, SIPSessionID, SIPMessage) {
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
        guard case .session(let session, .invited) = agent.handle(.received(invite, from: self.peer), at: .zero).last,
            case .send(let ok, _) = agent.handle(.order(session, .accept(nil)), at: .zero).first
        else { throw Missing() }
        var ack = try SIPMessage(text: invite.description.replacing("INVITE", with: "ACK").replacing("bK1", with: "bK2"))
        ack[.to] = ok[.to]
        let confirmed = agent.handle(.received(ack, from: self.peer), at: .zero)
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
        #expect(bye.all(.route).map(\.description) == ["<sip:id@10.0.0.5:5070;lr;confinstid=C>", "<sip:far@10.0.0.4;lr>"])
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

    @Test func `a re-INVITE moves the target, a request that comes too late is refused`() throws {
        var (agent, session, ok) = try self.called(recordRoutes: "", contact: "sip:7000@10.0.0.7:5062")
        func request(_ method: String, _ sequence: Int) throws -> SIPMessage {
            var message = try SIPMessage(
                text: """
                    \(method) sip:7001@127.0.0.1 SIP/2.0
                    Via: SIP/2.0/UDP 10.0.0.7:5062;branch=z9hG4bK\(method)\(sequence)
                    From: <sip:7000@10.0.0.9>;tag=1
                    To: <sip:7001@10.0.0.9>
                    Call-ID: c
                    CSeq: \(sequence) \(method)
                    Contact: <sip:moved@10.0.0.8>


                    """)
            message[.to] = ok[.to]
            return message
        }
        let late = agent.handle(.received(try request("INFO", 4), from: self.peer), at: .zero)
        #expect(late.contains { if case .send(let message, _) = $0 { message.status == 500 } else { false } })
        _ = agent.handle(.received(try request("INVITE", 9), from: self.peer), at: .zero)
        #expect(agent.dialog(of: session)?.remoteTarget.description == "sip:moved@10.0.0.8")
        let update = agent.handle(.received(try request("UPDATE", 10), from: self.peer), at: .zero)
        #expect(update.contains { if case .send(let message, _) = $0 { message.status == .ok } else { false } })
        let refer = agent.handle(.received(try request("REFER", 11), from: self.peer), at: .zero)
        #expect(refer.contains { if case .send(let message, _) = $0 { message.status == 405 } else { false } })
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
