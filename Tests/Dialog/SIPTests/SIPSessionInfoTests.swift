import CallCore
import SIP
import Testing

@Suite struct SIPSessionInfoTests {
    private func transaction(_ notes: [VirtualNetwork.Note], _ agent: Int) throws -> SIPTransactionID {
        try #require(
            notes.reports(agent).compactMap { report in
                if case .info(let id, _) = report { id } else { nil }
            }.last)
    }

    @Test func `INFO is carried and answered`() throws {
        var call = try Call.established()
        call.orderCaller(.info(.msml("request"), token: 7))
        call.run(for: .milliseconds(30))
        #expect(call.notes.reports(1).first?.body == "request")
        call.orderCallee(.answerInfo(try self.transaction(call.notes, 1), .ok, .msml("result")))
        call.run(for: .seconds(60))
        #expect(call.callerReports == ["infoAnswered 7 200"])
        #expect(call.notes.reports(0).last?.body == "result")
        #expect(call.traffic.suffix(2) == ["INFO 2", "200 INFO"])
    }

    @Test func `several INFOs go one after the other, in order`() throws {
        var call = try Call.established()
        call.orderCaller(.info(.msml("one"), token: 1))
        call.orderCaller(.info(.msml("two"), token: 2))
        call.run(for: .milliseconds(400))
        #expect(call.calleeReports == ["info"])
        for _ in 0..<2 {
            call.orderCallee(.answerInfo(try self.transaction(call.notes, 1), .ok, nil))
            call.run(for: .milliseconds(50))
        }
        #expect(call.callerReports == ["infoAnswered 1 200", "infoAnswered 2 200"])
    }

    @Test func `INFO is sent while a re-INVITE waits for its answer`() throws {
        var call = try Call.established()
        call.orderCaller(.offer(.sdp("new")))
        call.run(for: .milliseconds(30))
        call.orderCaller(.info(.msml("meanwhile"), token: 3))
        call.run(for: .milliseconds(30))
        #expect(call.calleeReports == ["offered", "info"])
    }

    @Test(arguments: [(SIPStatus.callDoesNotExist, "ended unknownToPeer"), (.requestTimeout, "ended timedOut")])
    func `an INFO refused by 481 or 408 ends the session`(status: SIPStatus, end: String) throws {
        var call = try Call.established()
        call.orderCaller(.info(.msml("request"), token: 7))
        call.run(for: .milliseconds(30))
        call.orderCallee(.answerInfo(try self.transaction(call.notes, 1), status, nil))
        call.run(for: .seconds(60))
        #expect(call.callerReports == ["infoAnswered 7 \(status.code)", end])
    }

    @Test func `an INFO that nobody answers ends the session`() throws {
        var call = try Call.established()
        call.orderCaller(.info(.msml("request"), token: 7))
        call.run(for: .seconds(100))
        #expect(call.callerReports == ["infoAnswered 7 408", "ended timedOut"])
        #expect(call.calleeReports == ["info", "ended bye"])
    }
}
