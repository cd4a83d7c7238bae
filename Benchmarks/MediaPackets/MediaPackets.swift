import Allocations
import ArgumentParser
import BareSRTP
import CallRecording
import CallRecordingSRTP

/// What reading a packet costs, and what protecting it costs over libsrtp2 alone.
@main
struct MediaPackets: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "What a packet of G.711 (172 bytes) costs to read and follow, and to protect, beside libsrtp2 alone.",
        discussion: """
            The adapter is measured as a call has it: through the port that sends, and through the transport's drain. libsrtp2 \
            alone is called from C, packet by packet, with one copy as well. Rounds take turns and are short, so that the best \
            of each was not interrupted. The exit code is 1 where the adapter allocates more for a packet than libsrtp2 does by \
            itself, or costs more than 1.1 times as much, 1.3 times with AES-GCM.
            """)

    @Option(help: "Packets a round, at most 60000.")
    var packets = 300
    @Option(help: "Rounds, of which the best counts.")
    var rounds = 300
    @Flag(help: "Do not fail where the ratio is too high: for machines that do other things at the same time.")
    var lenient = false

    func validate() throws {
        guard (1...60_000).contains(self.packets), self.rounds > 0 else {
            throw ValidationError("Packets are 1 to 60000; rounds are 1 or more.")
        }
    }

    func run() throws {
        let plain = Self.speech(self.packets)
        print("work                                     ns a packet   libsrtp2 alone   ratio   allocations, and alone")
        self.line("read and follow RTP", best(self.rounds) { Self.follow(plain) })
        var failed = false
        // Galois/Counter Mode costs so little that the port's own work, the same for both, is an eighth of it.
        for (number, suite, limit) in [(0, SRTPSuite.aes128CounterSHA1Tag80, 1.1), (1, .aes128GCM, 1.3)] {
            let bench = try ProtectionBench(suite, number: Int32(number), plain: plain, packets: self.packets)
            for direction in [SRTPStream.Direction.sending, .receiving] {
                var (own, alone) = (Sample.worst, Sample.worst)
                for _ in 0..<self.rounds {
                    own.improve(by: try bench.own(direction))
                    alone.improve(by: try bench.alone(direction))
                }
                let verb = direction == .sending ? "protect" : "unprotect"
                self.line("\(verb) \(suite.rawValue)", own, beside: alone)
                failed = failed || own.allocations > alone.allocations + 8
                failed = failed || !self.lenient && own.nanoseconds > limit * alone.nanoseconds
            }
        }
        if failed {
            print("!!! PROTECTION COSTS MORE THAN IT MAY")
            throw ExitCode(1)
        }
    }

    /// Reads all packets and follows their stream.
    private static func follow(_ packets: [UInt8]) -> Sample {
        var tracker = SequenceTracker()
        var statistics = ReceptionStatistics()
        let span = packets.span
        var sum = 0
        let sample = Sample.measured(packets.count / packetByteCount) {
            for start in stride(from: 0, to: packets.count, by: packetByteCount) {
                guard let header = try? RTPHeader(parsing: span.extracting(start..<start + packetByteCount)) else {
                    continue
                }
                sum &+= tracker.receive(header.sequenceNumber, ssrc: header.ssrc).extended
                let time = MonotonicTime(nanoseconds: Int64(header.timestamp) * 125_000)
                statistics.receive(timestamp: header.timestamp, at: time)
            }
        }
        precondition(tracker.lost == 0 && statistics.jitter == 0 && sum > 0, "The packets are not those that were made")
        return sample
    }

    private static func speech(_ count: Int) -> [UInt8] {
        var packets: [UInt8] = []
        let payload = (0..<160).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        for number in 0..<count {
            let header = RTPHeader(
                payloadType: 0, sequenceNumber: UInt16(number), timestamp: UInt32(160 * number), ssrc: 1)
            header.append(payload: payload.span, to: &packets)
        }
        return packets
    }

    private func line(_ work: String, _ own: Sample, beside alone: Sample? = nil) {
        var text = Self.padded(work, 38) + Self.padded(Self.rounded(own.nanoseconds), -14)
        if let alone {
            text += Self.padded(Self.rounded(alone.nanoseconds), -17)
            text += Self.padded(Self.rounded(own.nanoseconds / alone.nanoseconds), -8)
            text += Self.padded("\(own.allocations), \(alone.allocations)", -25)
        } else {
            text += Self.padded("\(own.allocations)", -50)
        }
        print(text)
    }

    private static func rounded(_ number: Double) -> String {
        let hundredths = Int((number * 100).rounded())
        let rest = "\(hundredths % 100)"
        return "\(hundredths / 100).\(rest.count < 2 ? "0" : "")\(rest)"
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        let space = String(repeating: " ", count: max(0, abs(width) - text.count))
        return width < 0 ? space + text : text + space
    }
}

/// - Unit: bytes.
let packetByteCount = 172

/// The best of several measurements.
func best(_ rounds: Int, _ measure: () throws -> Sample) rethrows -> Sample {
    var best = Sample.worst
    for _ in 0..<rounds { best.improve(by: try measure()) }
    return best
}

/// What many packets have cost.
struct Sample {
    /// Of one packet.
    var nanoseconds: Double
    /// Of all packets.
    var allocations: Int

    static let worst = Sample(nanoseconds: .infinity, allocations: .max)

    mutating func improve(by other: Sample) {
        self.nanoseconds = min(self.nanoseconds, other.nanoseconds)
        self.allocations = min(self.allocations, other.allocations)
    }

    static func measured(_ packets: Int, _ body: () -> Void) -> Sample {
        allocations_start()
        let start = ContinuousClock.now
        body()
        let time = (ContinuousClock.now - start) / .nanoseconds(1)
        return Sample(nanoseconds: time / Double(max(1, packets)), allocations: Int(allocations_stop()))
    }
}
