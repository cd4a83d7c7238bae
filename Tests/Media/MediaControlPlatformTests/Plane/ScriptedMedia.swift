import CallCore
import RTP
import Synchronization

/// A media transport whose packets and whose time a test decides on.
final class ScriptedMedia: MediaTransport {
    struct Sent: Hashable, Sendable {
        var port: Int
        var bytes: [UInt8]
        var peer: Endpoint
        var isControl = false

        var header: RTPHeader? { try? RTPHeader(parsing: self.bytes.span) }
        var payload: [UInt8] { self.header.map { Array(self.bytes[$0.payloadRange]) } ?? [] }
    }

    private struct State {
        var now = MonotonicTime.zero
        var arrived: [(bytes: [UInt8], arrival: MediaArrival)] = []
        /// What comes behind the back of the next drain.
        var missed: [(bytes: [UInt8], arrival: MediaArrival)] = []
        var sent: [Sent] = []
        var open: Set<Int> = []
        var refusal: TransportError?
        var protection: [Int: MediaProtection] = [:]
        var unprotected: [Int: Int] = [:]
        var protectionRefusal: TransportError?
        var bodies: [@Sendable () -> Void] = []
    }

    private let state = Mutex(State())

    var sent: [Sent] { self.state.withLock { $0.sent.filter { !$0.isControl } } }
    var control: [Sent] { self.state.withLock { $0.sent.filter(\.isControl) } }
    var openPorts: Set<Int> { self.state.withLock { $0.open } }

    func advance(to milliseconds: Int) {
        self.state.withLock { $0.now = .zero + .milliseconds(milliseconds) }
    }

    func refusePorts(_ error: TransportError?) { self.state.withLock { $0.refusal = error } }

    func refuseProtection(_ error: TransportError?) { self.state.withLock { $0.protectionRefusal = error } }

    /// The keys of a port.
    func protection(of port: Int) -> MediaProtection? { self.state.withLock { $0.protection[port] } }

    /// Datagrams failed their check at a port.
    func drop(_ count: Int, at port: Int) { self.state.withLock { $0.unprotected[port] = count } }

    /// A datagram arrives at a port now.
    ///
    /// - Parameter drainedLater: the next drain has just passed this port when it arrives.
    func arrive(
        _ bytes: [UInt8], at port: Int, from source: Endpoint, isControl: Bool = false, drainedLater: Bool = false
    ) {
        self.state.withLock { state in
            let arrival = MediaArrival(port: port, isControl: isControl, source: source, time: state.now)
            if drainedLater { state.missed.append((bytes, arrival)) } else { state.arrived.append((bytes, arrival)) }
        }
    }

    func forgetSent() { self.state.withLock { $0.sent = [] } }

    func openPort() throws(TransportError) -> any MediaPort {
        try self.state.withLock { state throws(TransportError) in
            if let refusal = state.refusal { throw refusal }
            let index = (0...state.open.count).first { !state.open.contains($0) } ?? state.open.count
            state.open.insert(index)
            return Port(index: index, media: self)
        }
    }

    func start(_ body: @escaping @Sendable () -> Void) { self.state.withLock { $0.bodies.append(body) } }

    /// Runs what was started, on this thread, to its end.
    func runStarted() {
        for body in self.state.withLock({ $0.bodies }) { body() }
    }

    var now: MonotonicTime { self.state.withLock { $0.now } }

    func wait(_ timeout: Duration) {}

    func wake() {}

    func drain(_ receive: (_ datagram: Span<UInt8>, _ arrival: MediaArrival) -> Void) {
        let arrived = self.state.withLock { state in
            defer { (state.arrived, state.missed) = (state.missed, []) }
            return state.arrived
        }
        for (bytes, arrival) in arrived { receive(bytes.span, arrival) }
    }

    private struct Port: MediaPort {
        let index: Int
        let media: ScriptedMedia
        var localEndpoint: Endpoint { .loopback(UInt16(20_000 + 2 * self.index)) }

        func send(_ datagram: Span<UInt8>, to peer: Endpoint) { self.note(datagram, peer, isControl: false) }

        func sendControl(_ datagram: Span<UInt8>, to peer: Endpoint) { self.note(datagram, peer, isControl: true) }

        func setProtection(_ protection: MediaProtection?) throws(TransportError) {
            try self.media.state.withLock { state throws(TransportError) in
                if protection != nil, let refusal = state.protectionRefusal { throw refusal }
                state.protection[self.index] = protection
            }
        }

        var unprotectedCount: Int { self.media.state.withLock { $0.unprotected[self.index] ?? 0 } }

        func close() { _ = self.media.state.withLock { $0.open.remove(self.index) } }

        private func note(_ datagram: Span<UInt8>, _ peer: Endpoint, isControl: Bool) {
            var bytes: [UInt8] = []
            for index in datagram.indices { bytes.append(datagram[index]) }
            self.media.state.withLock {
                $0.sent.append(Sent(port: self.index, bytes: bytes, peer: peer, isControl: isControl))
            }
        }
    }
}

/// A phone that sends: counts its packets and samples.
struct Speaker {
    var address: Endpoint
    var port: Int
    var ssrc: UInt32
    var payloadType: UInt8 = 0
    var sequenceNumber: UInt16 = 65_530
    var timestamp: UInt32 = 0xFFFF_FE00

    /// The next packet: 20 ms full of one code.
    mutating func packet(_ code: UInt8, count: Int = 160, marker: Bool = false) -> [UInt8] {
        defer {
            self.sequenceNumber &+= 1
            self.timestamp &+= UInt32(count)
        }
        return RTPHeader(
            payloadType: self.payloadType, marker: marker, sequenceNumber: self.sequenceNumber,
            timestamp: self.timestamp, ssrc: self.ssrc
        ).encoded(payload: [UInt8](repeating: code, count: count).span)
    }
}
