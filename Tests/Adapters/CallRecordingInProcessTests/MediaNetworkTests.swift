import CallRecordingInProcess
import RTP
import Synchronization
import Testing

@Suite struct `A media network in memory` {
    private let clock = Hands()

    private func network(_ conditions: MediaNetworkConditions = .init(), seed: UInt64 = 1) -> InProcessMediaNetwork {
        InProcessMediaNetwork(conditions: conditions, seed: seed) { [clock] in clock.time }
    }

    @Test func `a datagram goes from port to port, with its source, its port and its time`() throws {
        let network = self.network()
        let (phones, server) = (network.transport(at: phonesAddress), network.transport(at: serverAddress))
        let (phone, port) = (try phones.openPort(), try server.openPort())
        self.clock.advance(.milliseconds(20))
        phone.send([1, 2].span, to: port.localEndpoint)
        phone.sendControl([3].span, to: port.localEndpoint.withPort(port.localEndpoint.port + 1))
        let arrivals = drain(server)
        #expect(arrivals.map(\.bytes) == [[1, 2], [3]])
        #expect(arrivals.map(\.arrival.isControl) == [false, true])
        #expect(arrivals.map(\.arrival.port) == [port.index, port.index])
        #expect(arrivals.map(\.arrival.source.port) == [phone.localEndpoint.port, phone.localEndpoint.port + 1])
        #expect(arrivals.map(\.arrival.time) == [.zero + .milliseconds(20), .zero + .milliseconds(20)])
        #expect(network.counts == .init(sent: 2, delivered: 2))
    }

    @Test func `a datagram arrives when it has travelled, and not before`() throws {
        let network = self.network(MediaNetworkConditions(delay: .milliseconds(30)))
        let server = network.transport(at: serverAddress)
        let port = try server.openPort()
        port.send([1].span, to: port.localEndpoint)
        #expect(network.nextArrival == .zero + .milliseconds(30))
        self.clock.advance(.milliseconds(29))
        #expect(drain(server).isEmpty)
        self.clock.advance(.milliseconds(5))
        #expect(drain(server).map(\.arrival.time) == [.zero + .milliseconds(30)])
        #expect(network.nextArrival == nil)
    }

    @Test func `what is lost, doubled and overtaken is what the conditions say, and nothing else`() throws {
        let conditions = MediaNetworkConditions(
            loss: 0.02, duplication: 0.01, reordering: 0.03, delay: .milliseconds(5))
        let network = self.network(conditions)
        let received = try self.sendThousands(over: network)
        let counts = network.counts
        #expect((150...250).contains(counts.lost))
        #expect((60...140).contains(counts.duplicated))
        #expect(received.count == 10_000 - counts.lost + counts.duplicated)
        #expect(counts.delivered == received.count)
        let overtaken = zip(received, received.dropFirst()).count { $0 > $1 }
        #expect((200...400).contains(overtaken))
    }

    @Test func `the same seed does the same again, and another does something else`() throws {
        let conditions = MediaNetworkConditions(
            loss: 0.05, duplication: 0.05, reordering: 0.05, delay: .milliseconds(10), jitter: .milliseconds(30))
        let first = try self.sendThousands(over: self.network(conditions, seed: 7))
        let again = try self.sendThousands(over: self.network(conditions, seed: 7))
        let other = try self.sendThousands(over: self.network(conditions, seed: 8))
        #expect(first == again)
        #expect(first != other)
    }

    @Test func `more loss loses what was lost before, and more`() throws {
        let little = Set(try self.sendThousands(over: self.network(MediaNetworkConditions(loss: 0.01))))
        let much = Set(try self.sendThousands(over: self.network(MediaNetworkConditions(loss: 0.1))))
        #expect(much.isStrictSubset(of: little))
    }

    @Test func `without conditions everything arrives at once and in order`() throws {
        #expect(try self.sendThousands(over: self.network()) == Array(0..<10_000))
    }

    @Test func `what is sent to nobody goes nowhere`() throws {
        let network = self.network()
        let server = network.transport(at: serverAddress)
        let port = try server.openPort()
        port.send([1].span, to: phonesAddress.withPort(20_000))
        port.send([1].span, to: serverAddress.withPort(30_000))
        #expect(drain(server).isEmpty)
        #expect(network.counts == .init(sent: 2, unreachable: 2))
    }

    @Test func `a closed port neither sends nor receives, and closing it again closes nothing else`() throws {
        let network = self.network()
        let server = network.transport(at: serverAddress, ports: 20_000..<20_002)
        let closed = try server.openPort()
        closed.send([1].span, to: closed.localEndpoint)
        closed.close()
        #expect(drain(server).isEmpty)
        let open = try server.openPort()
        #expect(open.localEndpoint == closed.localEndpoint)
        closed.close()
        closed.send([2].span, to: open.localEndpoint)
        open.send([3].span, to: open.localEndpoint)
        #expect(drain(server).map(\.bytes) == [[3]])
    }

    @Test func `ports are even, and used again only when all others have been`() throws {
        let server = self.network().transport(at: serverAddress, ports: 20_001..<20_006)
        let first = try server.openPort()
        first.close()
        let ports = try (0..<2).map { _ in try server.openPort().localEndpoint.port }
        #expect(first.localEndpoint.port == 20_002)
        #expect(ports == [20_004, 20_002])
        #expect(throws: TransportError(.unavailable, "")) { try server.openPort() }
    }

    @Test func `a loop on its own thread is woken by datagrams and by hand`() async throws {
        let network = self.network()
        let server = network.transport(at: serverAddress)
        let port = try server.openPort()
        let seen = AsyncStream.makeStream(of: UInt8.self)
        let isOver = Hands()
        server.start {
            while isOver.time == .zero {
                server.wait(.seconds(600))
                server.drain { datagram, _ in seen.continuation.yield(datagram[0]) }
            }
            seen.continuation.finish()
        }
        port.send([1].span, to: port.localEndpoint)
        var bytes = seen.stream.makeAsyncIterator()
        #expect(await bytes.next() == 1)
        isOver.advance(.seconds(1))
        server.wake()
        #expect(await bytes.next() == nil)
    }

    /// Sends 10 000 numbered datagrams, 20 ms apart, and returns the numbers that arrived, in their order.
    private func sendThousands(over network: InProcessMediaNetwork) throws -> [Int] {
        let server = network.transport(at: serverAddress)
        let port = try server.openPort()
        var numbers: [Int] = []
        for number in 0..<10_000 {
            port.send([UInt8(number >> 8), UInt8(number & 0xFF)].span, to: port.localEndpoint)
            numbers += drain(server).map { Int($0.bytes[0]) << 8 | Int($0.bytes[1]) }
            self.clock.advance(.milliseconds(20))
        }
        self.clock.advance(.seconds(1))
        return numbers + drain(server).map { Int($0.bytes[0]) << 8 | Int($0.bytes[1]) }
    }
}

private let serverAddress = Endpoint(ipv4: 0x0A00_0001, port: 0)
private let phonesAddress = Endpoint(ipv4: 0x0A00_0002, port: 0)

/// A clock that is put forward by hand.
private final class Hands: Sendable {
    private let now = Mutex(MonotonicTime.zero)

    var time: MonotonicTime { self.now.withLock { $0 } }

    func advance(_ duration: Duration) { self.now.withLock { $0 = $0 + duration } }
}

private struct Arrived {
    var bytes: [UInt8]
    var arrival: MediaArrival
}

private func drain(_ media: InProcessMedia) -> [Arrived] {
    var all: [Arrived] = []
    media.drain { datagram, arrival in
        all.append(Arrived(bytes: datagram.indices.map { datagram[$0] }, arrival: arrival))
    }
    return all
}
