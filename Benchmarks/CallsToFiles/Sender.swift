import CallRecording
import CallRecordingSockets
import Foundation
import Synchronization

/// Speaks for every party in real time, 20 ms packets, spread evenly over each 20 ms; and hears what is passed on.
///
/// Every packet says in its first bytes when it was sent, so that what comes back tells how long it was under way.
struct Sender {
    /// What has come of it, printed as one line.
    struct Report {
        var sent = 0
        /// By how much the sender was late at worst.
        ///
        /// - Unit: milliseconds.
        var lateness = 0.0
        /// Packets that came back.
        var heard = 0
        /// From sending to arrival at the other party's socket, by the kernel's own times of arrival: half of the packets
        /// took no longer, 99 of 100, all.
        ///
        /// - Unit: milliseconds.
        var delays = [0.0, 0.0, 0.0]
    }

    /// Where each party's packets go.
    let ports: [UInt16]
    let seconds: Int
    /// When the first packet is due.
    ///
    /// - Unit: seconds since the machine was started.
    let begin: Double
    let speech: Speech
    /// The first of the ports from which the parties speak.
    let firstMouth: UInt16
    /// Whether packets say when they were sent; two of their samples a millisecond are then no speech.
    let isTimed: Bool

    /// Parties that share a socket, so that none holds more than it can: four calls.
    static let partiesAMouth = 8

    /// The port from which a party speaks and at which it hears.
    static func mouth(of party: Int, first: UInt16) -> UInt16 { first + UInt16(2 * (party / self.partiesAMouth)) }

    func run() throws {
        let clock = SystemClock()
        let count = (self.ports.count + Self.partiesAMouth - 1) / Self.partiesAMouth
        let media = try UDPMedia(
            address: .loopback(0), ports: self.firstMouth..<self.firstMouth + UInt16(2 * count), now: { clock.now })
        let mouths = try (0..<count).map { _ in try media.openPort() }
        let ears = Ears()
        media.start { while !ears.isClosed { ears.hear(media) } }
        let beginning = clock.now + .seconds(max(0, self.begin - ProcessInfo.processInfo.systemUptime))
        var packet: [UInt8] = []
        var (sent, latest) = (0, Duration.zero)
        for frame in 0..<self.seconds * 50 {
            for (party, peer) in self.ports.enumerated() {
                if party % 8 == 0 {
                    let due = beginning + .milliseconds(20 * frame) + .microseconds(20_000 * party / self.ports.count)
                    let wait = due - clock.now
                    latest = max(latest, .zero - wait)
                    if wait > .zero { usleep(UInt32(wait.nanoseconds / 1_000)) }
                }
                let voice = party % 2 == 0 ? self.speech.customer : self.speech.agent
                let start = frame * 160 % voice.count
                let header = RTPHeader(
                    payloadType: 0, sequenceNumber: UInt16(truncatingIfNeeded: frame),
                    timestamp: UInt32(frame * 160), ssrc: UInt32(party + 1))
                packet.removeAll(keepingCapacity: true)
                header.append(payload: voice.span.extracting(start..<start + 160), to: &packet)
                if self.isTimed { Ears.stamp(&packet, clock.now) }
                mouths[party / Self.partiesAMouth].send(packet.span, to: .loopback(peer))
                sent += 1
            }
        }
        // What is still under way.
        usleep(300_000)
        var report = ears.report
        (report.sent, report.lateness) = (sent, Double(latest.nanoseconds) / 1_000_000)
        print(report.sent, report.lateness, report.heard, report.delays.map { "\($0)" }.joined(separator: " "))
        ears.close()
        media.wake()
    }
}

extension Sender.Report {
    /// Reads what a sender has printed.
    init?(parsing line: String) {
        let words = line.split(whereSeparator: \.isWhitespace).compactMap { Double($0) }
        guard words.count == 6 else { return nil }
        self.init(sent: Int(words[0]), lateness: words[1], heard: Int(words[2]), delays: Array(words[3...]))
    }
}

/// Takes what comes back, and how long it was under way.
private final class Ears: Sendable {
    private let microseconds = Mutex<[Int32]>([])
    private let closed = Atomic(false)

    private static let mark: [UInt8] = Array("sent at ".utf8)

    static func stamp(_ packet: inout [UInt8], _ time: MonotonicTime) {
        packet.replaceSubrange(12..<20, with: Self.mark)
        for place in 0..<8 { packet[20 + place] = UInt8(truncatingIfNeeded: time.nanoseconds >> Int64(8 * place)) }
    }

    var isClosed: Bool { self.closed.load(ordering: .relaxed) }
    func close() { self.closed.store(true, ordering: .relaxed) }

    func hear(_ media: UDPMedia) {
        media.wait(.milliseconds(100), gathering: .milliseconds(40))
        self.microseconds.withLock { delays in
            media.drain { datagram, arrival in
                guard !arrival.isControl, datagram.count >= 28 else { return }
                for place in 0..<8 where datagram[12 + place] != Self.mark[place] { return }
                var sent: Int64 = 0
                for place in 0..<8 { sent |= Int64(datagram[20 + place]) << Int64(8 * place) }
                delays.append(Int32(clamping: (arrival.time.nanoseconds - sent) / 1_000))
            }
        }
    }

    var report: Sender.Report {
        let sorted = self.microseconds.withLock { $0.sorted() }
        guard !sorted.isEmpty else { return Sender.Report() }
        let delays = [0.5, 0.99, 1].map { share in
            Double(sorted[min(sorted.count - 1, Int(share * Double(sorted.count)))]) / 1_000
        }
        return Sender.Report(heard: sorted.count, delays: delays)
    }
}
