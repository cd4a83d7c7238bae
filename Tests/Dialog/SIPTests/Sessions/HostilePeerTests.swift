import CallCore
import SIP
import Testing

/// Calls whose messages are damaged on their way.
@Suite struct HostilePeerTests {
    @Test(arguments: 0..<30 as Range<UInt64>)
    func `whatever becomes of their messages, calls trap nowhere and come to an end`(seed: UInt64) throws {
        var capabilities = SIPCapabilities.everything
        capabilities.sessionTimer = SIPSessionTimer(interval: 90)
        var network = VirtualNetwork(agents: 2, seed: seed, capabilities: [capabilities])
        var random = TokenGenerator(seed: seed)
        network.rewrites = { message in
            guard Int.random(in: 0..<3, using: &random) == 0 else { return }
            var bytes = message.encoded()
            for _ in 0..<2 {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                bytes[place] = Array("\r\n\t ;:,=@\0019z".utf8).randomElement(using: &random) ?? 0
            }
            if let damaged = try? SIPMessage(parsing: bytes.span) { message = damaged }
        }
        let caller = network.agents[0].makeSession()
        let invitation = SIPInvitation.toAgent(1, in: network, offer: seed % 2 == 0 ? .sdp("offer") : nil)
        var notes = network.order(.invite(invitation), caller, of: 0)
        let target = SIPAddress(SIPURI(user: "7005", host: "example.com"))
        let orders: [SIPSession.Order] = [
            .update(.sdp("update")), .offer(nil), .info(.msml("info"), token: 1, package: "foo"),
            .refer(SIPReferral(to: target), token: 2), .offer(.sdp("offer")),
        ]
        for second in 0..<300 {
            if second % 20 == 3 { notes += network.order(orders[second / 20 % orders.count], caller, of: 0) }
            self.react(to: notes, &network)
            notes = network.run(for: .seconds(1))
        }
        notes += network.order(.end, caller, of: 0)
        network.swallows = { _ in true }
        for _ in 0..<20 {
            self.react(to: notes, &network)
            notes = network.run(for: .seconds(60))
        }
        #expect(network.agents.allSatisfy { $0.isIdle })
    }

    private func react(to notes: [VirtualNetwork.Note], _ network: inout VirtualNetwork) {
        for note in notes {
            guard case .session(let session, let report) = note.effect else { continue }
            let orders: [SIPSession.Order] =
                switch report {
                case .invited, .invitedToReplace:
                    [.progress(.sessionProgress, .sdp("early")), .accept(.sdp("answer"))]
                case .progress, .established, .answered, .offered: [.answer(.sdp("answer"))]
                case .info(let transaction, _): [.answerInfo(transaction, .ok, nil)]
                case .referred(let transaction, _): [.acceptReferral(transaction), .notify(transaction, .ok)]
                default: []
                }
            for order in orders { _ = network.order(order, session, of: note.agent) }
        }
    }
}
