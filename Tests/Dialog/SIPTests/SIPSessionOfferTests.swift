import CallCore
import SIP
import Testing

@Suite struct SIPSessionOfferTests {
    @Test(arguments: [true, false])
    func `a re-INVITE is offered, answered and acknowledged`(byCaller: Bool) throws {
        var call = try Call.established()
        if byCaller { call.orderCaller(.offer(.sdp("new"))) } else { call.orderCallee(.offer(.sdp("new"))) }
        call.run(for: .milliseconds(30))
        if byCaller { call.orderCallee(.answer(.sdp("yes"))) } else { call.orderCaller(.answer(.sdp("yes"))) }
        call.run(for: .seconds(60))
        let (offering, answering) = byCaller ? (0, 1) : (1, 0)
        #expect(call.notes.names(answering) == ["offered", "acknowledged"])
        #expect(call.notes.names(offering) == ["answered"])
        #expect(call.notes.reports(answering).first?.body == "new")
        #expect(call.notes.reports(offering).first?.body == "yes")
    }

    @Test func `a re-INVITE without an offer asks for the peer's and answers it in the ACK`() throws {
        var call = try Call.established()
        call.orderCaller(.offer(nil))
        call.run(for: .milliseconds(30))
        #expect(call.notes.reports(1).first?.body == nil)
        call.orderCallee(.answer(.sdp("theirs")))
        call.run(for: .seconds(2))
        #expect(call.callerReports == ["answered"] && call.notes.reports(0).first?.body == "theirs")
        #expect(call.calleeReports == ["offered"])
        call.orderCaller(.answer(.sdp("ours")))
        call.run(for: .seconds(60))
        #expect(call.calleeReports == ["offered", "acknowledged"])
        #expect(call.notes.reports(1).last?.body == "ours")
    }

    @Test func `a refused offer changes nothing`() throws {
        var call = try Call.established()
        call.orderCaller(.offer(.sdp("new")))
        call.run(for: .milliseconds(30))
        call.orderCallee(.refuseOffer(.notAcceptableHere))
        call.run(for: .seconds(60))
        #expect(call.callerReports == ["offerRefused 488"])
        #expect(call.calleeReports == ["offered"])
        call.orderCallee(.end)
        call.run(for: .seconds(1))
        #expect(call.callerReports.last == "ended bye")
    }

    @Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
    func `two re-INVITEs that meet are both refused by 491, and both succeed later`(seed: UInt64) throws {
        var call = try Call(seed: seed)
        call.orderCallee(.accept(.sdp("answer")))
        call.run(for: .milliseconds(50))
        call.notes = []
        call.orderCaller(.offer(.sdp("a")))
        call.orderCallee(.offer(.sdp("b")))
        let end = call.network.now + .seconds(20)
        while call.network.now < end, let notes = call.network.step() {
            call.notes += notes
            if notes.names(0).contains("offered") { call.orderCaller(.answer(.sdp("a2"))) }
            if notes.names(1).contains("offered") { call.orderCallee(.answer(.sdp("b2"))) }
        }
        #expect(call.callerReports.sorted() == ["acknowledged", "answered", "offered"])
        #expect(call.calleeReports.sorted() == ["acknowledged", "answered", "offered"])
        #expect(call.traffic.filter { $0 == "491 INVITE" }.count == 2)
    }

    @Test func `the side that made the call waits 2.1 to 4 s after 491, the other at most 2 s`() throws {
        for seed in 1...20 as ClosedRange<UInt64> {
            var call = try Call(seed: seed)
            call.orderCallee(.accept(.sdp("answer")))
            call.run(for: .milliseconds(50))
            let start = call.network.now
            call.orderCaller(.offer(.sdp("a")))
            call.orderCallee(.offer(.sdp("b")))
            call.run(for: .milliseconds(2_050))
            #expect(call.notes.names(0).last == "offered")
            #expect(call.notes.contains { $0.agent == 0 && $0.time - start <= .milliseconds(2_050) })
        }
    }

    @Test(arguments: [true, false], 1...10 as ClosedRange<UInt64>)
    func `after 491 an offer is tried again within the RFC's range`(byCaller: Bool, seed: UInt64) throws {
        var call = try Call(seed: seed)
        call.orderCallee(.accept(.sdp("answer")))
        call.run(for: .milliseconds(50))
        call.notes = []
        call.network.rewritesResponses = { message in
            if message.status == .notAcceptableHere { message = SIPMessage(response: .requestPending, to: message) }
        }
        if byCaller { call.orderCaller(.offer(.sdp("new"))) } else { call.orderCallee(.offer(.sdp("new"))) }
        call.run(for: .milliseconds(20))
        let refused = call.network.now
        let refusal = SIPSession.Order.refuseOffer(.notAcceptableHere)
        if byCaller { call.orderCallee(refusal) } else { call.orderCaller(refusal) }
        call.run(for: .seconds(5))
        let offered = call.notes.filter { $0.agent == (byCaller ? 1 : 0) }
        // Back and forth takes 20 ms.
        let waited = try #require(offered.last).time - refused - .milliseconds(20)
        #expect(offered.count == 2)
        let (least, most) = byCaller ? (Duration.milliseconds(2_100), Duration.seconds(4)) : (.zero, .seconds(2))
        #expect(waited >= least && waited <= most)
        #expect(waited.components.attoseconds % 10_000_000_000_000_000 == 0)
    }

    @Test(arguments: [(SIPStatus.callDoesNotExist, "ended unknownToPeer"), (.requestTimeout, "ended timedOut")])
    func `a re-INVITE refused by 481 or 408 ends the session`(status: SIPStatus, end: String) throws {
        var call = try Call.established()
        call.orderCaller(.offer(.sdp("new")))
        call.run(for: .milliseconds(30))
        call.orderCallee(.refuseOffer(status))
        call.run(for: .seconds(60))
        #expect(call.callerReports == [end])
        #expect(call.traffic.contains("BYE 3") == (status == .requestTimeout))
    }

    @Test func `a second offer waits for the first`() throws {
        var call = try Call.established()
        call.orderCaller(.offer(.sdp("first")))
        call.orderCaller(.offer(.sdp("second")))
        call.run(for: .milliseconds(30))
        call.orderCallee(.answer(.sdp("1")))
        call.run(for: .milliseconds(50))
        call.orderCallee(.answer(.sdp("2")))
        call.run(for: .seconds(60))
        #expect(call.callerReports == ["answered", "answered"])
        #expect(call.notes.reports(1).map(\.body) == ["first", nil, "second", nil])
    }

    @Test func `an offer ordered before the ACK has come waits for it`() throws {
        var call = try Call()
        call.orderCallee(.accept(.sdp("answer")))
        call.orderCallee(.offer(.sdp("new")))
        call.run(for: .milliseconds(50))
        call.orderCaller(.answer(.sdp("yes")))
        call.run(for: .seconds(1))
        #expect(call.calleeReports == ["invited", "confirmed", "answered"])
    }

    @Test func `a re-INVITE whose 2xx is never acknowledged ends the session`() throws {
        var call = try Call.established()
        call.network.swallows = { $0.method == .ack }
        call.orderCaller(.offer(.sdp("new")))
        call.run(for: .milliseconds(30))
        call.orderCallee(.answer(.sdp("yes")))
        call.run(for: .seconds(100))
        #expect(call.calleeReports == ["offered", "ended timedOut"])
        #expect(call.callerReports == ["answered", "ended bye"])
    }

    @Test func `a re-INVITE that nobody answers ends the session`() throws {
        var call = try Call.established()
        call.network.swallows = { !$0.isRequest }
        call.orderCaller(.offer(.sdp("new")))
        call.run(for: .seconds(100))
        #expect(call.callerReports == ["ended timedOut"])
        #expect(call.calleeReports == ["offered", "ended bye"])
    }

    @Test func `a BYE during a re-INVITE ends both`() throws {
        var call = try Call.established()
        call.orderCaller(.offer(.sdp("new")))
        call.run(for: .milliseconds(30))
        call.orderCaller(.end)
        call.run(for: .seconds(60))
        #expect(call.calleeReports == ["offered", "ended bye"])
        #expect(call.callerReports == ["ended local"])
        #expect(call.traffic.contains("487 INVITE"))
    }
}
