import CallRecording
import CallRecordingSockets
import Synchronization

/// The real transport, and a socket that speaks to it.
struct PacketsOverSockets: PacketSource {
    private let clock = FrameClock()
    private let media: UDPMedia
    private let mouth: any MediaPort
    private let hearing: any MediaPort
    private let payload = [UInt8](repeating: 0xD5, count: 160)

    init(parties: Int) throws {
        let clock = self.clock
        self.media = try UDPMedia(
            address: .loopback(0), ports: 10_000..<UInt16(10_100 + 2 * parties), gathering: .zero, now: { clock.now })
        let speakers = try UDPMedia(address: .loopback(0), ports: 40_000..<40_100, now: { clock.now })
        self.mouth = try speakers.openPort()
        self.hearing = try speakers.openPort()
    }

    func speak(to ports: [Endpoint], _ frame: Int) {
        self.clock.set(.zero + .milliseconds(20 * frame))
        var packet: [UInt8] = []
        for (party, port) in ports.enumerated() {
            let header = RTPHeader(
                payloadType: 0, sequenceNumber: UInt16(truncatingIfNeeded: frame),
                timestamp: UInt32(truncatingIfNeeded: 160 * frame), ssrc: UInt32(party + 1))
            packet.removeAll(keepingCapacity: true)
            header.append(payload: self.payload.span, to: &packet)
            self.mouth.send(packet.span, to: port)
        }
    }

    var ear: Endpoint { self.hearing.localEndpoint }
    var now: MonotonicTime { self.media.now }
    func openPort() throws(TransportError) -> any MediaPort { try self.media.openPort() }
    func drain(_ receive: (_ datagram: Span<UInt8>, _ arrival: MediaArrival) -> Void) { self.media.drain(receive) }
    func start(_ body: @escaping @Sendable () -> Void) { self.media.start(body) }
    func wait(_ timeout: Duration) { self.media.wait(timeout) }
    func wake() { self.media.wake() }
}

/// Goes on by 20 ms a frame, however fast frames are spoken: to the plane they come in real time.
private final class FrameClock: Sendable {
    private let nanoseconds = Atomic<Int64>(0)

    var now: MonotonicTime { MonotonicTime(nanoseconds: self.nanoseconds.load(ordering: .relaxed)) }
    func set(_ time: MonotonicTime) { self.nanoseconds.store(time.nanoseconds, ordering: .relaxed) }
}
