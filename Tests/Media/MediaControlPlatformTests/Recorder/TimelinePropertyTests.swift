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
            let time = Int64(160 * (number + 1)) + Int64(tokens.next() % UInt64(max(jitter, 1)))
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
        // Below the threshold of the correction of clocks, so that places are exact.
        let arrivals = self.arrivals(&tokens, count: count, jitter: 300)
        let offset = UInt32(truncatingIfNeeded: tokens.next())
        var timeline = Timeline(law: .muLaw)
        var samples: [UInt8] = []
        var seen: Set<Int> = []
        var highest = -1
        for arrival in arrivals where seen.insert(arrival.number).inserted {
            let settled = arrival.time - Timeline.window - timeline.base
            if settled > 0 { timeline.take(Int(settled), into: &samples) }
            let packet = Timeline.Packet(
                law: .muLaw, timestamp: offset &+ UInt32(160 * arrival.number), arrival: arrival.time,
                isNewest: arrival.number > highest, isSuccessor: arrival.number == highest + 1)
            highest = max(highest, arrival.number)
            let payload = [UInt8](repeating: UInt8(arrival.number % 250), count: 160)
            #expect(timeline.place(payload.span, packet) != .late)
        }
        timeline.take(160 * (count + 4) - samples.count, into: &samples)
        // All are moved by the delay of the first that came.
        let first = arrivals[0]
        let shift = Int(first.time) - 160 * (first.number + 1)
        let wrong = (0..<count).filter { number in
            let expected: UInt8 = seen.contains(number) ? UInt8(number % 250) : 0xFF
            let place = 160 * number + shift
            return !samples[max(0, place)..<max(0, place + 160)].allSatisfy { $0 == expected }
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
        for _ in 0..<600 {
            now += Int64(tokens.next() % (tokens.next() % 50 == 0 ? 40_000 : 400))
            let settled = now - Timeline.window - timeline.base
            var samples: [UInt8] = []
            if settled > 0 { timeline.take(Int(settled), into: &samples) }
            taken += samples.count
            switch tokens.next() % 40 {
            case 0: timeline.pause(at: now)
            case 1: timeline.resume(at: now)
            default: break
            }
            let payload = [UInt8](repeating: 1, count: Int(tokens.next() % 500))
            let packet = Timeline.Packet(
                law: tokens.next() % 2 == 0 ? .muLaw : .aLaw,
                timestamp: UInt32(truncatingIfNeeded: tokens.next() % 3 == 0 ? tokens.next() : UInt64(now)),
                arrival: now,
                isRestart: tokens.next() % 20 == 0, isNewest: tokens.next() % 4 != 0,
                isSuccessor: tokens.next() % 2 == 0)
            _ = timeline.place(payload.span, packet)
            most = max(most, timeline.buffered)
        }
        #expect(timeline.base == Int64(taken))
        #expect(most <= Int(Timeline.window + Timeline.maximumLead) + 1_000)
    }

    @Test(arguments: 0..<10 as Range<UInt64>) func `the same packets make the same samples`(seed: UInt64) {
        func render() -> [UInt8] {
            var tokens = TokenGenerator(seed: seed)
            var timeline = Timeline(law: .muLaw)
            var samples: [UInt8] = []
            for arrival in self.arrivals(&tokens, count: 300, jitter: 2_000) {
                let settled = arrival.time - Timeline.window - timeline.base
                if settled >= 8_000 { timeline.take(8_000, into: &samples) }
                let payload = [UInt8](repeating: UInt8(arrival.number % 250), count: 160)
                let packet = Timeline.Packet(
                    law: .muLaw, timestamp: UInt32(160 * arrival.number), arrival: arrival.time)
                _ = timeline.place(payload.span, packet)
            }
            timeline.take(8_000, into: &samples)
            return samples
        }
        #expect(render() == render())
    }
}
