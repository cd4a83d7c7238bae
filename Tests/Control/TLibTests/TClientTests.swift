import Synchronization
import TLib
import Testing

@Suite(.timeLimit(.minutes(1))) struct TClientTests {
    let wire = ScriptedTransport()

    func client() -> TClient { TClient(transport: self.wire, server: ScriptedTransport.server, clock: StillClock()) }

    /// Runs a client while `body` lasts.
    func run(_ client: TClient, while body: () async throws -> Void) async throws {
        let running = Task { try await client.run() }
        try await body()
        running.cancel()
        try await running.value
    }

    @Test func `a host registers a DN and asks for a recording`() async throws {
        let client = self.client()
        try await self.run(client) {
            #expect(try await client.register("7001").type == .eventRegistered)
            let answer = try await client.privateService(
                .recordStart, thisDN: "7001", connID: ConnID(rawValue: 1), reasons: ["why": "complaint"])
            #expect(answer.type == .eventACK)
        }
        let sent = self.wire.sent
        #expect(sent.map(\.type) == [.requestRegisterClient, .requestRegisterAddress, .requestPrivateService])
        #expect(sent.last?[.reason] == ["why": "complaint"])
        #expect(sent.last?[.extensions] == nil)
    }

    @Test func `a refusal is thrown`() async throws {
        let client = self.client()
        try await self.run(client) {
            await #expect(throws: TError(.refused(.invalidCalledDN), "")) {
                try await client.request(TMakeCall("7001", destination: "nowhere"))
            }
        }
    }

    @Test func `what the server says arrives in order`() async throws {
        let client = self.client()
        try await self.run(client) {
            try await client.register("7001")
            self.wire.deliver(TMessage(.eventRinging))
            self.wire.deliver(TMessage(.eventEstablished))
            var types: [TMessageType] = []
            for await case .message(let event) in client.events {
                types.append(event.type)
                if event.type == .eventEstablished { break }
            }
            #expect(types == [.eventServerConnected, .eventRegistered, .eventRinging, .eventEstablished])
        }
    }

    @Test func `what another peer says is ignored`() async throws {
        let client = self.client()
        try await self.run(client) {
            self.wire.deliver(TMessage(.eventRinging), from: .loopback(9))
            try await client.register("7001")
            self.wire.deliver(TMessage(.eventReleased))
            for await case .message(let event) in client.events {
                #expect(event.type != .eventRinging)
                if event.type == .eventReleased { break }
            }
        }
    }

    @Test func `after the end requests fail and events end`() async throws {
        let client = self.client()
        try await self.run(client) { try await client.register("7001") }
        await #expect(throws: TError(.closed, "")) { try await client.unregister("7001") }
        var last: TMessageType?
        for await case .message(let event) in client.events { last = event.type }
        #expect(last == .eventRegistered)
    }

    @Test func `a host that takes no events is told how many it has missed`() async throws {
        let client = self.client()
        try await self.run(client) {
            try await client.register("7001")
            for _ in 0..<5_000 { self.wire.deliver(TMessage(.eventRinging)) }
            try await client.unregister("7001")
            var told = 0
            var missed = 0
            self.wire.deliver(TMessage(.eventReleased))
            for await event in client.events {
                switch event {
                case .message(let message):
                    told += 1
                    if message.type == .eventReleased { self.wire.deliver(TMessage(.eventHeld)) }
                    if message.type == .eventHeld { self.wire.deliver(TMessage(.eventRetrieved)) }
                case .dropped(let count): missed += count
                case .gap: break
                }
                if event == .message(TMessage(.eventRetrieved)) { break }
            }
            // The introduction, two answers, 5000 calls and what was said since.
            #expect(missed > 0)
            #expect(told + missed == 5_006)
        }
    }

    @Test func `a cancelled request gives up`() async throws {
        let client = self.client()
        let request = Task { try await client.register("7001") }
        request.cancel()
        await #expect(throws: TError(.cancelled, "")) { try await request.value }
    }
}

/// A T-Server that agrees to everything but calls to nowhere.
final class ScriptedTransport: Transport {
    static let server = Endpoint.loopback(7_000)

    let localEndpoint = Endpoint.loopback(1)
    private let messages: AsyncStream<(TMessage, Endpoint)>
    private let continuation: AsyncStream<(TMessage, Endpoint)>.Continuation
    private let log = Mutex<[TMessage]>([])

    init() { (self.messages, self.continuation) = AsyncStream.makeStream() }

    var sent: [TMessage] { self.log.withLock { $0 } }

    func deliver(_ message: TMessage, from peer: Endpoint = ScriptedTransport.server) {
        self.continuation.yield((message, peer))
    }

    func send(_ message: TMessage, to peer: Endpoint) throws(TransportError) {
        self.log.withLock { $0.append(message) }
        switch message.type {
        case .requestRegisterClient: self.deliver(TMessage(.eventServerConnected, answering: message))
        case .requestRegisterAddress: self.deliver(TMessage(.eventRegistered, answering: message))
        case .requestMakeCall: self.deliver(TMessage(refusing: message, .invalidCalledDN))
        default: self.deliver(TMessage(.eventACK, answering: message))
        }
    }

    func run(
        _ receive: @escaping @Sendable @concurrent (TMessage, Endpoint) async -> Void
    ) async throws(TransportError) {
        for await (message, peer) in self.messages { await receive(message, peer) }
    }
}

/// A clock on which no time passes: timers wait until they are cancelled.
struct StillClock: CallClock {
    let now = MonotonicTime.zero
    let wallTime = WallTime(milliseconds: 0)
    let minimumResolution = Duration.nanoseconds(1)

    func sleep(until deadline: MonotonicTime, tolerance: Duration?) async throws {
        let (never, _) = AsyncStream<Never>.makeStream()
        for await _ in never {}
        throw CancellationError()
    }
}
