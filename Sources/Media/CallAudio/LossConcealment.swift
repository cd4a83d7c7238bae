/// Makes up what was lost of a voice: the last period of its pitch goes on, and fades away.
///
/// After 10 ms it grows quieter, by a fifth every 10 ms, so that after 60 ms there is silence: a longer gap is told, not made
/// up. Where sound comes again it is faded in over what was made up. Integers only, so the same samples make the same.
///
/// - Source: ITU-T G.711 appendix I, without its delay: the join is made within what is made up, not before it.
public struct LossConcealment: Sendable {
    /// The last samples that were heard, at most ``historyCount``.
    private var history: [Int16] = []
    /// What is repeated; empty where nothing is being made up.
    private var period: [Int32] = []
    /// How much was made up since sound was last heard.
    private var madeUp = 0

    private static let shortestPeriod = 40
    private static let longestPeriod = 120
    /// The last 20 ms are compared with what came before.
    private static let comparedCount = 160
    private static let historyCount = Self.comparedCount + Self.longestPeriod
    private static let fadeStart = 80
    private static let fadeCount = 400

    /// Nothing was heard yet.
    public init() {}

    /// Takes samples that were heard, and joins them to what was made up before.
    ///
    /// - Parameters:
    ///   - samples: at their end those that were heard; the first of them change where something was made up.
    ///   - start: where those that were heard begin.
    public mutating func hear(_ samples: inout [Int16], from start: Int) {
        guard (0..<samples.count).contains(start) else { return }
        if !self.period.isEmpty {
            // A quarter of the period, and 4 ms more for each 10 ms that were lost, up to 10 ms.
            let count = min(self.period.count / 4 + 32 * (self.madeUp / 80), 80, samples.count - start)
            for index in 0..<count {
                let (new, old) = (Int32(samples[start + index]), Int32(self.next()))
                let mixed = (new * Int32(index + 1) + old * Int32(count - index)) / Int32(count + 1)
                samples[start + index] = Int16(clamping: mixed)
            }
            self.period.removeAll(keepingCapacity: true)
        }
        self.madeUp = 0
        let kept = max(start, samples.count - Self.historyCount)
        let surplus = self.history.count + samples.count - kept - Self.historyCount
        if surplus > 0 { self.history.removeFirst(min(surplus, self.history.count)) }
        self.history.append(contentsOf: samples[kept...])
    }

    /// Makes up samples.
    ///
    /// - Parameters:
    ///   - count: so many are appended; none where it is negative.
    ///   - samples: takes them.
    public mutating func conceal(_ count: Int, into samples: inout [Int16]) {
        if self.period.isEmpty { self.begin() }
        samples.reserveCapacity(samples.count + max(count, 0))
        for _ in 0..<max(count, 0) { samples.append(self.next()) }
    }

    private mutating func next() -> Int16 {
        let passed = self.madeUp - Self.fadeStart
        guard passed < Self.fadeCount else { return 0 }
        let sample = self.period[self.madeUp % self.period.count]
        self.madeUp += 1
        return Int16(clamping: passed <= 0 ? sample : sample * Int32(Self.fadeCount - passed) / Int32(Self.fadeCount))
    }

    private mutating func begin() {
        guard self.history.count == Self.historyCount else {
            self.period = [0]
            return
        }
        let count = self.pitch()
        let end = self.history.count
        self.period = self.history[(end - count)...].map { Int32($0) }
        // The end of the period is led to what comes before its beginning, so that it can be repeated without a click.
        let join = count / 4
        for index in 0..<join {
            let before = Int32(self.history[end - count - join + index])
            let place = count - join + index
            self.period[place] =
                (self.period[place] * Int32(join - index) + before * Int32(index + 1)) / Int32(join + 1)
        }
    }

    /// The distance at which the last 20 ms are most like what came before them.
    private func pitch() -> Int {
        let start = self.history.count - Self.comparedCount
        var (best, bestLikeness) = (Self.longestPeriod, -1.0)
        for distance in Self.shortestPeriod...Self.longestPeriod {
            var (product, energy): (Int64, Int64) = (0, 1)
            for index in start..<self.history.count {
                let before = Int64(self.history[index - distance])
                product += Int64(self.history[index]) * before
                energy += before * before
            }
            guard product > 0 else { continue }
            let likeness = Double(product) * Double(product) / Double(energy)
            if likeness > bestLikeness { (best, bestLikeness) = (distance, likeness) }
        }
        return best
    }
}
