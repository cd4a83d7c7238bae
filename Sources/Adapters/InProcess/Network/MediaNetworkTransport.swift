private import Dispatch
public import RTP
private import Synchronization

/// One machine's ports on a network in memory.
///
/// A simulation calls ``drain(_:)`` after it has put its clock forward. Over a real clock ``start(_:)`` and ``wait(_:)``
/// work as those of sockets do.
public final class InProcessMedia: MediaTransport {
    private typealias Packet = InProcessMediaNetwork.Packet

    /// One pair of ports for one call: the same ports for the next call are another opening.
    struct Opening: Hashable, Sendable {
        var index: Int
        var port: UInt16
        var number: Int
    }

    private struct State {
        /// On their way here, the next one last.
        var packets: [Packet] = []
        /// By index.
        var open: [Opening?] = []
        var count = 0
        var fresh: Int
        /// Given back, the longest ago first.
        var used: [UInt16] = []
        var isWoken = false
        var isWaiting = false
    }

    private let address: Endpoint
    private let ports: Range<UInt16>
    private let network: InProcessMediaNetwork
    private let state: Mutex<State>
    private let alarm = DispatchSemaphore(value: 0)

    init(address: Endpoint, ports: Range<UInt16>, network: InProcessMediaNetwork) {
        (self.address, self.ports, self.network) = (address, ports, network)
        self.state = Mutex(State(fresh: Int(ports.lowerBound) + Int(ports.lowerBound % 2)))
    }

    /// The network's time.
    public var now: MonotonicTime { self.network.now() }

    /// Opens a pair of ports; those that were never open first, then those that have been closed the longest.
    ///
    /// - Throws: `.unavailable` where all are open.
    public func openPort() throws(TransportError) -> any MediaPort {
        let opened = self.state.withLock { state -> Opening? in
            let port: UInt16
            if state.fresh + 1 < Int(self.ports.upperBound) {
                port = UInt16(state.fresh)
                state.fresh += 2
            } else if !state.used.isEmpty {
                port = state.used.removeFirst()
            } else {
                return nil
            }
            let index = state.open.firstIndex(of: nil) ?? state.open.count
            if index == state.open.count { state.open.append(nil) }
            let opening = Opening(index: index, port: port, number: state.count)
            state.count += 1
            state.open[index] = opening
            return opening
        }
        guard let opened else {
            throw TransportError(.unavailable, "all pairs of ports at \(self.address.host) are open")
        }
        return InProcessMediaPort(opening: opened, localEndpoint: self.address.withPort(opened.port), transport: self)
    }

    /// Runs the media loop on a queue of its own.
    public func start(_ body: @escaping @Sendable () -> Void) {
        DispatchQueue(label: "media").async(execute: body)
    }

    /// Blocks until a datagram is due, ``wake()`` was called, or `timeout` has passed on the machine's clock.
    public func wait(_ timeout: Duration) {
        let time = self.now
        let rest = self.state.withLock { state -> Duration? in
            let next = state.packets.last.map { $0.arrival - time } ?? timeout
            guard !state.isWoken, next > .zero, timeout > .zero else {
                state.isWoken = false
                return nil
            }
            state.isWaiting = true
            return min(next, timeout)
        }
        guard let rest else { return }
        _ = self.alarm.wait(timeout: .now() + .nanoseconds(Int(rest.nanoseconds)))
        self.state.withLock { ($0.isWaiting, $0.isWoken) = (false, false) }
    }

    /// Ends a wait that is under way, or the next one.
    public func wake() { self.ring(andStay: true) }

    /// Hands over every datagram that is due, the one that arrived first first.
    public func drain(_ receive: (_ datagram: Span<UInt8>, _ arrival: MediaArrival) -> Void) {
        let time = self.now
        var (delivered, unreachable) = (0, 0)
        while let packet = self.next(before: time) {
            let (port, isControl) = (packet.destination.port & ~1, packet.destination.port & 1 == 1)
            guard let index = self.state.withLock({ $0.open.firstIndex { $0?.port == port } }) else {
                unreachable += 1
                continue
            }
            delivered += 1
            let arrival = MediaArrival(
                port: index, isControl: isControl, source: packet.source, time: packet.arrival)
            receive(packet.bytes.span, arrival)
        }
        self.network.count(delivered: delivered, unreachable: unreachable)
    }

    var nextArrival: MonotonicTime? { self.state.withLock { $0.packets.last?.arrival } }

    func take(_ packet: InProcessMediaNetwork.Packet) {
        self.state.withLock { state in
            // Behind all that arrive no later, which are few or none unless the network reorders.
            var (low, high) = (0, state.packets.count)
            while low < high {
                let middle = (low + high) / 2
                if state.packets[middle].arrival > packet.arrival { low = middle + 1 } else { high = middle }
            }
            state.packets.insert(packet, at: low)
        }
        self.ring(andStay: false)
    }

    func send(_ datagram: Span<UInt8>, from source: Endpoint, of opening: Opening, to peer: Endpoint) {
        guard self.state.withLock({ $0.open[opening.index] == opening }) else { return }
        self.network.send(datagram.indices.map { datagram[$0] }, from: source, to: peer)
    }

    func close(_ opening: Opening) {
        self.state.withLock { state in
            guard state.open[opening.index] == opening else { return }
            state.open[opening.index] = nil
            state.used.append(opening.port)
        }
    }

    private func next(before time: MonotonicTime) -> Packet? {
        self.state.withLock { state in
            guard let packet = state.packets.last, packet.arrival <= time else { return nil }
            state.packets.removeLast()
            return packet
        }
    }

    private func ring(andStay: Bool) {
        let isWaiting = self.state.withLock { state in
            defer { state.isWaiting = false }
            if andStay { state.isWoken = true }
            return state.isWaiting
        }
        if isWaiting { self.alarm.signal() }
    }
}

/// One pair of ports on a network in memory.
private struct InProcessMediaPort: MediaPort {
    let opening: InProcessMedia.Opening
    let localEndpoint: Endpoint
    let transport: InProcessMedia

    var index: Int { self.opening.index }

    func send(_ datagram: Span<UInt8>, to peer: Endpoint) {
        self.transport.send(datagram, from: self.localEndpoint, of: self.opening, to: peer)
    }

    func sendControl(_ datagram: Span<UInt8>, to peer: Endpoint) {
        let control = self.localEndpoint.withPort(self.localEndpoint.port | 1)
        self.transport.send(datagram, from: control, of: self.opening, to: peer)
    }

    func close() { self.transport.close(self.opening) }
}
