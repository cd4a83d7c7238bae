import CallCore
import CallRecordingInProcess
import Synchronization
import Testing

@Suite struct InProcessNetworkTests {
    let here = Endpoint.loopback(1)
    let there = Endpoint.loopback(2)
    let elsewhere = Endpoint.loopback(3)

    /// What a transport receives until so many messages have come.
    private func receive(_ count: Int, at transport: InProcessTransport<String>) async -> [String] {
        let (arrivals, continuation) = AsyncStream.makeStream(of: String.self)
        let running = Task { try await transport.run { continuation.yield("\($0) from \($1.port)") } }
        defer { running.cancel() }
        var received: [String] = []
        if count == 0 { return [] }
        for await message in arrivals {
            received.append(message)
            if received.count == count { break }
        }
        return received
    }

    @Test func `messages arrive in order, with their sender`() async throws {
        let network = InProcessNetwork<String>()
        let (left, right) = (network.transport(at: self.here), network.transport(at: self.there))
        for number in 0..<3 { try left.send("\(number)", to: self.there) }
        #expect(await self.receive(3, at: right) == ["0 from 1", "1 from 1", "2 from 1"])
        #expect(left.localEndpoint == self.here)
    }

    @Test func `a message to nobody goes nowhere`() throws {
        let network = InProcessNetwork<String>()
        try network.transport(at: self.here).send("lost", to: self.there)
    }

    @Test func `a rule loses and doubles messages`() async throws {
        let network = InProcessNetwork<String>()
        let (left, right) = (network.transport(at: self.here), network.transport(at: self.there))
        network.setFate { message, _, _ in Int(message) ?? 1 }
        for number in 0..<3 { try left.send("\(number)", to: self.there) }
        #expect(await self.receive(3, at: right) == ["1 from 1", "2 from 1", "2 from 1"])
    }

    @Test func `a closed transport sends no longer, and its peers are told`() async throws {
        let network = InProcessNetwork<String>(farewell: { "bye" })
        let left = network.transport(at: self.here)
        let (right, stranger) = (network.transport(at: self.there), network.transport(at: self.elsewhere))
        try left.send("hello", to: self.there)
        network.close(self.here)
        #expect(throws: TransportError(.closed, "")) { try left.send("again", to: self.there) }
        #expect(await self.receive(2, at: right) == ["hello from 1", "bye from 1"])
        try right.send("to the stranger", to: self.elsewhere)
        #expect(await self.receive(1, at: stranger) == ["to the stranger from 2"])
        try await left.run { _, _ in }
    }
}
