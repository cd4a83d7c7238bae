import CallRecordingNIO
import TLib
import Testing

@Suite(.timeLimit(.minutes(1))) struct TCPTLibraryTests {
    let atServer = Received<TMessage>()
    let atClient = Received<TMessage>()

    static func message(_ type: TMessageType, _ reference: Int = 1, padding: Int = 0) -> TMessage {
        var message = TMessage(type)
        message[.referenceID] = reference
        if padding > 0 { message[.userData] = ["pad": .binary(Array(repeating: 7, count: padding))] }
        return message
    }

    /// A server that runs while `body` lasts.
    func withServer(
        limits: TLibraryLimits = TLibraryLimits(), _ body: (TCPTLibraryServer) async throws -> Void
    ) async throws {
        let server = try await TCPTLibraryServer.bind(to: .loopback(0), limits: limits)
        let running = Task { try await server.run(self.atServer.take) }
        try await body(server)
        running.cancel()
        try await running.value
    }

    @Test func `messages go both ways, in order, each peer by its endpoint`() async throws {
        try await self.withServer { server in
            let client = try await TCPTLibraryClient.connect(to: server.localEndpoint)
            let running = Task { try await client.run(self.atClient.take) }
            for number in 0..<2_000 {
                try client.send(Self.message(.requestAnswerCall, number, padding: number), to: server.localEndpoint)
            }
            for number in 0..<2_000 {
                let item = try #require(await self.atServer.next())
                #expect(item.message == Self.message(.requestAnswerCall, number, padding: number))
                #expect(item.peer == client.localEndpoint)
            }
            try server.send(Self.message(.eventACK), to: client.localEndpoint)
            let item = try #require(await self.atClient.next())
            #expect(item.message.type == .eventACK)
            #expect(item.peer == server.localEndpoint)
            running.cancel()
            try await running.value
        }
    }

    @Test func `the server is told when a client leaves`() async throws {
        try await self.withServer { server in
            let client = try await TCPTLibraryClient.connect(to: server.localEndpoint)
            let running = Task { try await client.run(self.atClient.take) }
            running.cancel()
            try await running.value
            let item = try #require(await self.atServer.next())
            #expect(item.message == TMessage(.eventServerDisconnected))
            #expect(item.peer == client.localEndpoint)
            #expect(throws: TransportError(.unreachable, "")) {
                try server.send(TMessage(.eventACK), to: client.localEndpoint)
            }
            #expect(throws: TransportError(.closed, "")) {
                try client.send(TMessage(.eventACK), to: server.localEndpoint)
            }
        }
    }

    @Test func `a client is told when the server goes, and reaches the next one at the same place`() async throws {
        var place = Endpoint.loopback(0)
        var client: TCPTLibraryClient?
        var running: Task<Void, any Error>?
        try await self.withServer { server in
            place = server.localEndpoint
            let new = try await TCPTLibraryClient.connect(to: place)
            (client, running) = (new, Task { try await new.run(self.atClient.take) })
        }
        #expect(await self.atClient.next()?.message.type == .eventServerDisconnected)
        // Nobody is there.
        try client?.send(Self.message(.requestAnswerCall), to: place)
        #expect(await self.atClient.next()?.message.type == .eventServerDisconnected)
        let next = try await TCPTLibraryServer.bind(to: place)
        let serving = Task { try await next.run(self.atServer.take) }
        try client?.send(Self.message(.requestAnswerCall, 5), to: place)
        var received: TMessage?
        repeat { received = await self.atServer.next()?.message } while received?.type == .eventServerDisconnected
        #expect(received?[.referenceID] == 5)
        serving.cancel()
        running?.cancel()
        try await serving.value
        try await running?.value
    }

    @Test func `a malformed stream is closed and hurts nobody else`() async throws {
        try await self.withServer { server in
            let client = try await TCPTLibraryClient.connect(to: server.localEndpoint)
            let stranger = try RawSocket(.stream)
            try stranger.connect(to: server.localEndpoint)
            stranger.send(Self.message(.requestAnswerCall, 1).encodedFrame() + Array("GET / HTTP/1.1\r\n\r\n".utf8))
            #expect(await self.atServer.next()?.message.type == .requestAnswerCall)
            #expect(await self.atServer.next()?.message.type == .eventServerDisconnected)
            #expect(stranger.isClosedByPeer())
            try client.send(Self.message(.requestAnswerCall, 2), to: server.localEndpoint)
            #expect(await self.atServer.next()?.message[.referenceID] == 2)
            #expect(server.connectionCount == 1)
        }
    }

    @Test func `a client of another version is told so in the version of the server`() async throws {
        try await self.withServer { server in
            let stranger = try RawSocket(.stream)
            try stranger.connect(to: server.localEndpoint)
            stranger.send([0, 0, 0, 200, 2, 0])
            #expect(stranger.receive(upTo: "no other").contains("This server speaks version 1"))
            #expect(await self.atServer.next()?.message.type == .eventServerDisconnected)
            #expect(stranger.isClosedByPeer())
        }
    }

    @Test func `either end can close the connection, and the client opens the next one`() async throws {
        try await self.withServer { server in
            let client = try await TCPTLibraryClient.connect(to: server.localEndpoint)
            let running = Task { try await client.run(self.atClient.take) }
            try client.send(Self.message(.requestAnswerCall, 1), to: server.localEndpoint)
            let first = try #require(await self.atServer.next()).peer
            try server.send(TMessage(.eventServerDisconnected), to: first)
            #expect(await self.atClient.next()?.message.type == .eventServerDisconnected)
            #expect(await self.atServer.next()?.message.type == .eventServerDisconnected)
            try client.send(Self.message(.requestAnswerCall, 2), to: server.localEndpoint)
            #expect(await self.atServer.next()?.message[.referenceID] == 2)
            try client.send(TMessage(.eventServerDisconnected), to: server.localEndpoint)
            try client.send(Self.message(.requestAnswerCall, 3), to: server.localEndpoint)
            #expect(await self.atClient.next()?.message.type == .eventServerDisconnected)
            var types: [TMessageType?] = []
            while types.count < 2 { types.append(await self.atServer.next()?.message.type) }
            #expect(Set(types) == [.eventServerDisconnected, .requestAnswerCall])
            running.cancel()
            try await running.value
        }
    }

    @Test func `a slow client is disconnected, and others are served`() async throws {
        try await self.withServer(limits: TLibraryLimits(unsentBytes: 1 << 20)) { server in
            let client = try await TCPTLibraryClient.connect(to: server.localEndpoint)
            let running = Task { try await client.run(self.atClient.take) }
            try client.send(Self.message(.requestRegisterClient), to: server.localEndpoint)
            #expect(await self.atServer.next()?.peer == client.localEndpoint)
            let slow = try RawSocket(.stream)
            try slow.connect(to: server.localEndpoint)
            slow.send(Self.message(.requestRegisterClient).encodedFrame())
            let item = try #require(await self.atServer.next())
            // It reads nothing: what the system does not take for it adds up here.
            while (try? server.send(Self.message(.eventRinging, padding: 100_000), to: item.peer)) != nil {
                await Task.yield()
            }
            let end = try #require(await self.atServer.next())
            #expect(end.message.type == .eventServerDisconnected)
            #expect(end.peer == item.peer)
            try server.send(Self.message(.eventACK), to: client.localEndpoint)
            #expect(await self.atClient.next()?.message.type == .eventACK)
            running.cancel()
            try await running.value
        }
    }

    @Test func `a client too many is turned away`() async throws {
        try await self.withServer(limits: TLibraryLimits(connections: 1)) { server in
            let client = try await TCPTLibraryClient.connect(to: server.localEndpoint)
            try client.send(Self.message(.requestAnswerCall), to: server.localEndpoint)
            #expect(await self.atServer.next()?.peer == client.localEndpoint)
            let second = try RawSocket(.stream)
            try second.connect(to: server.localEndpoint)
            #expect(second.isClosedByPeer())
            #expect(server.connectionCount == 1)
        }
    }

    @Test func `a message too long for a frame is refused, and the connection stays`() async throws {
        try await self.withServer { server in
            let client = try await TCPTLibraryClient.connect(to: server.localEndpoint)
            #expect(throws: TransportError(.failed, "")) {
                try client.send(Self.message(.requestAnswerCall, padding: 2 << 20), to: server.localEndpoint)
            }
            try client.send(Self.message(.requestAnswerCall, 3), to: server.localEndpoint)
            #expect(await self.atServer.next()?.message[.referenceID] == 3)
        }
    }

    @Test func `when the server's task is cancelled the port is free`() async throws {
        var place = Endpoint.loopback(0)
        try await self.withServer { place = $0.localEndpoint }
        #expect(try await TCPTLibraryServer.bind(to: place).localEndpoint == place)
        let error = await #expect(throws: TransportError.self) {
            _ = try await TCPTLibraryServer.bind(to: Endpoint(ipv4: 0xC000_0201, port: 7_000))
        }
        #expect(error?.message.contains("192.0.2.1:7000") == true)
    }

    @Test func `a server that is not there is said to be unreachable, with what to do`() async throws {
        var place = Endpoint.loopback(0)
        try await self.withServer { place = $0.localEndpoint }
        let error = await #expect(throws: TransportError.self) { _ = try await TCPTLibraryClient.connect(to: place) }
        #expect(error?.code == .unreachable)
        #expect(error?.message.contains("\(place)") == true)
        #expect(error?.message.contains("start the server") == true)
    }

    @Test func `a client of the library talks to a session of the server`() async throws {
        try await self.withServer { server in
            let transport = try await TCPTLibraryClient.connect(to: server.localEndpoint)
            let client = TClient(transport: transport, server: server.localEndpoint, clock: ContinuousCallClock())
            let running = Task { try await client.run() }
            let switching = Task { [atServer = self.atServer] in
                var session = TServerSession(clientID: 1, epoch: WallTime(milliseconds: 0))
                while let item = await atServer.next() {
                    for effect in session.handle(.received(item.message), at: .zero) {
                        switch effect {
                        case .send(let message): try server.send(message, to: item.peer)
                        case .register(_, let request), .perform(let request):
                            for case .send(let message) in session.handle(.accept(request), at: .zero) {
                                try server.send(message, to: item.peer)
                            }
                        case .setTimer, .disconnect: break
                        }
                    }
                }
            }
            #expect(try await client.register("7001").type == .eventRegistered)
            let answer = try await client.privateService(.recordStart, thisDN: "7001", connID: ConnID(rawValue: 5))
            #expect(answer.type == .eventACK)
            #expect(answer[.connID] == ConnID(rawValue: 5))
            await #expect(throws: TError(.refused(.notRegistered), "")) {
                try await client.privateService(.recordStart, thisDN: "7002", connID: ConnID(rawValue: 5))
            }
            running.cancel()
            switching.cancel()
            try await running.value
            try await switching.value
        }
    }
}

/// The system's clock.
struct ContinuousCallClock: CallClock {
    private let base = ContinuousClock()
    private let start = ContinuousClock.now

    var now: MonotonicTime { .zero + (self.base.now - self.start) }
    var wallTime: WallTime { WallTime(epoch: WallTime(milliseconds: 0), moment: self.now) }
    var minimumResolution: Duration { self.base.minimumResolution }

    func sleep(until deadline: MonotonicTime, tolerance: Duration?) async throws {
        try await self.base.sleep(until: self.start + (deadline - .zero), tolerance: tolerance)
    }
}
