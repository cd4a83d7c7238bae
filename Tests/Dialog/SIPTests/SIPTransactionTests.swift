import CallCore
import SIP
import Testing

@Suite struct SIPTransactionTests {
    private let timers = SIPTimerValues()

    private func request(_ method: SIPMethod) throws -> SIPMessage {
        try SIPMessage(
            text: """
                \(method) sip:7001@10.0.0.9 SIP/2.0
                Via: SIP/2.0/UDP 10.0.0.7;branch=z9hG4bK1
                Route: <sip:proxy@10.0.0.1;lr>, <sip:second@10.0.0.2;lr>
                From: <sip:7000@10.0.0.9>;tag=1
                To: <sip:7001@10.0.0.9>
                Call-ID: c
                CSeq: 5 \(method)


                """)
    }

    @Suite struct `RFC 3261 §17.1.1: INVITE client` {
        private let outer = SIPTransactionTests()

        @Test func `A doubles without limit until B`() throws {
            let invite = try self.outer.request(.invite)
            var transaction = InviteClientTransaction(request: invite, timers: self.outer.timers)
            #expect(
                transaction.handle(.start, at: .zero) == [
                    .send(invite), .setTimer(.a, after: .milliseconds(500)), .setTimer(.b, after: .seconds(32)),
                ])
            for delay in [1, 2, 4, 8, 16] {
                #expect(
                    transaction.handle(.timerFired(.a), at: .zero)
                        == [.send(invite), .setTimer(.a, after: .seconds(delay))])
            }
            #expect(transaction.handle(.timerFired(.b), at: .zero) == [.timeOut, .terminate])
        }

        @Test func `a provisional response ends the repetition`() throws {
            let invite = try self.outer.request(.invite)
            var transaction = InviteClientTransaction(request: invite, timers: self.outer.timers)
            _ = transaction.handle(.start, at: .zero)
            let ringing = SIPMessage(response: .ringing, to: invite)
            #expect(transaction.handle(.received(ringing), at: .zero) == [.deliver(ringing)])
            #expect(transaction.handle(.timerFired(.a), at: .zero).isEmpty)
            #expect(transaction.handle(.timerFired(.b), at: .zero).isEmpty)
        }

        @Test func `a refusal is acknowledged each time and delivered once`() throws {
            let invite = try self.outer.request(.invite)
            var transaction = InviteClientTransaction(request: invite, timers: self.outer.timers)
            let busy = SIPMessage(response: .busyHere, to: invite, tag: "2")
            let effects = transaction.handle(.received(busy), at: .zero)
            guard case .send(let ack) = effects.first else { throw Missing() }
            #expect(effects.dropFirst() == [.deliver(busy), .setTimer(.d, after: .seconds(32))])
            #expect(ack.method == .ack && ack[.via] == invite[.via] && ack[.to]?.tag == "2")
            #expect(ack[.cseq] == SIPCSeq(5, .ack) && ack.requestURI == invite.requestURI)
            #expect(ack.all(.route) == invite.all(.route))
            #expect(transaction.handle(.received(busy), at: .zero) == [.send(ack)])
            #expect(transaction.handle(.timerFired(.d), at: .zero) == [.terminate])
        }

        @Test func `every 2xx is delivered until M`() throws {
            let invite = try self.outer.request(.invite)
            var transaction = InviteClientTransaction(request: invite, timers: self.outer.timers)
            let taken = SIPMessage(response: .ok, to: invite, tag: "2")
            #expect(
                transaction.handle(.received(taken), at: .zero)
                    == [.deliver(taken), .setTimer(.m, after: .seconds(32))])
            #expect(transaction.handle(.received(taken), at: .zero) == [.deliver(taken)])
            #expect(transaction.handle(.timerFired(.m), at: .zero) == [.terminate])
        }
    }

    @Suite struct `RFC 3261 §17.1.2: non-INVITE client` {
        private let outer = SIPTransactionTests()

        @Test func `E doubles up to T2, and is T2 once something has come`() throws {
            let options = try self.outer.request(.options)
            var transaction = NonInviteClientTransaction(request: options, timers: self.outer.timers)
            #expect(
                transaction.handle(.start, at: .zero) == [
                    .send(options), .setTimer(.e, after: .milliseconds(500)), .setTimer(.f, after: .seconds(32)),
                ])
            for delay in [1, 2, 4, 4] {
                #expect(
                    transaction.handle(.timerFired(.e), at: .zero)
                        == [.send(options), .setTimer(.e, after: .seconds(delay))])
            }
            let trying = SIPMessage(response: .trying, to: options)
            #expect(transaction.handle(.received(trying), at: .zero) == [.deliver(trying)])
            #expect(
                transaction.handle(.timerFired(.e), at: .zero) == [.send(options), .setTimer(.e, after: .seconds(4))])
            #expect(transaction.handle(.timerFired(.f), at: .zero) == [.timeOut, .terminate])
        }

        @Test func `the final response is delivered once`() throws {
            let options = try self.outer.request(.options)
            var transaction = NonInviteClientTransaction(request: options, timers: self.outer.timers)
            let ok = SIPMessage(response: .ok, to: options)
            #expect(transaction.handle(.received(ok), at: .zero) == [.deliver(ok), .setTimer(.k, after: .seconds(5))])
            #expect(transaction.handle(.received(ok), at: .zero).isEmpty)
            #expect(transaction.handle(.timerFired(.f), at: .zero).isEmpty)
            #expect(transaction.handle(.timerFired(.k), at: .zero) == [.terminate])
        }
    }

    @Suite struct `RFC 3261 §17.2.1: INVITE server` {
        private let outer = SIPTransactionTests()

        @Test func `a repeated INVITE gets the last provisional response`() throws {
            let invite = try self.outer.request(.invite)
            var transaction = InviteServerTransaction(timers: self.outer.timers)
            let ringing = SIPMessage(response: .ringing, to: invite, tag: "2")
            #expect(transaction.handle(.respond(ringing), at: .zero) == [.send(ringing)])
            #expect(transaction.handle(.received(invite), at: .zero) == [.send(ringing)])
        }

        @Test func `a refusal is repeated until the ACK`() throws {
            let (invite, ack) = (try self.outer.request(.invite), try self.outer.request(.ack))
            var transaction = InviteServerTransaction(timers: self.outer.timers)
            let busy = SIPMessage(response: .busyHere, to: invite, tag: "2")
            #expect(
                transaction.handle(.respond(busy), at: .zero) == [
                    .send(busy), .setTimer(.g, after: .milliseconds(500)), .setTimer(.h, after: .seconds(32)),
                ])
            for delay in [1, 2, 4, 4] {
                #expect(
                    transaction.handle(.timerFired(.g), at: .zero)
                        == [.send(busy), .setTimer(.g, after: .seconds(delay))])
            }
            #expect(transaction.handle(.received(invite), at: .zero) == [.send(busy)])
            #expect(transaction.handle(.received(ack), at: .zero) == [.setTimer(.i, after: .seconds(5))])
            #expect(transaction.handle(.received(ack), at: .zero).isEmpty)
            #expect(transaction.handle(.timerFired(.g), at: .zero).isEmpty)
            #expect(transaction.handle(.timerFired(.i), at: .zero) == [.terminate])
        }

        @Test func `without ACK a refusal is given up by H`() throws {
            let invite = try self.outer.request(.invite)
            var transaction = InviteServerTransaction(timers: self.outer.timers)
            _ = transaction.handle(.respond(SIPMessage(response: .busyHere, to: invite)), at: .zero)
            #expect(transaction.handle(.timerFired(.h), at: .zero) == [.timeOut, .terminate])
        }

        @Test func `after a 2xx a repeated INVITE is absorbed and further 2xx are sent`() throws {
            let invite = try self.outer.request(.invite)
            var transaction = InviteServerTransaction(timers: self.outer.timers)
            let ok = SIPMessage(response: .ok, to: invite, tag: "2")
            #expect(transaction.handle(.respond(ok), at: .zero) == [.send(ok), .setTimer(.l, after: .seconds(32))])
            #expect(transaction.handle(.received(invite), at: .zero).isEmpty)
            #expect(transaction.handle(.respond(ok), at: .zero) == [.send(ok)])
            #expect(transaction.handle(.timerFired(.l), at: .zero) == [.terminate])
        }
    }

    @Suite struct `RFC 3261 §17.2.2: non-INVITE server` {
        private let outer = SIPTransactionTests()

        @Test func `a repeated request gets the answer, once there is one`() throws {
            let options = try self.outer.request(.options)
            var transaction = NonInviteServerTransaction(timers: self.outer.timers)
            let ok = SIPMessage(response: .ok, to: options)
            #expect(transaction.start() == [.setTimer(.x, after: .seconds(32))])
            #expect(transaction.handle(.received(options), at: .zero).isEmpty)
            #expect(transaction.handle(.respond(ok), at: .zero) == [.send(ok), .setTimer(.j, after: .seconds(32))])
            #expect(transaction.handle(.received(options), at: .zero) == [.send(ok)])
            #expect(transaction.handle(.respond(ok), at: .zero).isEmpty)
            #expect(transaction.handle(.timerFired(.x), at: .zero).isEmpty)
            #expect(transaction.handle(.timerFired(.j), at: .zero) == [.terminate])
        }
    }

    private struct Missing: Error {}
}
