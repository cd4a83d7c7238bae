import CallCore
import SIP
import Testing

@Suite struct `RFC 3261 table 4: transactions over a connection` {
    private let timers = SIPTimerValues()

    private func request(_ method: SIPMethod) throws -> SIPMessage {
        try SIPMessage(
            text: """
                \(method) sip:7001@10.0.0.9 SIP/2.0
                Via: SIP/2.0/TCP 10.0.0.7;branch=z9hG4bK1
                From: <sip:7000@10.0.0.9>;tag=1
                To: <sip:7001@10.0.0.9>
                Call-ID: c
                CSeq: 5 \(method)


                """)
    }

    @Test func `an INVITE is sent once, and its refusal ends it`() throws {
        let invite = try self.request(.invite)
        var transaction = InviteClientTransaction(request: invite, timers: self.timers, isReliable: true)
        #expect(
            transaction.handle(.start, at: .zero) == [.send(invite), .setTimer(.b, after: .seconds(32))])
        let busy = SIPMessage(response: .busyHere, to: invite, tag: "2")
        let effects = transaction.handle(.received(busy), at: .zero)
        guard effects.count == 3, case .send(let ack) = effects[0] else {
            Issue.record("\(effects)")
            return
        }
        #expect(ack.method == .ack && ack[.via] == invite[.via])
        #expect(Array(effects.dropFirst()) == [.deliver(busy), .terminate])
    }

    @Test func `an INVITE that nobody answers is given up by B, and a 2xx is kept until M`() throws {
        let invite = try self.request(.invite)
        var silent = InviteClientTransaction(request: invite, timers: self.timers, isReliable: true)
        #expect(silent.handle(.timerFired(.b), at: .zero) == [.timeOut, .terminate])
        var taken = InviteClientTransaction(request: invite, timers: self.timers, isReliable: true)
        let ok = SIPMessage(response: .ok, to: invite, tag: "2")
        #expect(
            taken.handle(.received(ok), at: .zero) == [.deliver(ok), .setTimer(.m, after: .seconds(32))])
    }

    @Test func `another request is sent once, and its answer ends it`() throws {
        let options = try self.request(.options)
        var transaction = NonInviteClientTransaction(request: options, timers: self.timers, isReliable: true)
        #expect(
            transaction.handle(.start, at: .zero) == [.send(options), .setTimer(.f, after: .seconds(32))])
        let trying = SIPMessage(response: .trying, to: options)
        #expect(transaction.handle(.received(trying), at: .zero) == [.deliver(trying)])
        let ok = SIPMessage(response: .ok, to: options)
        #expect(transaction.handle(.received(ok), at: .zero) == [.deliver(ok), .terminate])
    }

    @Test func `a refusal of an INVITE is sent once, and its ACK ends it`() throws {
        let (invite, ack) = (try self.request(.invite), try self.request(.ack))
        var transaction = InviteServerTransaction(timers: self.timers, isReliable: true)
        let busy = SIPMessage(response: .busyHere, to: invite, tag: "2")
        #expect(
            transaction.handle(.respond(busy), at: .zero) == [.send(busy), .setTimer(.h, after: .seconds(32))])
        #expect(transaction.handle(.received(ack), at: .zero) == [.terminate])
    }

    @Test func `the answer to another request ends it`() throws {
        let options = try self.request(.options)
        var transaction = NonInviteServerTransaction(timers: self.timers, isReliable: true)
        let ok = SIPMessage(response: .ok, to: options)
        #expect(transaction.handle(.respond(ok), at: .zero) == [.send(ok), .terminate])
    }
}
