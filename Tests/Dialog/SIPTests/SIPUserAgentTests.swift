import CallCore
import SIP
import Testing

@Suite struct SIPUserAgentTests {
    private let source = Endpoint(ipv4: 0x0A00_0007, port: 5062)

    private func agent() -> SIPUserAgent { SIPUserAgent(localEndpoint: .loopback(5060), seed: 1, product: "Test") }

    private func request(
        _ method: String, to: String = "<sip:7001@10.0.0.9>", cseq: String? = nil, extra: String = "",
        uri: String = "sip:7001@10.0.0.9"
    ) throws -> SIPMessage {
        try SIPMessage(
            text: """
                \(method) \(uri) SIP/2.0
                Via: SIP/2.0/UDP 10.0.0.7:5062;branch=z9hG4bK1
                From: <sip:7000@10.0.0.9>;tag=1
                To: \(to)
                Call-ID: c
                CSeq: \(cseq ?? "5 \(method)")
                Contact: <sip:7000@10.0.0.7:5062>
                \(extra)Content-Length: 0


                """)
    }

    /// The statuses that are sent for a request.
    private func answers(_ request: SIPMessage) -> [Int] {
        var agent = self.agent()
        return agent.handle(.received(request, from: self.source), at: .zero).compactMap { effect in
            if case .send(let message, _) = effect { message.status?.code } else { nil }
        }
    }

    @Test(arguments: [
        ("SUBSCRIBE", 405), ("MESSAGE", 405), ("REFER", 405), ("PUBLISH", 405), ("FROBNICATE", 501), ("BYE", 481),
        ("INFO", 481), ("UPDATE", 481), ("PRACK", 481), ("NOTIFY", 481), ("CANCEL", 481), ("INVITE", 100),
    ])
    func `what no box needs to see is answered at once`(method: String, status: Int) throws {
        #expect(try self.answers(self.request(method)) == [status])
    }

    @Test(arguments: ["INVITE", "BYE", "INFO", "UPDATE", "OPTIONS", "REGISTER", "REFER"])
    func `a request of an unknown dialog gets 481`(method: String) throws {
        #expect(try self.answers(self.request(method, to: "<sip:7001@10.0.0.9>;tag=nobody")) == [481])
    }

    @Test func `a stray ACK and a stray response are dropped`() throws {
        #expect(try self.answers(self.request("ACK")).isEmpty)
        #expect(try self.answers(self.request("ACK", to: "<sip:a@b>;tag=nobody")).isEmpty)
        #expect(try self.answers(Fixture.message("response.record-route")).isEmpty)
    }

    @Test(
        arguments: [
            ("OPTIONS", "<sip:7001@10.0.0.9", nil, [400]),
            ("OPTIONS", "<sip:7001@10.0.0.9>", "5 INVITE", [400]),
            ("OPTIONS", "<sip:7001@10.0.0.9>", "99999999999 OPTIONS", [400]),
            ("ACK", "<sip:7001@10.0.0.9", nil, []),
        ] as [(String, String, String?, [Int])])
    func `a malformed request with enough header is answered by 400`(
        method: String, to: String, cseq: String?, statuses: [Int]
    ) throws {
        #expect(try self.answers(self.request(method, to: to, cseq: cseq)) == statuses)
    }

    @Test func `a request without enough header is dropped`() throws {
        let message = try SIPMessage(
            text: "OPTIONS sip:a@b SIP/2.0\nVia: SIP/2.0/UDP 10.0.0.7;branch=z9hG4bK1\nTo: <sip:a@b>\n\n")
        #expect(self.answers(message).isEmpty)
    }

    @Test func `an INVITE that we cannot serve is refused`() throws {
        let required = try self.request("INVITE", extra: "Require: 100rel, x\n")
        var agent = self.agent()
        let effects = agent.handle(.received(required, from: self.source), at: .zero)
        let refusal = effects.lazy.compactMap { if case .send(let message, _) = $0 { message } else { nil } }.first
        #expect(refusal?.status == .badExtension)
        #expect(refusal?.all(.unsupported) == ["100rel", "x"])
        #expect(try self.answers(self.request("INVITE", uri: "urn:service:sos")) == [416])
        let withoutContact = try SIPMessage(text: self.request("INVITE").description.replacing("Contact", with: "X"))
        #expect(self.answers(withoutContact) == [400])
    }

    @Test(arguments: ["REGISTER", "OPTIONS"])
    func `REGISTER and OPTIONS are handed to the box, once, and its answer is repeated`(method: String) throws {
        var agent = self.agent()
        let request = try self.request(method)
        let effects = agent.handle(.received(request, from: self.source), at: .zero)
        let handed = effects.compactMap { effect -> (SIPMessage, SIPTransactionID)? in
            if case .request(let message, self.source, let id) = effect { (message, id) } else { nil }
        }
        let (message, id) = try #require(handed.first)
        #expect(handed.count == 1 && message.method.rawValue == method)
        #expect(agent.handle(.received(request, from: self.source), at: .zero).isEmpty)
        let answer = agent.handle(.respond(id, SIPMessage(response: .ok, to: message)), at: .zero)
        guard case .send(let response, let destination) = answer.first else {
            Issue.record("nothing was sent")
            return
        }
        #expect(response.status == .ok && response[.to]?.tag != nil)
        #expect(destination == self.source)
        #expect(agent.handle(.received(request, from: self.source), at: .zero) == [.send(response, to: self.source)])
    }

    @Test func `a response goes to where the request came from, where rport asks for it`() throws {
        let asked = try SIPMessage(text: self.request("BYE").description.replacing("branch", with: "rport;branch"))
        let behind = Endpoint(ipv4: 0x0A00_0063, port: 40_000)
        for (message, port) in [(asked, UInt16(40_000)), (try self.request("BYE"), 5062)] {
            var agent = self.agent()
            let effects = agent.handle(.received(message, from: behind), at: .zero)
            #expect(
                effects.contains { effect in
                    guard case .send(let response, let destination) = effect else { return false }
                    return destination == behind.withPort(port) && response[.via]?.parameters["received"] == behind.host
                })
        }
    }

    @Test func `a repeated INVITE gets the last response and makes no second session`() throws {
        var agent = self.agent()
        let invite = try self.request("INVITE")
        let first = agent.handle(.received(invite, from: self.source), at: .zero)
        guard case .session(let session, .invited) = first.last else {
            Issue.record("nobody was invited")
            return
        }
        let ringing = agent.handle(.order(session, .progress(.ringing, nil)), at: .zero)
        #expect(ringing.count == 1)
        #expect(agent.handle(.received(invite, from: self.source), at: .zero) == ringing)
    }

    @Test func `a request of the box is completed, sent and answered`() throws {
        var network = VirtualNetwork(agents: 2)
        let registrar = SIPURI(endpoint: network.endpoint(1))
        var message = SIPMessage(request: .register, uri: registrar)
        message[.from] = SIPAddress(SIPURI(user: "7000", host: "example.com"))
        message[.to] = message[.from]
        var notes = network.give(.send(message, to: network.endpoint(1), as: 42), to: 0)
        notes += network.run(for: .milliseconds(20))
        guard case .request(let request, network.endpoint(0), let id) = notes.first?.effect else {
            Issue.record("the request did not come")
            return
        }
        #expect(request[.cseq] == SIPCSeq(1, .register) && request[.maxForwards] == 70)
        #expect(request[.from]?.tag != nil && request[.to]?.tag == nil && request[.callID] != nil)
        notes += network.give(.respond(id, SIPMessage(response: .forbidden, to: request)), to: 1)
        notes += network.run(for: .seconds(60))
        guard case .response(let response, 42) = notes.last?.effect else {
            Issue.record("the answer did not come")
            return
        }
        #expect(response.status == .forbidden && notes.count == 2)
    }

    @Test func `a request of the box that nobody answers is reported`() throws {
        var network = VirtualNetwork(agents: 1)
        let message = SIPMessage(request: .options, uri: SIPURI(endpoint: .loopback(9)))
        var notes = network.give(.send(message, to: .loopback(9), as: 1), to: 0)
        notes += network.run(for: .seconds(60))
        #expect(notes.map(\.effect) == [.noResponse(1)])
        #expect(network.sent.count == 11)
    }
}
