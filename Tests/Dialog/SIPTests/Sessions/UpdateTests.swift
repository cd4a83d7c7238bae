import CallCore
import SIP
import Testing

/// RFC 3311: offers before a call is taken, and without an INVITE after that.
@Suite struct UpdateTests {
    /// A call that has not been taken, in which both sides have agreed already.
    private func early() throws -> Call {
        var call = try Call(capabilities: .everything)
        call.orderCallee(.progress(.sessionProgress, .sdp("answer 1")))
        call.run(for: .milliseconds(100))
        call.notes = []
        return call
    }

    @Test func `the example of RFC 3311: both sides update before the call is taken, and the 2xx has no body`() throws {
        var call = try self.early()
        call.orderCaller(.update(.sdp("offer 2")))
        call.run(for: .milliseconds(50))
        call.orderCallee(.answer(.sdp("answer 2")))
        call.run(for: .milliseconds(50))
        call.orderCallee(.update(.sdp("offer 3")))
        call.run(for: .milliseconds(50))
        call.orderCaller(.answer(.sdp("answer 3")))
        call.run(for: .milliseconds(50))
        call.orderCallee(.accept(nil))
        call.run(for: .milliseconds(50))
        #expect(
            call.traffic == [
                "INVITE 1", "100 INVITE", "183 INVITE", "PRACK 2", "200 PRACK", "UPDATE 3", "200 UPDATE", "UPDATE 1",
                "200 UPDATE", "200 INVITE", "ACK 1",
            ])
        #expect(call.network.sent.suffix(2).allSatisfy { $0.body == nil })
        #expect(call.callerReports == ["answered", "offered", "acknowledged", "established"])
        #expect(call.calleeReports == ["offered", "acknowledged", "answered", "confirmed"])
        #expect(call.notes.reports(0).map(\.body) == ["answer 2", "offer 3", "offer 3", nil])
    }

    @Test func `before both sides have agreed, an offer waits`() throws {
        var call = try Call(capabilities: .everything)
        call.orderCallee(.progress(.ringing, nil))
        call.orderCaller(.update(.sdp("too early")))
        call.orderCallee(.update(.sdp("too early as well")))
        call.run(for: .seconds(1))
        #expect(!call.traffic.contains { $0.contains("UPDATE") })
        call.orderCallee(.accept(.sdp("answer")))
        call.run(for: .milliseconds(25))
        #expect(call.traffic.contains("UPDATE 2"))
    }

    @Test func `an UPDATE of a callee whose answer was not confirmed waits for PRACK`() throws {
        var call = try Call(capabilities: .everything)
        call.orderCallee(.progress(.sessionProgress, .sdp("answer")))
        call.orderCallee(.update(.sdp("offer")))
        #expect(!call.traffic.contains("UPDATE 1"))
        call.run(for: .milliseconds(100))
        #expect(call.callerReports == ["progress 183", "offered"])
    }

    @Test func `a call is taken only after an UPDATE that is under way`() throws {
        var call = try self.early()
        call.orderCaller(.update(.sdp("offer 2")))
        call.run(for: .milliseconds(50))
        call.orderCallee(.accept(nil))
        #expect(!call.traffic.contains("200 INVITE"))
        call.orderCallee(.answer(.sdp("answer 2")))
        call.run(for: .milliseconds(50))
        #expect(call.callerReports == ["answered", "established"])
    }

    @Test(arguments: [true, false])
    func `in a call that was taken, either side updates`(byCaller: Bool) throws {
        var call = try Call.established()
        if byCaller { call.orderCaller(.update(.sdp("new"))) } else { call.orderCallee(.update(.sdp("new"))) }
        call.run(for: .milliseconds(30))
        if byCaller { call.orderCallee(.answer(.sdp("yes"))) } else { call.orderCaller(.answer(.sdp("yes"))) }
        call.run(for: .seconds(60))
        #expect(call.notes.names(byCaller ? 1 : 0) == ["offered", "acknowledged"])
        #expect(call.notes.names(byCaller ? 0 : 1) == ["answered"])
        #expect(call.notes.reports(byCaller ? 0 : 1).first?.body == "yes")
        #expect(!call.traffic.suffix(2).contains { $0.contains("INVITE") })
    }

    @Test func `a peer that does not name UPDATE in Allow is sent a re-INVITE`() throws {
        var call = try Call()
        call.network.rewrites = { message in
            if message.status == .ok { message.setAll([.invite, .ack, .bye], for: .allow) }
        }
        call.orderCallee(.accept(.sdp("answer")))
        call.run(for: .milliseconds(50))
        call.orderCaller(.update(.sdp("new")))
        call.run(for: .milliseconds(30))
        call.orderCallee(.answer(.sdp("yes")))
        call.run(for: .milliseconds(50))
        #expect(call.callerReports == ["established", "answered"] && call.traffic.contains("INVITE 2"))
    }

    @Test func `an UPDATE that offers nothing tells a new Contact`() throws {
        var call = try Call.established()
        call.network.rewrites = { message in
            guard message.method == .update, message.isRequest else { return }
            message[.contact] = SIPAddress(SIPURI(user: "moved", endpoint: .loopback(5060)))
        }
        call.orderCaller(.update(nil))
        call.run(for: .milliseconds(50))
        #expect(call.callerReports.isEmpty && call.calleeReports.isEmpty)
        #expect(call.traffic.suffix(2) == ["UPDATE 2", "200 UPDATE"])
        #expect(call.network.agents[1].dialog(of: call.callee)?.remoteTarget.user == "moved")
        #expect(call.network.sent.last?[.contact] != nil)
    }

    @Test func `a peer that takes no UPDATE is told a new Contact by a re-INVITE that changes nothing else`() throws {
        var call = try Call()
        call.network.rewrites = { message in
            if message.status == .ok { message.setAll([.invite, .ack, .bye], for: .allow) }
        }
        call.orderCallee(.accept(.sdp("answer")))
        call.run(for: .milliseconds(50))
        call.orderCaller(.update(nil))
        call.run(for: .milliseconds(30))
        #expect(call.notes.reports(1).last?.body == "offer")
        call.orderCallee(.answer(.sdp("answer")))
        call.run(for: .milliseconds(50))
        #expect(call.callerReports == ["established"] && call.traffic.contains("INVITE 2"))
    }

    // MARK: When it cannot be

    @Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
    func `two UPDATEs that meet are both refused by 491, and both succeed later`(seed: UInt64) throws {
        var call = try Call(seed: seed)
        call.orderCallee(.accept(.sdp("answer")))
        call.run(for: .milliseconds(50))
        call.notes = []
        call.orderCaller(.update(.sdp("a")))
        call.orderCallee(.update(.sdp("b")))
        let end = call.network.now + .seconds(20)
        while call.network.now < end, let notes = call.network.step() {
            call.notes += notes
            if notes.names(0).contains("offered") { call.orderCaller(.answer(.sdp("a2"))) }
            if notes.names(1).contains("offered") { call.orderCallee(.answer(.sdp("b2"))) }
        }
        #expect(call.callerReports.sorted() == ["acknowledged", "answered", "offered"])
        #expect(call.calleeReports.sorted() == ["acknowledged", "answered", "offered"])
        #expect(call.traffic.filter { $0 == "491 UPDATE" }.count == 2)
    }

    /// An UPDATE of the caller that its own user agent would not send now.
    private func inject(_ call: inout Call, body: SIPBody?, sequence: UInt32) throws {
        let target = try #require(call.network.sent.last { $0.method == .update && $0.isRequest })
        var update = target
        update[.cseq] = SIPCSeq(sequence, .update)
        update[.via] = SIPVia(call.network.endpoint(0), branch: "z9hG4bK\(sequence)")
        update.body = body
        call.notes += call.network.give(.received(update, from: call.network.endpoint(0)), to: 1)
    }

    @Test(arguments: [SIPBody.sdp("offer 3"), nil])
    func `an UPDATE before the answer to the one before it gets 500 and a time to wait`(body: SIPBody?) throws {
        var call = try Call.established()
        call.orderCaller(.update(.sdp("offer 2")))
        call.run(for: .milliseconds(30))
        try self.inject(&call, body: body, sequence: 9)
        let refusal = try #require(call.network.sent.last)
        #expect(refusal.status == .serverInternalError)
        #expect((0...10).contains(refusal[.retryAfter]?.seconds ?? -1))
        #expect(call.calleeReports == ["offered"])
    }

    @Test(arguments: [
        ("text/plain", "v=0"),
        ("multipart/mixed;boundary=b", "--b\r\nContent-Type: text/plain\r\n\r\nv=0\r\n--b--\r\n"),
    ])
    func `an UPDATE with another body offers nothing`(type: String, text: String) throws {
        var call = try Call.established()
        call.orderCaller(.update(nil))
        call.run(for: .milliseconds(30))
        try self.inject(&call, body: SIPBody(type: type, text: text), sequence: 9)
        #expect(call.network.sent.last?.status == .ok && call.calleeReports.isEmpty)
    }

    @Test func `an UPDATE with a description among other parts is an offer`() throws {
        var call = try Call.established()
        call.orderCaller(.update(nil))
        call.run(for: .milliseconds(30))
        let text = "--b\r\nContent-Type: application/sdp\r\n\r\nv=0\r\n--b--\r\n"
        try self.inject(&call, body: SIPBody(type: "multipart/mixed;boundary=b", text: text), sequence: 9)
        #expect(call.calleeReports == ["offered"])
    }

    @Test func `an offer by UPDATE while the INVITE's is not answered gets 500`() throws {
        var call = try Call(fields: [SIPHeaderField("Require", "100rel")], capabilities: .everything)
        call.orderCallee(.progress(.ringing, nil))
        call.run(for: .milliseconds(50))
        call.orderCaller(.update(nil))
        call.run(for: .milliseconds(30))
        #expect(call.traffic.suffix(2) == ["UPDATE 3", "200 UPDATE"])
        try self.inject(&call, body: .sdp("offer 2"), sequence: 9)
        #expect(call.network.sent.last?.status == .serverInternalError)
    }

    @Test func `an offer by UPDATE while our own waits for its answer gets 491`() throws {
        var call = try Call(
            offer: nil, fields: [SIPHeaderField("Require", "100rel")], capabilities: .everything)
        call.orderCallee(.progress(.ringing, nil))
        call.run(for: .milliseconds(50))
        call.orderCaller(.update(nil))
        call.run(for: .milliseconds(30))
        call.orderCallee(.progress(.sessionProgress, .sdp("offer")))
        try self.inject(&call, body: .sdp("counter-offer"), sequence: 9)
        #expect(call.network.sent.last?.status == .requestPending)
    }

    @Test(arguments: [SIPStatus.serverTimeout, .notAcceptableHere])
    func `a refused UPDATE changes nothing`(status: SIPStatus) throws {
        var call = try Call.established()
        call.orderCaller(.update(.sdp("new")))
        call.run(for: .milliseconds(30))
        call.orderCallee(.refuseOffer(status))
        call.run(for: .milliseconds(30))
        #expect(call.callerReports == ["offerRefused \(status.code)"])
        #expect(call.calleeReports == ["offered"])
    }

    @Test(arguments: [(SIPStatus.callDoesNotExist, "ended unknownToPeer"), (.requestTimeout, "ended timedOut")])
    func `an UPDATE refused by 481 or 408 ends the session`(status: SIPStatus, end: String) throws {
        var call = try Call.established()
        call.orderCaller(.update(.sdp("new")))
        call.run(for: .milliseconds(30))
        call.orderCallee(.refuseOffer(status))
        call.run(for: .seconds(60))
        #expect(call.callerReports == [end])
    }

    @Test func `an UPDATE that nobody answers ends the session`() throws {
        var call = try Call.established()
        call.network.swallows = { $0.method == .update }
        call.orderCaller(.update(nil))
        call.run(for: .seconds(100))
        #expect(call.callerReports == ["ended timedOut"] && call.calleeReports == ["ended bye"])
    }
}
