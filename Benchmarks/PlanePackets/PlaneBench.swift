import Allocations
import CallRecording

/// Packets for all parties of a plane, 20 ms of sound at a time.
protocol PacketSource: MediaTransport {
    /// Where what is relayed is sent; nobody reads it there.
    var ear: Endpoint { get }
    /// Makes the next packet of every party arrive.
    func speak(to ports: [Endpoint], _ frame: Int)
}

/// A plane with all calls set up, turned by hand.
struct PlaneBench<Source: PacketSource> {
    private let source: Source
    private var plane: MediaPlane
    private var ports: [Endpoint]
    private var frame = 0
    private var counted = 0
    private var forgotten = 0

    /// - Unit: nanoseconds, of all turns.
    private(set) var nanoseconds = 0.0
    /// Packets that were taken, by the plane's own count.
    var taken: Int { self.counted - self.forgotten }
    /// In turns that had nothing to say.
    private(set) var allocationsOfPackets = 0
    /// In turns with reports and RTCP, and for the buffers of batches.
    private(set) var allocationsOfOtherWork = 0

    init(_ source: Source, calls: Int, relay: Bool) {
        self.source = source
        self.plane = MediaPlane(transport: source, seed: 1)
        self.ports = []
        let legs = (0..<2 * calls).map { LegID(rawValue: UInt64($0)) }
        for report in self.plane.turn(legs.map { .openPort($0) }) {
            if case .portOpened(_, let endpoint) = report { self.ports.append(endpoint) }
        }
        var orders: [MediaPlaneOrder] = []
        for call in 0..<calls {
            let parties = legs[2 * call...2 * call + 1]
            for leg in parties {
                let media = LegMedia(remote: relay ? source.ear : nil, sent: [LegPayload(0, .muLaw)])
                orders.append(.setRemote(leg, media))
                orders.append(.join(leg, conference: "call-\(call)"))
            }
            orders.append(
                .startRecording(
                    RecordingTicket(
                        number: RecordingNumber(rawValue: UInt64(call + 1)), id: "\(call)", conference: "call-\(call)",
                        channels: parties.map { .init(leg: $0, dn: "\($0)") }, files: [],
                        startTime: WallTime(milliseconds: 0))))
        }
        _ = self.plane.turn(orders)
    }

    mutating func forget() {
        (self.nanoseconds, self.allocationsOfPackets, self.allocationsOfOtherWork) = (0, 0, 0)
        self.forgotten = self.counted
    }

    /// Takes so many packets of every party: whole seconds, since the plane tells its counts once a second.
    mutating func turn(_ frames: Int) {
        for _ in 0..<frames {
            self.source.speak(to: self.ports, self.frame)
            self.frame += 1
            let start = ContinuousClock.now
            allocations_start()
            let reports = self.plane.turn()
            let inTurn = Int(allocations_stop())
            allocations_start()
            let batch = self.plane.takeBatch()
            let inBatch = Int(allocations_stop())
            self.nanoseconds += (ContinuousClock.now - start) / .nanoseconds(1)
            self.allocationsOfOtherWork += inBatch
            if reports.isEmpty { self.allocationsOfPackets += inTurn } else { self.allocationsOfOtherWork += inTurn }
            for case .counts(let counts) in reports {
                self.counted = counts.reduce(0) { $0 + $1.packetsReceived }
            }
            _ = batch
        }
    }
}
