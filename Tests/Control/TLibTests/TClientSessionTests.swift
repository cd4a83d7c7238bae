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
        let reference = Self.sent(effects).first?[.referenceID] ?? 0
        #expect(effects.contains(.setTimer(.answer(reference), after: .seconds(10))))
        #expect(self.take(.timerFired(.answer(reference))) == [.failed(1, TError(.timedOut, ""))])
        #expect(self.take(.timerFired(.answer(reference))) == [])
        // An answer that comes too late is an event and nothing else.
        let late = Self.answer(.eventACK, reference)
        #expect(self.take(.received(late)) == [.event(late)])
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

    /// Loses the connection and stands before the first answer on the next one.
    ///
    /// - Returns: what is sent on the new connection after the introduction.
    mutating func reconnect(at moment: MonotonicTime = .zero) -> [TMessage] {
        _ = self.session.handle(.received(TMessage(.eventServerDisconnected)), at: moment)
        for attempt in 1...9 {
            guard let hello = Self.sent(self.take(.timerFired(.reconnection(attempt)))).first else { continue }
            return Self.sent(self.take(.received(TMessage(.eventServerConnected, answering: hello))))
        }
        return []
    }

    mutating func done(_ request: some TRequest, by type: TMessageType = .eventACK, token: Int = 1) {
        let sent = Self.sent(self.take(.request(request.message, token))).first ?? TMessage(.eventACK)
        _ = self.take(.received(TMessage(type, answering: sent)))
    }

    @Test mutating func `what lasts is asked for anew as it was, in order, and nothing that was taken back`() {
        self.connect()
        self.done(TRegisterAddress("7001", mode: .monitor, addressType: .position), by: .eventRegistered)
        self.done(TRegisterAddress("7002"), by: .eventRegistered)
        self.done(TSetInputMask(TInputMask(all: true)))
        self.done(TRegisterAddress("7003"), by: .eventRegistered)
        self.done(TUnregisterAddress("7002"), by: .eventUnregistered)
        self.done(TRegisterAddress("7004"), by: .eventError)
        self.done(TMakeCall("7001", destination: "1"))
        #expect(self.session.registered == ["7001", "7003"])
        var sent = self.reconnect()
        for index in sent.indices { sent[index][.referenceID] = nil }
        #expect(
            sent == [
                TRegisterAddress("7001", mode: .monitor, addressType: .position).message,
                TSetInputMask(TInputMask(all: true)).message, TRegisterAddress("7003").message,
            ])
    }

    @Test mutating func `the gap is reported when all is registered anew, with how the addresses stand`() throws {
        self.connect()
        self.done(TRegisterAddress("7001", addressType: .queue), by: .eventRegistered)
        self.done(TRegisterAddress("7002"), by: .eventRegistered)
        let sent = self.reconnect(at: .zero + .seconds(5))
        let refusal = TMessage(refusing: sent[1], .dnNotConfigured)
        #expect(self.take(.received(refusal)) == [.event(refusal)])
        let query = try #require(Self.sent(self.take(.received(TMessage(.eventRegistered, answering: sent[0])))).first)
        #expect(try TQueryAddress(query).addressType == .queue)
        let info = TMessage(.eventAddressInfo, answering: query)
        let effects = self.session.handle(.received(info), at: .zero + .seconds(8))
        let gap = TGap(
            began: .zero + .seconds(5), ended: .zero + .seconds(8), registered: ["7001"],
            lost: ["7002": TError(.refused(.dnNotConfigured), "")], addresses: [info])
        #expect(effects == [.event(info), .gap(gap)])
        #expect(gap.description.contains("3.0 seconds; 1 DNs registered again; 7002 is lost"))
        #expect(self.session.registered == ["7001"])
    }

    @Test mutating func `a server that answers no queries is asked once`() throws {
        self.connect()
        self.done(TRegisterAddress("7001"), by: .eventRegistered)
        let first = self.reconnect()
        let query = try #require(Self.sent(self.take(.received(TMessage(.eventRegistered, answering: first[0])))).first)
        let refusal = self.take(.received(TMessage(refusing: query, .unsupportedOperation)))
        #expect(refusal.contains { if case .gap = $0 { true } else { false } })
        let second = self.reconnect()
        let effects = self.take(.received(TMessage(.eventRegistered, answering: second[0])))
        #expect(Self.sent(effects).isEmpty)
        #expect(effects.contains { if case .gap = $0 { true } else { false } })
    }

    @Test mutating func `a gap without registrations ends with the connection`() {
        self.connect()
        _ = self.session.handle(.received(TMessage(.eventServerDisconnected)), at: .zero + .seconds(1))
        let hello = Self.sent(self.take(.timerFired(.reconnection(1))))[0]
        let answer = TMessage(.eventServerConnected, answering: hello)
        let effects = self.session.handle(.received(answer), at: .zero + .seconds(2))
        #expect(effects.last == .gap(TGap(began: .zero + .seconds(1), ended: .zero + .seconds(2))))
    }

    @Test mutating func `reference ids begin anew after the last one, and spare those under way`() {
        self.session = TClientSession(
            applicationName: "", answerTimeout: .seconds(10), keepAlive: nil, lastReference: 0x7FFF_FFFD)
        self.connect()
        let last = Self.sent(self.take(.request(TMessage(.requestMakeCall), 1)))[0]
        #expect(last[.referenceID] == 0x7FFF_FFFF)
        let first = Self.sent(self.take(.request(TMessage(.requestMakeCall), 2)))[0]
        #expect(first[.referenceID] == 1)
        let answer = TMessage(.eventACK, answering: first)
        #expect(self.take(.received(answer)) == [.event(answer), .answered(2, answer)])
    }

    @Test mutating func `a server of another version is said to be one, at once, to all who wait`() throws {
        _ = self.take(.request(Self.register("7001"), 1))
        _ = self.take(.start)
        let answer = try #require(TParseError(.version, at: 4).answer)
        let effects = self.take(.received(answer))
        #expect(effects.contains(.failed(1, TError(.refused(.incorrectProtocolVersion), ""))))
        #expect(effects.contains(.disconnect))
        #expect(self.session.state == .waiting)
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
