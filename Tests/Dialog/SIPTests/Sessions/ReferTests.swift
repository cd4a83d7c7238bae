import CallCore
import SIP
import Testing

/// RFC 3515, 3892 and 4488: one side asks the other to turn to somebody else, and hears what becomes of it.
@Suite struct ReferTests {
    private static let target = SIPAddress(SIPURI(user: "7005", host: "example.com"))

    private func referral(_ notes: [VirtualNetwork.Note], _ agent: Int = 1) throws -> SIPTransactionID {
        try #require(
            notes.reports(agent).compactMap { report in
                if case .referred(let id, _) = report { id } else { nil }
            }.last)
    }

    /// The session of agent 1 that was asked outside any call.
    private func session(_ notes: [VirtualNetwork.Note]) throws -> SIPSessionID {
        try #require(
            notes.compactMap { note in
                if case .session(let id, .referred) = note.effect, note.agent == 1 { id } else { nil }
            }.first)
    }

    /// A call whose caller has sent a REFER.
    private func referred(
        _ referral: SIPReferral = SIPReferral(to: Self.target), callee: SIPCapabilities = .everything
    ) throws -> Call {
        var call = try Call.established(caller: .everything, callee: callee)
        call.orderCaller(.refer(referral, token: 5))
        call.run(for: .milliseconds(30))
        return call
    }

    private func notifies(_ call: Call) -> [SIPMessage] {
        call.network.sent.filter { $0.method == .notify && $0.isRequest }
    }

    // MARK: Within a call

    @Test func `a REFER is reported, taken by 202, and its news told until the last`() throws {
        let referrer = SIPAddress(SIPURI(user: "7000", host: "example.com"))
        var call = try self.referred(SIPReferral(to: Self.target, referredBy: referrer))
        #expect(call.calleeReports == ["referred"])
        let refer = try #require(call.network.sent.last)
        #expect(refer[.referTo] == Self.target && refer[.referredBy] == referrer && refer[.referSub] == nil)
        #expect(refer[.contact] != nil)
        let id = try self.referral(call.notes)
        call.orderCallee(.acceptReferral(id))
        call.run(for: .seconds(2))
        call.orderCallee(.notify(id, .ringing))
        call.run(for: .seconds(2))
        call.orderCallee(.notify(id, .ok))
        call.run(for: .seconds(2))
        #expect(
            call.callerReports == [
                "referralAnswered 5 202", "notified 5 100", "notified 5 180", "notified 5 200 last",
            ])
        let notifies = self.notifies(call)
        #expect(
            notifies.map { $0.body?.text } == [
                "SIP/2.0 100 Trying\r\n", "SIP/2.0 180 Ringing\r\n", "SIP/2.0 200 OK\r\n",
            ])
        #expect(notifies.allSatisfy { $0[.event] == .refer && $0.body?.isOfType("message/sipfrag") == true })
        #expect(notifies.map { $0[.subscriptionState]?.name } == ["active", "active", "terminated"])
        #expect(notifies.last?[.subscriptionState] == .terminated(reason: "noresource"))
        #expect((notifies.first?[.subscriptionState]?.expires ?? 0) >= 180)
    }

    @Test(arguments: [SIPStatus.decline, .notFound, .serviceUnavailable])
    func `a refused REFER brings no news`(status: SIPStatus) throws {
        var call = try self.referred()
        call.orderCallee(.refuseReferral(try self.referral(call.notes), status))
        call.run(for: .seconds(400))
        #expect(call.callerReports == ["referralAnswered 5 \(status.code)"])
        #expect(self.notifies(call).isEmpty)
    }

    @Test func `a box that transfers nothing never hears of REFER: it is refused by 405`() throws {
        var call = try self.referred(callee: .timerless)
        call.run(for: .seconds(1))
        #expect(call.calleeReports.isEmpty && call.callerReports == ["referralAnswered 5 405"])
        let refusal = try #require(call.network.sent.last)
        #expect(!refusal.all(.allow).contains(.refer))
    }

    @Test func `who wants no news says so, and gets none from a peer that agrees`() throws {
        var call = try self.referred(SIPReferral(to: Self.target, wantsNews: false))
        #expect(call.network.sent.last?[.referSub] == "false")
        call.orderCallee(.acceptReferral(try self.referral(call.notes)))
        call.run(for: .seconds(400))
        #expect(call.callerReports == ["referralAnswered 5 202"] && self.notifies(call).isEmpty)
        #expect(call.network.sent.last?[.referSub] == "false")
    }

    @Test func `a peer that tells nevertheless is listened to`() throws {
        var call = try Call.established(caller: .everything)
        call.network.rewrites = { if $0.method == .refer { $0[.referSub] = nil } }
        call.orderCaller(.refer(SIPReferral(to: Self.target, wantsNews: false), token: 5))
        call.run(for: .milliseconds(30))
        call.orderCallee(.acceptReferral(try self.referral(call.notes)))
        call.run(for: .seconds(1))
        #expect(call.callerReports == ["referralAnswered 5 202", "notified 5 100"])
    }

    @Test func `news of the second REFER has its number, and each finds its own`() throws {
        var call = try self.referred()
        let first = try self.referral(call.notes)
        call.orderCallee(.acceptReferral(first))
        call.run(for: .milliseconds(100))
        call.orderCaller(.refer(SIPReferral(to: Self.target), token: 6))
        call.run(for: .milliseconds(100))
        let second = try self.referral(call.notes)
        call.orderCallee(.acceptReferral(second))
        call.orderCallee(.notify(second, .busyHere))
        call.orderCallee(.notify(first, .ok))
        call.run(for: .seconds(2))
        #expect(
            call.callerReports.filter { $0.hasPrefix("notified") && $0.hasSuffix("last") }.sorted() == [
                "notified 5 200 last", "notified 6 486 last",
            ])
        let number = try #require(call.network.sent.last { $0.method == .refer && $0.isRequest }?[.cseq]?.number)
        #expect(Set(self.notifies(call).map { $0[.event]?.id }) == [nil, String(number)])
    }

    @Test func `news that comes before the REFER is answered is taken`() throws {
        var call = try Call.established(caller: .everything)
        call.network.swallows = { $0.status == .accepted }
        call.orderCaller(.refer(SIPReferral(to: Self.target), token: 5))
        call.run(for: .milliseconds(30))
        call.orderCallee(.acceptReferral(try self.referral(call.notes)))
        call.run(for: .milliseconds(100))
        #expect(call.callerReports == ["notified 5 100"])
        call.network.swallows = { _ in false }
        call.run(for: .seconds(2))
        #expect(call.callerReports == ["notified 5 100", "referralAnswered 5 202"])
    }

    @Test(arguments: [true, false])
    func `news outlives the call`(endedByCaller: Bool) throws {
        var call = try self.referred()
        let id = try self.referral(call.notes)
        call.orderCallee(.acceptReferral(id))
        call.run(for: .milliseconds(100))
        if endedByCaller { call.orderCaller(.end) } else { call.orderCallee(.end) }
        call.run(for: .seconds(60))
        call.orderCallee(.notify(id, .ok))
        call.run(for: .seconds(100))
        #expect(call.callerReports.last == "notified 5 200 last")
        #expect(call.network.agents.allSatisfy { $0.isIdle })
    }

    @Test func `a REFER whose end nobody tells of ends by 408`() throws {
        var call = try self.referred()
        call.orderCallee(.acceptReferral(try self.referral(call.notes)))
        call.run(for: .seconds(320))
        #expect(call.callerReports.last == "notified 5 408 last")
        #expect(self.notifies(call).last?[.subscriptionState]?.isTerminated == true)
    }

    @Test func `where the peer is gone, news is awaited no longer than it said`() throws {
        var call = try self.referred()
        call.orderCallee(.acceptReferral(try self.referral(call.notes)))
        call.run(for: .milliseconds(100))
        call.network.swallows = { _ in true }
        call.run(for: .seconds(340))
        #expect(call.callerReports.last == "notified 5 408 last")
    }

    @Test func `who refuses the news gets no more of it`() throws {
        var call = try self.referred()
        let id = try self.referral(call.notes)
        call.network.rewritesResponses = { message in
            if message.method == .notify { message = SIPMessage(response: .callDoesNotExist, to: message) }
        }
        call.orderCallee(.acceptReferral(id))
        call.run(for: .seconds(1))
        call.orderCallee(.notify(id, .ok))
        call.run(for: .seconds(1))
        #expect(self.notifies(call).count == 1)
    }

    // MARK: Without a call

    @Test func `a REFER outside any call makes a dialog of its own, which ends with the last news`() throws {
        var network = VirtualNetwork(agents: 2, capabilities: [.everything])
        let session = network.agents[0].makeSession()
        let invitation = SIPInvitation.toAgent(1, in: network, offer: nil)
        var notes = network.order(.refer(SIPReferral(to: Self.target), token: 5, to: invitation), session, of: 0)
        notes += network.run(for: .milliseconds(30))
        #expect(network.sent[0][.to]?.tag == nil && network.sent[0][.contact] != nil)
        let id = try self.referral(notes)
        let other = try self.session(notes)
        notes += network.order(.acceptReferral(id), other, of: 1)
        notes += network.run(for: .milliseconds(100))
        #expect(network.agents[0].dialog(of: session) != nil)
        notes += network.order(.notify(id, .ok), other, of: 1)
        notes += network.run(for: .seconds(100))
        #expect(notes.names(0) == ["referralAnswered 5 202", "notified 5 100", "notified 5 200 last", "ended local"])
        #expect(notes.names(1) == ["referred", "ended local"])
        #expect(network.agents.allSatisfy { $0.isIdle })
    }

    @Test func `news that comes before the answer makes the dialog`() throws {
        var network = VirtualNetwork(agents: 2, capabilities: [.everything])
        network.swallows = { $0.status == .accepted }
        let session = network.agents[0].makeSession()
        let invitation = SIPInvitation.toAgent(1, in: network, offer: nil)
        var notes = network.order(.refer(SIPReferral(to: Self.target), token: 5, to: invitation), session, of: 0)
        notes += network.run(for: .milliseconds(30))
        let id = try self.referral(notes)
        let other = try self.session(notes)
        notes += network.order(.acceptReferral(id), other, of: 1)
        notes += network.run(for: .milliseconds(100))
        #expect(notes.names(0) == ["notified 5 100"])
    }

    @Test func `a refused REFER outside any call leaves nothing behind`() throws {
        var network = VirtualNetwork(agents: 2, capabilities: [.everything])
        let session = network.agents[0].makeSession()
        let invitation = SIPInvitation.toAgent(1, in: network, offer: nil)
        var notes = network.order(.refer(SIPReferral(to: Self.target), token: 5, to: invitation), session, of: 0)
        notes += network.run(for: .milliseconds(30))
        let other = try self.session(notes)
        notes += network.order(.refuseReferral(try self.referral(notes), .decline), other, of: 1)
        notes += network.run(for: .seconds(100))
        #expect(notes.names(0) == ["referralAnswered 5 603", "ended local"])
        #expect(notes.names(1) == ["referred", "ended local"])
        #expect(network.agents.allSatisfy { $0.isIdle })
    }

    // MARK: Malformed and unknown

    private let source = Endpoint(ipv4: 0x0A00_0007, port: 5062)

    private func answer(to method: String, _ fields: String) throws -> SIPMessage? {
        var agent = SIPUserAgent(localEndpoint: .loopback(5060), seed: 1, product: "Test", capabilities: .everything)
        let message = try SIPMessage(
            text: """
                \(method) sip:7001@127.0.0.1 SIP/2.0
                Via: SIP/2.0/UDP 10.0.0.7:5062;branch=z9hG4bK1
                From: <sip:7000@10.0.0.9>;tag=1
                To: <sip:7001@10.0.0.9>
                Call-ID: c
                CSeq: 5 \(method)
                Contact: <sip:7000@10.0.0.7:5062>
                \(fields)


                """)
        for case .send(let answer, _) in agent.handle(.received(message, from: self.source), at: .zero) {
            return answer
        }
        return nil
    }

    @Test(arguments: ["Subject: none", "Refer-To: <sip:a@b>\nRefer-To: <sip:c@d>", "Refer-To: <sip:a@b>, <sip:c@d>"])
    func `a REFER without exactly one Refer-To gets 400`(fields: String) throws {
        #expect(try self.answer(to: "REFER", fields)?.status == .badRequest)
    }

    @Test func `only a REFER makes a subscription to its news`() throws {
        #expect(try self.answer(to: "SUBSCRIBE", "Event: refer")?.status == .forbidden)
    }

    @Test func `another event gets 489 and the one that is known`() throws {
        let answer = try self.answer(to: "SUBSCRIBE", "Event: presence")
        #expect(answer?.status == .badEvent && answer?.all(.allowEvents) == [.refer])
    }

    @Test(arguments: [
        ("Event: presence\nSubscription-State: active", "SIP/2.0 200 OK", 489),
        ("Event: refer;id=77\nSubscription-State: active", "SIP/2.0 200 OK", 481),
        ("Event: refer", "SIP/2.0 200 OK", 400), ("Event: refer\nSubscription-State: active", "nonsense", 400),
        ("Event: refer\nSubscription-State: active", "SIP/2.0 200 OK", 200),
    ])
    func `news is taken only where it can be understood`(fields: String, body: String, status: Int) throws {
        var call = try self.referred()
        let refer = try #require(call.network.sent.last)
        var notify = try SIPMessage(
            text: """
                NOTIFY sip:7000@127.0.0.1 SIP/2.0
                Via: SIP/2.0/UDP 127.0.0.1:5061;branch=z9hG4bKn
                Max-Forwards: 70
                CSeq: 77 NOTIFY
                \(fields)


                """)
        let dialog = try #require(call.network.agents[1].dialog(of: call.callee))
        (notify[.from], notify[.to], notify[.callID]) = (dialog.local, dialog.remote, refer[.callID])
        notify.body = SIPBody(type: "message/sipfrag", text: body + "\r\n")
        call.notes += call.network.give(.received(notify, from: call.network.endpoint(1)), to: 0)
        #expect(call.network.sent.last?.status?.code == status)
    }

    @Test(arguments: [(0, "terminated;reason=timeout"), (600, "active;expires=300")])
    func `who unsubscribes is told once more, who subscribes again too`(expires: Int, state: String) throws {
        var call = try self.referred()
        let id = try self.referral(call.notes)
        call.orderCallee(.acceptReferral(id))
        call.run(for: .milliseconds(100))
        let refer = try #require(call.network.sent.last { $0.method == .refer && $0.isRequest })
        var subscribe = try SIPMessage(
            text: refer.description.replacing("REFER", with: "SUBSCRIBE").replacing("Refer-To", with: "X"))
        subscribe[.cseq] = SIPCSeq(9, .subscribe)
        subscribe[.via] = SIPVia(call.network.endpoint(0), branch: "z9hG4bKs")
        subscribe[.event] = .refer
        subscribe[.expires] = expires
        call.notes += call.network.give(.received(subscribe, from: call.network.endpoint(0)), to: 1)
        #expect(call.network.sent.suffix(2).first?[.expires] == min(expires, 300))
        #expect(call.network.sent.last?[.subscriptionState]?.description == state)
        call.run(for: .milliseconds(100))
        call.orderCallee(.notify(id, .ok))
        #expect((self.notifies(call).last?[.subscriptionState]?.description == state) == (expires == 0))
    }
}
