import CallCore
import SIP
import Testing

/// RFC 6086: INFO about something that the receiver has said it takes.
@Suite struct InfoPackageTests {
    private func received(_ message: SIPMessage) -> String? { message.field("Recv-Info") }

    private static let deaf = SIPCapabilities(sessionTimer: nil, infoPackages: [])

    @Test func `both sides say what they take`() throws {
        let call = try Call.established(caller: .everything, callee: Self.deaf)
        #expect(self.received(call.network.sent[0]) == "foo, bar")
        let ok = try #require(call.network.sent.first { $0.status == .ok })
        #expect(self.received(ok) == "")
        #expect(call.network.sent.allSatisfy { $0.method != .ack || self.received($0) == nil })
    }

    @Test func `who knows no packages says nothing of them`() throws {
        let call = try Call.established(caller: .timerless, callee: .everything)
        #expect(call.network.sent.allSatisfy { self.received($0) == nil })
    }

    @Test func `a confirmed provisional response says it too`() throws {
        var call = try Call(capabilities: .everything)
        call.orderCallee(.progress(.sessionProgress, .sdp("answer")))
        #expect(call.network.sent.last.flatMap(self.received) == "foo, bar")
    }

    @Test func `INFO about a package is sent to who takes it`() throws {
        var call = try Call.established(caller: .everything)
        call.orderCaller(.info(SIPBody(type: "application/foo", text: "1"), token: 1, package: "foo"))
        call.run(for: .milliseconds(30))
        #expect(call.calleeReports == ["info"])
        let info = try #require(call.network.sent.last)
        #expect(info[.infoPackage] == "foo" && info.field("Content-Disposition") == "Info-Package")
        #expect(self.received(info) == nil)
    }

    @Test func `INFO about a package that the peer does not take is never sent`() throws {
        var call = try Call.established(caller: .everything)
        call.orderCaller(.info(SIPBody(type: "application/foo", text: "1"), token: 1, package: "unknown"))
        call.orderCaller(.info(.msml("next"), token: 2))
        call.run(for: .milliseconds(30))
        #expect(call.callerReports == ["infoAnswered 1 469"] && call.calleeReports == ["info"])
    }

    @Test func `INFO about a package that we do not take gets 469 and what we take, and the call goes on`() throws {
        var call = try Call.established(caller: .everything)
        call.network.rewrites = { if $0.isRequest, $0.method == .info { $0[.infoPackage] = "baz" } }
        call.orderCaller(.info(SIPBody(type: "application/foo", text: "1"), token: 1, package: "foo"))
        call.run(for: .seconds(1))
        #expect(call.callerReports == ["infoAnswered 1 469"] && call.calleeReports.isEmpty)
        #expect(call.network.sent.last.flatMap(self.received) == "foo, bar")
    }

    @Test func `INFO without a package is carried as ever`() throws {
        var call = try Call.established(caller: .everything, callee: Self.deaf)
        call.orderCaller(.info(.msml("request"), token: 1))
        call.run(for: .milliseconds(30))
        #expect(call.calleeReports == ["info"])
    }

    @Test func `who knows no packages takes every INFO`() throws {
        var call = try Call.established(caller: .timerless)
        call.network.rewrites = { if $0.isRequest, $0.method == .info { $0[.infoPackage] = "baz" } }
        call.orderCaller(.info(.msml("request"), token: 1))
        call.run(for: .milliseconds(30))
        #expect(call.calleeReports == ["info"])
    }
}
