import CallRecording

/// A transport whose packets lie in memory, and which throws away what is sent: the plane's own work remains.
///
/// Sendable as everything here is turned by one thread.
final class PacketsInMemory: PacketSource, @unchecked Sendable {
    private var packets: [[UInt8]]
    private var opened = 0
    private(set) var now = MonotonicTime.zero
    let ear = Endpoint.loopback(9)

    init(parties: Int) {
        self.packets = (0..<parties).map { party in
            RTPHeader(payloadType: 0, sequenceNumber: 0, timestamp: 0, ssrc: UInt32(party + 1))
                .encoded(payload: (0..<160).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ party) }.span)
        }
    }

    func speak(to ports: [Endpoint], _ frame: Int) {
        self.now = .zero + .milliseconds(20 * frame)
        for party in self.packets.indices {
            let header = RTPHeader(
                payloadType: 0, sequenceNumber: UInt16(truncatingIfNeeded: frame),
                timestamp: UInt32(truncatingIfNeeded: 160 * frame), ssrc: UInt32(party + 1))
            var packet = self.packets[party].mutableSpan
            header.rewrite(&packet)
        }
    }

    func openPort() throws(TransportError) -> any MediaPort {
        defer { self.opened += 1 }
        return Port(index: self.opened)
    }

    func drain(_ receive: (_ datagram: Span<UInt8>, _ arrival: MediaArrival) -> Void) {
        guard self.now > .zero else { return }
        for party in self.packets.indices {
            let source = Endpoint.loopback(UInt16(30_000 + party))
            let arrival = MediaArrival(port: party, isControl: false, source: source, time: self.now)
            let packet = self.packets[party]
            receive(packet.span, arrival)
        }
    }

    func start(_ body: @escaping @Sendable () -> Void) {}
    func wait(_ timeout: Duration) {}
    func wake() {}

    private struct Port: MediaPort {
        let index: Int
        var localEndpoint: Endpoint { .loopback(UInt16(10_000 + 2 * self.index)) }
        func send(_ datagram: Span<UInt8>, to peer: Endpoint) {}
        func sendControl(_ datagram: Span<UInt8>, to peer: Endpoint) {}
        func close() {}
    }
}
