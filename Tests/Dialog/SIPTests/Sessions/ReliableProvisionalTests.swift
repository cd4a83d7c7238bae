import CallCore
import SIP
import Testing

/// RFC 3262: provisional responses that are confirmed by PRACK.
@Suite struct ReliableProvisionalTests {
    private static let required = [SIPHeaderField("Require", "100rel")]

    private func call(offer: SIPBody? = .sdp("offer"), fields: [SIPHeaderField] = []) throws -> Call {
        try Call(offer: offer, fields: fields, capabilities: .everything)
    }

    // MARK: Which responses are reliable

    @Test func `an INVITE says that reliable responses are understood`() throws {
        #expect(try self.call().network.sent[0].all(.supported).contains(.reliableProvisional))
        #expect(try !Call().network.sent[0].all(.supported).contains(.reliableProvisional))
    }

    @Test func `a provisional response with a description is confirmed by PRACK, one without is not`() throws {
        var call = try self.call()
        call.orderCallee(.progress(.ringing, nil))
        call.run(for: .milliseconds(50))
        call.orderCallee(.progress(.sessionProgress, .sdp("early answer")))
        call.run(for: .milliseconds(50))
        #expect(call.traffic.suffix(4) == ["180 INVITE", "183 INVITE", "PRACK 2", "200 PRACK"])
        let reliable = try #require(call.network.sent.first { $0.status == .sessionProgress })
        #expect(reliable.all(.require) == [.reliableProvisional] && reliable[.contact] != nil)
        #expect((1...0x7FFF_FFFF).contains(reliable[.rseq] ?? 0))
        let prack = try #require(call.network.sent.first { $0.method == .prack && $0.isRequest })
        #expect(prack[.rack]?.responseNumber == reliable[.rseq].map { UInt32($0) })
        #expect(prack[.rack]?.cseq == SIPCSeq(1, .invite))
        #expect(prack[.to]?.tag == reliable[.to]?.tag && prack.requestURI == reliable[.contact]?.uri)
    }

    @Test func `where the caller demands it, every provisional response but 100 is confirmed`() throws {
        var call = try self.call(fields: Self.required)
        call.orderCallee(.progress(.ringing, nil))
        call.run(for: .milliseconds(50))
        #expect(call.traffic == ["INVITE 1", "100 INVITE", "180 INVITE", "PRACK 2", "200 PRACK"])
        #expect(call.network.sent[1][.rseq] == nil)
    }

    @Test func `a caller that does not know it is sent none that must be confirmed`() throws {
        var call = try Call(capabilities: .timerless, .everything)
        call.orderCallee(.progress(.sessionProgress, .sdp("early answer")))
        call.run(for: .milliseconds(50))
        #expect(call.traffic == ["INVITE 1", "100 INVITE", "183 INVITE"])
        #expect(call.network.sent[2][.rseq] == nil && call.network.sent[2].all(.require).isEmpty)
    }

    @Test func `a callee that does not know it refuses a caller who demands it by 420`() throws {
        var network = VirtualNetwork(agents: 2, capabilities: [.everything, .timerless])
        let session = network.agents[0].makeSession()
        let invitation = SIPInvitation.toAgent(1, in: network, offer: nil, fields: Self.required)
        let notes = network.order(.invite(invitation), session, of: 0) + network.run(for: .seconds(1))
        #expect(notes.names(0) == ["rejected 420"])
        #expect(network.sent[1].all(.unsupported) == [.reliableProvisional])
    }

    @Test func `a callee that insists on it refuses by 421 and says on what`() throws {
        var call = try Call(capabilities: .timerless, .everything)
        call.orderCallee(.reject(.extensionRequired, fields: Self.required))
        call.run(for: .seconds(1))
        guard case .rejected(.extensionRequired, let message)? = call.notes.reports(0).last else {
            Issue.record("it was not refused")
            return
        }
        #expect(message?.all(.require) == [.reliableProvisional])
    }

    // MARK: Loss

    @Test func `without PRACK a response is sent again at intervals that double, and the call given up by 504`() throws
    {
        var call = try self.call(fields: Self.required)
        call.network.swallows = { $0.status == .ringing }
        call.orderCallee(.progress(.ringing, nil))
        call.run(for: .seconds(100))
        // 0, 0.5, 1.5, 3.5, 7.5, 15.5 and 31.5 s; given up at 32 s.
        #expect(call.traffic.filter { $0 == "180 INVITE" }.count == 7)
        #expect(call.calleeReports == ["invited", "ended timedOut"])
        #expect(call.callerReports == ["rejected 504"])
    }

    @Test func `a caller that cannot get its PRACK through gives up`() throws {
        var call = try self.call(fields: Self.required)
        call.orderCallee(.progress(.ringing, nil))
        call.network.swallows = {
            $0.method == .prack || $0.status == .serverTimeout || $0.status == .requestTerminated
        }
        call.run(for: .seconds(40))
        #expect(call.callerReports == ["progress 180", "rejected 408"])
        #expect(call.traffic.contains("CANCEL 1"))
    }

    @Test func `a response that comes again is neither reported nor confirmed again`() throws {
        var call = try self.call(fields: Self.required)
        var lost = 2
        call.network.swallows = { message in
            guard message.method == .prack, message.isRequest, lost > 0 else { return false }
            lost -= 1
            return true
        }
        call.orderCallee(.progress(.ringing, nil))
        call.run(for: .seconds(10))
        #expect(call.callerReports == ["progress 180"])
        #expect(Set(call.network.sent.filter { $0.method == .prack && $0.isRequest }.compactMap(\.[.cseq])).count == 1)
        #expect(call.traffic.filter { $0 == "200 PRACK" }.count == 1)
    }

    @Test func `the next response waits until the one before it was confirmed, and is numbered one higher`() throws {
        var call = try self.call(fields: Self.required)
        call.orderCallee(.progress(.ringing, nil))
        call.orderCallee(.progress(.queued, nil))
        #expect(!call.traffic.contains("182 INVITE"))
        call.run(for: .milliseconds(100))
        #expect(call.callerReports == ["progress 180", "progress 182"])
        let numbers = call.network.sent.compactMap { $0[.rseq] }
        #expect(numbers.count == 2 && numbers[1] == numbers[0] + 1)
    }

    @Test func `a PRACK that confirms nothing gets 481`() throws {
        var call = try self.call(fields: Self.required)
        call.orderCallee(.progress(.ringing, nil))
        call.run(for: .milliseconds(50))
        var prack = try #require(call.network.sent.first { $0.method == .prack && $0.isRequest })
        prack[.cseq] = SIPCSeq(9, .prack)
        prack[.via] = SIPVia(call.network.endpoint(0), branch: "z9hG4bKagain")
        call.notes += call.network.give(.received(prack, from: call.network.endpoint(0)), to: 1)
        #expect(call.traffic.last == "481 PRACK")
    }

    // MARK: The final answer

    @Test func `a 2xx waits until a description in a provisional response was confirmed, and has none itself`() throws {
        var call = try self.call()
        call.network.swallows = { $0.method == .prack && $0.isRequest }
        call.orderCallee(.progress(.sessionProgress, .sdp("early answer")))
        call.orderCallee(.accept(.sdp("early answer")))
        call.run(for: .milliseconds(300))
        #expect(!call.traffic.contains("200 INVITE"))
        call.network.swallows = { _ in false }
        call.run(for: .seconds(5))
        #expect(call.callerReports == ["progress 183", "established"])
        #expect(call.notes.reports(0).map(\.body) == ["early answer", nil])
        #expect(call.calleeReports == ["invited", "acknowledged", "confirmed"])
    }

    @Test func `a 2xx does not wait for a response without a description, whose late PRACK is still answered`() throws {
        var call = try self.call(fields: Self.required)
        call.network.swallows = { $0.method == .prack && $0.isRequest }
        call.orderCallee(.progress(.ringing, nil))
        call.orderCallee(.accept(.sdp("answer")))
        call.run(for: .milliseconds(300))
        #expect(call.callerReports == ["progress 180", "established"])
        call.network.swallows = { _ in false }
        call.run(for: .seconds(5))
        #expect(call.traffic.contains("200 PRACK") && !call.traffic.contains("481 PRACK"))
        #expect(call.traffic.filter { $0 == "180 INVITE" }.count == 1)
    }

    @Test func `a refusal waits for nothing`() throws {
        var call = try self.call()
        call.network.swallows = { $0.method == .prack && $0.isRequest }
        call.orderCallee(.progress(.sessionProgress, .sdp("early answer")))
        call.orderCallee(.reject(.busyHere))
        call.run(for: .milliseconds(100))
        #expect(call.callerReports == ["progress 183", "rejected 486"])
    }

    @Test func `a call can be taken back after a confirmed response`() throws {
        var call = try self.call()
        call.orderCallee(.progress(.sessionProgress, .sdp("early answer")))
        call.run(for: .milliseconds(100))
        call.orderCaller(.end)
        call.run(for: .seconds(60))
        #expect(call.callerReports == ["progress 183", "ended local"])
        #expect(call.calleeReports == ["invited", "acknowledged", "ended cancelled"])
        #expect(call.network.agents.allSatisfy { $0.isIdle })
    }

    // MARK: Offer and answer

    @Test func `where the INVITE has no offer, the first response has it and PRACK the answer`() throws {
        var call = try self.call(offer: nil)
        call.orderCallee(.progress(.sessionProgress, .sdp("late offer")))
        call.run(for: .milliseconds(100))
        #expect(call.notes.reports(0).map(\.body) == ["late offer"])
        #expect(!call.traffic.contains("PRACK 2"))
        call.orderCaller(.answer(.sdp("late answer")))
        call.run(for: .milliseconds(700))
        #expect(call.calleeReports == ["invited", "acknowledged"])
        #expect(call.notes.reports(1).last?.body == "late answer")
        call.orderCallee(.accept(.sdp("late offer")))
        call.run(for: .milliseconds(100))
        #expect(call.callerReports == ["progress 183", "established"])
        #expect(call.notes.reports(0).last?.body == nil && call.traffic.last == "ACK 1")
    }

    @Test func `an offer that waits goes out in PRACK, and its answer comes in the 200`() throws {
        var call = try self.call()
        call.orderCaller(.update(.sdp("second offer")))
        call.orderCallee(.progress(.sessionProgress, .sdp("first answer")))
        call.run(for: .milliseconds(100))
        #expect(call.calleeReports == ["invited", "offered"])
        #expect(call.notes.reports(1).last?.body == "second offer")
        // Until it is answered, the call cannot be taken.
        call.orderCallee(.accept(nil))
        #expect(!call.traffic.contains("200 INVITE"))
        call.orderCallee(.answer(.sdp("second answer")))
        call.run(for: .milliseconds(100))
        #expect(call.callerReports == ["progress 183", "answered", "established"])
        #expect(call.notes.reports(0).map(\.body) == ["first answer", "second answer", nil])
        #expect(!call.traffic.contains { $0.contains("UPDATE") })
    }

    @Test func `an offer in PRACK can be refused`() throws {
        var call = try self.call()
        call.orderCaller(.update(.sdp("second offer")))
        call.orderCallee(.progress(.sessionProgress, .sdp("first answer")))
        call.run(for: .milliseconds(50))
        call.orderCallee(.refuseOffer(.notAcceptableHere))
        call.orderCallee(.accept(nil))
        call.run(for: .milliseconds(100))
        #expect(call.callerReports == ["progress 183", "offerRefused 488", "established"])
    }

    @Test func `an offer in PRACK that is refused by 491 is tried again by UPDATE`() throws {
        var call = try self.call()
        call.network.rewritesResponses = { message in
            if message.status == .notAcceptableHere { message = SIPMessage(response: .requestPending, to: message) }
        }
        call.orderCaller(.update(.sdp("second offer")))
        call.orderCallee(.progress(.sessionProgress, .sdp("first answer")))
        call.run(for: .milliseconds(50))
        call.orderCallee(.refuseOffer(.notAcceptableHere))
        call.run(for: .seconds(5))
        #expect(call.traffic.last == "UPDATE 3" && call.calleeReports == ["invited", "offered", "offered"])
        call.orderCallee(.answer(.sdp("second answer")))
        call.run(for: .seconds(1))
        #expect(call.callerReports == ["progress 183", "answered"])
    }
}
