import CallCore
import SIP
import Testing

/// Two user agents in bad weather. A failing seed fails again.
@Suite struct SIPSimulationTests {
    @Test(arguments: 0..<40 as Range<UInt64>)
    func `calls come out even, whatever the network loses, repeats and reorders`(seed: UInt64) {
        var simulation = Simulation(seed: seed, weather: .init(loss: 0.15, duplication: 0.1, delay: 1...400))
        simulation.run()
        #expect(simulation.faults.isEmpty)
        #expect(simulation.isIdle)
    }

    @Test(arguments: 100..<110 as Range<UInt64>)
    func `calls end on both sides even where hardly anything arrives`(seed: UInt64) {
        var simulation = Simulation(seed: seed, weather: .init(loss: 0.7, duplication: 0.2, delay: 1...1_500))
        simulation.run()
        #expect(simulation.faults.isEmpty)
        #expect(simulation.isIdle)
    }

    private static let everything: SIPCapabilities = {
        var capabilities = SIPCapabilities.everything
        capabilities.sessionTimer = SIPSessionTimer(interval: 90)
        return capabilities
    }()

    @Test(arguments: 200..<240 as Range<UInt64>)
    func `so they do with PRACK, UPDATE and the session timer`(seed: UInt64) {
        var simulation = Simulation(
            seed: seed, weather: .init(loss: 0.15, duplication: 0.1, delay: 1...400), capabilities: Self.everything)
        simulation.run()
        #expect(simulation.faults.isEmpty)
        #expect(simulation.isIdle)
    }

    @Test(arguments: 300..<310 as Range<UInt64>)
    func `with them too, calls end on both sides even where hardly anything arrives`(seed: UInt64) {
        var simulation = Simulation(
            seed: seed, weather: .init(loss: 0.7, duplication: 0.2, delay: 1...1_500), capabilities: Self.everything)
        simulation.run()
        #expect(simulation.faults.isEmpty)
        #expect(simulation.isIdle)
    }

    @Test func `the simulation has PRACKs with offers, early UPDATEs, answers in PRACK, and refreshes`() {
        var seen: Set<String> = []
        var agreed = 0
        for seed in 200..<220 as Range<UInt64> {
            var simulation = Simulation(
                seed: seed, weather: .init(loss: 0.15, duplication: 0.1, delay: 1...400),
                capabilities: Self.everything)
            simulation.run()
            agreed += simulation.agreedCalls
            for message in simulation.network.sent where message.method != .invite && message.method != .info {
                guard !message.isRequest || message.method == .prack || message.method == .update else { continue }
                let code = message.status.map { " \($0.code)" } ?? ""
                seen.insert("\(message.method)\(code)\(message.body == nil ? "" : " with a body")")
            }
        }
        #expect(agreed >= 40)
        #expect(
            seen.isSuperset(of: [
                "PRACK", "PRACK with a body", "PRACK 200", "PRACK 200 with a body", "UPDATE", "UPDATE with a body",
                "UPDATE 200", "UPDATE 200 with a body", "UPDATE 491",
            ]))
    }

    @Test func `most calls of the simulation are established, re-INVITEd both at once, and agree`() {
        var agreed = 0
        var glares = 0
        for seed in 0..<10 as Range<UInt64> {
            var simulation = Simulation(seed: seed, weather: .init(loss: 0.15, duplication: 0.1, delay: 1...400))
            simulation.run()
            agreed += simulation.agreedCalls
            glares += simulation.network.sent.filter { $0.status == .requestPending }.count
        }
        #expect(agreed >= 20 && glares >= 20)
    }
}

struct Simulation {
    private struct Key: Hashable {
        var agent: Int
        var session: SIPSessionID
    }

    private struct Plan {
        var time: MonotonicTime
        var key: Key
        var order: SIPSession.Order
    }

    var network: VirtualNetwork
    private(set) var faults: [String] = []
    /// Calls that ended in quiet, with the same agreement on both sides.
    private(set) var agreedCalls = 0
    private var random: TokenGenerator
    private var plans: [Plan] = []
    private var parties: [Key: SimulatedParty] = [:]
    private var calls: [String: [Key]] = [:]
    /// Sessions that end only when nothing else can be under way.
    private var quiet: Set<Key> = []
    private var infosSent: [Key: [String]] = [:]
    private var names = 0

    private let isEarly: Bool

    init(seed: UInt64, weather: VirtualNetwork.Weather, capabilities: SIPCapabilities = .timerless) {
        self.random = TokenGenerator(seed: seed)
        self.isEarly = capabilities.reliableProvisionals
        self.network = VirtualNetwork(agents: 2, seed: seed, weather: weather, capabilities: [capabilities])
    }

    /// Whether neither user agent keeps anything.
    var isIdle: Bool { self.network.agents.allSatisfy { $0.isIdle } }

    mutating func run() {
        for _ in 0..<6 { self.planCall() }
        while true {
            let planned = self.plans.indices.min { self.plans[$0].time < self.plans[$1].time }
            if let planned, self.plans[planned].time <= self.network.nextTime ?? self.plans[planned].time {
                let plan = self.plans.remove(at: planned)
                self.network.now = max(self.network.now, plan.time)
                self.carryOut(plan.order, plan.key)
            } else if let notes = self.network.step() {
                self.take(notes)
            } else {
                break
            }
        }
        self.check()
    }

    /// A call at some moment, and what its caller does later.
    private mutating func planCall() {
        let agent = Int.random(in: 0...1, using: &self.random)
        let key = Key(agent: agent, session: self.network.agents[agent].makeSession())
        let offer: SIPBody? = Bool.random(using: &self.random) ? .sdp(self.name()) : nil
        self.parties[key] = SimulatedParty(offers: [offer?.text])
        let start = self.later(.zero, 0...3_000)
        let invitation = SIPInvitation.toAgent(1 - agent, in: self.network, offer: offer)
        self.plans.append(Plan(time: start, key: key, order: .invite(invitation)))
        self.planActions(key, from: start)
        if Int.random(in: 0..<3, using: &self.random) == 0 {
            self.plans.append(Plan(time: self.later(start, 0...20_000), key: key, order: .end))
        } else {
            self.quiet.insert(key)
            self.plans.append(Plan(time: start + .seconds(400), key: key, order: .end))
        }
    }

    /// Offers and INFOs; the offers of both sides of a call meet more often than not.
    private mutating func planActions(_ key: Key, from start: MonotonicTime) {
        for slot in (self.isEarly ? 0 : 1)...3 {
            let moment = start + .seconds(slot * 10)
            let offer: SIPBody? = Bool.random(using: &self.random) ? .sdp(self.name()) : nil
            let byUpdate = self.isEarly && offer != nil && Bool.random(using: &self.random)
            let order: SIPSession.Order = byUpdate ? .update(offer) : .offer(offer)
            self.plans.append(Plan(time: self.later(moment, 0...50), key: key, order: order))
            self.names += 1
            let info = SIPSession.Order.info(.msml("info \(self.names)"), token: self.names)
            self.plans.append(Plan(time: self.later(moment, 0...3_000), key: key, order: info))
        }
    }

    private mutating func carryOut(_ order: SIPSession.Order, _ key: Key) {
        if self.parties[key, default: SimulatedParty()].ends.isEmpty {
            switch order {
            case .offer(let body), .update(let body):
                self.parties[key, default: SimulatedParty()].offers.append(body?.text)
            case .info(let body, let token, _):
                self.parties[key, default: SimulatedParty()].unansweredInfos.insert(token)
                self.infosSent[key, default: []].append(body.text)
            default: break
            }
        }
        self.take(self.network.order(order, key.session, of: key.agent))
        if case .invite = order, let callID = self.network.sent.last?[.callID] {
            self.calls[callID, default: []].append(key)
        }
    }

    private mutating func take(_ notes: [VirtualNetwork.Note]) {
        for note in notes {
            guard case .session(let session, let report) = note.effect else {
                self.faults.append("\(note.effect)")
                continue
            }
            let key = Key(agent: note.agent, session: session)
            if case .invited(let message) = report {
                self.calls[message[.callID] ?? "", default: []].append(key)
                self.planActions(key, from: self.network.now)
            }
            let name = self.name()
            let answersEarly = self.isEarly && Bool.random(using: &self.random)
            for order in self.parties[key, default: SimulatedParty()].take(
                report, name: name, answersEarly: answersEarly)
            {
                // A box answers at once, or after a while.
                let delay: ClosedRange<Int64> = Bool.random(using: &self.random) ? 0...0 : 0...2_000
                self.plans.append(Plan(time: self.later(self.network.now, delay), key: key, order: order))
            }
        }
    }

    private mutating func check() {
        for (key, party) in self.parties {
            self.faults += party.faults.map { "\(key): \($0)" }
            if party.ends.count != 1 { self.faults.append("\(key) ended \(party.ends)") }
        }
        for keys in self.calls.values {
            let ended = keys.compactMap { self.parties[$0] }
            guard keys.count == 2, ended.count == 2 else {
                if keys.count > 2 { self.faults.append("\(keys.count) sessions of one call") }
                continue
            }
            self.checkInfos(keys)
            // A side that was cut off cannot know what the other has come to know.
            guard keys.contains(where: self.quiet.contains), ended.map(\.ends) == [["ended local"], ["ended bye"]]
            else { continue }
            if ended[0].agreement == ended[1].agreement, ended[0].agreement != nil {
                self.agreedCalls += 1
            } else {
                self.faults.append("\(keys): \(ended.map(\.agreement)) differ")
            }
            for party in ended where !party.offers.isEmpty || !party.unansweredInfos.isEmpty {
                self.faults.append("\(keys): \(party.offers) \(party.unansweredInfos) were never answered")
            }
        }
    }

    /// Every INFO arrives at most once, and in order.
    private mutating func checkInfos(_ keys: [Key]) {
        for (sender, receiver) in [(keys[0], keys[1]), (keys[1], keys[0])] {
            let sent = self.infosSent[sender] ?? []
            let received = self.parties[receiver]?.infosReceived ?? []
            if received != Array(sent.prefix(received.count)) {
                self.faults.append("\(receiver) got \(received) of \(sent)")
            }
        }
    }

    private mutating func later(_ time: MonotonicTime, _ milliseconds: ClosedRange<Int64>) -> MonotonicTime {
        time + .milliseconds(Int64.random(in: milliseconds, using: &self.random))
    }

    private mutating func name() -> String {
        self.names += 1
        return "v\(self.names)"
    }
}
