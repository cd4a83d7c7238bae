import CallAudio
import CallCore
import CallRecordingTesting
import RecordingStorage
import Testing

@testable import MediaControlPlatform

/// One thing that happens to a stream.
struct Impairment: CustomTestStringConvertible, Sendable {
    let testDescription: String
    var speaks: @Sendable (inout ReferenceParty) -> Void = { $0.speak(6_000) }
    var travels: @Sendable (inout ReferenceNetwork, inout [ReferencePacket]) -> Void = { _, _ in }

    static let all: [Impairment] = Self.network + Self.silence + Self.timestamps + Self.codecs

    private static let network = [
        Impairment(testDescription: "nothing"),
        Impairment(testDescription: "reordering") { $0.delay(30, upTo: 480, of: &$1) },
        Impairment(testDescription: "jitter of 100 ms") { $0.delay(100, upTo: 800, of: &$1) },
        Impairment(testDescription: "duplicates") { $0.duplicate(10, of: &$1) },
        Impairment(testDescription: "late packets") { $0.keepBack(3, of: &$1) },
        Impairment(testDescription: "loss by chance") { $0.lose(10, of: &$1) },
        Impairment(testDescription: "loss of 200 ms at a time") { $0.lose(2, of: &$1, burst: 10) },
        Impairment(testDescription: "loss of 2 s", speaks: { $0.speak(6_000) }) { _, packets in
            for index in 100..<200 { packets[index].fate = .isLost }
        },
        Impairment(testDescription: "a hold-up of 300 ms") { $0.hold(20_000..<22_400, of: &$1) },
    ]

    private static let silence = [
        Impairment(testDescription: "silence that is not sent") { party in
            for rest in [20, 300, 1_700, 90] {
                party.speak(600)
                party.rest(rest)
            }
            party.speak(1_000)
        },
        Impairment(testDescription: "silence that is not sent, and timestamps that stand meanwhile") { party in
            for rest in [200, 300, 1_700, 3_000] {
                party.speak(600)
                party.rest(rest, isCounting: false)
            }
            party.speak(1_000)
        },
        Impairment(testDescription: "silence that is described") { party in
            party.speak(600)
            party.hush(1_500, level: 60)
            party.speak(600)
            party.rest(140)
            party.hush(400, level: 70)
            party.speak(600)
        },
        Impairment(testDescription: "keys") { party in
            party.speak(600)
            party.press()
            party.speak(600)
        },
        Impairment(testDescription: "hold, and another stream after it") { party in
            party.speak(1_000)
            party.rest(4_000)
            (party.ssrc, party.sequenceNumber, party.timestamp) = (77, 12, 99)
            party.speak(1_000)
        },
        Impairment(testDescription: "no sound at all", speaks: { _ in }),
    ]

    private static let timestamps = [
        Impairment(testDescription: "another SSRC, at once") { party in
            party.speak(1_000)
            (party.ssrc, party.sequenceNumber, party.timestamp) = (78, 40_000, 1_234_567)
            party.speak(1_000)
        },
        Impairment(testDescription: "another SSRC whose numbers go on") { party in
            party.speak(1_000)
            party.ssrc = 79
            party.speak(1_000)
        },
        jump("timestamps that jump forward by ten hours", by: 288_000_000),
        jump("timestamps that jump by half of all there are", by: 0x8000_0000),
        jump("timestamps that jump back by ten hours", by: 0 &- 288_000_000),
        jump("timestamps that jump back by 200 ms", by: 0 &- 1_600),
        jump("timestamps that jump back by 1 s", by: 0 &- 8_000),
        jump("timestamps that jump forward by 200 ms", by: 1_600),
        Impairment(testDescription: "timestamps that jump in a silence") { party in
            party.speak(1_000)
            party.rest(700)
            party.timestamp &+= 123_456_789
            party.speak(1_000)
        },
        numbers("numbers that jump forward", by: 10_000), numbers("numbers that jump back", by: 0 &- 10_000),
        Impairment(testDescription: "numbers and timestamps that jump together") { party in
            party.speak(1_000)
            (party.sequenceNumber, party.timestamp) = (20_005, 6)
            party.speak(1_000)
        },
    ]

    private static let codecs =
        [80, 160, 240, 320, 480].map { count in
            Impairment(testDescription: "packets of \(count / 8) ms") { party in
                party.packetCount = count
                party.speak(3_000)
            }
        } + [
            Impairment(testDescription: "packets of changing length") { party in
                for count in [160, 80, 480, 240, 320, 160] {
                    party.packetCount = count
                    party.speak(720)
                }
            },
            Impairment(testDescription: "the other law in the midst of it") { party in
                party.speak(1_000)
                (party.law, party.payloadType) = (.aLaw, 8)
                party.speak(1_000)
                (party.law, party.payloadType) = (.muLaw, 0)
                party.speak(500)
            },
        ]

    private static func jump(_ name: String, by ticks: UInt32) -> Impairment {
        Impairment(testDescription: name) { party in
            party.speak(1_500)
            party.timestamp &+= ticks
            party.speak(1_500)
        }
    }

    private static func numbers(_ name: String, by count: UInt16) -> Impairment {
        Impairment(testDescription: name) { party in
            party.speak(1_500)
            party.sequenceNumber &+= count
            party.speak(1_500)
        }
    }

    init(
        testDescription: String, speaks: @escaping @Sendable (inout ReferenceParty) -> Void,
        travels: @escaping @Sendable (inout ReferenceNetwork, inout [ReferencePacket]) -> Void = { _, _ in }
    ) {
        (self.testDescription, self.speaks, self.travels) = (testDescription, speaks, travels)
    }

    init(
        testDescription: String,
        travels: @escaping @Sendable (inout ReferenceNetwork, inout [ReferencePacket]) -> Void = { _, _ in }
    ) {
        (self.testDescription, self.travels) = (testDescription, travels)
    }
}

/// Each party says a noise that nobody else makes, at no other moment. What happens to its packets on the way is known,
/// so it is known to the sample what the recording must be.
@Suite struct `Reference signals` {
    @Test(arguments: Impairment.all)
    func `each channel is what its party said, at the moment at which it did, and silence`(
        _ impairment: Impairment
    ) async throws {
        var impaired = ReferenceParty(seed: 1)
        impairment.speaks(&impaired)
        var network = ReferenceNetwork(seed: 1)
        var packets = impaired.packets
        impairment.travels(&network, &packets)
        var other = ReferenceParty(seed: 2)
        other.rest(33)
        other.speak(2_000)
        let length = max(impaired.clock, other.clock) + 20_000
        var bench = ReferenceBench()
        let result = try await bench.record([packets, other.packets], length: length)
        let law = result.law
        #expect(difference(result.codes[0], bench.image(of: packets, law: law, length: length)) == nil)
        #expect(difference(result.codes[1], bench.image(of: other.packets, law: law, length: length)) == nil)
        let streams = [
            bench.stream(of: packets, dn: "5551", channel: 0), bench.stream(of: other.packets, dn: "7001", channel: 1),
        ]
        #expect(result.recording.verdict.streams == streams)
        #expect(result.recording.verdict.exceptions == (packets.isEmpty ? ["nothing was received from 5551"] : []))
        #expect(result.recording.evidence[0].gaps.spans == bench.gaps(of: packets))
        #expect(result.recording.duration == .microseconds(length * 125))
    }

    @Test func `a call in which nobody speaks is silence of its length, and the verdict says so`() async throws {
        var bench = ReferenceBench()
        let result = try await bench.record([[], []], length: 80_000)
        #expect(result.codes == [[UInt8]](repeating: [UInt8](repeating: 0xFF, count: 80_000), count: 2))
        #expect(
            result.recording.verdict.exceptions
                == ["nothing was received from 5551", "nothing was received from 7001"])
        #expect(result.recording.verdict.summary.hasPrefix("partial: nothing was received"))
    }

    @Test func `a pause is silence of its length, and what is said after it lies where it was said`() async throws {
        var parties = [ReferenceParty(seed: 1), ReferenceParty(seed: 2)]
        for index in parties.indices { parties[index].speak(8_000) }
        var network = ReferenceNetwork(seed: 3)
        var packets = parties.map(\.packets)
        network.delay(50, upTo: 400, of: &packets[0])
        var bench = ReferenceBench()
        bench.pauses = [16_003..<24_077, 40_000..<40_400]
        let result = try await bench.record(packets, length: 70_000)
        for channel in 0..<2 {
            let image = bench.image(of: packets[channel], law: .muLaw, length: 70_000)
            #expect(difference(result.codes[channel], image) == nil)
        }
        #expect(result.recording.verdict.pauses.count == 2)
        #expect(result.recording.verdict.streams[0] == bench.stream(of: packets[0], dn: "5551", channel: 0))
    }

    @Test func `a new agreement in the midst of a call changes how packets are read, and nothing else`() async throws {
        var party = ReferenceParty(seed: 1)
        party.speak(1_000)
        let agreed = party.clock
        // The same number stands for the other law from now on.
        party.law = .aLaw
        party.speak(1_000)
        var bench = ReferenceBench()
        bench.agreements = [(agreed + 1, 0, [LegPayload(0, .aLaw)])]
        let result = try await bench.record([party.packets, []], length: 20_000)
        #expect(difference(result.codes[0], bench.image(of: party.packets, law: .muLaw, length: 20_000)) == nil)
        let codecs = result.recording.evidence[0].codecs
        #expect(codecs == [.init(position: 0, codec: .muLaw), .init(position: 8_000, codec: .aLaw)])
    }
}
