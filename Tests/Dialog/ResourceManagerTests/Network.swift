import ResourceManager
import SIP

/// SIP Server, the proxy and one media server over a network that may lose, delay and double messages.
///
/// The media server takes every call, answers every offer and every INFO, and counts what it got.
struct Network {
    enum Happening {
        case message(SIPMessage, from: Endpoint, to: Endpoint)
        case userAgentTimer(SIPTimer, of: Endpoint)
        case proxyTimer(ResourceProxy.Timer)
    }

    var client: SIPUserAgent
    var server: SIPUserAgent
    var proxy: ResourceProxy
    private(set) var now = MonotonicTime.zero
    /// What the client's sessions told, in order, by session.
    private(set) var reports: [SIPSessionID: [SIPSession.Report]] = [:]
    private(set) var endedAtServer = 0
    private var agenda: [(at: MonotonicTime, order: Int, Happening)] = []
    private var count = 0
    private var chance: TokenGenerator
    /// How many of a hundred messages are lost, and how many come twice.
    private let lost: Int

    init(seed: UInt64, lost: Int) {
        self.client = SIPUserAgent(localEndpoint: Scene.client, seed: seed &+ 1, product: "SIPServer")
        self.server = SIPUserAgent(localEndpoint: Scene.first, seed: seed &+ 2, product: "MCP")
        self.proxy = ResourceProxy(
            mediaServers: [MediaResource(name: "mcp1", endpoint: Scene.first)], configuration: SwitchConfiguration(),
            endpoint: Scene.proxy, seed: seed &+ 3)
        self.chance = TokenGenerator(seed: seed)
        self.lost = lost
    }

    mutating func order(_ order: SIPSession.Order, _ session: SIPSessionID) {
        self.perform(self.client.handle(.order(session, order), at: self.now), of: Scene.client)
    }

    /// Lets things happen until `limit`, or until nothing more will.
    mutating func run(until limit: Duration) {
        let end = self.now.advanced(by: limit)
        while let index = self.agenda.indices.min(by: { self.agenda[$0] < self.agenda[$1] }),
            self.agenda[index].at <= end
        {
            let next = self.agenda.remove(at: index)
            self.now = next.at
            switch next.2 {
            case .message(let message, let source, Scene.proxy):
                self.perform(self.proxy.handle(.sip(message, from: source), at: self.now))
            case .message(let message, let source, let target): self.deliver(message, from: source, to: target)
            case .userAgentTimer(let timer, Scene.client):
                self.perform(self.client.handle(.timerFired(timer), at: self.now), of: Scene.client)
            case .userAgentTimer(let timer, let owner):
                self.perform(self.server.handle(.timerFired(timer), at: self.now), of: owner)
            case .proxyTimer(let timer): self.perform(self.proxy.handle(.timerFired(timer), at: self.now))
            }
        }
        self.now = end
    }

    private mutating func deliver(_ message: SIPMessage, from source: Endpoint, to target: Endpoint) {
        if target == Scene.client {
            self.perform(self.client.handle(.received(message, from: source), at: self.now), of: target)
        } else if target == Scene.first {
            self.perform(self.server.handle(.received(message, from: source), at: self.now), of: target)
        }
    }

    private mutating func perform(_ effects: [SIPUserAgent.Effect], of owner: Endpoint) {
        for effect in effects {
            switch effect {
            case .send(let message, let target): self.post(message, from: owner, to: target)
            case .setTimer(let timer, let duration): self.schedule(.userAgentTimer(timer, of: owner), after: duration)
            case .session(let session, let report):
                if owner == Scene.client {
                    self.reports[session, default: []].append(report)
                } else {
                    self.serve(session, report)
                }
            case .request, .response, .noResponse: break
            }
        }
    }

    private mutating func perform(_ effects: [ResourceProxy.Effect]) {
        for effect in effects {
            switch effect {
            case .sendSIP(let message, let target): self.post(message, from: Scene.proxy, to: target)
            case .setTimer(let timer, let duration): self.schedule(.proxyTimer(timer), after: duration)
            case .report: break
            }
        }
    }

    private mutating func serve(_ session: SIPSessionID, _ report: SIPSession.Report) {
        let description = SIPBody(type: "application/sdp", bytes: Array("v=0\r\n".utf8))
        let answer: SIPSession.Order
        switch report {
        case .invited: answer = .accept(description)
        case .offered: answer = .answer(description)
        case .info(let transaction, _): answer = .answerInfo(transaction, .ok, nil)
        case .ended:
            self.endedAtServer += 1
            return
        default: return
        }
        self.perform(self.server.handle(.order(session, answer), at: self.now), of: Scene.first)
    }

    private mutating func post(_ message: SIPMessage, from source: Endpoint, to target: Endpoint) {
        let throwOfDice = Int.random(in: 0..<100, using: &self.chance)
        guard throwOfDice >= self.lost else { return }
        for _ in 0..<(throwOfDice >= 100 - self.lost ? 2 : 1) {
            let delay = Duration.milliseconds(Int.random(in: 1...20, using: &self.chance))
            self.schedule(.message(message, from: source, to: target), after: delay)
        }
    }

    private mutating func schedule(_ happening: Happening, after delay: Duration) {
        self.count += 1
        self.agenda.append((self.now.advanced(by: delay), self.count, happening))
    }
}

private func < (
    left: (at: MonotonicTime, order: Int, Network.Happening), right: (at: MonotonicTime, order: Int, Network.Happening)
) -> Bool {
    (left.at, left.order) < (right.at, right.order)
}
