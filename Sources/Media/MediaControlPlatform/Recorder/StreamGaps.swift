/// What of one party's sound was lost.
struct StreamGaps: Hashable, Sendable {
    /// Where the first gaps are, in samples since the recording began; at most ``limit``.
    private(set) var spans: [Range<Int64>] = []
    /// How many gaps there are; gaps that touch are one.
    private(set) var count = 0
    /// - Unit: samples, of all together.
    private(set) var total: Int64 = 0
    /// - Unit: samples.
    private(set) var longest: Int64 = 0

    /// No more spans are listed; all are counted.
    static let limit = 100

    private var last: Range<Int64>?

    /// Takes the next gap, in order.
    mutating func add(_ gap: Range<Int64>) {
        var gap = gap
        self.total += Int64(gap.count)
        if let last = self.last, last.upperBound == gap.lowerBound {
            gap = last.lowerBound..<gap.upperBound
            if self.count <= Self.limit { self.spans[self.spans.count - 1] = gap }
        } else {
            self.count += 1
            if self.count <= Self.limit { self.spans.append(gap) }
        }
        self.last = gap
        self.longest = max(self.longest, Int64(gap.count))
    }
}
