import CallRecordingNIO
import SIP
import Testing

@Suite(.timeLimit(.minutes(1))) struct UDPTransportTests {
    /// A request whose Call-ID is `id`.
    static func message(_ id: String) throws -> SIPMessage {
        try SIPMessage(parsing: Self.bytes(id).span)
    }

    static func bytes(_ id: String) -> [UInt8] {
        Array(
            """
            OPTIONS sip:7001@127.0.0.1 SIP/2.0\r
            Via: SIP/2.0/UDP 127.0.0.1:5060;branch=z9hG4bK\(id)\r
            From: <sip:a@127.0.0.1>;tag=1\r
            To: <sip:7001@127.0.0.1>\r
            Call-ID: \(id)\r
            CSeq: 1 OPTIONS\r
            Max-Forwards: 70\r
            Content-Length: 0\r
            \r\n
            """.utf8)
    }

    @Test func `messages of one peer arrive in order, with its endpoint`() async throws {
        let receiver = try await UDPTransport.bind(to: .loopback(0))
        let sender = try await UDPTransport.bind(to: .loopback(0))
        let received = Received<SIPMessage>()
        let running = Task { try await receiver.run(received.take) }
        let ids = (0..<200).map { "call-\($0)" }
        for id in ids {
            try sender.send(Self.message(id), to: receiver.localEndpoint)
            // The next goes when this one is there: loopback loses datagrams too.
            #expect(try await #require(received.next()).peer == sender.localEndpoint)
        }
        #expect(received.all.map { $0.message[.callID] } == ids)
        running.cancel()
        try await running.value
    }

    @Test func `what is no message is dropped and counted`() async throws {
        let receiver = try await UDPTransport.bind(to: .loopback(0))
        let received = Received<SIPMessage>()
        let running = Task { try await receiver.run(received.take) }
        let phone = try RawSocket(.datagram)
        phone.send([0x00, 0xFF, 0x80], to: receiver.localEndpoint)
        phone.send(Array("\r\n\r\n".utf8), to: receiver.localEndpoint)
        phone.send([], to: receiver.localEndpoint)
        phone.send(Array("GET / HTTP/1.1\r\n\r\n".utf8), to: receiver.localEndpoint)
        phone.send(Self.bytes("good"), to: receiver.localEndpoint)
        #expect(try await #require(received.next()).message[.callID] == "good")
        #expect(receiver.counts.unreadable == 2)
        #expect(receiver.counts.keepAlives == 2)
        #expect(receiver.counts.received == 1)
        running.cancel()
        try await running.value
    }

    @Test func `a request that breaks its frame is answered, though nobody hears of it`() async throws {
        let receiver = try await UDPTransport.bind(to: .loopback(0))
        let phone = try await UDPTransport.bind(to: .loopback(0))
        let answers = Received<SIPMessage>()
        let running = Task { try await phone.run(answers.take) }
        var request = try Self.message("broken")
        request[.via] = SIPVia(phone.localEndpoint, branch: "z9hG4bKbroken")
        request[.cseq] = SIPCSeq(1, request.method)
        request.setField("Content-Length", to: "-1")
        try phone.send(request, to: receiver.localEndpoint)
        let answer = try await #require(answers.next()).message
        #expect(answer.status == .badRequest && answer[.via]?.branch == "z9hG4bKbroken")
        #expect(receiver.counts.unreadable == 1 && receiver.counts.received == 0)
        running.cancel()
        try await running.value
    }

    @Test func `when the task is cancelled the socket is closed`() async throws {
        let transport = try await UDPTransport.bind(to: .loopback(0))
        let running = Task { try await transport.run { _, _ in } }
        running.cancel()
        try await running.value
        #expect(throws: TransportError(.closed, "")) {
            try transport.send(Self.message("late"), to: .loopback(9))
        }
        let again = try await UDPTransport.bind(to: transport.localEndpoint)
        #expect(again.localEndpoint == transport.localEndpoint)
    }

    @Test func `a port that is in use is refused with what to do`() async throws {
        let first = try await UDPTransport.bind(to: .loopback(0))
        let error = await #expect(throws: TransportError.self) { try await UDPTransport.bind(to: first.localEndpoint) }
        #expect(error?.code == .unavailable)
        #expect(error?.message.contains("\(first.localEndpoint)") == true)
        #expect(error?.message.contains("choose another port") == true)
    }

    @Test func `an address that this machine has not is refused`() async throws {
        let endpoint = try #require(Endpoint(host: "192.0.2.1", port: 0))
        await #expect(throws: TransportError(.unavailable, "")) { try await UDPTransport.bind(to: endpoint) }
    }

    @Test func `peers are told the advertised address`() async throws {
        let anywhere = Endpoint(ipv4: 0, port: 0)
        let transport = try await UDPTransport.bind(to: anywhere, advertised: Endpoint(host: "192.0.2.7", port: 0))
        #expect(transport.localEndpoint.host == "192.0.2.7")
        #expect(transport.localEndpoint.port != 0)
    }

    @Test(arguments: [Endpoint(ipv6: 1, port: 5_060), Endpoint.loopback(0)])
    func `no way leads to another family or to port 0`(peer: Endpoint) async throws {
        let transport = try await UDPTransport.bind(to: .loopback(0))
        #expect(throws: TransportError(.unreachable, "")) { try transport.send(Self.message("x"), to: peer) }
    }

    @Test func `what nobody takes in time is dropped and counted`() async throws {
        let receiver = try await UDPTransport.bind(to: .loopback(0), capacity: 1)
        let phone = try RawSocket(.datagram)
        // Nobody receives yet: the first waits, the others are too many.
        while receiver.counts.received < 1 || receiver.counts.overflowed < 3 {
            phone.send(Self.bytes("x"), to: receiver.localEndpoint)
            await Task.yield()
        }
        #expect(receiver.counts.received == 1)
    }
}
