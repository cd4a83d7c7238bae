import CallCore
import SIP
import Testing

@Suite struct SIPSessionCallTests {
    @Test func `a call is invited, rings, is taken and confirmed`() throws {
        var call = try Call(fields: [SIPHeaderField("X-Genesys-CallUUID", "1")])
        call.orderCallee(.progress(.ringing, nil))
        call.run(for: .milliseconds(20))
        call.orderCallee(.accept(.sdp("answer")))
        call.run(for: .seconds(60))
        #expect(call.callerReports == ["progress 180", "established"])
        #expect(call.calleeReports == ["invited", "confirmed"])
        #expect(call.notes.reports(1).first?.body == "offer")
        #expect(call.notes.reports(0).last?.body == "answer")
        #expect(call.traffic == ["INVITE 1", "100 INVITE", "180 INVITE", "200 INVITE", "ACK 1"])
        let invite = call.network.sent[0]
        #expect(invite.field("X-Genesys-CallUUID") == "1")
        #expect(invite[.contact]?.uri.description == "sip:7000@127.0.0.1:5060")
        #expect(invite[.from]?.displayName == "Ada" && invite[.userAgent] == "Agent 0")
    }

    @Test func `both sides know the same dialog`() throws {
        let call = try Call.established()
        let caller = try #require(call.network.agents[0].dialog(of: call.caller))
        let callee = try #require(call.network.agents[1].dialog(of: call.callee))
        #expect(caller.callID == callee.callID)
        #expect(caller.localTag == callee.remoteTag && caller.remoteTag == callee.localTag)
        #expect(caller.remoteTarget.description == "sip:7001@127.0.0.1:5061")
        #expect(callee.remoteTarget.description == "sip:7000@127.0.0.1:5060")
        #expect(caller.isInitiator && !callee.isInitiator)
        #expect(caller.localURI == callee.remoteURI && caller.remoteURI == callee.localURI)
    }

    @Test func `where the INVITE has no offer, the answer goes out in the ACK`() throws {
        var call = try Call(offer: nil)
        call.orderCallee(.accept(.sdp("late offer")))
        call.run(for: .milliseconds(700))
        #expect(call.notes.reports(0).last?.body == "late offer")
        #expect(!call.traffic.contains("ACK 1"))
        call.orderCaller(.answer(.sdp("late answer")))
        call.run(for: .seconds(40))
        #expect(call.calleeReports == ["invited", "confirmed"])
        #expect(call.notes.reports(1).last?.body == "late answer")
        #expect(call.traffic.filter { $0 == "200 INVITE" }.count == 2)
    }

    @Test(arguments: [SIPStatus.busyHere, .notFound, .notAcceptableHere, .decline, .serviceUnavailable])
    func `a refusal is reported and acknowledged`(status: SIPStatus) throws {
        var call = try Call()
        call.orderCallee(.reject(status))
        call.run(for: .seconds(60))
        #expect(call.callerReports == ["rejected \(status.code)"])
        #expect(call.calleeReports == ["invited", "ended local"])
        #expect(call.traffic == ["INVITE 1", "100 INVITE", "\(status.code) INVITE", "ACK 1"])
        #expect(call.network.agents[0].dialog(of: call.caller) == nil)
    }

    @Test func `nobody answers an INVITE: it is sent seven times and given up after 32 s`() throws {
        var network = VirtualNetwork(agents: 2)
        network.swallows = { _ in true }
        let session = network.agents[0].makeSession()
        let invitation = SIPInvitation.toAgent(1, in: network, offer: nil)
        var notes = network.order(.invite(invitation), session, of: 0)
        notes += network.run(for: .seconds(100))
        #expect(notes.names(0) == ["rejected 408"])
        #expect(notes.map(\.time) == [MonotonicTime.zero + .seconds(32)])
        #expect(network.sent.count == 7)
        #expect(Set(network.sent).count == 1)
    }

    @Test func `a call that rings is taken back by CANCEL`() throws {
        var call = try Call()
        call.orderCaller(.end)
        call.run(for: .seconds(60))
        #expect(call.callerReports == ["ended local"])
        #expect(call.calleeReports == ["invited", "ended cancelled"])
        #expect(call.traffic.sorted() == ["100 INVITE", "200 CANCEL", "487 INVITE", "ACK 1", "CANCEL 1", "INVITE 1"])
        let (invite, cancel) = (call.network.sent[0], call.network.sent[2])
        #expect(cancel[.via] == invite[.via] && cancel.requestURI == invite.requestURI)
    }

    @Test func `a peer that answers neither CANCEL nor INVITE is forgotten`() throws {
        var call = try Call()
        call.network.swallows = { _ in true }
        call.orderCaller(.end)
        call.run(for: .seconds(100))
        #expect(call.callerReports == ["ended local"])
        #expect(call.network.agents[0].isIdle)
    }

    @Test func `a CANCEL waits until the peer has been heard`() throws {
        var network = VirtualNetwork(agents: 2)
        let session = network.agents[0].makeSession()
        var notes = network.order(.invite(.toAgent(1, in: network, offer: nil)), session, of: 0)
        notes += network.order(.end, session, of: 0)
        #expect(network.sent.map(\.method) == [.invite])
        notes += network.run(for: .seconds(60))
        #expect(notes.names(0) == ["ended local"])
        #expect(notes.names(1) == ["invited", "ended cancelled"])
    }

    @Test func `where CANCEL and 2xx cross, the call is acknowledged and ended by BYE`() throws {
        var call = try Call()
        call.orderCallee(.accept(.sdp("answer")))
        call.orderCaller(.end)
        call.run(for: .seconds(60))
        #expect(call.callerReports == ["ended local"])
        #expect(call.calleeReports == ["invited", "confirmed", "ended bye"])
        #expect(call.traffic.filter { $0.hasPrefix("ACK") || $0.hasPrefix("BYE") } == ["ACK 1", "BYE 2"])
    }

    @Test func `a 2xx without ACK is sent again, and after 32 s the session ends by BYE`() throws {
        var call = try Call()
        call.network.swallows = { $0.method == .ack }
        call.orderCallee(.accept(.sdp("answer")))
        call.run(for: .seconds(100))
        #expect(call.calleeReports == ["invited", "ended timedOut"])
        #expect(call.callerReports == ["established", "ended bye"])
        let answers = call.traffic.filter { $0 == "200 INVITE" }.count
        #expect(answers == 11)
        #expect(call.traffic.filter { $0 == "ACK 1" }.count == answers)
    }

    @Test func `a lost ACK is sent again with the next 2xx`() throws {
        var call = try Call()
        var isFirst = true
        call.network.swallows = { message in
            guard message.method == .ack, isFirst else { return false }
            isFirst = false
            return true
        }
        call.orderCallee(.accept(.sdp("answer")))
        call.run(for: .seconds(100))
        #expect(call.calleeReports == ["invited", "confirmed"])
        #expect(call.callerReports == ["established"])
        #expect(call.traffic.filter { $0 == "ACK 1" }.count == 2)
    }

    @Test func `the callee's BYE waits for the ACK`() throws {
        var call = try Call()
        call.orderCallee(.accept(.sdp("answer")))
        call.orderCallee(.end)
        #expect(!call.traffic.contains("BYE 1"))
        call.run(for: .seconds(60))
        #expect(call.calleeReports == ["invited", "ended local"])
        #expect(call.callerReports == ["established", "ended bye"])
    }

    @Test func `ending a call that rings here refuses it`() throws {
        var call = try Call()
        call.orderCallee(.end)
        call.run(for: .seconds(60))
        #expect(call.callerReports == ["rejected 480"])
        #expect(call.calleeReports == ["invited", "ended local"])
    }

    @Test(arguments: [true, false])
    func `either side ends by BYE`(byCaller: Bool) throws {
        var call = try Call.established()
        if byCaller { call.orderCaller(.end) } else { call.orderCallee(.end) }
        call.run(for: .seconds(100))
        #expect(call.callerReports == [byCaller ? "ended local" : "ended bye"])
        #expect(call.calleeReports == [byCaller ? "ended bye" : "ended local"])
        #expect(call.network.agents[0].dialog(of: call.caller) == nil)
    }

    @Test func `a BYE of the caller before the call is taken ends it, and its INVITE gets 487`() throws {
        var call = try Call()
        call.orderCallee(.progress(.ringing, nil))
        let ringing = try #require(call.network.sent.last)
        var bye = SIPMessage(request: .bye, uri: SIPURI(endpoint: call.network.endpoint(1)))
        bye[.via] = SIPVia(call.network.endpoint(0), branch: "z9hG4bKbye")
        (bye[.from], bye[.to], bye[.callID]) = (ringing[.from], ringing[.to], ringing[.callID])
        bye[.cseq] = SIPCSeq(2, .bye)
        call.notes += call.network.give(.received(bye, from: call.network.endpoint(0)), to: 1)
        #expect(call.traffic.suffix(2) == ["200 BYE", "487 INVITE"])
        call.run(for: .seconds(1))
        #expect(call.calleeReports == ["invited", "ended bye"] && call.callerReports.last == "rejected 487")
    }

    @Test func `a call can be redirected`() throws {
        var call = try Call()
        call.orderCallee(.reject(.movedTemporarily, fields: [SIPHeaderField("Contact", "<sip:7002@example.com>")]))
        call.run(for: .seconds(1))
        guard case .rejected(.movedTemporarily, let message)? = call.notes.reports(0).last else {
            Issue.record("it was not redirected")
            return
        }
        #expect(message?.all(.contact).map(\.uri.user) == ["7002"])
    }

    @Test func `two BYEs that cross are both answered`() throws {
        var call = try Call.established()
        call.orderCaller(.end)
        call.orderCallee(.end)
        call.run(for: .seconds(60))
        #expect(call.callerReports == ["ended local"] && call.calleeReports == ["ended local"])
        #expect(call.traffic.filter { $0 == "200 BYE" }.count == 2)
    }

    @Test func `nothing is ordered of a session that is over`() throws {
        var call = try Call.established()
        call.orderCaller(.end)
        call.run(for: .seconds(1))
        let sent = call.network.sent.count
        let orders: [SIPSession.Order] = [
            .end, .offer(nil), .info(.msml("x"), token: 1), .accept(nil), .answer(.sdp("x")), .reject(.busyHere),
        ]
        for order in orders { call.orderCaller(order) }
        #expect(call.network.sent.count == sent)
    }
}
