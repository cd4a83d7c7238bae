import TLib
import Testing

@Suite struct TClientSessionTests {
    var session = TClientSession(applicationName: "desktop")

    mutating func take(_ event: TClientSession.Event) -> [TClientSession.Effect] {
        self.session.handle(event, at: .zero)
    }

    static func sent(_ effects: [TClientSession.Effect]) -> [TMessage] {
        effects.compactMap { effect in
            guard case .send(let message) = effect else { return nil }
            return message
        }
    }

    static func answer(_ type: TMessageType, _ reference: Int?) -> TMessage {
        var message = TMessage(type)
        message[.referenceID] = reference
        return message
    }

    static func register(_ dn: DN) -> TMessage {
        var message = TMessage(.requestRegisterAddress)
        message[.thisDN] = dn
        return message
    }

    mutating func connect() {
        let reference = Self.sent(self.take(.start)).first?[.referenceID]
        _ = self.take(.received(Self.answer(.eventServerConnected, reference)))
    }

    @Test mutating func `the client introduces itself`() {
        let sent = Self.sent(self.take(.start))
        #expect(sent.map(\.type) == [.requestRegisterClient])
        #expect(sent.first?[.applicationName] == "desktop")
        #expect(self.session.state == .connecting)
    }

    @Test mutating func `requests wait for the connection, and go in order`() {
        #expect(Self.sent(self.take(.request(Self.register("2"), 1))).isEmpty)
        let reference = Self.sent(self.take(.start)).first?[.referenceID]
        #expect(Self.sent(self.take(.request(Self.register("1"), 2))).isEmpty)
        let sent = Self.sent(self.take(.received(Self.answer(.eventServerConnected, reference))))
        #expect(sent.map { $0[.thisDN] } == ["2", "1"])
        #expect(Set(sent.map { $0[.referenceID] }).count == 2)
    }

    @Test(arguments: [TMessageType.eventACK, .eventRegistered, .eventDialing])
    mutating func `an answer finds its request by the reference id, and is an event as well`(type: TMessageType) {
        self.connect()
        _ = self.take(.request(TMessage(.requestMakeCall), 1))
        let reference = Self.sent(self.take(.request(TMessage(.requestMakeCall), 2))).first?[.referenceID]
        let answer = Self.answer(type, reference)
        #expect(self.take(.received(answer)) == [.event(answer), .answered(2, answer)])
        #expect(self.take(.received(answer)) == [.event(answer)])
    }

    @Test mutating func `a refusal fails its request with the code`() {
        self.connect()
        let request = Self.sent(self.take(.request(TMessage(.requestMakeCall), 1)))[0]
        let error = TMessage(refusing: request, .invalidCalledDN)
        let effects = self.take(.received(error))
        #expect(effects == [.event(error), .failed(1, TError(.refused(.invalidCalledDN), ""))])
    }

    @Test mutating func `an event without a request is only an event`() {
        self.connect()
        let ringing = Self.answer(.eventRinging, nil)
        #expect(self.take(.received(ringing)) == [.event(ringing)])
    }

    @Test mutating func `what is not answered in time fails`() {
        self.connect()
        let effects = self.take(.request(TMessage(.requestMakeCall), 1))
        #expect(effects.contains(.setTimer(.answer(1), after: .seconds(10))))
        #expect(self.take(.timerFired(.answer(1))) == [.failed(1, TError(.timedOut, ""))])
        #expect(self.take(.timerFired(.answer(1))) == [])
    }

    @Test mutating func `when the link breaks, what was sent fails and the host is told`() {
        self.connect()
        _ = self.take(.request(TMessage(.requestMakeCall), 1))
        let lost = TMessage(.eventServerDisconnected)
        let effects = self.take(.received(lost))
        #expect(effects.prefix(2) == [.event(lost), .failed(1, TError(.disconnected, ""))])
        #expect(self.session.state == .waiting)
        #expect(self.take(.received(lost)) == [])
    }

    @Test mutating func `the client connects again and registers its DNs anew`() {
        self.connect()
        let request = Self.sent(self.take(.request(Self.register("7001"), 1)))[0]
        _ = self.take(.received(TMessage(.eventRegistered, answering: request)))
        let effects = self.take(.received(TMessage(.eventServerDisconnected)))
        #expect(effects.last == .setTimer(.reconnection(1), after: .seconds(1)))
        let hello = Self.sent(self.take(.timerFired(.reconnection(1))))[0]
        #expect(hello.type == .requestRegisterClient)
        let sent = Self.sent(self.take(.received(TMessage(.eventServerConnected, answering: hello))))
        #expect(sent.map(\.type) == [.requestRegisterAddress])
        #expect(sent.first?[.thisDN] == "7001")
    }

    @Test mutating func `it tries less and less eagerly`() {
        _ = self.take(.start)
        var delays: [Duration] = []
        for attempt in 1...8 {
            for case .setTimer(.reconnection, let delay) in self.take(.received(TMessage(.eventServerDisconnected))) {
                delays.append(delay)
            }
            _ = self.take(.timerFired(.reconnection(attempt)))
        }
        #expect(delays == [1, 2, 4, 8, 16, 30, 30, 30].map { .seconds($0) })
    }

    @Test mutating func `an introduction that is not answered is tried again`() {
        _ = self.take(.start)
        #expect(self.take(.timerFired(.connection(1))).contains(.setTimer(.reconnection(1), after: .seconds(1))))
        #expect(self.session.state == .waiting)
    }

    @Test mutating func `at the end everything that waits fails`() {
        _ = self.take(.request(TMessage(.requestMakeCall), 1))
        #expect(self.take(.stop) == [.failed(1, TError(.closed, ""))])
    }
}
