import TLib
import Testing

@Suite struct TServerSessionTests {
    var session = TServerSession(clientID: 1_145, epoch: WallTime(milliseconds: 1_439_853_377_250))
    let now = MonotonicTime(nanoseconds: 1_208_658_000)

    mutating func take(_ event: TServerSession.Event) -> [TServerSession.Effect] {
        self.session.handle(event, at: self.now)
    }

    /// The first message among the effects that is sent.
    mutating func answer(to event: TServerSession.Event) -> TMessage? {
        for case .send(let message) in self.take(event) { return message }
        return nil
    }

    static func request(_ type: TMessageType, _ dn: DN? = nil, reference: Int = 9) -> TMessage {
        var message = TMessage(type)
        message[.referenceID] = reference
        message[.thisDN] = dn
        return message
    }

    mutating func open(registering dn: DN? = nil) {
        _ = self.take(.received(Self.request(.requestRegisterClient)))
        if let dn { _ = self.take(.accept(Self.request(.requestRegisterAddress, dn))) }
    }

    @Test mutating func `a client that introduces itself is connected`() {
        var request = Self.request(.requestRegisterClient)
        request[.applicationName] = "desktop"
        let sent = self.take(.received(request)).compactMap { effect -> TMessage? in
            guard case .send(let message) = effect else { return nil }
            return message
        }
        #expect(sent.map(\.type) == [.eventServerConnected, .eventLinkConnected])
        #expect(sent.map { $0[.referenceID] } == [9, nil])
        #expect(self.session.applicationName == "desktop")
    }

    @Test mutating func `what is sent carries the time and the client`() {
        let message = self.answer(to: .received(Self.request(.requestRegisterClient)))
        #expect(message?[.timeinSecs] == 1_439_853_378)
        #expect(message?[.timeinuSecs] == 458_658)
        #expect(message?[.clientID] == 1_145)
    }

    @Test mutating func `a request before the introduction is refused`() {
        let message = self.answer(to: .received(Self.request(.requestRegisterAddress, "7001")))
        #expect(message?.type == .eventError)
        #expect(message?[.errorCode] == .notRegistered)
    }

    @Test mutating func `an address is registered once the switch knows it`() {
        self.open()
        let request = Self.request(.requestRegisterAddress, "7001")
        #expect(self.take(.received(request)) == [.register("7001", request)])
        #expect(self.session.registered == [])
        let message = self.answer(to: .accept(request))
        #expect(message?.type == .eventRegistered)
        #expect(message?[.referenceID] == 9)
        #expect(message?[.thisDN] == "7001")
        #expect(self.session.registered == ["7001"])
    }

    @Test mutating func `an address that the switch does not know is refused with the code and its text`() {
        self.open()
        let message = self.answer(to: .refuse(Self.request(.requestRegisterAddress, "9"), .dnNotConfigured))
        #expect(message?.type == .eventError)
        #expect(message?[.errorCode] == .dnNotConfigured)
        #expect(message?[.errorMessage] == "DN is not configured in CME")
        #expect(self.session.registered == [])
    }

    @Test mutating func `an address is given back`() {
        self.open(registering: "7001")
        let message = self.answer(to: .received(Self.request(.requestUnregisterAddress, "7001")))
        #expect(message?.type == .eventUnregistered)
        #expect(self.session.registered == [])
    }

    @Test(arguments: [TMessageType.requestPrivateService, .requestMakeCall, .requestUnregisterAddress])
    mutating func `a request for a DN that is not registered is refused`(type: TMessageType) {
        self.open(registering: "7001")
        let message = self.answer(to: .received(Self.request(type, "7002")))
        #expect(message?[.errorCode] == .notRegistered)
        #expect(message?[.referenceID] == 9)
    }

    @Test mutating func `a request without ThisDN is refused`() {
        self.open()
        #expect(self.answer(to: .received(Self.request(.requestPrivateService)))?[.errorCode] == .invalidAttribute)
    }

    @Test mutating func `a request for a registered DN is performed, and acknowledged`() {
        self.open(registering: "7001")
        var request = Self.request(.requestPrivateService, "7001")
        request[.privateMsgID] = .recordStart
        #expect(self.take(.received(request)) == [.perform(request)])
        let message = self.answer(to: .accept(request))
        #expect(message?.type == .eventACK)
        #expect(message?[.referenceID] == 9)
        #expect(message?[.privateMsgID] == .recordStart)
    }

    @Test mutating func `events reach those who have registered their DN, and nobody else`() {
        self.open(registering: "7001")
        #expect(self.take(.distribute(Self.request(.eventRinging, "7001"))).count == 1)
        #expect(self.take(.distribute(Self.request(.eventRinging, "7002"))) == [])
        _ = self.take(.received(TMessage(.eventServerDisconnected)))
        #expect(self.take(.distribute(Self.request(.eventRinging, "7001"))) == [])
    }

    @Test mutating func `a poll is answered, before the introduction as well`() {
        #expect(self.take(.received(TMessage(.keepAlivePoll))) == [.send(TMessage(.keepAliveAnswer))])
    }

    /// Introduces a client that asks to be polled.
    mutating func openWatched(_ milliseconds: Int) -> (TServerSession.Timer, Duration)? {
        var request = Self.request(.requestRegisterClient)
        request[.keepAliveTimeout] = milliseconds
        for case .setTimer(let timer, let delay) in self.take(.received(request)) { return (timer, delay) }
        return nil
    }

    func later(_ seconds: Int) -> MonotonicTime { self.now + .seconds(seconds) }

    @Test mutating func `a client that falls silent is polled, and given up when it does not answer`() throws {
        let watched = self.openWatched(15_000)
        let (timer, delay) = try #require(watched)
        #expect(delay == .seconds(15))
        _ = self.take(.accept(Self.request(.requestRegisterAddress, "7001")))
        let poll: [TServerSession.Effect] = [.send(TMessage(.keepAlivePoll)), .setTimer(timer, after: .seconds(15))]
        #expect(self.session.handle(.timerFired(timer), at: self.later(15)) == poll)
        #expect(self.session.handle(.received(TMessage(.keepAliveAnswer)), at: self.later(16)) == [])
        #expect(
            self.session.handle(.timerFired(timer), at: self.later(30)) == [.setTimer(timer, after: .seconds(1))])
        #expect(self.session.handle(.timerFired(timer), at: self.later(31)) == poll)
        #expect(self.session.handle(.timerFired(timer), at: self.later(46)) == [.disconnect])
        #expect(self.session.registered == [])
        #expect(self.session.handle(.timerFired(timer), at: self.later(61)) == [])
    }

    @Test mutating func `a client is polled as often as is sensible, and not at all where it does not ask`() {
        var delay = self.openWatched(1)?.1
        #expect(delay == .seconds(1))
        self.session = TServerSession(clientID: 2, epoch: WallTime(milliseconds: 0))
        delay = self.openWatched(.max)?.1
        #expect(delay == .seconds(3_600))
        self.session = TServerSession(clientID: 3, epoch: WallTime(milliseconds: 0))
        let effects = self.take(.received(Self.request(.requestRegisterClient)))
        #expect(!effects.contains { if case .setTimer = $0 { true } else { false } })
    }

    @Test mutating func `the timer of an earlier client at the same place is ignored`() throws {
        let watched = self.openWatched(15_000)
        let (timer, _) = try #require(watched)
        self.session = TServerSession(clientID: 2, epoch: WallTime(milliseconds: 0))
        _ = self.openWatched(15_000)
        #expect(self.session.handle(.timerFired(timer), at: self.later(100)) == [])
    }

    @Test mutating func `a client that introduces itself again and again has one timer`() {
        var timers = 0
        for _ in 0..<10 {
            if self.openWatched(15_000) != nil { timers += 1 }
            _ = self.take(.received(Self.request(.requestRegisterClient)))
        }
        #expect(timers == 1)
    }

    @Test mutating func `an event from a client is dropped`() {
        self.open(registering: "7001")
        #expect(self.take(.received(Self.request(.eventRinging, "7001"))) == [])
    }
}
