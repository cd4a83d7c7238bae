import CallRecordingInProcess
import CallRecordingSRTP
import CallRecordingSockets
import RTP
import Synchronization
import Testing

@Suite struct `Protected media` {
    enum Network: String, CaseIterable, CustomTestStringConvertible {
        case memory, sockets
        var testDescription: String { self.rawValue }
    }

    @Test(arguments: Network.allCases)
    func `two parties with each other's keys hear each other, and the wire carries neither`(network: Network) throws {
        let pair = try Pair(network)
        try pair.protect()
        pair.one.send(bytes: speech(1), to: pair.other.localEndpoint)
        pair.one.sendControl(bytes: report, to: pair.otherControl)
        #expect(pair.media.drained(2) == [speech(1), report])
        // Taken away on the receiving side, what was on the wire appears.
        try pair.other.setProtection(nil)
        pair.one.send(bytes: speech(2), to: pair.other.localEndpoint)
        let raw = try #require(pair.media.drained(1).first)
        #expect(raw.count == speech(2).count + 10)
        #expect(raw[12...].prefix(160) != speech(2)[12...])
    }

    @Test(arguments: Network.allCases)
    func `ports without keys send and receive as ever`(network: Network) throws {
        let pair = try Pair(network)
        pair.one.send(bytes: [1, 2, 3], to: pair.other.localEndpoint)
        #expect(pair.media.drained(1) == [[1, 2, 3]])
        #expect(pair.one.unprotectedCount == 0)
    }

    @Test func `what is not protected as agreed is dropped and counted`() throws {
        let pair = try Pair(.memory)
        try pair.other.setProtection(MediaProtection(sent: key(seed: 2), received: key(seed: 1)))
        pair.one.send(bytes: speech(1), to: pair.other.localEndpoint)
        pair.one.sendControl(bytes: report, to: pair.otherControl)
        pair.one.send(bytes: [], to: pair.other.localEndpoint)
        pair.one.send(bytes: [UInt8](repeating: 0x80, count: 3_000), to: pair.other.localEndpoint)
        #expect(pair.media.drained(0).isEmpty)
        #expect(pair.other.unprotectedCount == 4)
    }

    @Test func `a packet that is repeated on the way is handed over once`() throws {
        let pair = try Pair(.memory, MediaNetworkConditions(duplication: 1))
        try pair.protect()
        for number in 0..<50 { pair.one.send(bytes: speech(number), to: pair.other.localEndpoint) }
        #expect(pair.media.drained(0) == (0..<50).map { speech($0) })
        #expect(pair.other.unprotectedCount == 50)
    }

    @Test func `the same keys again change nothing, so that numbers may wrap`() throws {
        let pair = try Pair(.memory)
        try pair.protect()
        for number in 65_500..<65_600 {
            try pair.protect()
            pair.one.send(bytes: speech(number), to: pair.other.localEndpoint)
        }
        #expect(pair.media.drained(0).count == 100)
    }

    @Test func `with a new key packets under the old one are taken until the first under the new one`() throws {
        let pair = try Pair(.memory)
        try pair.protect()
        pair.one.send(bytes: speech(1), to: pair.other.localEndpoint)
        #expect(pair.media.drained(0).count == 1)
        try pair.other.setProtection(MediaProtection(sent: key(seed: 2), received: key(seed: 3)))
        pair.one.send(bytes: speech(2), to: pair.other.localEndpoint)
        try pair.one.setProtection(MediaProtection(sent: key(seed: 3), received: key(seed: 2)))
        pair.one.send(bytes: speech(3), to: pair.other.localEndpoint)
        #expect(pair.media.drained(0) == [speech(2), speech(3)])
        try pair.one.setProtection(MediaProtection(sent: key(seed: 1), received: key(seed: 2)))
        pair.one.send(bytes: speech(4), to: pair.other.localEndpoint)
        #expect(pair.media.drained(0).isEmpty)
        #expect(pair.other.unprotectedCount == 1)
    }

    /// - Source: RFC 3711 §3.3.1: the counter keeps its values; RFC 4568 §7.1.4: it is set to zero.
    @Test(arguments: [true, false])
    func `with a new key the party may count wraps on, or anew`(countsOn: Bool) throws {
        let pair = try Pair(.memory)
        try pair.protect()
        for number in stride(from: 60_000, to: 200_000, by: 100) {
            pair.one.send(bytes: speech(number), to: pair.other.localEndpoint)
        }
        #expect(pair.media.drained(0).count == 1_400)
        try pair.other.setProtection(MediaProtection(sent: key(seed: 2), received: key(seed: 3)))
        let sending = try SRTPStream(.sending, key(seed: 3))
        if countsOn { #expect(sending.join(7, rolloverCounter: 3)) }
        try pair.one.setProtection(nil)
        for number in 200_000..<200_005 {
            pair.one.send(bytes: try sending.protected(speech(number)), to: pair.other.localEndpoint)
        }
        #expect(pair.media.drained(0) == (200_000..<200_005).map { speech($0) })
    }

    @Test func `one key for both ways is refused, and so is a suite that is not there`() throws {
        let pair = try Pair(.memory)
        #expect(throws: TransportError(.failed, "")) {
            try pair.one.setProtection(MediaProtection(sent: key(), received: key()))
        }
        #expect(pair.media.protectionSuites.count == SRTPSuite.allCases.count)
    }

    @Test func `a transport that cannot protect says so`() throws {
        let bare = InProcessMediaNetwork(now: { .zero }).transport(at: .loopback(0))
        #expect(bare.protectionSuites.isEmpty)
        let port = try bare.openPort()
        try port.setProtection(nil)
        #expect(throws: TransportError(.failed, "")) {
            try port.setProtection(MediaProtection(sent: key(), received: key(seed: 2)))
        }
    }

    @Test func `a packet may be sent while another is lent`() throws {
        let pair = try Pair(.memory)
        try pair.protect()
        pair.one.send(bytes: speech(1), to: pair.other.localEndpoint)
        var after: [UInt8] = []
        pair.media.drain { datagram, arrival in
            guard arrival.port == pair.other.index else { return }
            pair.other.send(bytes: speech(900, ssrc: 8), to: pair.one.localEndpoint)
            after = datagram.indices.map { datagram[$0] }
        }
        #expect(after == speech(1))
    }

    @Test func `a port that was given back keeps no keys for whoever opens it next`() throws {
        let pair = try Pair(.memory)
        try pair.protect()
        pair.other.close()
        let next = try pair.media.openPort()
        #expect(next.index == pair.other.index)
        pair.one.send(bytes: speech(1), to: next.localEndpoint)
        #expect(pair.media.drained(0).allSatisfy { $0.count == speech(1).count + 10 })
    }

    @Test func `a port that nobody holds any more is given back`() throws {
        let media = try SRTPMedia(InProcessMediaNetwork(now: { .zero }).transport(at: .loopback(0)))
        #expect(try media.openPort().index == 0)
        #expect(try media.openPort().index == 0)
    }

    /// Two ports of one transport.
    struct Pair {
        let media: SRTPMedia
        let one: any MediaPort
        let other: any MediaPort

        private static let range = Atomic<UInt16>(45_000)

        init(_ network: Network, _ conditions: MediaNetworkConditions = MediaNetworkConditions()) throws {
            switch network {
            case .memory:
                self.media = try SRTPMedia(
                    InProcessMediaNetwork(conditions: conditions, now: { .zero }).transport(at: .loopback(0)))
            case .sockets:
                let first = Self.range.add(10, ordering: .relaxed).oldValue
                let start = ContinuousClock.now
                self.media = try SRTPMedia(
                    UDPMedia(
                        address: .loopback(0), ports: first..<first + 10,
                        now: { MonotonicTime.zero + (ContinuousClock.now - start) }))
            }
            (self.one, self.other) = (try self.media.openPort(), try self.media.openPort())
        }

        var otherControl: Endpoint { self.other.localEndpoint.withPort(self.other.localEndpoint.port + 1) }

        func protect() throws {
            try self.one.setProtection(MediaProtection(sent: key(seed: 1), received: key(seed: 2)))
            try self.other.setProtection(MediaProtection(sent: key(seed: 2), received: key(seed: 1)))
        }
    }
}

extension SRTPMedia {
    /// What arrives until there is so much, and what else has arrived by then.
    func drained(_ count: Int) -> [[UInt8]] {
        var datagrams: [[UInt8]] = []
        for _ in 0..<100 {
            self.drain { datagram, _ in datagrams.append(datagram.indices.map { datagram[$0] }) }
            if datagrams.count >= count { break }
            self.wait(.milliseconds(100))
        }
        return datagrams
    }
}

extension MediaPort {
    fileprivate func send(bytes: [UInt8], to peer: Endpoint) { self.send(bytes.span, to: peer) }
    fileprivate func sendControl(bytes: [UInt8], to peer: Endpoint) { self.sendControl(bytes.span, to: peer) }
}
