import RTP
import Testing

@Suite struct `Which SSRC is the party's` {
    private var lock = SSRCLock()

    private mutating func judge(_ ssrc: UInt32, _ milliseconds: Int...) -> [SSRCLock.Judgement] {
        milliseconds.map { self.lock.judge(ssrc, at: .zero + .milliseconds($0)) }
    }

    @Test mutating func `the first is, as long as it sends`() {
        #expect(self.judge(1, 0, 20, 40, 5_000) == [.accepted, .accepted, .accepted, .accepted])
    }

    @Test mutating func `another is when the one before has fallen silent, with all that it sent meanwhile`() {
        _ = self.judge(1, 0, 20)
        #expect(
            self.judge(2, 40, 60, 80, 100, 120, 140)
                == [.doubtful, .doubtful, .doubtful, .doubtful, .confirmed, .accepted])
        #expect(self.lock.ssrc == 2)
    }

    @Test mutating func `another is at once after a silence`() {
        _ = self.judge(1, 0)
        #expect(self.judge(2, 100) == [.accepted])
    }

    @Test mutating func `another is at once after a goodbye`() {
        _ = self.judge(1, 0)
        self.lock.leave(1)
        #expect(self.judge(2, 10) == [.accepted])
        _ = self.judge(3, 20)
        self.lock.leave(2)
        #expect(self.judge(3, 30) == [.confirmed])
    }

    @Test mutating func `the last packets of one may come after the first of the next`() {
        _ = self.judge(1, 0, 20)
        #expect(self.judge(2, 40) == [.doubtful])
        #expect(self.judge(1, 50, 90) == [.accepted, .accepted])
        #expect(self.judge(2, 100, 180) == [.doubtful, .doubtful])
        #expect(self.judge(2, 200) == [.confirmed])
    }

    @Test mutating func `one that sends beside the party is refused until that has been silent for two seconds`() {
        var judgements: [SSRCLock.Judgement] = []
        for number in 0..<100 {
            _ = self.judge(1, 20 * number)
            judgements += self.judge(2, 20 * number + 5)
        }
        #expect(judgements.prefix(5) == [.doubtful, .doubtful, .doubtful, .doubtful, .doubtful])
        #expect(judgements.dropFirst(5).allSatisfy { $0 == .refused })
        #expect(self.lock.ssrc == 1)
        #expect(self.judge(2, 3_979, 3_980) == [.refused, .accepted])
    }

    @Test mutating func `what was doubtful is not the party's when that goes on`() {
        _ = self.judge(1, 0)
        _ = self.judge(2, 10)
        #expect(self.judge(1, 20, 70, 90, 110) == [.accepted, .accepted, .restored, .accepted])
    }

    @Test mutating func `a third is refused while there is doubt about the second`() {
        _ = self.judge(1, 0)
        #expect(self.judge(2, 10) == [.doubtful])
        #expect(self.judge(3, 20) == [.refused])
    }
}
