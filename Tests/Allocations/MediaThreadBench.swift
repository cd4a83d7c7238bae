import Allocations
import CaptureJournal
import Foundation
import MediaControlPlatform
import RTP

/// A media thread that is fed from memory as fast as it goes, while what it does in steady state is counted.
struct MediaThreadBench {
    /// What so many turns of 20 ms have cost.
    struct Cost {
        var packets = 0
        var allocations = 0
        var hops = 0
    }

    private let transport: CountedTransport
    private let thread: MediaThread
    private let finished: AsyncStream<Cost>

    /// - Parameters:
    ///   - packetsATurn: of each of ten calls' two parties.
    ///   - isHeard: whether the parties of a call hear each other.
    init(packetsATurn: Int, isHeard: Bool) {
        let (finished, finish) = AsyncStream<Cost>.makeStream()
        let legs = (0..<20).map { LegID(rawValue: UInt64($0)) }
        self.finished = finished
        self.transport = CountedTransport(parties: legs.count, packetsATurn: packetsATurn) { finish.yield($0) }
        self.thread = MediaThread(transport: self.transport, journal: NoJournal(), seed: 1) { _ in
        } committed: { _, _ in
        }
        var orders: [MediaPlaneOrder] = legs.map { .openPort($0) }
        for call in 0..<10 {
            let parties = legs[2 * call...2 * call + 1]
            for leg in parties {
                let media = LegMedia(remote: isHeard ? .loopback(9) : nil, sent: [LegPayload(0, .muLaw)])
                orders += [.setRemote(leg, media), .join(leg, conference: "\(call)")]
            }
            orders.append(
                .startRecording(
                    RecordingTicket(
                        number: RecordingNumber(rawValue: UInt64(call + 1)), id: "\(call)", conference: "\(call)",
                        channels: parties.map { .init(leg: $0, dn: "\($0)") }, files: [],
                        startTime: WallTime(milliseconds: 0))))
        }
        self.thread.order(orders)
    }

    func run() async -> Cost {
        self.thread.start()
        var cost = Cost()
        for await counted in self.finished {
            cost = counted
            break
        }
        self.thread.order(.shutDown)
        return cost
    }
}

/// Secures nothing, at once.
private struct NoJournal: JournalStorage {
    func append(_ batch: [UInt8], committed: @escaping @Sendable (Result<Void, JournalError>) -> Void) {
        committed(.success(()))
    }
    func release(_ recording: RecordingNumber) {}
    var space: JournalSpace { .endless }
    func close() {}
    func readSegments(_ body: (_ segment: [UInt8]) -> Void) throws(JournalError) {}
}

/// Packets lie in memory, time goes by in steps of 20 ms, and from one wait to the next everything is counted.
///
/// Sendable as all of it is used by the media thread, but for what is set before that begins.
private final class CountedTransport: MediaTransport, @unchecked Sendable {
    private static let turnsOfWarmingUp = 150
    private static let turnsCounted = 500

    private let parties: Int
    private let packetsATurn: Int
    private let finish: @Sendable (MediaThreadBench.Cost) -> Void
    private var packets: [[UInt8]]
    private var opened = 0
    private var turn = 0
    private var sequenceNumber: UInt16 = 0
    private var cost = MediaThreadBench.Cost()
    private(set) var now = MonotonicTime.zero

    init(parties: Int, packetsATurn: Int, finish: @escaping @Sendable (MediaThreadBench.Cost) -> Void) {
        (self.parties, self.packetsATurn, self.finish) = (parties, packetsATurn, finish)
        self.packets = (0..<parties * packetsATurn).map { place in
            RTPHeader(payloadType: 0, sequenceNumber: 0, timestamp: 0, ssrc: UInt32(place % parties + 1))
                .encoded(payload: [UInt8](repeating: UInt8(place % parties), count: 160 / packetsATurn).span)
        }
    }

    private var isCounted: Bool {
        self.turn > Self.turnsOfWarmingUp && self.turn <= Self.turnsOfWarmingUp + Self.turnsCounted
    }

    func wait(_ timeout: Duration) {
        if self.isCounted {
            self.cost.allocations += Int(allocations_stop())
            self.cost.hops += Int(allocations_hops())
            if self.turn == Self.turnsOfWarmingUp + Self.turnsCounted { self.finish(self.cost) }
        }
        self.turn += 1
        self.now = self.now + .milliseconds(20)
        self.preparePackets()
        if self.isCounted { allocations_start() }
    }

    private func preparePackets() {
        for place in self.packets.indices {
            if place % self.parties == 0 { self.sequenceNumber &+= 1 }
            let header = RTPHeader(
                payloadType: 0, sequenceNumber: self.sequenceNumber,
                timestamp: UInt32(self.sequenceNumber) * UInt32(160 / self.packetsATurn),
                ssrc: UInt32(place % self.parties + 1))
            var bytes = self.packets[place].mutableSpan
            header.rewrite(&bytes)
        }
    }

    func drain(_ receive: (_ datagram: Span<UInt8>, _ arrival: MediaArrival) -> Void) {
        guard self.turn > 0 else { return }
        for place in self.packets.indices {
            let party = place % self.parties
            let arrival = MediaArrival(
                port: party, isControl: false, source: .loopback(UInt16(30_000 + party)), time: self.now)
            let packet = self.packets[place]
            receive(packet.span, arrival)
        }
        if self.isCounted { self.cost.packets += self.packets.count }
    }

    func openPort() throws(TransportError) -> any MediaPort {
        defer { self.opened += 1 }
        return Port(index: self.opened)
    }

    func start(_ body: @escaping @Sendable () -> Void) { Thread(block: body).start() }
    func wake() {}

    private struct Port: MediaPort {
        let index: Int
        var localEndpoint: Endpoint { .loopback(UInt16(10_000 + 2 * self.index)) }
        func send(_ datagram: Span<UInt8>, to peer: Endpoint) {}
        func sendControl(_ datagram: Span<UInt8>, to peer: Endpoint) {}
        func close() {}
    }
}
