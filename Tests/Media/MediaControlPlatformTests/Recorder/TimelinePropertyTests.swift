import CallAudio
import CallCore
import Testing

@testable import MediaControlPlatform

/// Whatever a network does to a stream, some things hold. The seed of a failure is the test's argument.
@Suite struct TimelinePropertyTests {
    private struct Arrival {
        var number: Int
        var time: Int64
    }

    /// A stream of 20 ms packets with jitter, loss, duplicates and reordering, in order of arrival.
    private func arrivals(_ tokens: inout TokenGenerator, count: Int, jitter: Int64) -> [Arrival] {
        var arrivals: [Arrival] = []
        for number in 0..<count {
            let chance = tokens.next() % 100
            if chance < 5 { continue }
            // Some come without delay, which shows where all belong.
            let delay = tokens.next() % UInt64(max(jitter, 1))
            let time = Int64(160 * (number + 1)) + (number % 8 == 0 ? 0 : Int64(delay))
            arrivals.append(Arrival(number: number, time: time))
            if chance < 8 { arrivals.append(Arrival(number: number, time: time + 40)) }
        }
        return arrivals.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }.map(
            \.element)
    }

    @Test(arguments: 0..<40 as Range<UInt64>)
    func `every packet that came in time lies where it was said, and nothing else is heard`(seed: UInt64) {
        var tokens = TokenGenerator(seed: seed)
        let count = 400
        let arrivals = self.arrivals(&tokens, count: count, jitter: 400)
        let offset = UInt32(truncatingIfNeeded: tokens.next())
        var timeline = Timeline(law: .muLaw)
        var samples: [UInt8] = []
        var seen: Set<Int> = []
        var highest = -1
        for arrival in arrivals where seen.insert(arrival.number).inserted {
            let settled = arrival.time - StreamClock.window - timeline.base
            if settled > 0 { timeline.take(Int(settled), into: &samples) }
            let packet = StreamClock.Packet(
                timestamp: offset &+ UInt32(160 * arrival.number), count: 160, arrival: arrival.time,
                sequence: arrival.number, missing: arrival.number > highest ? arrival.number - highest - 1 : nil)
            highest = max(highest, arrival.number)
            let payload = [UInt8](repeating: UInt8(arrival.number % 250), count: 160)
            #expect(timeline.place(payload.span, .law(.muLaw), packet) == .placed)
        }
        timeline.take(160 * (count + 4) - samples.count, into: &samples)
        let wrong = (0..<count).filter { number in
            let expected: UInt8 = seen.contains(number) ? UInt8(number % 250) : 0xFF
            return !samples[160 * number..<160 * (number + 1)].allSatisfy { $0 == expected }
        }
        #expect(wrong.isEmpty)
    }

    @Test(arguments: 0..<30 as Range<UInt64>)
    func `no stream, however mad, is longer than the time that passed or ahead of it, or costs memory`(seed: UInt64) {
        var tokens = TokenGenerator(seed: 1_000 + seed)
        var timeline = Timeline(law: .muLaw)
        var now: Int64 = 0
        var taken = 0
        var most = 0
        for number in 0..<600 {
            now += Int64(tokens.next() % (tokens.next() % 50 == 0 ? 40_000 : 400))
            let settled = now - StreamClock.window - timeline.base
            var samples: [UInt8] = []
            if settled > 0 { timeline.take(Int(settled), into: &samples) }
            taken += samples.count
            switch tokens.next() % 40 {
            case 0: timeline.pause(at: now)
            case 1: timeline.resume(at: now)
            default: break
            }
            let payload = [UInt8](repeating: 1, count: Int(tokens.next() % 500))
            let packet = StreamClock.Packet(
                timestamp: UInt32(truncatingIfNeeded: tokens.next() % 3 == 0 ? tokens.next() : UInt64(now)),
                count: Int64(payload.count), arrival: now, sequence: number,
                missing: tokens.next() % 4 == 0 ? nil : Int(tokens.next() % (tokens.next() % 9 == 0 ? 3_000 : 2)),
                isRestart: tokens.next() % 20 == 0)
            _ = timeline.place(payload.span, .law(tokens.next() % 2 == 0 ? .muLaw : .aLaw), packet)
            most = max(most, timeline.buffered)
        }
        #expect(timeline.base == Int64(taken))
        #expect(most <= Int(StreamClock.window + StreamClock.maximumLead) + 1_000)
    }

    @Test(arguments: 0..<10 as Range<UInt64>) func `the same packets make the same samples`(seed: UInt64) {
        func render() -> [UInt8] {
            var tokens = TokenGenerator(seed: seed)
            var timeline = Timeline(law: .muLaw)
            var samples: [UInt8] = []
            for arrival in self.arrivals(&tokens, count: 300, jitter: 2_000) {
                let settled = arrival.time - StreamClock.window - timeline.base
                if settled >= 8_000 { timeline.take(8_000, into: &samples) }
                let payload = [UInt8](repeating: UInt8(arrival.number % 250), count: 160)
                let packet = StreamClock.Packet(
                    timestamp: UInt32(160 * arrival.number), count: 160, arrival: arrival.time)
                _ = timeline.place(payload.span, .law(.muLaw), packet)
            }
            timeline.take(8_000, into: &samples)
            return samples
        }
        #expect(render() == render())
    }
}
