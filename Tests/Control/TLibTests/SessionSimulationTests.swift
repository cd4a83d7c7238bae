import TLib
import Testing

/// A client and a server session with virtual time between them, whose connection breaks at every step once.
@Suite struct SessionSimulationTests {
    /// How a connection ends.
    enum Break: CaseIterable {
        /// Both ends are told.
        case told
        /// Nobody is told; what is sent goes nowhere.
        case silent
    }

    @Test(arguments: Break.allCases)
    func `wherever the connection breaks, all is as before in the end, and every request has one outcome`(
        way: Break
    ) {
        let whole = SessionWorld()
        whole.run(breakingAfter: nil, way)
        #expect(whole.gaps.isEmpty)
        #expect(whole.delivered > 15)
        for step in 0..<whole.delivered {
            let world = SessionWorld()
            world.run(breakingAfter: step, way)
            #expect(world.client.state == .connected, "after \(step) messages")
            #expect(world.client.registered == ["7001", "7002"], "after \(step) messages")
            #expect(world.server.registered == ["7001", "7002"], "after \(step) messages")
            #expect(world.outcomes.values.allSatisfy { $0.count == 1 }, "after \(step) messages")
            #expect(world.gaps.count <= 1, "after \(step) messages")
            // Whoever had been connected is told of the gap, and when: in between nothing was told.
            #expect(world.gaps.isEmpty == (world.connectionsTold == 1), "after \(step) messages")
            for gap in world.gaps {
                #expect(gap.lost.isEmpty)
                #expect(gap.began < gap.ended)
                // Silence is noticed within twice the time for it.
                #expect(gap.began <= world.broken + .seconds(20))
            }
            // The last event comes through whatever happened before.
            #expect(world.told.last == .eventHeld, "after \(step) messages")
        }
    }

    @Test(arguments: 0..<200)
    func `sessions survive messages that make no sense`(seed: Int) {
        var made = MadeMessages(seed: UInt64(seed))
        var random = TokenGenerator(seed: UInt64(seed))
        var client = TClientSession(keepAlive: TKeepAlive())
        var server = TServerSession(clientID: 1, epoch: WallTime(milliseconds: 0))
        var now = MonotonicTime.zero
        _ = client.handle(.start, at: now)
        var timers: [TClientSession.Timer] = []
        for token in 0..<60 {
            now = now + .milliseconds(Int.random(in: 0...8_000, using: &random))
            var message = made.next()
            if Bool.random(using: &random) { message[.referenceID] = Int.random(in: 0...20, using: &random) }
            let types: [TMessageType] = [
                .eventServerConnected, .eventServerDisconnected, .eventError, .eventRegistered, .keepAlivePoll,
                .requestRegisterClient, .requestRegisterAddress, message.type,
            ]
            message.type = types.randomElement(using: &random) ?? .eventACK
            var effects = client.handle(.received(message), at: now)
            effects += client.handle(.request(message, token), at: now)
            if let timer = timers.randomElement(using: &random) {
                effects += client.handle(.timerFired(timer), at: now)
            }
            for case .setTimer(let timer, let delay) in effects {
                timers.append(timer)
                #expect(delay > .zero && delay <= .seconds(30))
            }
            for effect in server.handle(.received(message), at: now) {
                if case .perform(let request) = effect { #expect(request == message) }
            }
        }
    }
}

/// The agenda, the wire and the two ends.
final class SessionWorld {
    private enum Happening {
        case toServer(TMessage, connection: Int)
        case toClient(TMessage, connection: Int)
        case clientTimer(TClientSession.Timer)
        case serverTimer(TServerSession.Timer)
        case ask(TMessage)
        case switchEvent(TMessageType)
    }

    var client = TClientSession(keepAlive: TKeepAlive(localTimeout: .seconds(10), remoteTimeout: .seconds(10)))
    var server = TServerSession(clientID: 1, epoch: WallTime(milliseconds: 0))
    var delivered = 0
    var outcomes: [Int: [String]] = [:]
    var told: [TMessageType] = []
    var gaps: [TGap] = []
    var broken = MonotonicTime.zero
    var connectionsTold: Int { self.told.count { $0 == .eventServerConnected } }

    private var asked: [Int: TMessage] = [:]
    private var now = MonotonicTime.zero
    private var agenda: [(time: MonotonicTime, order: Int, Happening)] = []
    private var order = 0
    /// The connection that carries messages; those of earlier ones are lost.
    private var connection = 1
    private var isDead = false
    private var clientID = 1

    /// Two and a half minutes of a client that registers, asks and is told; the connection breaks in the first two.
    func run(breakingAfter step: Int?, _ way: SessionSimulationTests.Break) {
        self.perform(self.client.handle(.start, at: self.now))
        let script: [(Int, Happening)] = [
            (0, .ask(TRegisterAddress("7001").message)), (0, .ask(TRegisterAddress("7002", mode: .monitor).message)),
            (1, .switchEvent(.eventRinging)),
            (2, .ask(TPrivateService(.recordStart, dn: "7001", connID: ConnID(rawValue: 1)).message)),
            (3, .switchEvent(.eventEstablished)),
            (30, .ask(TReleaseCall("7001", connID: ConnID(rawValue: 1)).message)),
            (31, .switchEvent(.eventReleased)), (150, .switchEvent(.eventHeld)),
        ]
        for (second, happening) in script { self.enter(happening, at: .zero + .seconds(second)) }
        while let next = self.agenda.indices.min(by: { self.key($0) < self.key($1) }),
            self.agenda[next].time <= .zero + .seconds(155)
        {
            let (time, _, happening) = self.agenda.remove(at: next)
            self.now = time
            self.take(happening)
            if let step, self.delivered == step, self.broken == .zero { self.cut(way) }
        }
    }

    private func key(_ index: Int) -> (Int64, Int) { (self.agenda[index].time.nanoseconds, self.agenda[index].order) }

    private func enter(_ happening: Happening, at time: MonotonicTime) {
        self.order += 1
        self.agenda.append((time, self.order, happening))
    }

    private func cut(_ way: SessionSimulationTests.Break) {
        self.broken = self.now + .nanoseconds(1)
        self.isDead = true
        guard way == .told else { return }
        self.perform(self.client.handle(.received(TMessage(.eventServerDisconnected)), at: self.now))
        self.perform(self.server.handle(.disconnected, at: self.now))
    }

    /// Counts the steps at which the connection may break: later there is no time to recover.
    private func count() { if self.now < .zero + .seconds(120) { self.delivered += 1 } }

    private func take(_ happening: Happening) {
        switch happening {
        case .toServer(let message, let connection):
            guard connection == self.connection, !self.isDead else { return }
            self.count()
            self.perform(self.server.handle(.received(message), at: self.now))
        case .toClient(let message, let connection):
            guard connection == self.connection, !self.isDead else { return }
            self.count()
            self.perform(self.client.handle(.received(message), at: self.now))
        case .clientTimer(let timer): self.perform(self.client.handle(.timerFired(timer), at: self.now))
        case .serverTimer(let timer): self.perform(self.server.handle(.timerFired(timer), at: self.now))
        case .ask(let message):
            let token = self.outcomes.count + 1
            self.outcomes[token] = []
            self.asked[token] = message
            self.perform(self.client.handle(.request(message, token), at: self.now))
        case .switchEvent(let type):
            var message = TMessage(type)
            message[.thisDN] = "7001"
            self.perform(self.server.handle(.distribute(message), at: self.now))
        }
    }

    private func perform(_ effects: [TClientSession.Effect]) {
        for effect in effects {
            switch effect {
            case .send(let message):
                // A transport opens a new connection where there is none.
                if message.type == .requestRegisterClient, self.isDead, self.client.state == .connecting {
                    (self.connection, self.isDead) = (self.connection + 1, false)
                    self.clientID += 1
                    self.server = TServerSession(clientID: self.clientID, epoch: WallTime(milliseconds: 0))
                }
                self.enter(.toServer(message, connection: self.connection), at: self.now + .milliseconds(1))
            case .disconnect: self.isDead = true
            case .setTimer(let timer, let delay): self.enter(.clientTimer(timer), at: self.now + delay)
            case .answered(let token, let message): self.outcomes[token]?.append("\(message.type)")
            case .failed(let token, let error):
                self.outcomes[token]?.append("\(error.code)")
                // A host asks again for what it cannot do without.
                if let request = self.asked[token], request.type == .requestRegisterAddress { self.take(.ask(request)) }
            case .event(let message): self.told.append(message.type)
            case .gap(let gap): self.gaps.append(gap)
            }
        }
    }

    private func perform(_ effects: [TServerSession.Effect]) {
        for effect in effects {
            switch effect {
            case .send(let message):
                self.enter(.toClient(message, connection: self.connection), at: self.now + .milliseconds(1))
            case .register(_, let request), .perform(let request):
                self.perform(self.server.handle(.accept(request), at: self.now))
            case .setTimer(let timer, let delay): self.enter(.serverTimer(timer), at: self.now + delay)
            case .disconnect: self.isDead = true
            }
        }
    }
}
