import CallCore
import SIP
import Testing

/// Two user agents and a call between them, for tests that look at one thing.
struct Call {
    var network: VirtualNetwork
    var caller: SIPSessionID
    var callee: SIPSessionID
    /// Everything that was reported since the call began.
    var notes: [VirtualNetwork.Note] = []

    /// A call that rings at agent 1.
    ///
    /// - Parameter capabilities: of the caller, and of the callee where it has others.
    init(
        offer: SIPBody? = .sdp("offer"), agents: Int = 2, seed: UInt64 = 1, fields: [SIPHeaderField] = [],
        capabilities: SIPCapabilities...
    ) throws {
        self.network = VirtualNetwork(agents: agents, seed: seed, capabilities: capabilities)
        self.caller = self.network.agents[0].makeSession()
        self.callee = self.caller
        self.orderCaller(.invite(.toAgent(1, in: self.network, offer: offer, fields: fields)))
        self.run(for: .milliseconds(20))
        self.callee = try #require(self.notes.invited(1))
    }

    /// A call that both sides agree on.
    static func established(
        offer: SIPBody? = .sdp("offer"), caller: SIPCapabilities = .timerless, callee: SIPCapabilities? = nil
    ) throws -> Call {
        var call = try Call(offer: offer, capabilities: caller, callee ?? caller)
        call.orderCallee(.accept(.sdp("answer")))
        call.run(for: .milliseconds(50))
        call.notes = []
        return call
    }

    mutating func orderCaller(_ order: SIPSession.Order) { self.notes += self.network.order(order, self.caller, of: 0) }
    mutating func orderCallee(_ order: SIPSession.Order) { self.notes += self.network.order(order, self.callee, of: 1) }
    mutating func run(for duration: Duration) { self.notes += self.network.run(for: duration) }
    mutating func run(until end: MonotonicTime) { self.notes += self.network.run(until: end) }

    var callerReports: [String] { self.notes.names(0) }
    var calleeReports: [String] { self.notes.names(1) }

    /// What went over the network, as `METHOD number` and `code METHOD`.
    var traffic: [String] {
        self.network.sent.map { message in
            message.status.map { "\($0.code) \(message.method)" } ?? "\(message.method) \(message[.cseq]?.number ?? 0)"
        }
    }
}

extension SIPInvitation {
    static func toAgent(
        _ agent: Int, in network: VirtualNetwork, offer: SIPBody?, fields: [SIPHeaderField] = []
    ) -> SIPInvitation {
        let callee = SIPURI(user: "7001", endpoint: network.endpoint(agent))
        return SIPInvitation(
            requestURI: callee, from: SIPAddress(SIPURI(user: "7000", host: "example.com"), displayName: "Ada"),
            to: SIPAddress(callee), contactUser: "7000", destination: network.endpoint(agent), fields: fields,
            offer: offer)
    }
}

extension SIPBody {
    static func sdp(_ text: String) -> SIPBody { SIPBody(type: "application/sdp", text: text) }
    static func msml(_ text: String) -> SIPBody { SIPBody(type: "application/vnd.radisys.msml+xml", text: text) }
}
