import CallAudio

/// Makes up what was lost of G.711 from the sound before it, while it is taken out. All else stays as it came, but for
/// the first 10 ms after a gap, into which what was made up fades.
struct GapFiller: Sendable {
    /// The end of what was taken out before.
    private var before: [UInt8] = []
    /// Of a gap that reaches to the end of what was taken out.
    private var concealment: LossConcealment?
    private var heard: [Int16] = []

    /// As much as ``LossConcealment`` looks back.
    private static let historyCount = 280
    private static let joinCount = 80

    /// Fills gaps in the codes that are taken out.
    ///
    /// - Parameters:
    ///   - gaps: places among the codes, in order.
    ///   - start: where the codes begin that are taken out now.
    mutating func fill(_ gaps: [Range<Int>], of law: G711, in codes: inout [UInt8], from start: Int) {
        defer { self.before = Array(codes[max(start, codes.count - Self.historyCount)...]) }
        guard !gaps.isEmpty || self.concealment != nil else { return }
        var concealment = self.concealment ?? self.primed(law)
        var place = start
        for gap in gaps {
            self.hear(place..<gap.lowerBound, &concealment, law, &codes)
            self.heard.removeAll(keepingCapacity: true)
            concealment.conceal(gap.count, into: &self.heard)
            for (index, sample) in zip(gap, self.heard) { codes[index] = law.encode(sample) }
            place = gap.upperBound
        }
        self.hear(place..<codes.count, &concealment, law, &codes)
        self.concealment = place < codes.count ? nil : concealment
    }

    private func primed(_ law: G711) -> LossConcealment {
        var concealment = LossConcealment()
        var heard = self.before.map(law.decode)
        concealment.hear(&heard, from: 0)
        return concealment
    }

    private mutating func hear(
        _ span: Range<Int>, _ concealment: inout LossConcealment, _ law: G711, _ codes: inout [UInt8]
    ) {
        guard !span.isEmpty else { return }
        self.heard.removeAll(keepingCapacity: true)
        law.decode(codes.span.extracting(span), into: &self.heard)
        concealment.hear(&self.heard, from: 0)
        // Where nothing was made up before, this is what it was.
        for (index, sample) in zip(span, self.heard.prefix(Self.joinCount)) where law.decode(codes[index]) != sample {
            codes[index] = law.encode(sample)
        }
    }
}
