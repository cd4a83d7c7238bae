import CallCore
import SIP
import Testing

/// RFC 3891: a new call takes the place of one that stands.
@Suite struct ReplacesTests {
    /// Agents 0 and 1 have a call, and agent 2 wants to have it.
    private func replacing(
        _ call: inout Call, of agent: Int = 1, isEarlyOnly: Bool = false,
        change: (inout SIPReplaces) -> Void = { _ in }
    ) throws -> SIPSessionID {
        let session = agent == 1 ? call.caller : call.callee
        let dialog = try #require(call.network.agents[1 - agent].dialog(of: session))
        var replaces = dialog.replaces
        replaces.isEarlyOnly = isEarlyOnly
        change(&replaces)
        var invitation = SIPInvitation.toAgent(agent, in: call.network, offer: .sdp("replacing"))
        invitation.replaces = replaces
        let replacing = call.network.agents[2].makeSession()
        call.notes = call.network.order(.invite(invitation), replacing, of: 2)
        call.run(for: .milliseconds(50))
        return replacing
    }

    private func call(established: Bool = true) throws -> Call {
        var call = try Call(agents: 3, fields: [SIPHeaderField("Require", "100rel")], capabilities: .everything)
        call.orderCallee(.progress(.ringing, nil))
        call.run(for: .milliseconds(50))
        guard established else { return call }
        call.orderCallee(.accept(.sdp("answer")))
        call.run(for: .milliseconds(50))
        return call
    }

    /// The session that agent 1 or 0 is to give away, and the one that is to take its place.
    private func report(_ call: Call, _ agent: Int) -> (replaced: SIPSessionID, by: SIPSessionID)? {
        for note in call.notes where note.agent == agent {
            if case .session(let id, .invitedToReplace(let replaced, _)) = note.effect { return (replaced, id) }
        }
        return nil
    }

    @Test func `the box hears which session is to be replaced, and that one ends when it takes the call`() throws {
        var call = try self.call()
        _ = try self.replacing(&call)
        let invite = try #require(call.network.sent.last { $0.method == .invite && $0.isRequest })
        #expect(invite.all(.require) == [.replaces])
        let report = try #require(self.report(call, 1))
        #expect(report.replaced == call.callee)
        #expect(!call.traffic.contains { $0.hasPrefix("BYE") })
        call.notes += call.network.order(.accept(.sdp("replaced")), report.by, of: 1)
        call.run(for: .seconds(1))
        #expect(call.notes.names(2) == ["established"])
        #expect(call.callerReports == ["ended bye"])
        #expect(call.calleeReports.sorted() == ["confirmed", "ended local", "invitedToReplace"])
    }

    @Test func `a refused replacement leaves the session as it was`() throws {
        var call = try self.call()
        _ = try self.replacing(&call)
        let report = try #require(self.report(call, 1))
        call.notes += call.network.order(.reject(.forbidden), report.by, of: 1)
        call.run(for: .seconds(1))
        #expect(call.notes.names(2) == ["rejected 403"])
        #expect(call.callerReports.isEmpty && !call.traffic.contains { $0.hasPrefix("BYE") })
    }

    @Test func `our own call that nobody has taken yet is replaced and taken back`() throws {
        var call = try self.call(established: false)
        _ = try self.replacing(&call, of: 0, isEarlyOnly: true)
        let report = try #require(self.report(call, 0))
        #expect(report.replaced == call.caller)
        call.notes += call.network.order(.accept(.sdp("replaced")), report.by, of: 0)
        call.run(for: .seconds(1))
        #expect(call.traffic.contains("CANCEL 1"))
        #expect(call.calleeReports == ["ended cancelled"])
        #expect(call.notes.names(2) == ["established"])
    }

    @Test func `a call that rings here cannot be replaced`() throws {
        var call = try self.call(established: false)
        _ = try self.replacing(&call, of: 1)
        #expect(call.notes.names(2) == ["rejected 481"])
    }

    @Test func `a call that was taken is not replaced by who wants only one that was not`() throws {
        var call = try self.call()
        _ = try self.replacing(&call, isEarlyOnly: true)
        #expect(call.notes.names(2) == ["rejected 486"])
    }

    @Test(arguments: ["call", "to", "from"])
    func `a dialog that does not exist gets 481`(wrong: String) throws {
        var call = try self.call()
        _ = try self.replacing(&call) { replaces in
            switch wrong {
            case "call": replaces.callID = "other"
            case "to": replaces.toTag = "other"
            default: replaces.fromTag = "other"
            }
        }
        #expect(call.notes.names(2) == ["rejected 481"])
    }

    @Test func `a dialog that has just ended gets 603, so that nobody is disturbed`() throws {
        var call = try self.call()
        let dialog = try #require(call.network.agents[0].dialog(of: call.caller))
        call.orderCaller(.end)
        call.run(for: .seconds(1))
        var invitation = SIPInvitation.toAgent(1, in: call.network, offer: .sdp("replacing"))
        invitation.replaces = dialog.replaces
        let replacing = call.network.agents[2].makeSession()
        call.notes = call.network.order(.invite(invitation), replacing, of: 2)
        call.run(for: .seconds(1))
        #expect(call.notes.names(2) == ["rejected 603"])
    }

    @Test(arguments: [
        "Replaces: c;to-tag=1;from-tag=2\nReplaces: d;to-tag=1;from-tag=2", "Replaces: c;to-tag=1",
        "Replaces: c;to-tag=1;from-tag=2\nJoin: c;to-tag=1;from-tag=2",
    ])
    func `what cannot be meant gets 400`(fields: String) throws {
        var agent = SIPUserAgent(localEndpoint: .loopback(5060), seed: 1, product: "Test", capabilities: .everything)
        let invite = try SIPMessage(
            text: Fixture.message("invite").description.replacing("From:", with: fields + "\nFrom:"))
        let effects = agent.handle(.received(invite, from: .loopback(5062)), at: .zero)
        #expect(effects.contains { if case .send(let answer, _) = $0 { answer.status == .badRequest } else { false } })
    }

    @Test func `a user agent that replaces nothing refuses who demands it by 420`() throws {
        var network = VirtualNetwork(agents: 2, capabilities: [.everything, .timerless])
        var invitation = SIPInvitation.toAgent(1, in: network, offer: nil)
        invitation.replaces = SIPReplaces(callID: "c", toTag: "1", fromTag: "2")
        let session = network.agents[0].makeSession()
        let notes = network.order(.invite(invitation), session, of: 0) + network.run(for: .seconds(1))
        #expect(notes.names(0) == ["rejected 420"])
    }
}
