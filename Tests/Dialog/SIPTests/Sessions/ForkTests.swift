import CallCore
import SIP
import Testing

/// A forked call: several branches answer, each with a dialog of its own. RFC 3261 §12.1.2, §13.2.2.4; RFC 3262 §4.
@Suite struct ForkTests {
    /// A caller, and what it hears and sends.
    private struct Fork {
        var agent = SIPUserAgent(localEndpoint: .loopback(5060), seed: 1, product: "Test", capabilities: .everything)
        let peer = Endpoint(ipv4: 0x0A00_0007, port: 5062)
        let session: SIPSessionID
        var invite: SIPMessage
        var reports: [SIPSession.Report] = []
        var sent: [SIPMessage] = []

        init(offer: SIPBody?) throws {
            self.session = self.agent.makeSession()
            let target = SIPURI(user: "7001", endpoint: self.peer)
            let invitation = SIPInvitation(
                requestURI: target, from: SIPAddress(target), to: SIPAddress(target), destination: self.peer,
                offer: offer)
            self.invite = SIPMessage(request: .invite, uri: target)
            self.give(.order(self.session, .invite(invitation)))
            self.invite = try #require(self.sent.first)
            self.sent = []
        }

        mutating func order(_ order: SIPSession.Order) { self.give(.order(self.session, order)) }

        /// A response of one branch; its Contact is named like its tag.
        mutating func respond(
            _ status: SIPStatus, from branch: String, rseq: Int? = nil, body: String? = nil, route: String? = nil
        ) {
            var response = SIPMessage(response: status, to: self.invite, tag: branch)
            response[.contact] = SIPAddress(SIPURI(user: branch, endpoint: self.peer))
            response.setAll([.invite, .ack, .update, .prack], for: .allow)
            response.setField("Record-Route", to: route)
            if let rseq {
                response.setAll([.reliableProvisional], for: .require)
                response[.rseq] = rseq
            }
            response.body = body.map { .sdp($0) }
            self.give(.received(response, from: self.peer))
        }

        /// The answer to a request that was sent.
        mutating func answer(_ request: SIPMessage, _ status: SIPStatus = .ok) {
            self.give(.received(SIPMessage(response: status, to: request), from: self.peer))
        }

        private mutating func give(_ event: SIPUserAgent.Event) {
            for effect in self.agent.handle(event, at: .zero) {
                if case .session(_, let report) = effect { self.reports.append(report) }
                if case .send(let message, _) = effect { self.sent.append(message) }
            }
        }

        /// What was sent since the last look, as `METHOD number to branch`.
        mutating func look() -> [String] {
            defer { self.sent = [] }
            return self.sent.map { "\($0.method) \($0[.cseq]?.number ?? 0) to \($0.requestURI?.user ?? "")" }
        }
    }

    @Test func `each branch is confirmed in its own dialog, with its own numbers`() throws {
        var fork = try Fork(offer: .sdp("offer"))
        fork.respond(.ringing, from: "a", rseq: 100)
        #expect(fork.look() == ["PRACK 2 to a"])
        fork.respond(.ringing, from: "b", rseq: 700)
        #expect(fork.look() == ["PRACK 2 to b"])
        fork.respond(.sessionProgress, from: "a", rseq: 101)
        #expect(fork.look() == ["PRACK 3 to a"])
        fork.respond(.sessionProgress, from: "b", rseq: 700)
        #expect(fork.look().isEmpty)
        #expect(fork.reports.map(\.name) == ["progress 180", "progress 180", "progress 183"])
    }

    @Test func `a response that overtakes another is dropped, since that will come again`() throws {
        var fork = try Fork(offer: .sdp("offer"))
        fork.respond(.ringing, from: "a", rseq: 100)
        fork.respond(.queued, from: "a", rseq: 102)
        #expect(fork.look() == ["PRACK 2 to a"] && fork.reports.count == 1)
        fork.respond(.sessionProgress, from: "a", rseq: 101)
        fork.respond(.queued, from: "a", rseq: 102)
        #expect(fork.look() == ["PRACK 3 to a", "PRACK 4 to a"] && fork.reports.count == 3)
    }

    @Test func `100 is never confirmed, whatever it says`() throws {
        var fork = try Fork(offer: .sdp("offer"))
        fork.respond(.trying, from: "a", rseq: 100)
        #expect(fork.look().isEmpty && fork.reports.isEmpty)
    }

    @Test func `the branch that takes the call has it, and the others are no part of it any more`() throws {
        var fork = try Fork(offer: .sdp("offer"))
        fork.respond(.ringing, from: "a", rseq: 100)
        fork.respond(.ringing, from: "b", rseq: 700)
        fork.respond(.ok, from: "a", body: "answer")
        #expect(fork.look().last == "ACK 1 to a")
        let dialog = try #require(fork.agent.dialog(of: fork.session))
        #expect(dialog.remoteTag == "a" && dialog.localSequence == 2)
        fork.respond(.ok, from: "b", body: "answer")
        #expect(fork.look() == ["ACK 1 to b", "BYE 2 to b"])
        fork.respond(.ok, from: "b", body: "answer")
        #expect(fork.look() == ["ACK 1 to b"])
        fork.respond(.ok, from: "a", body: "answer")
        #expect(fork.look() == ["ACK 1 to a"])
        #expect(fork.reports.map(\.name) == ["progress 180", "progress 180", "established"])
    }

    @Test func `offers of several branches are answered first come first`() throws {
        var fork = try Fork(offer: nil)
        fork.respond(.sessionProgress, from: "a", rseq: 100, body: "offer of a")
        fork.respond(.sessionProgress, from: "b", rseq: 700, body: "offer of b")
        #expect(fork.look().isEmpty)
        fork.order(.answer(.sdp("answer to a")))
        #expect(fork.sent.last?.body?.text == "answer to a" && fork.look() == ["PRACK 2 to a"])
        fork.order(.answer(.sdp("answer to b")))
        #expect(fork.sent.last?.body?.text == "answer to b" && fork.look() == ["PRACK 2 to b"])
    }

    @Test func `a response that does not wait for the answer to the offer before it is dropped`() throws {
        var fork = try Fork(offer: nil)
        fork.respond(.sessionProgress, from: "a", rseq: 100, body: "offer")
        fork.respond(.ringing, from: "a", rseq: 101)
        fork.order(.answer(.sdp("answer")))
        #expect(fork.sent.first?[.rack]?.responseNumber == 100 && fork.look() == ["PRACK 2 to a"])
        fork.respond(.ringing, from: "a", rseq: 101)
        #expect(fork.look() == ["PRACK 3 to a"] && fork.reports.count == 2)
    }

    @Test func `a 2xx that does not wait for the answer to its offer gets it in the ACK`() throws {
        var fork = try Fork(offer: nil)
        fork.respond(.sessionProgress, from: "a", rseq: 100, body: "offer")
        fork.respond(.ok, from: "a")
        fork.order(.answer(.sdp("answer")))
        #expect(fork.sent.last?.body?.text == "answer" && fork.look() == ["ACK 1 to a"])
    }

    @Test func `the route is that of the 2xx, whatever earlier responses said`() throws {
        var fork = try Fork(offer: .sdp("offer"))
        fork.respond(.ringing, from: "a", rseq: 100, route: "<sip:early@10.0.0.5;lr>")
        #expect(fork.sent.last?.all(.route).map(\.uri.user) == ["early"])
        fork.respond(.ok, from: "a", body: "answer", route: "<sip:one@10.0.0.6;lr>, <sip:two@10.0.0.5;lr>")
        #expect(fork.sent.last?.all(.route).map(\.uri.user) == ["two", "one"])
        #expect(fork.look().last == "ACK 1 to a")
    }

    @Test func `a BYE of one branch ends that branch only`() throws {
        var fork = try Fork(offer: .sdp("offer"))
        fork.respond(.ringing, from: "a", rseq: 100)
        fork.respond(.ringing, from: "b", rseq: 700)
        _ = fork.look()
        let dialog = try #require(fork.agent.dialog(of: fork.session))
        var bye = SIPMessage(request: .bye, uri: SIPURI(endpoint: .loopback(5060)))
        bye[.via] = SIPVia(fork.peer, branch: "z9hG4bKbye")
        (bye[.from], bye[.to], bye[.callID], bye[.cseq]) = (
            dialog.remote, dialog.local, dialog.callID, SIPCSeq(1, .bye)
        )
        let effects = fork.agent.handle(.received(bye, from: fork.peer), at: .zero)
        #expect(effects.contains { if case .send(let answer, _) = $0 { answer.status == .ok } else { false } })
        fork.respond(.ok, from: "a", body: "answer")
        #expect(fork.look() == ["ACK 1 to a"] && fork.reports.last?.name == "established")
    }

    @Test func `a redirection tells the Contacts`() throws {
        var fork = try Fork(offer: .sdp("offer"))
        fork.respond(.ringing, from: "a")
        fork.respond(.movedTemporarily, from: "elsewhere")
        guard case .rejected(.movedTemporarily, let message)? = fork.reports.last else {
            Issue.record("it was not redirected")
            return
        }
        #expect(message?[.contact]?.uri.user == "elsewhere")
        #expect(fork.agent.dialog(of: fork.session) == nil)
    }

    @Test func `a 2xx that comes when the call was given up is acknowledged and ended`() throws {
        var fork = try Fork(offer: .sdp("offer"))
        fork.respond(.ringing, from: "a")
        fork.order(.end)
        #expect(fork.look() == ["CANCEL 1 to 7001"])
        fork.respond(.ok, from: "a", body: "answer")
        #expect(fork.look() == ["ACK 1 to a", "BYE 2 to a"])
        fork.respond(.ok, from: "b", body: "answer")
        #expect(fork.look() == ["ACK 1 to b", "BYE 2 to b"])
    }

    @Test func `so many branches are followed, and a flood of them takes no more`() throws {
        var fork = try Fork(offer: .sdp("offer"))
        for number in 0..<1_000 { fork.respond(.ringing, from: "branch\(number)", rseq: 1) }
        let confirmed = fork.look().count
        #expect(confirmed > 1 && confirmed <= 32)
        fork.respond(.ok, from: "branch999", body: "answer")
        #expect(fork.look() == ["ACK 1 to branch999"])
    }
}
