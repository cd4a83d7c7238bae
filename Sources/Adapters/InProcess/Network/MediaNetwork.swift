public import CallCore
private import Synchronization

/// A UDP network in memory: media transports at addresses, between whose ports datagrams travel.
///
/// With one seed and the same sends at the same times everything happens again exactly. Time passes only as the time
/// function says, so a simulation runs as fast as it can.
public final class InProcessMediaNetwork: Sendable {
    /// What has become of datagrams.
    public struct Counts: Hashable, Sendable {
        /// Handed to the network.
        public var sent: Int
        /// Lost as the conditions wanted.
        public var lost: Int
        /// Doubled as the conditions wanted.
        public var duplicated: Int
        /// Handed to a transport's loop.
        public var delivered: Int
        /// Sent to where no port was open, or arrived after it had been closed.
        public var unreachable: Int

        /// Counts what has happened.
        public init(sent: Int = 0, lost: Int = 0, duplicated: Int = 0, delivered: Int = 0, unreachable: Int = 0) {
            (self.sent, self.lost, self.duplicated) = (sent, lost, duplicated)
            (self.delivered, self.unreachable) = (delivered, unreachable)
        }
    }

    /// One datagram on its way.
    struct Packet: Sendable {
        var bytes: [UInt8]
        var source: Endpoint
        var destination: Endpoint
        var arrival: MonotonicTime
    }

    /// A transport lives for as long as whoever opened it keeps it.
    private struct Address: Sendable {
        weak var transport: InProcessMedia?
    }

    private struct State {
        var conditions: MediaNetworkConditions
        var tokens: TokenGenerator
        var counts = Counts()
        /// By address, the port being 0.
        var transports: [Endpoint: Address] = [:]
    }

    let now: @Sendable () -> MonotonicTime
    private let state: Mutex<State>

    /// A network without transports.
    ///
    /// - Parameter now: tells the time; it may be called from any thread.
    public init(
        conditions: MediaNetworkConditions = MediaNetworkConditions(), seed: UInt64 = 0,
        now: @escaping @Sendable () -> MonotonicTime
    ) {
        self.now = now
        self.state = Mutex(State(conditions: conditions, tokens: TokenGenerator(seed: seed)))
    }

    /// What has become of datagrams so far.
    public var counts: Counts { self.state.withLock { $0.counts } }

    /// Opens a transport at an address, whose port does not matter. One that was there before gets nothing more.
    ///
    /// - Parameter ports: from which pairs are taken, RTP even and RTCP odd.
    public func transport(at address: Endpoint, ports: Range<UInt16> = 20_000..<60_000) -> InProcessMedia {
        let transport = InProcessMedia(address: address, ports: ports, network: self)
        self.state.withLock { $0.transports[address.withPort(0)] = Address(transport: transport) }
        return transport
    }

    /// Treats datagrams differently from now on; those on their way go on as they were sent.
    public func setConditions(_ conditions: MediaNetworkConditions) {
        self.state.withLock { $0.conditions = conditions }
    }

    /// When the next datagram arrives anywhere; nil where none is on its way. To it a simulation may put its clock.
    public var nextArrival: MonotonicTime? {
        let transports = self.state.withLock { $0.transports.values.compactMap(\.transport) }
        return transports.compactMap(\.nextArrival).min()
    }

    func send(_ bytes: [UInt8], from source: Endpoint, to destination: Endpoint) {
        let time = self.now()
        let (transport, arrivals) = self.state.withLock { state in
            state.counts.sent += 1
            let arrivals = state.conditions.arrivals(from: time, &state.tokens)
            let transport = state.transports[destination.withPort(0)]?.transport
            if arrivals.0 == nil {
                state.counts.lost += 1
            } else if transport == nil {
                state.counts.unreachable += 1
            } else if arrivals.1 != nil {
                state.counts.duplicated += 1
            }
            return (transport, arrivals)
        }
        for arrival in [arrivals.0, arrivals.1] {
            guard let arrival else { continue }
            transport?.take(Packet(bytes: bytes, source: source, destination: destination, arrival: arrival))
        }
    }

    func count(delivered: Int, unreachable: Int) {
        self.state.withLock { state in
            state.counts.delivered += delivered
            state.counts.unreachable += unreachable
        }
    }
}
