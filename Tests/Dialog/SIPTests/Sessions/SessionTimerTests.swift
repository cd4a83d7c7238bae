import CallCore
import SIP
import Testing

/// RFC 4028: the two sides of a session show each other that they live.
@Suite struct SessionTimerTests {
    private static func timer(_ interval: Int, minimum: Int = 90) -> SIPCapabilities {
        SIPCapabilities(sessionTimer: SIPSessionTimer(interval: interval, minimum: minimum))
    }

    private func established(_ caller: SIPCapabilities, _ callee: SIPCapabilities) throws -> Call {
        try Call.established(caller: caller, callee: callee)
    }

    private func response(_ call: Call, to method: SIPMethod = .invite) throws -> SIPMessage {
        try #require(call.network.sent.last { $0.status == .ok && $0.method == method })
    }

    // MARK: What is agreed on

    @Test func `unless told otherwise, a user agent asks for half an hour`() throws {
        let call = try self.established(SIPCapabilities(), SIPCapabilities())
        let invite = call.network.sent[0]
        #expect(invite[.sessionExpires] == SIPSessionExpires(seconds: 1_800) && invite[.minSE] == nil)
        #expect(invite.all(.supported) == [.timer])
        let ok = try self.response(call)
        #expect(ok[.sessionExpires] == SIPSessionExpires(seconds: 1_800, refresher: .uac))
        #expect(ok.all(.require) == [.timer])
    }

    @Test func `without a session timer nothing is said of it`() throws {
        let call = try self.established(.timerless, .timerless)
        for message in call.network.sent {
            #expect(message[.sessionExpires] == nil && message.all(.supported).isEmpty)
        }
    }

    @Test func `the callee may agree to less, but not to more`() throws {
        #expect(
            try self.response(self.established(Self.timer(1_800), Self.timer(600)))[.sessionExpires]?.seconds == 600)
        #expect(
            try self.response(self.established(Self.timer(600), Self.timer(1_800)))[.sessionExpires]?.seconds == 600)
    }

    @Test func `a callee agrees to no less than Min-SE`() throws {
        let call = try self.established(Self.timer(1_800, minimum: 900), Self.timer(600))
        #expect(call.network.sent[0][.minSE] == 900)
        #expect(try self.response(call)[.sessionExpires]?.seconds == 900)
    }

    @Test(arguments: [SIPSessionExpires.Refresher.uac, .uas])
    func `the caller's choice of who refreshes stands`(refresher: SIPSessionExpires.Refresher) throws {
        var network = VirtualNetwork(agents: 2, capabilities: [Self.timer(300)])
        network.rewrites = { message in
            if message.isRequest, message.method == .invite {
                message[.sessionExpires] = SIPSessionExpires(seconds: 300, refresher: refresher)
            }
        }
        let session = network.agents[0].makeSession()
        var notes = network.order(.invite(.toAgent(1, in: network, offer: .sdp("offer"))), session, of: 0)
        notes += network.run(for: .milliseconds(20))
        notes += network.order(.accept(.sdp("answer")), try #require(notes.invited(1)), of: 1)
        notes += network.run(for: .seconds(160))
        #expect(network.sent.first { $0.status == .ok }?[.sessionExpires]?.refresher == refresher)
        let update = try #require(network.sent.first { $0.method == .update && $0.isRequest })
        #expect((update[.via]?.port == 5060) == (refresher == .uac))
    }

    @Test func `a caller that knows the timer but does not ask for one is asked by the callee`() throws {
        var network = VirtualNetwork(agents: 2, capabilities: [Self.timer(1_800), Self.timer(300)])
        network.rewrites = { if $0.isRequest { $0[.sessionExpires] = nil } }
        let session = network.agents[0].makeSession()
        var notes = network.order(.invite(.toAgent(1, in: network, offer: .sdp("offer"))), session, of: 0)
        notes += network.run(for: .milliseconds(20))
        notes += network.order(.accept(.sdp("answer")), try #require(notes.invited(1)), of: 1)
        let ok = try #require(network.sent.last { $0.status == .ok })
        #expect(ok[.sessionExpires] == SIPSessionExpires(seconds: 300, refresher: .uac))
        notes += network.run(for: .seconds(160))
        #expect(network.sent.contains { $0.method == .update && $0[.via]?.port == 5060 })
    }

    @Test func `an interval that is too short is refused by 422, and the call tried again with what is demanded`()
        throws
    {
        var network = VirtualNetwork(agents: 2, capabilities: [Self.timer(300), Self.timer(1_800, minimum: 600)])
        let session = network.agents[0].makeSession()
        var notes = network.order(.invite(.toAgent(1, in: network, offer: .sdp("offer"))), session, of: 0)
        notes += network.run(for: .milliseconds(100))
        #expect(notes.names(0).isEmpty && notes.names(1) == ["invited"])
        let invites = network.sent.filter { $0.isRequest && $0.method == .invite }
        #expect(network.sent.first { $0.status == .intervalTooSmall }?[.minSE] == 600)
        #expect(invites.map { $0[.cseq]?.number } == [1, 2])
        #expect(invites[1][.sessionExpires]?.seconds == 600 && invites[1][.minSE] == 600)
        #expect(invites[0][.callID] == invites[1][.callID] && invites[0][.from] == invites[1][.from])
        #expect(invites[1].body == invites[0].body && invites[1][.to]?.tag == nil)
        notes += network.order(.accept(.sdp("answer")), try #require(notes.invited(1)), of: 1)
        notes += network.run(for: .seconds(20))
        #expect(notes.names(0) == ["established"] && notes.names(1) == ["invited", "confirmed"])
        #expect(network.sent.last { $0.method == .ack }?[.cseq]?.number == 2)
    }

    @Test func `a 422 that demands no more than was offered is a refusal`() throws {
        var call = try Call(capabilities: Self.timer(300))
        call.orderCallee(.reject(.intervalTooSmall, fields: [SIPHeaderField("Min-SE", "300")]))
        call.run(for: .seconds(1))
        #expect(call.callerReports == ["rejected 422"])
    }

    @Test func `a proxy that demands ever more is not followed for ever`() throws {
        var network = VirtualNetwork(agents: 2, capabilities: [Self.timer(300)])
        network.rewrites = { message in
            guard message.isRequest, message.method == .invite else { return }
            message[.sessionExpires] = SIPSessionExpires(seconds: 1)
        }
        var demanded = 300
        network.rewritesResponses = { message in
            guard message.status == .intervalTooSmall else { return }
            demanded += 1
            message[.minSE] = demanded
        }
        let session = network.agents[0].makeSession()
        var notes = network.order(.invite(.toAgent(1, in: network, offer: .sdp("offer"))), session, of: 0)
        notes += network.run(for: .seconds(60))
        #expect(notes.names(0) == ["rejected 422"])
        #expect(network.sent.filter { $0.isRequest && $0.method == .invite }.count <= 10)
    }

    // MARK: Refreshes

    @Test func `a session is refreshed by UPDATE without a body after half the interval, again and again`() throws {
        var call = try self.established(Self.timer(300), Self.timer(300))
        let start = call.network.now
        call.run(for: .seconds(149))
        #expect(!call.traffic.contains { $0.contains("UPDATE") })
        call.run(for: .seconds(2))
        #expect(call.traffic.suffix(2) == ["UPDATE 2", "200 UPDATE"])
        let update = call.network.sent[call.network.sent.count - 2]
        #expect(update[.sessionExpires] == SIPSessionExpires(seconds: 300, refresher: .uac))
        #expect(update.body == nil && update.all(.supported) == [.timer])
        call.run(until: start + .seconds(3_600))
        #expect(call.traffic.filter { $0 == "200 UPDATE" }.count == 23)
        #expect(call.callerReports.isEmpty && call.calleeReports.isEmpty)
    }

    @Test func `a peer that takes no UPDATE is refreshed by a re-INVITE with the description that stands`() throws {
        var call = try Call(capabilities: Self.timer(300))
        call.network.rewrites = { if !$0.isRequest { $0.setAll([.invite, .ack, .bye, .cancel], for: .allow) } }
        call.orderCallee(.accept(.sdp("answer")))
        call.run(for: .seconds(1))
        call.notes = []
        call.run(for: .seconds(150))
        #expect(call.calleeReports == ["offered"] && call.notes.reports(1).first?.body == "offer")
        call.orderCallee(.answer(.sdp("answer")))
        call.run(for: .seconds(1))
        #expect(call.calleeReports == ["offered", "acknowledged"])
        // The box has asked for nothing, and nothing has changed.
        #expect(call.callerReports.isEmpty)
        call.run(for: .seconds(150))
        call.orderCallee(.answer(.sdp("another answer")))
        call.run(for: .seconds(1))
        #expect(call.callerReports == ["refreshed"] && call.notes.reports(0).first?.body == "another answer")
    }

    @Test(arguments: [true, false])
    func `an offer refreshes the session too`(byUpdate: Bool) throws {
        var call = try self.established(Self.timer(300), Self.timer(300))
        call.run(for: .seconds(140))
        call.orderCaller(byUpdate ? .update(.sdp("new")) : .offer(.sdp("new")))
        call.run(for: .milliseconds(30))
        call.orderCallee(.answer(.sdp("yes")))
        let sent = call.network.sent.count
        call.run(for: .seconds(148))
        #expect(call.network.sent.count - sent <= 1)
        call.run(for: .seconds(4))
        #expect(call.traffic.suffix(2).map { $0.suffix(6) } == ["DATE 3", "UPDATE"])
    }

    @Test func `an offer of the peer refreshes the session too`() throws {
        var call = try self.established(Self.timer(300), Self.timer(300))
        call.run(for: .seconds(140))
        call.orderCallee(.update(.sdp("new")))
        call.run(for: .milliseconds(30))
        call.orderCaller(.answer(.sdp("yes")))
        call.run(for: .seconds(140))
        #expect(call.traffic.filter { $0 == "200 UPDATE" }.count == 1)
        // Who refreshes does not change by it.
        call.run(for: .seconds(12))
        #expect(call.traffic.filter { $0 == "UPDATE 2" }.count == 1)
    }

    @Test func `a refresh that is refused is tried again in time`() throws {
        var call = try self.established(Self.timer(300), Self.timer(300))
        var refused = 1
        call.network.rewritesResponses = { message in
            guard message.method == .update, refused > 0 else { return }
            refused -= 1
            message = SIPMessage(response: .serverInternalError, to: message)
        }
        call.run(for: .seconds(200))
        #expect(call.traffic.filter { $0.hasPrefix("UPDATE") } == ["UPDATE 2", "UPDATE 3"])
        call.run(for: .seconds(200))
        #expect(call.callerReports.isEmpty && call.calleeReports.isEmpty)
    }

    @Test func `a refresh refused by 422 is repeated with what is demanded`() throws {
        var call = try self.established(Self.timer(300), Self.timer(300))
        call.network.rewrites = { message in
            guard message.method == .update, message.isRequest, message[.minSE] == nil else { return }
            message[.sessionExpires]?.seconds = 60
        }
        call.network.rewritesResponses = { if $0.status == .intervalTooSmall { $0[.minSE] = 400 } }
        call.run(for: .seconds(152))
        let updates = call.network.sent.filter { $0.method == .update && $0.isRequest }
        #expect(updates.count == 2 && updates.last?[.sessionExpires]?.seconds == 400)
        #expect(updates.last?[.minSE] == 400)
    }

    // MARK: A peer that is gone

    @Test func `a refresh that nobody answers ends the session, and so does waiting for one`() throws {
        var call = try self.established(Self.timer(300), Self.timer(300))
        let start = call.network.now
        call.network.swallows = { _ in true }
        call.run(for: .seconds(400))
        #expect(call.callerReports == ["ended timedOut"])
        #expect(call.calleeReports == ["ended expired"])
        // The refresh at 150 s is given up after 32 s; a refresh is awaited until 32 s before the end.
        #expect(call.notes.map { ($0.time - start + .milliseconds(500)).components.seconds } == [182, 268])
        #expect(call.traffic.contains("BYE 3") && call.traffic.contains("BYE 1"))
    }

    @Test(arguments: [(300, 268), (90, 60), (1_800, 1_768)])
    func `who waits for a refresh gives up a third of the interval before its end, at most 32 s`(
        interval: Int, expected: Int64
    ) throws {
        var call = try self.established(Self.timer(interval), Self.timer(interval))
        let start = call.network.now
        call.network.swallows = { $0.method == .update || $0.method == .bye }
        call.run(for: .seconds(interval))
        let end = try #require(call.notes.first { $0.agent == 1 })
        #expect(call.calleeReports == ["ended expired"])
        #expect((end.time - start + .milliseconds(500)).components.seconds == expected)
    }

    @Test func `a caller whose peer does not know the timer asks for signs of life itself`() throws {
        var call = try self.established(Self.timer(300), .timerless)
        #expect(try self.response(call)[.sessionExpires] == nil)
        call.run(for: .seconds(160))
        #expect(call.traffic.suffix(2) == ["UPDATE 2", "200 UPDATE"])
        call.network.swallows = { _ in true }
        call.run(for: .seconds(200))
        #expect(call.callerReports == ["ended timedOut"])
    }

    @Test func `an offer of a peer that does not know the timer does not stop that`() throws {
        var call = try self.established(Self.timer(300), .timerless)
        call.run(for: .seconds(140))
        call.orderCallee(.offer(.sdp("new")))
        call.run(for: .milliseconds(30))
        call.orderCaller(.answer(.sdp("yes")))
        call.run(for: .seconds(152))
        #expect(call.traffic.suffix(2) == ["UPDATE 2", "200 UPDATE"])
    }

    @Test func `a callee whose peer does not know the timer agrees to none`() throws {
        var call = try self.established(.timerless, Self.timer(300))
        #expect(try self.response(call)[.sessionExpires] == nil)
        call.run(for: .seconds(3_600))
        #expect(call.calleeReports.isEmpty && !call.traffic.contains { $0.contains("UPDATE") })
    }

    @Test func `where only a proxy wants the timer, the callee refreshes`() throws {
        var network = VirtualNetwork(agents: 2, capabilities: [.timerless, Self.timer(300)])
        network.rewrites = { message in
            if message.isRequest, message.method == .invite {
                message[.sessionExpires] = SIPSessionExpires(seconds: 200)
            }
        }
        let session = network.agents[0].makeSession()
        var notes = network.order(.invite(.toAgent(1, in: network, offer: .sdp("offer"))), session, of: 0)
        notes += network.run(for: .milliseconds(20))
        notes += network.order(.accept(.sdp("answer")), try #require(notes.invited(1)), of: 1)
        notes += network.run(for: .seconds(110))
        let ok = try #require(network.sent.first { $0.status == .ok && $0.method == .invite })
        #expect(ok[.sessionExpires] == SIPSessionExpires(seconds: 200, refresher: .uas) && ok.all(.require).isEmpty)
        #expect(network.sent.last?.method == .update)
    }

    @Test func `a session that has ended is not refreshed`() throws {
        var call = try self.established(Self.timer(300), Self.timer(300))
        call.orderCaller(.end)
        call.run(for: .seconds(1_000))
        #expect(!call.traffic.contains { $0.contains("UPDATE") })
        #expect(call.network.agents.allSatisfy { $0.isIdle })
    }
}
