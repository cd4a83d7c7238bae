import CallRecordingSockets
import RTP
import Synchronization
import Testing

#if os(Linux)
    import Glibc
#endif

@Suite struct `UDP media` {
    @Test func `a datagram goes from port to port, with its source, its port and the kernel's time`() throws {
        let media = try makeMedia(20_000..<20_100)
        let (sender, receiver) = (try media.openPort(), try media.openPort())
        let before = media.now
        sender.send([1, 2, 3].span, to: receiver.localEndpoint)
        let arrivals = drain(media, 1)
        #expect(arrivals.map(\.bytes) == [[1, 2, 3]])
        let arrival = try #require(arrivals.first?.arrival)
        #expect(arrival.port == receiver.index)
        #expect(!arrival.isControl)
        #expect(arrival.source == sender.localEndpoint)
        // The date may be put right by less than this while the test runs.
        #expect(arrival.time >= before + .milliseconds(-500))
        #expect(arrival.time <= media.now + .milliseconds(500))
    }

    #if os(Linux)
        @Test func `all ports can be open at one time as far as the system allows it`() throws {
            _ = try makeMedia(1_024..<65_535)
            var limit = rlimit()
            #expect(getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0)
            #expect(limit.rlim_cur >= min(limit.rlim_max, 64_000))
        }
    #endif

    @Test func `RTP ports are even, and RTCP has the next one`() throws {
        let media = try makeMedia(20_101..<20_200)
        let (sender, receiver) = (try media.openPort(), try media.openPort())
        #expect(receiver.localEndpoint.port % 2 == 0)
        sender.sendControl([9].span, to: receiver.localEndpoint.withPort(receiver.localEndpoint.port + 1))
        let arrival = try #require(drain(media, 1).first?.arrival)
        #expect(arrival.isControl)
        #expect(arrival.port == receiver.index)
        #expect(arrival.source.port == sender.localEndpoint.port + 1)
    }

    @Test func `everything is handed over, in the order of each port`() throws {
        let media = try makeMedia(20_200..<20_300)
        let ports = try (0..<5).map { _ in try media.openPort() }
        for number in 0..<150 as Range<UInt8> {
            for port in ports { ports[0].send([number].span, to: port.localEndpoint) }
        }
        let arrivals = drain(media, 750)
        for port in ports {
            #expect(arrivals.filter { $0.arrival.port == port.index }.map { $0.bytes[0] } == Array(0..<150))
        }
        #expect(drain(media, 0).isEmpty)
    }

    @Test func `more ports than one system call tells of are all visited`() throws {
        let media = try makeMedia(20_300..<21_100)
        let ports = try (0..<300).map { _ in try media.openPort() }
        for port in ports { port.send([0].span, to: port.localEndpoint) }
        #expect(Set(drain(media, 300).map(\.arrival.port)) == Set(ports.map(\.index)))
    }

    @Test func `a port that was given back is used again only after all others`() throws {
        let media = try makeMedia(21_100..<21_106)
        let first = try media.openPort()
        let number = first.localEndpoint.port
        first.close()
        _ = drain(media, 0)
        let others = try (0..<2).map { _ in try media.openPort() }
        #expect(!others.map(\.localEndpoint.port).contains(number))
        #expect(try media.openPort().localEndpoint.port == number)
    }

    @Test func `an index is used again, and stays small`() throws {
        let media = try makeMedia(21_200..<21_300)
        let (first, second) = (try media.openPort(), try media.openPort())
        #expect([first.index, second.index] == [0, 1])
        first.close()
        _ = drain(media, 0)
        #expect(try media.openPort().index == 0)
    }

    @Test func `where no port is free none is opened, and the message says where`() throws {
        let media = try makeMedia(21_300..<21_304)
        let ports = try (0..<2).map { _ in try media.openPort() }
        #expect { try media.openPort() } throws: { error in
            guard let error = error as? TransportError else { return false }
            return error.code == .unavailable && error.message.contains("127.0.0.1")
        }
        ports[0].close()
        _ = drain(media, 0)
        _ = try media.openPort()
    }

    @Test func `ports of other programs are passed over`() throws {
        let (one, other) = (try makeMedia(21_400..<21_440), try makeMedia(21_400..<21_440))
        let ports = try (0..<10).flatMap { _ in [try one.openPort(), try other.openPort()] }
        #expect(Set(ports.map(\.localEndpoint)).count == 20)
        #expect(throws: TransportError(.unavailable, "")) { try one.openPort() }
    }

    @Test func `a closed port neither sends nor receives`() throws {
        let media = try makeMedia(21_500..<21_600)
        let (closed, open) = (try media.openPort(), try media.openPort())
        closed.close()
        closed.close()
        closed.send([1].span, to: open.localEndpoint)
        open.send([2].span, to: closed.localEndpoint)
        #expect(drain(media, 0).isEmpty)
    }

    @Test func `a port may be closed while it is being drained`() throws {
        let media = try makeMedia(21_600..<21_700)
        let (sender, receiver) = (try media.openPort(), try media.openPort())
        for _ in 0..<3 { sender.send([1].span, to: receiver.localEndpoint) }
        media.drain { _, _ in receiver.close() }
        #expect(drain(media, 0).isEmpty)
    }

    @Test func `a datagram longer than any media is dropped, and those around it are not`() throws {
        let media = try makeMedia(21_700..<21_800)
        let port = try media.openPort()
        port.send([1].span, to: port.localEndpoint)
        port.send([UInt8](repeating: 0, count: 2_049).span, to: port.localEndpoint)
        port.send([UInt8](repeating: 7, count: 2_048).span, to: port.localEndpoint)
        port.send([UInt8]().span, to: port.localEndpoint)
        #expect(drain(media, 3).map(\.bytes.count) == [1, 2_048, 0])
    }

    @Test func `the source is told right for every place of the ring, again and again`() throws {
        let media = try makeMedia(21_800..<22_000)
        let ports = try (0..<70).map { _ in try media.openPort() }
        for _ in 0..<3 {
            for port in ports { port.send([1].span, to: ports[0].localEndpoint) }
            #expect(drain(media, 70).map(\.arrival.source) == ports.map(\.localEndpoint))
        }
    }

    @Test func `IPv6 works as IPv4 does`() throws {
        let address = try #require(Endpoint(host: "::1", port: 0))
        let media = try UDPMedia(address: address, ports: 22_000..<22_100, now: clock)
        let port = try media.openPort()
        port.send([6].span, to: port.localEndpoint)
        let arrivals = drain(media, 1)
        #expect(arrivals.map(\.bytes) == [[6]])
        #expect(arrivals.first?.arrival.source == port.localEndpoint)
    }

    @Test func `a peer of the other address family is not sent to`() throws {
        let media = try makeMedia(22_100..<22_200)
        let port = try media.openPort()
        port.send([6].span, to: try #require(Endpoint(host: "::1", port: port.localEndpoint.port)))
        #expect(drain(media, 0).isEmpty)
    }

    @Test func `a range without a pair is refused at once`() {
        #expect(throws: TransportError(.unavailable, "")) { try makeMedia(22_001..<22_003) }
    }

    @Test func `a wait ends when media has come, and when it is woken before it begins`() throws {
        let media = try makeMedia(22_200..<22_300)
        let port = try media.openPort()
        media.wake()
        media.wait(.seconds(600))
        port.send([1].span, to: port.localEndpoint)
        media.wait(.seconds(600))
        #expect(drain(media, 1).count == 1)
    }

    @Test func `a wait ends when its time is over`() throws {
        try makeMedia(22_300..<22_302).wait(.milliseconds(1))
    }

    @Test func `a loop on its own thread is woken from another, and relays`() async throws {
        let media = try makeMedia(22_400..<22_500)
        let (phone, server) = (try media.openPort(), try media.openPort())
        let seen = AsyncStream.makeStream(of: UInt8.self)
        let finished = AsyncStream.makeStream(of: Void.self)
        let flag = Flag()
        media.start {
            while !flag.isSet {
                media.wait(.seconds(600))
                media.drain { datagram, arrival in
                    if arrival.port == server.index { server.send(datagram, to: arrival.source) }
                    if arrival.port == phone.index, !datagram.isEmpty { seen.continuation.yield(datagram[0]) }
                }
            }
            finished.continuation.finish()
        }
        phone.send([42].span, to: server.localEndpoint)
        var answers = seen.stream.makeAsyncIterator()
        #expect(await answers.next() == 42)
        flag.set()
        media.wake()
        for await _ in finished.stream {}
    }
}

private final class Flag: Sendable {
    private let value = Atomic(false)

    var isSet: Bool { self.value.load(ordering: .acquiring) }

    func set() { self.value.store(true, ordering: .releasing) }
}

private struct Arrived {
    var bytes: [UInt8]
    var arrival: MediaArrival
}

/// What has arrived once so many datagrams have: a busy kernel may hand them over later than they were sent.
private func drain(_ media: UDPMedia, _ count: Int) -> [Arrived] {
    var all: [Arrived] = []
    var visits = 0
    repeat {
        media.drain { datagram, arrival in
            all.append(Arrived(bytes: datagram.indices.map { datagram[$0] }, arrival: arrival))
        }
        visits += 1
        if all.count < count { media.wait(.seconds(1)) }
    } while all.count < count && visits < 10_000
    return all
}

private let beginning = ContinuousClock.now

private let clock: @Sendable () -> MonotonicTime = {
    MonotonicTime(nanoseconds: (ContinuousClock.now - beginning).nanoseconds)
}

private func makeMedia(_ ports: Range<UInt16>) throws -> UDPMedia {
    try UDPMedia(address: .loopback(0), ports: ports, now: clock)
}
