import RTP
import Testing

@Suite struct `Sequence numbers` {
    private var tracker = SequenceTracker()

    private mutating func receive(_ numbers: UInt16..., ssrc: UInt32 = 1) -> [SequenceTracker.Arrival] {
        numbers.map { self.tracker.receive($0, ssrc: ssrc) }
    }

    @Test mutating func `a row without gaps loses nothing`() {
        #expect(self.receive(10, 11, 12) == [.restarted(10, .first), .next(11, missing: 0), .next(12, missing: 0)])
        #expect(self.tracker.received == 3)
        #expect(self.tracker.lost == 0)
        #expect(self.tracker.restarts == 0)
    }

    @Test mutating func `numbers go on rising when they wrap`() {
        #expect(
            self.receive(65_534, 65_535, 0, 1) == [
                .restarted(65_534, .first), .next(65_535, missing: 0), .next(65_536, missing: 0),
                .next(65_537, missing: 0),
            ])
        #expect(self.tracker.lost == 0)
    }

    @Test mutating func `a gap across the wrap is counted`() {
        #expect(self.receive(65_535, 2) == [.restarted(65_535, .first), .next(65_538, missing: 2)])
        #expect(self.tracker.lost == 2)
    }

    @Test mutating func `a packet that was overtaken fills its gap`() {
        #expect(self.receive(1, 3, 2) == [.restarted(1, .first), .next(3, missing: 1), .reordered(2)])
        #expect(self.tracker.received == 3)
        #expect(self.tracker.lost == 0)
    }

    @Test mutating func `a packet that was overtaken by the very first counts`() {
        #expect(self.receive(0, 65_535) == [.restarted(0, .first), .reordered(-1)])
        #expect(self.tracker.received == 2)
        #expect(self.tracker.expected == 2)
    }

    @Test mutating func `a packet that comes again is counted once`() {
        #expect(
            self.receive(1, 2, 1, 2) == [.restarted(1, .first), .next(2, missing: 0), .duplicate(1), .duplicate(2)])
        #expect(self.tracker.received == 2)
        #expect(self.tracker.duplicate == 2)
        #expect(self.tracker.lost == 0)
    }

    @Test func `a packet past the window is late and is not lost`() {
        var tracker = SequenceTracker(window: 8)
        for number in (100...120 as ClosedRange<UInt16>) where number != 105 { _ = tracker.receive(number, ssrc: 1) }
        #expect(tracker.lost == 1)
        #expect(tracker.receive(105, ssrc: 1) == .late(105))
        #expect(tracker.late == 1)
        #expect(tracker.lost == 0)
        #expect(tracker.received == 20)
    }

    @Test mutating func `a jump far ahead is a sender that started again`() {
        #expect(self.receive(1, 2) == [.restarted(1, .first), .next(2, missing: 0)])
        #expect(
            self.receive(40_000, 40_001) == [
                .restarted(65_536 + 40_000, .numbersJumped), .next(65_536 + 40_001, missing: 0),
            ])
        #expect(self.tracker.lost == 0)
        #expect(self.tracker.received == 4)
        #expect(self.tracker.restarts == 1)
    }

    @Test mutating func `a long gap is a gap and not a new beginning`() {
        #expect(self.receive(0, 3_000) == [.restarted(0, .first), .next(3_000, missing: 2_999)])
        #expect(self.tracker.lost == 2_999)
    }

    @Test mutating func `one packet from long ago is late`() {
        #expect(self.receive(1_000, 500, 1_001) == [.restarted(1_000, .first), .late(500), .next(1_001, missing: 0)])
        #expect(self.tracker.restarts == 0)
    }

    @Test mutating func `two in a row from long ago are a sender that started again`() {
        #expect(
            self.receive(1_000, 500, 501, 502) == [
                .restarted(1_000, .first), .late(500), .restarted(65_536 + 501, .numbersJumped),
                .next(65_536 + 502, missing: 0),
            ])
        #expect(self.tracker.received == 4)
        #expect(self.tracker.late == 0)
        #expect(self.tracker.lost == 0)
    }

    @Test mutating func `what was lost before a new beginning stays lost`() {
        _ = self.receive(1, 4)
        _ = self.receive(30_000, 30_002)
        #expect(self.tracker.lost == 3)
    }

    @Test mutating func `another SSRC is a new beginning`() {
        _ = self.receive(5)
        #expect(self.receive(6, ssrc: 2) == [.restarted(65_536 + 6, .sourceChanged)])
        #expect(self.tracker.ssrc == 2)
        #expect(self.tracker.restarts == 1)
        #expect(self.tracker.lost == 0)
    }

    @Test mutating func `a stream is proven by two packets in a row, and anew after each new beginning`() {
        _ = self.receive(10, 12)
        #expect(!self.tracker.isProven)
        _ = self.receive(13)
        #expect(self.tracker.isProven)
        _ = self.receive(7, ssrc: 2)
        #expect(!self.tracker.isProven)
        _ = self.receive(8, ssrc: 2)
        #expect(self.tracker.isProven)
    }

    @Test func `before the first packet nothing is expected`() {
        #expect(SequenceTracker().expected == 0)
        #expect(SequenceTracker().highest == nil)
    }

    @Test func `whatever comes, every packet is counted exactly once`() {
        var tokens = TokenGenerator(seed: 3_550)
        var tracker = SequenceTracker()
        for count in 1...50_000 {
            let number = UInt16(truncatingIfNeeded: count + Int.random(in: -130...130, using: &tokens))
            let arrival = tracker.receive(
                UInt8.random(in: 0...255, using: &tokens) == 0 ? UInt16.random(in: 0...65_535, using: &tokens) : number,
                ssrc: 1)
            #expect(tracker.received + tracker.late + tracker.duplicate == count)
            #expect(arrival.extended <= tracker.highest ?? 0)
            #expect(tracker.lost >= 0)
        }
    }

    @Test(arguments: 0..<40 as Range<UInt64>)
    func `what a network loses, doubles and reorders is counted as it was`(seed: UInt64) {
        var tokens = TokenGenerator(seed: seed)
        let first = Int.random(in: 0...65_535, using: &tokens)
        var arriving: [(order: Int, number: Int)] = []
        var (lost, doubled) = (0, 0)
        // The first and the last arrive: what is lost around them nobody can know.
        for number in 0..<3_000 {
            if number > 100, number < 2_900, Int.random(in: 0..<10, using: &tokens) == 0 {
                lost += 1
                continue
            }
            let delay = number == 0 ? 0 : Int.random(in: 0...20, using: &tokens)
            arriving.append((number + delay, number))
            guard number > 0, Int.random(in: 0..<20, using: &tokens) == 0 else { continue }
            doubled += 1
            arriving.append((number + delay + Int.random(in: 0...20, using: &tokens), number))
        }
        arriving.sort { ($0.order, $0.number) < ($1.order, $1.number) }
        var tracker = SequenceTracker()
        var statistics = ReceptionStatistics()
        var missing = 0
        for (_, number) in arriving {
            switch tracker.receive(UInt16(truncatingIfNeeded: first + number), ssrc: 1) {
            case .next(_, let gap): missing += gap
            case .reordered: missing -= 1
            case .restarted(let extended, let beginning):
                #expect(extended == first && beginning == .first)
            case .late, .duplicate: break
            }
        }
        #expect(tracker.received == 3_000 - lost)
        #expect(tracker.duplicate == doubled)
        #expect(tracker.lost == lost)
        #expect(missing == lost)
        #expect(tracker.highest == first + 2_999)
        #expect(tracker.late == 0 && tracker.restarts == 0)
        let report = statistics.report(on: tracker, at: .zero)
        // As RFC 3550 appendix A.3 counts: whatever came twice makes up for something lost.
        #expect(report.map { Int($0.cumulativeLost) } == lost - doubled)
        #expect(report.map { Int($0.highestSequenceNumber) } == first + 2_999)
    }

    @Test mutating func `each run of numbers has its own counts, and the one before it is kept`() {
        _ = self.receive(65_534, 1, 0, 0)
        #expect(
            self.tracker.present
                == SequenceRun(ssrc: 1, first: 65_534, last: 65_537, received: 3, lost: 1, duplicate: 1))
        #expect(self.tracker.previous == nil)
        _ = self.receive(7, 9, ssrc: 2)
        #expect(
            self.tracker.previous
                == SequenceRun(ssrc: 1, first: 65_534, last: 65_537, received: 3, lost: 1, duplicate: 1))
        #expect(self.tracker.present == SequenceRun(ssrc: 2, first: 131_079, last: 131_081, received: 2, lost: 1))
    }

    @Test mutating func `another name, or a jump, shows before it is taken that numbers would begin anew`() {
        #expect(!self.tracker.follows(5, ssrc: 1))
        _ = self.receive(65_000)
        #expect(self.tracker.follows(64_000, ssrc: 1))
        #expect(self.tracker.follows(2_464, ssrc: 1))
        #expect(!self.tracker.follows(2_465, ssrc: 1))
        #expect(!self.tracker.follows(65_001, ssrc: 2))
    }
}
