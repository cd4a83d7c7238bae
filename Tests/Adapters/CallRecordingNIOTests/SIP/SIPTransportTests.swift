import CallRecordingNIOTLS
import SIP
import Testing

/// A transport that is running, and what it has received.
struct RunningTransport {
    let transport: SIPTransport
    let received = Received<SIPMessage>()
    private let running: Task<Void, any Error>

    init(
        at endpoint: Endpoint = .loopback(0), security: SIPSecurity? = nil,
        limits: SIPConnectionLimits = SIPConnectionLimits()
    ) async throws {
        let transport =
            if let security {
                try await SIPTransport.bind(to: endpoint, security: security, limits: limits)
            } else {
                try await SIPTransport.bind(to: endpoint, limits: limits)
            }
        self.transport = transport
        self.running = Task { [received = self.received] in try await transport.run(received.take) }
    }

    var endpoint: Endpoint { self.transport.localEndpoint }

    func end() async throws {
        self.running.cancel()
        try await self.running.value
    }
}

@Suite(.timeLimit(.minutes(1))) struct SIPTransportTests {
    @Test func `UDP and TCP have the same address`() async throws {
        let transport = try await SIPTransport.bind(to: .loopback(0))
        #expect(transport.streams == [.tcp: transport.localEndpoint])
        #expect(transport.localEndpoint.port != 0)
    }

    @Test func `the top Via says which wire a message takes, both ways`() async throws {
        let (phone, server) = (try await RunningTransport(), try await RunningTransport())
        for wire in [SIPWire.udp, .tcp] {
            try phone.transport.send(.options("a", over: wire, from: phone.endpoint), to: server.endpoint)
            let (request, source) = try await #require(server.received.next())
            #expect(request[.via]?.wire == wire && (source == phone.endpoint) == (wire == .udp))
            try server.transport.send(SIPMessage(response: .ok, to: request, tag: "1"), to: source)
            #expect(try await #require(phone.received.next()).message.status == .ok)
        }
        #expect(phone.transport.connectionCount == 1 && server.transport.connectionCount == 1)
        #expect(phone.transport.counts.received == 1)
        try await phone.end()
        try await server.end()
    }

    @Test func `a connection is used again, and messages stay in order`() async throws {
        let (phone, server) = (try await RunningTransport(), try await RunningTransport())
        let ids = (0..<500).map { "call-\($0)" }
        for id in ids { try phone.transport.send(.options(id, from: phone.endpoint), to: server.endpoint) }
        for id in ids { #expect(try await #require(server.received.next()).message[.callID] == id) }
        #expect(phone.transport.connectionCount == 1)
        let source = try #require(server.received.all.first).peer
        // Requests the other way go over it too.
        try server.transport.send(.options("back", from: server.endpoint), to: source)
        #expect(try await #require(phone.received.next()).message[.callID] == "back")
        #expect(server.transport.connectionCount == 1)
        try await phone.end()
        try await server.end()
    }

    @Test func `messages come whole however their bytes come`() async throws {
        let server = try await RunningTransport()
        let socket = try RawSocket(.stream)
        try socket.connect(to: server.endpoint)
        let bytes = SIPMessage.options("bit by bit").encoded()
        for byte in bytes { socket.send([byte]) }
        #expect(try await #require(server.received.next()).message[.callID] == "bit by bit")
        socket.send(bytes + [0x0D, 0x0A] + bytes + bytes)
        for _ in 0..<3 { #expect(try await #require(server.received.next()).message[.callID] == "bit by bit") }
        try await server.end()
    }

    @Test func `what breaks the stream is answered by 400, and the connection closed`() async throws {
        let server = try await RunningTransport()
        let socket = try RawSocket(.stream)
        try socket.connect(to: server.endpoint)
        var request = SIPMessage.options("broken")
        request.setField("Content-Length", to: "-1")
        socket.send(request.encoded())
        let answer = socket.receive(upTo: "\r\n\r\n")
        #expect(answer.hasPrefix("SIP/2.0 400 ") && answer.contains("Call-ID: broken"))
        #expect(socket.isClosedByPeer())
        try await server.end()
    }

    @Test func `a connection that ends within a message is forgotten, and nobody else notices`() async throws {
        let server = try await RunningTransport()
        var socket: RawSocket? = try RawSocket(.stream)
        try socket?.connect(to: server.endpoint)
        socket?.send(Array(SIPMessage.options("half").encoded().dropLast(20)))
        let other = try RawSocket(.stream)
        try other.connect(to: server.endpoint)
        socket = nil
        other.send(SIPMessage.options("whole").encoded())
        #expect(try await #require(server.received.next()).message[.callID] == "whole")
        while server.transport.connectionCount > 1 { await Task.yield() }
        try await server.end()
    }

    @Test func `a Via that names another wire is put right, so the answer goes where the request came from`()
        async throws
    {
        let server = try await RunningTransport()
        let stream = try RawSocket(.stream)
        try stream.connect(to: server.endpoint)
        stream.send(SIPMessage.options("stream", over: .udp).encoded())
        let overTCP = try await #require(server.received.next()).message
        #expect(overTCP[.via]?.wire == .tcp && overTCP[.via]?.parameters["rport"] != nil)
        try RawSocket(.datagram).send(SIPMessage.options("datagram", over: .tls).encoded(), to: server.endpoint)
        #expect(try await #require(server.received.next()).message[.via]?.wire == .udp)
        try await server.end()
    }

    @Test func `where the connection is gone an answer goes to where the sender listens`() async throws {
        let (phone, server) = (try await RunningTransport(), try await RunningTransport())
        var socket: RawSocket? = try RawSocket(.stream)
        try socket?.connect(to: server.endpoint)
        socket?.send(SIPMessage.options("gone", from: phone.endpoint).encoded())
        var (request, source) = try await #require(server.received.next())
        socket = nil
        while server.transport.connectionCount > 0 { await Task.yield() }
        var via = try #require(request[.via])
        via.noteSource(source)
        request[.via] = via
        try server.transport.send(SIPMessage(response: .ok, to: request, tag: "1"), to: source)
        #expect(try await #require(phone.received.next()).message[.callID] == "gone")
        try await phone.end()
        try await server.end()
    }

    @Test func `a request that no connection takes is answered by the transport's own 503`() async throws {
        let phone = try await RunningTransport()
        let nobody = try await SIPTransport.bind(to: .loopback(0))
        let endpoint = nobody.localEndpoint
        let closing = Task { try await nobody.run { _, _ in } }
        closing.cancel()
        try await closing.value
        for id in ["first", "second"] {
            try phone.transport.send(.options(id, from: phone.endpoint), to: endpoint)
            let (answer, source) = try await #require(phone.received.next())
            #expect(answer.status == .serviceUnavailable && answer[.callID] == id)
            #expect(source == phone.endpoint)
            #expect(answer.field("Warning")?.contains("nothing listens there") == true)
        }
        var acknowledgement = SIPMessage(request: .ack, uri: SIPURI(host: "a"))
        acknowledgement[.via] = SIPVia(phone.endpoint, transport: "TCP", branch: "z9hG4bK9")
        try phone.transport.send(acknowledgement, to: endpoint)
        while phone.transport.connectionCount > 0 { await Task.yield() }
        #expect(phone.received.all.count == 2)
        try await phone.end()
    }

    @Test func `while nobody takes messages a connection is not read, and nothing is lost`() async throws {
        var limits = SIPConnectionLimits()
        limits.receivedMessages = 4
        let transport = try await SIPTransport.bind(to: .loopback(0), limits: limits)
        let phone = try await RunningTransport()
        let ids = (0..<300).map { "call-\($0)" }
        for id in ids { try phone.transport.send(.options(id, from: phone.endpoint), to: transport.localEndpoint) }
        let received = Received<SIPMessage>()
        let running = Task { try await transport.run(received.take) }
        for id in ids { #expect(try await #require(received.next()).message[.callID] == id) }
        running.cancel()
        try await running.value
        try await phone.end()
    }

    @Test func `a peer that reads nothing is disconnected`() async throws {
        var limits = SIPConnectionLimits()
        limits.unsentBytes = 100_000
        let server = try await RunningTransport(limits: limits)
        let socket = try RawSocket(.stream)
        try socket.connect(to: server.endpoint)
        socket.send(SIPMessage.options("slow").encoded())
        let (request, source) = try await #require(server.received.next())
        var answer = SIPMessage(response: .ok, to: request, tag: "1")
        answer.body = SIPBody(type: "text/plain", bytes: [UInt8](repeating: 65, count: 60_000))
        while server.transport.connectionCount > 0 {
            try server.transport.send(answer, to: source)
            await Task.yield()
        }
        try await server.end()
    }

    @Test func `one connection too many is closed`() async throws {
        var limits = SIPConnectionLimits()
        limits.connections = 1
        let server = try await RunningTransport(limits: limits)
        let first = try RawSocket(.stream)
        try first.connect(to: server.endpoint)
        first.send(SIPMessage.options("first").encoded())
        #expect(try await #require(server.received.next()).message[.callID] == "first")
        let second = try RawSocket(.stream)
        try second.connect(to: server.endpoint)
        #expect(second.isClosedByPeer())
        first.send(SIPMessage.options("again").encoded())
        #expect(try await #require(server.received.next()).message[.callID] == "again")
        try await server.end()
    }

    @Test func `when the task is cancelled all sockets are closed`() async throws {
        let (phone, server) = (try await RunningTransport(), try await RunningTransport())
        try phone.transport.send(.options("a", from: phone.endpoint), to: server.endpoint)
        _ = try await #require(server.received.next())
        try await server.end()
        #expect(throws: TransportError(.closed, "")) {
            try server.transport.send(.options("late"), to: phone.endpoint)
        }
        let again = try await SIPTransport.bind(to: server.endpoint)
        #expect(again.localEndpoint == server.endpoint)
        try await phone.end()
    }

    @Test func `a port that is in use for TCP is refused with what to do`() async throws {
        let socket = try RawSocket(.stream)
        try socket.listen()
        let error = await #expect(throws: TransportError.self) {
            try await SIPTransport.bind(to: .loopback(socket.port))
        }
        #expect(error?.code == .unavailable && error?.message.contains("choose another port") == true)
    }

    @Test func `no way leads over a wire that there is not`() async throws {
        let transport = try await SIPTransport.bind(to: .loopback(0))
        for wire in [SIPWire.tls, SIPWire(rawValue: "WS")] {
            #expect(throws: TransportError(.unreachable, "")) {
                try transport.send(.options("a", over: wire), to: .loopback(5061))
            }
        }
    }
}
