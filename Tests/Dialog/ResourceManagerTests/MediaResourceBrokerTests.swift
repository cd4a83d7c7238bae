import ResourceManager
import SIP
import Testing

@Suite struct MediaResourceBrokerTests {
    @Test func `the box carries what its transport brings, until it is cancelled`() async throws {
        let wire = Wire()
        let broker = MediaResourceBroker(
            sip: wire, mediaServers: [MediaResource(name: "mcp1", endpoint: Scene.first)],
            configuration: SwitchConfiguration(), clock: StoppedClock(), observer: SilentObserver(), seed: 1)
        let running = Task { try await broker.run() }
        wire.bring(try request(), from: Scene.client)
        var sent = wire.sent.makeAsyncIterator()
        let carried = try #require(await sent.next())
        #expect(carried.to == Scene.first)
        #expect(carried.message.requestURI?.endpoint == Scene.first)
        running.cancel()
        try await running.value
    }

    @Test func `a transport that breaks ends the box with its error`() async throws {
        let wire = Wire(failure: TransportError(.failed, "cut"))
        let broker = MediaResourceBroker(
            sip: wire, mediaServers: [], configuration: SwitchConfiguration(), clock: StoppedClock(),
            observer: SilentObserver(), seed: 1)
        await #expect(throws: TransportError(.failed, "")) { try await broker.run() }
    }
}

/// A transport whose ends are both in the test.
private struct Wire: Transport {
    let localEndpoint = Scene.proxy
    let sent: AsyncStream<Scene.Sent>
    private let output: AsyncStream<Scene.Sent>.Continuation
    private let inbox: AsyncStream<(SIPMessage, Endpoint)>
    private let input: AsyncStream<(SIPMessage, Endpoint)>.Continuation
    private let failure: TransportError?

    init(failure: TransportError? = nil) {
        (self.sent, self.output) = AsyncStream.makeStream()
        (self.inbox, self.input) = AsyncStream.makeStream()
        self.failure = failure
    }

    func bring(_ message: SIPMessage, from peer: Endpoint) { self.input.yield((message, peer)) }

    func send(_ message: SIPMessage, to peer: Endpoint) throws(TransportError) {
        self.output.yield(Scene.Sent(message: message, to: peer))
    }

    func run(_ receive: @escaping @Sendable @concurrent (SIPMessage, Endpoint) async -> Void)
        async throws(TransportError)
    {
        if let failure { throw failure }
        for await (message, peer) in self.inbox { await receive(message, peer) }
    }
}

/// Time stands still: timers never come.
private struct StoppedClock: CallClock {
    var now: MonotonicTime { .zero }
    var minimumResolution: Duration { .nanoseconds(1) }
    var wallTime: WallTime { WallTime(milliseconds: 0) }

    func sleep(until deadline: MonotonicTime, tolerance: Duration?) async throws {
        throw CancellationError()
    }
}
