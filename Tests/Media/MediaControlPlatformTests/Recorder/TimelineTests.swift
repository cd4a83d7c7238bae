import CallAudio
import CallCore
import Testing

@testable import MediaControlPlatform

/// Feeds a timeline by hand: packets of 20 ms, each full of one code.
private struct Tape {
    var timeline = Timeline(law: .muLaw)
    private var sequence = 0

    init(timeline: Timeline = Timeline(law: .muLaw)) { self.timeline = timeline }

    /// - Parameter missing: how many packets before it have not come; nil for one that was overtaken.
    @discardableResult
    mutating func put(
        _ code: UInt8, timestamp: UInt32, arrival: Int64, count: Int = 160, law: G711 = .muLaw, restart: Bool = false,
        missing: Int? = 0
    ) -> Timeline.Placement {
        let payload = [UInt8](repeating: code, count: count)
        if let missing { self.sequence += 1 + missing }
        let packet = StreamClock.Packet(
            timestamp: timestamp, count: Int64(count), arrival: arrival,
            sequence: missing == nil ? self.sequence - 1 : self.sequence, missing: missing, isRestart: restart)
        return self.timeline.place(payload.span, .law(law), packet)
    }

    mutating func take(_ count: Int) -> [UInt8] {
        var samples: [UInt8] = []
        self.timeline.take(count, into: &samples)
        return samples
    }
}

/// Rows of equal codes, as their code and length.
private func runs(_ samples: [UInt8]) -> [[Int]] {
    samples.reduce(into: []) { runs, code in
        if runs.last?.first == Int(code) { runs[runs.count - 1][1] += 1 } else { runs.append([Int(code), 1]) }
    }
}

private let silence = 0xFF

@Suite struct TimelineTests {
    @Test func `the packet that came quickest ends where it arrived, and the others lie where their timestamps say`() {
        var tape = Tape()
        tape.put(1, timestamp: 5_000, arrival: 400)
        tape.put(2, timestamp: 5_160, arrival: 640)
        tape.put(3, timestamp: 5_320, arrival: 700)
        #expect(runs(tape.take(800)) == [[silence, 220], [1, 160], [2, 160], [3, 160], [silence, 100]])
    }

    @Test func `what was said before the beginning is cut off`() {
        var tape = Tape()
        #expect(tape.put(1, timestamp: 0, arrival: 60) == .placed)
        #expect(runs(tape.take(100)) == [[1, 60], [silence, 40]])
        var other = Tape()
        #expect(other.put(1, timestamp: 0, arrival: 0) == .masked)
    }

    @Test func `a packet that was overtaken finds its place, and a lost one is silence of its length`() {
        var tape = Tape()
        tape.put(1, timestamp: 0, arrival: 160)
        tape.put(3, timestamp: 320, arrival: 480, missing: 1)
        tape.put(2, timestamp: 160, arrival: 500, missing: nil)
        tape.put(5, timestamp: 640, arrival: 800, missing: 1)
        #expect(runs(tape.take(800)) == [[1, 160], [2, 160], [3, 160], [silence, 160], [5, 160]])
    }

    @Test func `a packet whose place was taken out is late`() {
        var tape = Tape()
        tape.put(1, timestamp: 0, arrival: 160)
        tape.put(3, timestamp: 320, arrival: 480, missing: 1)
        _ = tape.take(400)
        #expect(tape.put(2, timestamp: 160, arrival: 500, missing: nil) == .late)
    }

    @Test func `silence has the code of the law`() {
        var muLaw = Tape()
        var aLaw = Tape(timeline: Timeline(law: .aLaw))
        #expect(muLaw.take(3) == [0xFF, 0xFF, 0xFF])
        #expect(aLaw.take(3) == [0xD5, 0xD5, 0xD5])
    }

    @Test func `the first packet settles the law, and others are turned into it`() {
        var tape = Tape()
        tape.put(0x2A, timestamp: 0, arrival: 160, law: .aLaw)
        tape.put(0x00, timestamp: 160, arrival: 320, law: .muLaw)
        #expect(tape.timeline.law == .aLaw)
        #expect(runs(tape.take(320)) == [[0x2A, 320]])
    }

    @Test func `timestamps wrap without a seam`() {
        var tape = Tape()
        tape.put(1, timestamp: .max - 79, arrival: 160)
        tape.put(2, timestamp: 80, arrival: 320)
        #expect(runs(tape.take(320)) == [[1, 160], [2, 160]])
    }

    @Test(arguments: [700_000_000, 0x7FFF_0000, 0x9000_0000, 4_294_000_000] as [UInt32])
    func `a jump of timestamps makes no hole and no hours: the clock decides`(jump: UInt32) {
        var tape = Tape()
        tape.put(1, timestamp: 100_000, arrival: 160)
        tape.put(2, timestamp: 100_160 &+ jump, arrival: 320)
        tape.put(3, timestamp: 100_320 &+ jump, arrival: 480)
        #expect(runs(tape.take(480)) == [[1, 160], [2, 160], [3, 160]])
    }

    @Test func `a sender that starts again is placed by its arrival`() {
        var tape = Tape()
        tape.put(1, timestamp: 0, arrival: 160)
        tape.put(2, timestamp: 77, arrival: 1_160, restart: true)
        #expect(runs(tape.take(1_160)) == [[1, 160], [silence, 840], [2, 160]])
    }

    @Test func `suppressed silence keeps its length`() {
        var tape = Tape()
        tape.put(1, timestamp: 0, arrival: 160)
        tape.put(2, timestamp: 16_000, arrival: 16_160)
        _ = tape.take(8_000)
        #expect(runs(tape.take(8_160)) == [[silence, 8_000], [2, 160]])
    }

    /// By 300 ms it could still be laid where it was said, by 10 s no more.
    @Test(arguments: [2_400, 80_000] as [Int64])
    func `a sender that stopped counting is placed by its arrival, and nothing of it is lost`(stop: Int64) {
        var tape = Tape()
        tape.put(1, timestamp: 0, arrival: 160)
        for number in 1...20 as ClosedRange<Int64> {
            tape.put(2, timestamp: UInt32(160 * number), arrival: stop + 160 * (number + 1))
        }
        #expect(runs(tape.take(Int(stop) + 3_360)) == [[1, 160], [silence, Int(stop)], [2, 3_200]])
        #expect(tape.timeline.late == 0)
    }

    @Test func `what waits when the sound is taken out is not lost`() {
        var tape = Tape()
        tape.put(1, timestamp: 0, arrival: 160)
        #expect(tape.put(2, timestamp: 160, arrival: 80_160) == .held)
        _ = tape.take(80_000)
        #expect(runs(tape.take(160)) == [[2, 160]])
    }

    @Test func `packets that were held up for longer than the window are late, and the rest comes to its place`() {
        var tape = Tape()
        tape.put(1, timestamp: 0, arrival: 160)
        for number in 1...100 { tape.put(2, timestamp: UInt32(160 * number), arrival: 16_160) }
        _ = tape.take(8_000)
        tape.put(3, timestamp: 16_160, arrival: 16_320)
        #expect(runs(tape.take(8_320)) == [[2, 8_160], [3, 160]])
    }

    @Test func `a first packet that was late by chance does not delay all others`() {
        var tape = Tape()
        tape.put(1, timestamp: 0, arrival: 1_160 + 300)
        tape.put(2, timestamp: 160, arrival: 1_320 + 500)
        tape.put(3, timestamp: 320, arrival: 1_480)
        tape.put(4, timestamp: 480, arrival: 1_640 + 200)
        #expect(runs(tape.take(1_640)) == [[silence, 1_000], [1, 160], [2, 160], [3, 160], [4, 160]])
    }

    @Test(arguments: [-160, -2_000, -8_000, 100, 160, 8_000] as [Int32])
    func `a jump of timestamps by a little makes no hole and covers nothing, since the numbers go on`(jump: Int32) {
        var tape = Tape()
        tape.put(1, timestamp: 100_000, arrival: 160)
        tape.put(2, timestamp: 100_160, arrival: 320)
        tape.put(3, timestamp: UInt32(bitPattern: 100_320 + jump), arrival: 480)
        tape.put(4, timestamp: UInt32(bitPattern: 100_480 + jump), arrival: 640)
        #expect(runs(tape.take(640)) == [[1, 160], [2, 160], [3, 160], [4, 160]])
    }

    @Test func `a packet that was overtaken by a jump of timestamps lies where its own said`() {
        var tape = Tape()
        tape.put(1, timestamp: 1_000, arrival: 160)
        tape.put(3, timestamp: 500_000, arrival: 480, missing: 1)
        tape.put(2, timestamp: 1_160, arrival: 500, missing: nil)
        #expect(runs(tape.take(480)) == [[1, 160], [2, 160], [3, 160]])
    }

    @Test(arguments: [80, 320] as [UInt32])
    func `timestamps that count wrongly do not matter, since packets come in time`(step: UInt32) {
        var tape = Tape()
        for number in 0..<50 as Range<UInt32> {
            tape.put(UInt8(number), timestamp: step * number, arrival: 160 * Int64(number + 1))
        }
        #expect(runs(tape.take(8_000)) == (0..<50).map { [$0, 160] })
    }

    @Test func `what is lost is a gap, what was not sent is none`() {
        var tape = Tape()
        tape.put(1, timestamp: 0, arrival: 160)
        tape.put(2, timestamp: 480, arrival: 640, missing: 2)
        tape.put(3, timestamp: 1_600, arrival: 1_760)
        // Of three that are missing one comes yet.
        tape.put(4, timestamp: 2_240, arrival: 2_400, missing: 3)
        tape.put(5, timestamp: 1_920, arrival: 2_401, missing: nil)
        // It was quiet, and then the beginning was lost.
        tape.put(6, timestamp: 4_000, arrival: 4_160, missing: 1)
        _ = tape.take(4_160)
        let gaps = tape.timeline.gaps
        #expect(gaps.spans == [160..<480, 1_760..<1_920, 2_080..<2_240, 3_840..<4_000])
        #expect([gaps.total, gaps.longest] == [800, 320])
        #expect(gaps.count == 4)
    }

    @Test func `packets that were held up for less than the window come to their places in one burst`() {
        var tape = Tape()
        tape.put(1, timestamp: 0, arrival: 160)
        for number in 1...20 { tape.put(UInt8(1 + number % 2), timestamp: UInt32(160 * number), arrival: 3_400) }
        tape.put(9, timestamp: 3_360, arrival: 3_520)
        let samples = tape.take(3_520)
        #expect(runs(samples).count == 22)
        #expect(runs(samples).allSatisfy { $0[1] == 160 })
    }

    @Test func `nothing lies further ahead than a quarter of a second, however fast packets come`() {
        var tape = Tape()
        for number in 0..<200 { tape.put(1, timestamp: UInt32(160 * number), arrival: 160) }
        let samples = tape.take(32_000)
        #expect(samples.lastIndex(of: 1).map { $0 < 160 + 2_000 + 160 } == true)
    }

    @Test func `a pause is silence of its full length, from the very sample on`() {
        var tape = Tape()
        for number in 0..<4 { tape.put(1, timestamp: UInt32(160 * number), arrival: 160 * Int64(number + 1)) }
        tape.timeline.pause(at: 500)
        tape.timeline.resume(at: 1_000)
        // Half of it was said in the pause.
        tape.put(2, timestamp: 920, arrival: 1_080)
        tape.put(3, timestamp: 1_080, arrival: 1_240)
        #expect(runs(tape.take(1_240)) == [[1, 500], [silence, 500], [2, 80], [3, 160]])
    }

    @Test func `timestamps that jumped in a pause cost nothing after it`() {
        var tape = Tape()
        tape.put(1, timestamp: 0, arrival: 160)
        tape.timeline.pause(at: 200)
        tape.timeline.resume(at: 80_000)
        _ = tape.take(78_000)
        tape.put(2, timestamp: 160, arrival: 80_240)
        #expect(runs(tape.take(2_240)) == [[silence, 2_080], [2, 160]])
    }

    @Test func `packets of any length lie end to end`() {
        var tape = Tape()
        var timestamp: UInt32 = 0
        for count in [80, 240, 480, 160, 1] {
            tape.put(UInt8(count % 251), timestamp: timestamp, arrival: Int64(timestamp) + Int64(count), count: count)
            timestamp += UInt32(count)
        }
        tape.put(0, timestamp: timestamp, arrival: 2_000, count: 0)
        #expect(runs(tape.take(961)).map { $0[1] } == [80, 240, 480, 160, 1])
    }

    /// Ten minutes of a clock that is wrong by 200 millionths are 120 ms.
    @Test(arguments: [200, -200, 1_000, -1_000] as [Int64])
    func `a clock that runs wrong by so many millionths is followed, without a hole`(drift: Int64) {
        var tape = Tape()
        var samples: [UInt8] = []
        let count: Int64 = 30_000
        var arrival: Int64 = 0
        for number in 0..<count {
            arrival = (number + 1) * 160 * (1_000_000 + drift) / 1_000_000
            tape.put(0x10, timestamp: UInt32(truncatingIfNeeded: 160 * number), arrival: arrival)
            if arrival - StreamClock.window - tape.timeline.base >= 8_000 {
                samples.removeAll(keepingCapacity: true)
                tape.timeline.take(8_000, into: &samples)
                #expect(tape.timeline.base < 16_000 || !samples.contains(UInt8(silence)))
            }
        }
        // The last packet ends about where it arrived.
        let end = tape.timeline.base + Int64(tape.timeline.buffered)
        // 4 ms.
        #expect(abs(end - arrival) <= 32)
    }

    @Test func `single packets that are late move nothing`() {
        var tape = Tape()
        for number in 0..<2_000 as Range<Int64> {
            let arrival = 160 * (number + 1) + (number % 10 == 3 ? 900 : 0)
            tape.put(UInt8(number % 200), timestamp: UInt32(160 * number), arrival: arrival)
            if tape.timeline.base + 12_000 <= arrival { _ = tape.take(8_000) }
        }
        let base = Int(tape.timeline.base)
        #expect(runs(tape.take(320_000 - base)).allSatisfy { $0[1] == 160 })
    }
}
