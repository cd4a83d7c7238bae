import CallCore
import SIP

/// User agents joined by a network in which nothing takes real time. The same seed makes the same run.
struct VirtualNetwork {
    /// How the network treats messages.
    struct Weather {
        var loss = 0.0
        var duplication = 0.0
        var delay: ClosedRange<Int64> = 10...10
    }

    /// Something a user agent has told its box.
    struct Note: Equatable {
        var agent: Int
        var effect: SIPUserAgent.Effect
        var time: MonotonicTime
    }

    private enum Happening {
        case message(SIPMessage, from: Endpoint, to: Endpoint)
        case timer(SIPTimer, agent: Int)
    }

    var agents: [SIPUserAgent] = []
    var weather = Weather()
    var now = MonotonicTime.zero
    /// What has been sent, in order, whether it arrived or not.
    private(set) var sent: [SIPMessage] = []
    /// Which messages the network swallows, whatever the weather.
    var swallows: (SIPMessage) -> Bool = { _ in false }
    /// What the network changes in messages on their way.
    var rewrites: (inout SIPMessage) -> Void = { _ in }
    /// What it changes in responses.
    var rewritesResponses: (inout SIPMessage) -> Void = { _ in }
    private var random: TokenGenerator
    /// The next one last.
    private var pending: [(time: MonotonicTime, order: Int, what: Happening)] = []
    private var order = 0

    init(
        agents count: Int, seed: UInt64 = 1, weather: Weather = Weather(),
        capabilities: [SIPCapabilities] = []
    ) {
        self.random = TokenGenerator(seed: seed)
        self.weather = weather
        for index in 0..<count {
            let endpoint = Endpoint.loopback(UInt16(5060 + index))
            let agentSeed = self.random.next()
            let can = capabilities.indices.contains(index) ? capabilities[index] : capabilities.last ?? .timerless
            self.agents.append(
                SIPUserAgent(
                    localEndpoint: endpoint, seed: agentSeed, product: "Agent \(index)", capabilities: can))
        }
    }

    func endpoint(_ agent: Int) -> Endpoint { .loopback(UInt16(5060 + agent)) }

    /// Hands an event to a user agent and carries out what it asks for.
    ///
    /// - Returns: what the box is told.
    mutating func give(_ event: SIPUserAgent.Event, to agent: Int) -> [Note] {
        var notes: [Note] = []
        for effect in self.agents[agent].handle(event, at: self.now) {
            switch effect {
            case .send(let message, let destination):
                self.sent.append(message)
                self.carry(message, from: self.endpoint(agent), to: destination)
            case .setTimer(let timer, let delay): self.plan(.timer(timer, agent: agent), after: delay)
            default: notes.append(Note(agent: agent, effect: effect, time: self.now))
            }
        }
        return notes
    }

    mutating func order(_ order: SIPSession.Order, _ session: SIPSessionID, of agent: Int) -> [Note] {
        self.give(.order(session, order), to: agent)
    }

    /// Lets the next thing happen.
    ///
    /// - Returns: what boxes are told; nil where nothing is to happen any more.
    mutating func step() -> [Note]? {
        guard let (time, _, what) = self.pending.popLast() else { return nil }
        self.now = time
        switch what {
        case .timer(let timer, let agent): return self.give(.timerFired(timer), to: agent)
        case .message(let message, let source, let destination):
            guard let agent = self.agents.indices.first(where: { self.endpoint($0) == destination }) else { return [] }
            return self.give(.received(message, from: source), to: agent)
        }
    }

    /// When the next thing happens; nil where nothing is to happen any more.
    var nextTime: MonotonicTime? { self.pending.last?.time }

    /// Lets things happen until a moment, or until nothing is to happen any more.
    mutating func run(until end: MonotonicTime) -> [Note] {
        var notes: [Note] = []
        while let time = self.nextTime, time <= end, let more = self.step() { notes += more }
        self.now = max(self.now, end)
        return notes
    }

    mutating func run(for duration: Duration) -> [Note] { self.run(until: self.now + duration) }

    private mutating func carry(_ message: SIPMessage, from source: Endpoint, to destination: Endpoint) {
        guard !self.swallows(message) else { return }
        var changed = message
        self.rewrites(&changed)
        if !changed.isRequest { self.rewritesResponses(&changed) }
        let bytes = changed.encoded()
        guard let copy = try? SIPMessage(parsing: bytes.span) else { return }
        let copies = self.chance(self.weather.duplication) ? 2 : 1
        for _ in 0..<copies where !self.chance(self.weather.loss) {
            let delay = Duration.milliseconds(Int64.random(in: self.weather.delay, using: &self.random))
            self.plan(.message(copy, from: source, to: destination), after: delay)
        }
    }

    private mutating func plan(_ what: Happening, after delay: Duration) {
        self.order += 1
        let time = self.now + delay
        var (low, high) = (0, self.pending.count)
        while low < high {
            let middle = (low + high) / 2
            if self.pending[middle].time > time { low = middle + 1 } else { high = middle }
        }
        self.pending.insert((time, self.order, what), at: low)
    }

    private mutating func chance(_ probability: Double) -> Bool {
        probability > 0 && Double.random(in: 0..<1, using: &self.random) < probability
    }
}

extension [VirtualNetwork.Note] {
    /// What the sessions of an agent have reported.
    func reports(_ agent: Int) -> [SIPSession.Report] {
        self.compactMap { note in
            guard note.agent == agent, case .session(_, let report) = note.effect else { return nil }
            return report
        }
    }

    /// The names of the reports of an agent.
    func names(_ agent: Int) -> [String] { self.reports(agent).map(\.name) }

    /// The session that an agent was invited to.
    func invited(_ agent: Int) -> SIPSessionID? {
        for note in self where note.agent == agent {
            if case .session(let id, .invited) = note.effect { return id }
        }
        return nil
    }
}

extension SIPSession.Report {
    var name: String {
        switch self {
        case .invited: "invited"
        case .invitedToReplace: "invitedToReplace"
        case .progress(let message): "progress \(message.status?.code ?? 0)"
        case .established: "established"
        case .confirmed: "confirmed"
        case .rejected(let status, _): "rejected \(status.code)"
        case .offered: "offered"
        case .offerWithdrawn: "offerWithdrawn"
        case .answered: "answered"
        case .acknowledged: "acknowledged"
        case .offerRefused(let status): "offerRefused \(status.code)"
        case .info: "info"
        case .infoAnswered(let token, let status, _): "infoAnswered \(token) \(status.code)"
        case .refreshed: "refreshed"
        case .referred: "referred"
        case .referralAnswered(let token, let status): "referralAnswered \(token) \(status.code)"
        case .notified(let token, let status, let isLast): "notified \(token) \(status.code)\(isLast ? " last" : "")"
        case .ended(let reason, _): "ended \(reason)"
        }
    }

    var body: String? {
        switch self {
        case .invited(let message), .progress(let message), .established(let message), .confirmed(let message),
            .offered(let message), .answered(let message), .acknowledged(let message), .info(_, let message),
            .offerWithdrawn(let message), .refreshed(let message), .invitedToReplace(_, let message),
            .referred(_, let message):
            message.body?.text
        case .infoAnswered(_, _, let body): body?.text
        case .rejected, .offerRefused, .referralAnswered, .notified, .ended: nil
        }
    }
}

extension SIPCapabilities {
    /// Nothing but RFC 3261: calls stand for ever, so that a test may let time pass.
    static let timerless = SIPCapabilities(sessionTimer: nil)
    /// Whatever there is, but for the session timer.
    static let everything = SIPCapabilities(
        reliableProvisionals: true, transfers: true, sessionTimer: nil, infoPackages: ["foo", "bar"])
}
