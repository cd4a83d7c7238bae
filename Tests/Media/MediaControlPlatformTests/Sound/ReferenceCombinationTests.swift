import CallAudio
import CallCore
import CallRecordingTesting
import RecordingStorage
import Testing

@testable import MediaControlPlatform

/// Everything that can happen to a stream, in random company. The seed of a failure is the test's argument.
@Suite struct `Reference signals in company` {
    /// Half a minute of a party to whom things happen.
    private func party(_ random: inout TokenGenerator, seed: UInt64) -> ReferenceParty {
        var party = ReferenceParty(seed: seed)
        party.rest(Int(random.next() % 400))
        for _ in 0..<12 {
            party.speak(Int(400 + random.next() % 3_000))
            switch random.next() % 10 {
            case 0: party.rest(Int(random.next() % 3_000))
            case 1: party.hush(100 * Int(random.next() % 20), level: 60)
            case 2: party.press()
            case 3: party.packetCount = [80, 160, 240, 320, 480][Int(random.next() % 5)]
            case 4:
                let isMuLaw = party.law == .muLaw
                (party.law, party.payloadType) = isMuLaw ? (.aLaw, 8) : (.muLaw, 0)
            case 5:
                party.ssrc &+= 1
                party.sequenceNumber = UInt16(truncatingIfNeeded: random.next())
                party.timestamp = UInt32(truncatingIfNeeded: random.next())
            case 6: party.timestamp = UInt32(truncatingIfNeeded: random.next())
            case 7: party.sequenceNumber &+= 5_000 + UInt16(random.next() % 50_000)
            case 8: party.rest(Int(600 + random.next() % 3_000), isCounting: false)
            default: break
            }
        }
        // So that what the network held back still arrives within the call.
        party.speak(4_000)
        return party
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `each packet that came lies where it was said, and all else is silence`(seed: UInt64) async throws {
        var random = TokenGenerator(seed: seed)
        let parties = [self.party(&random, seed: 100 + seed), self.party(&random, seed: 200 + seed)]
        var network = ReferenceNetwork(seed: seed)
        var packets = parties.map(\.packets)
        for channel in 0..<2 {
            network.lose(random.next() % 4, of: &packets[channel], burst: 1 + Int(random.next() % 5))
            network.delay(random.next() % 100, upTo: 1 + random.next() % 440, of: &packets[channel])
            network.duplicate(random.next() % 5, of: &packets[channel])
        }
        let length = (parties.map(\.clock).max() ?? 0) + 8_000
        var bench = ReferenceBench()
        if seed % 3 == 0 { bench.pauses = [50_007..<66_133] }
        let result = try await bench.record(packets, length: length)
        for channel in 0..<2 {
            let image = bench.image(of: packets[channel], law: result.law, length: length)
            #expect(difference(result.codes[channel], image) == nil)
            let received = packets[channel].count { packet in
                packet.fate == .arrives && !bench.pauses.contains { $0.contains(packet.arrival) }
            }
            #expect(result.recording.verdict.streams[channel].received == received)
        }
    }
}
