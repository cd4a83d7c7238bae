import CallCore
import SIP
import Testing

/// Calls between user agents of which one wants to know who the other is.
@Suite struct SIPAuthenticatedCallTests {
    /// A network in which agent 1 challenges the requests of some methods.
    private func network(_ methods: Set<SIPMethod>, password: String? = "secret") -> VirtualNetwork {
        var network = VirtualNetwork(agents: 2)
        let server = SIPDigestServer(realm: "example.com", secret: "s", functions: PlainDigests())
        network.agents[1].challenger = SIPChallenger(server: server) { user in
            user == "7000" ? "secret" : nil
        } isNeeded: { request, _ in
            methods.contains(request.method)
        }
        if let password {
            network.agents[0].credentials = SIPDigestClient(user: "7000", password: password, functions: PlainDigests())
        }
        return network
    }

    private func traffic(_ network: VirtualNetwork) -> [String] {
        network.sent.map { message in
            message.status.map { "\($0.code) \(message.method)" } ?? "\(message.method) \(message[.cseq]?.number ?? 0)"
        }
    }

    @Test func `every request of a call is answered for, each with the next number`() throws {
        var network = self.network([.invite, .info, .bye])
        let caller = network.agents[0].makeSession()
        var notes = network.order(.invite(.toAgent(1, in: network, offer: .sdp("offer"))), caller, of: 0)
        notes += network.run(for: .milliseconds(100))
        let callee = try #require(notes.invited(1))
        notes += network.order(.accept(.sdp("answer")), callee, of: 1)
        notes += network.run(for: .milliseconds(100))
        notes += network.order(.info(.msml("<msml/>"), token: 5), caller, of: 0)
        notes += network.run(for: .milliseconds(100))
        for note in notes {
            guard note.agent == 1, case .session(_, .info(let transaction, _)) = note.effect else { continue }
            notes += network.order(.answerInfo(transaction, .ok, nil), callee, of: 1)
        }
        notes += network.run(for: .milliseconds(100))
        notes += network.order(.offer(.sdp("again")), caller, of: 0)
        notes += network.run(for: .milliseconds(100))
        notes += network.order(.answer(.sdp("answer")), callee, of: 1)
        notes += network.run(for: .milliseconds(100))
        notes += network.order(.end, caller, of: 0)
        notes += network.run(for: .milliseconds(100))
        #expect(notes.names(0) == ["established", "infoAnswered 5 200", "answered", "ended local"])
        #expect(notes.names(1) == ["invited", "confirmed", "info", "offered", "acknowledged", "ended bye"])
        #expect(
            self.traffic(network) == [
                "INVITE 1", "401 INVITE", "ACK 1", "INVITE 2", "100 INVITE", "200 INVITE", "ACK 2",
                "INFO 3", "401 INFO", "INFO 4", "200 INFO",
                "INVITE 5", "401 INVITE", "ACK 5", "INVITE 6", "100 INVITE", "200 INVITE", "ACK 6",
                "BYE 7", "401 BYE", "BYE 8", "200 BYE",
            ])
        let branches = network.sent.filter { $0.isRequest && $0.method != .ack }.map { $0[.via]?.branch }
        #expect(Set(branches).count == branches.count)
        _ = network.run(for: .seconds(200))
        #expect(network.agents[0].isIdle && network.agents[1].isIdle)
    }

    @Test func `a call that was answered for can be taken back`() throws {
        var network = self.network([.invite])
        let caller = network.agents[0].makeSession()
        var notes = network.order(.invite(.toAgent(1, in: network, offer: .sdp("offer"))), caller, of: 0)
        notes += network.run(for: .milliseconds(100))
        notes += network.order(.end, caller, of: 0)
        notes += network.run(for: .milliseconds(100))
        #expect(notes.names(0) == ["ended local"] && notes.names(1) == ["invited", "ended cancelled"])
        #expect(self.traffic(network).suffix(4).contains("CANCEL 2"))
    }

    @Test(arguments: [nil, "guess"])
    func `without the right password the refusal stands`(password: String?) throws {
        var network = self.network([.invite], password: password)
        let caller = network.agents[0].makeSession()
        var notes = network.order(.invite(.toAgent(1, in: network, offer: .sdp("offer"))), caller, of: 0)
        notes += network.run(for: .seconds(10))
        #expect(notes.names(0) == ["rejected 401"] && notes.names(1).isEmpty)
        let attempts = network.sent.filter { $0.method == .invite && $0.isRequest }
        #expect(attempts.count == (password == nil ? 1 : 2))
    }

    @Test func `a server that finds every nonce too old is answered three times`() throws {
        var agent = SIPUserAgent(localEndpoint: .loopback(5060), seed: 1, product: "Test")
        agent.credentials = SIPDigestClient(user: "7000", password: "secret", functions: PlainDigests())
        let request = SIPMessage(request: .options, uri: SIPURI(endpoint: .loopback(6060)))
        var effects = agent.handle(.send(request, to: .loopback(6060), as: 1), at: .zero)
        var attempts = 0
        while case .send(let sent, _)? = effects.first(where: { if case .send = $0 { true } else { false } }) {
            attempts += 1
            var refusal = SIPMessage(response: .unauthorized, to: sent)
            let challenge = "Digest realm=\"x\", nonce=\"\(attempts)\", qop=\"auth\", stale=true"
            refusal.setField("WWW-Authenticate", to: challenge)
            effects = agent.handle(.received(refusal, from: .loopback(6060)), at: .zero)
        }
        #expect(attempts == 4)
        #expect(effects.contains { if case .response(_, 1) = $0 { true } else { false } })
    }

    @Test func `a registration is answered for, and later numbers are higher`() throws {
        var network = self.network([.register])
        var request = SIPMessage(request: .register, uri: SIPURI(host: "example.com"))
        request[.from] = SIPAddress(SIPURI(user: "7000", host: "example.com"))
        request[.to] = request[.from]
        request[.callID] = "registration"
        var numbers: [UInt32] = []
        for id in [SIPRequestID(1), 2] {
            var notes = network.give(.send(request, to: network.endpoint(1), as: id), to: 0)
            notes += network.run(for: .milliseconds(100))
            guard case .request(let received, _, let transaction)? = notes.last?.effect else {
                Issue.record("\(notes)")
                return
            }
            numbers.append(received[.cseq]?.number ?? 0)
            #expect(received[.credentials]?.parameters["username"] == "7000")
            notes = network.give(.respond(transaction, SIPMessage(response: .ok, to: received)), to: 1)
            notes += network.run(for: .seconds(40))
            guard case .response(let response, id)? = notes.last?.effect else {
                Issue.record("\(notes)")
                return
            }
            #expect(response.status == .ok)
        }
        #expect(numbers == [2, 4])
    }
}
