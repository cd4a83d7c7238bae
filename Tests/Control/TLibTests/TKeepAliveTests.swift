import TLib
import Testing

/// The client's side; the server's is in TServerSessionTests.
@Suite struct TKeepAliveTests {
    var session = TClientSession(keepAlive: TKeepAlive(localTimeout: .seconds(10), remoteTimeout: .seconds(20)))

    mutating func take(_ event: TClientSession.Event, _ seconds: Int) -> [TClientSession.Effect] {
        self.session.handle(event, at: .zero + .seconds(seconds))
    }

    mutating func connect() -> [TClientSession.Effect] {
        let hello = TClientSessionTests.sent(self.take(.start, 0))[0]
        return self.take(.received(TMessage(.eventServerConnected, answering: hello)), 0)
    }

    @Test mutating func `the client says when the server is to poll it, and looks after its own time`() {
        #expect(TClientSessionTests.sent(self.take(.start, 0)).first?[.keepAliveTimeout] == 20_000)
        self.session = TClientSession(keepAlive: TKeepAlive(localTimeout: .seconds(10), remoteTimeout: nil))
        #expect(TClientSessionTests.sent(self.take(.start, 0)).first?[.keepAliveTimeout] == nil)
        self.session = TKeepAliveTests().session
        #expect(self.connect().contains(.setTimer(.silence(1), after: .seconds(10))))
    }

    @Test mutating func `polls are messages of eight bytes`() {
        #expect(TMessage(.keepAlivePoll).encodedFrame() == [0, 0, 0, 4, 1, 0, 0xF0, 0])
        #expect(TMessage(.keepAliveAnswer).encodedFrame() == [0, 0, 0, 4, 1, 0, 0xF0, 1])
    }

    @Test mutating func `a poll of the server is answered and not told`() {
        _ = self.connect()
        #expect(self.take(.received(TMessage(.keepAlivePoll)), 1) == [.send(TMessage(.keepAliveAnswer))])
        #expect(self.take(.received(TMessage(.keepAliveAnswer)), 1) == [])
    }

    @Test mutating func `polls and answers are told where they are traced`() {
        self.session = TClientSession(keepAlive: TKeepAlive(localTimeout: .seconds(10), isTraced: true))
        _ = self.connect()
        let (poll, answer) = (TMessage(.keepAlivePoll), TMessage(.keepAliveAnswer))
        #expect(self.take(.received(poll), 1) == [.event(poll), .send(answer)])
        #expect(self.take(.timerFired(.silence(1)), 20).prefix(2) == [.event(poll), .send(poll)])
        #expect(self.take(.received(answer), 21) == [.event(answer)])
    }

    @Test mutating func `a server that speaks is not polled`() {
        _ = self.connect()
        _ = self.take(.received(TMessage(.eventRinging)), 7)
        #expect(self.take(.timerFired(.silence(1)), 10) == [.setTimer(.silence(1), after: .seconds(7))])
    }

    @Test mutating func `a server that does not answer is given up, and the client connects again`() {
        _ = self.connect()
        #expect(
            self.take(.timerFired(.silence(1)), 10)
                == [.send(TMessage(.keepAlivePoll)), .setTimer(.silence(1), after: .seconds(10))])
        #expect(
            self.take(.timerFired(.silence(1)), 20)
                == [
                    .disconnect, .event(TMessage(.eventServerDisconnected)),
                    .setTimer(.reconnection(1), after: .seconds(1)),
                ])
        #expect(self.session.state == .waiting)
        // What the transport tells of the connection that was given up changes nothing.
        #expect(self.take(.received(TMessage(.eventServerDisconnected)), 20) == [])
        #expect(TClientSessionTests.sent(self.take(.timerFired(.reconnection(1)), 21)).count == 1)
        #expect(self.take(.timerFired(.silence(1)), 30) == [])
    }

    @Test mutating func `one answer is enough until the next silence`() {
        _ = self.connect()
        _ = self.take(.timerFired(.silence(1)), 10)
        _ = self.take(.received(TMessage(.keepAliveAnswer)), 19)
        #expect(self.take(.timerFired(.silence(1)), 20) == [.setTimer(.silence(1), after: .seconds(9))])
        #expect(
            self.take(.timerFired(.silence(1)), 29)
                == [.send(TMessage(.keepAlivePoll)), .setTimer(.silence(1), after: .seconds(10))])
    }
}
