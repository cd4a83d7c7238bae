/// Where a piece of sound was found in another, and how alike they are.
public struct AudioMatch: Hashable, Sendable {
    /// The place of the reference's first sample in the recording; below zero where the recording begins later.
    ///
    /// - Unit: samples.
    public var offset: Int
    /// Normalized correlation at that place: 1 for the same sound, about 0 for different ones.
    public var correlation: Double

    /// Describes a match.
    public init(offset: Int, correlation: Double) { (self.offset, self.correlation) = (offset, correlation) }
}

/// Compares what was recorded with what was played, as sound and not as bytes.
public enum AudioComparison {
    /// Finds a reference in a recording.
    ///
    /// The envelopes are laid over each other first; the best place is then refined sample by sample on the loudest
    /// two seconds that count.
    ///
    /// - Parameters:
    ///   - range: the offsets that come into question, in samples.
    ///   - leavingOut: spans of the recording that do not count, such as pauses, in samples.
    public static func match(
        _ reference: [Int16], in recording: [Int16], offsets range: ClosedRange<Int>, leavingOut: [Range<Int>] = []
    ) -> AudioMatch {
        let step = 80
        let played = Self.envelope(reference, step: step)
        var heard = Self.envelope(recording, step: step)
        var counts = [Bool](repeating: true, count: heard.count)
        for span in leavingOut {
            for index in counts.indices where span.overlaps(index * step..<(index + 1) * step) {
                counts[index] = false
                heard[index] = 0
            }
        }
        var best = AudioMatch(offset: range.lowerBound, correlation: -1)
        for lag in (range.lowerBound / step - 1)...(range.upperBound / step + 1) {
            let score = Self.correlation(played, heard, lag: lag, counts: counts)
            if score > best.correlation { best = AudioMatch(offset: lag * step, correlation: score) }
        }
        return Self.refined(best.offset, reference, recording, leavingOut: leavingOut, reach: 2 * step)
    }

    /// Finds a short piece sample by sample, where it is expected.
    ///
    /// - Parameters:
    ///   - place: where its first sample should be.
    ///   - reach: how far from there it is looked for, both ways.
    public static func find(_ piece: [Int16], in recording: [Int16], near place: Int, reach: Int) -> AudioMatch {
        var best = AudioMatch(offset: place, correlation: -1)
        for offset in max(0, place - reach)...max(0, place + reach) where offset + piece.count <= recording.count {
            var (both, one, two) = (0, 0, 0)
            for index in piece.indices {
                let (left, right) = (Int(piece[index]), Int(recording[offset + index]))
                both += left * right
                one += left * left
                two += right * right
            }
            let score = one > 0 && two > 0 ? Double(both) / (Double(one) * Double(two)).squareRoot() : 0
            if score > best.correlation { best = AudioMatch(offset: offset, correlation: score) }
        }
        return best
    }

    /// The level of a span.
    ///
    /// - Unit: decibels below full scale, as a negative number; -120 for digital silence.
    public static func level(_ samples: [Int16], in span: Range<Int>) -> Double {
        let span = span.clamped(to: samples.indices)
        guard !span.isEmpty else { return -120 }
        var sum = 0.0
        for index in span { sum += Double(samples[index]) * Double(samples[index]) }
        let root = (sum / Double(span.count)).squareRoot() / 32_768
        return root > 0.000_001 ? 20 * Self.log10(root) : -120
    }

    private static func envelope(_ samples: [Int16], step: Int) -> [Double] {
        var levels: [Double] = []
        levels.reserveCapacity(samples.count / step)
        var index = 0
        while index + step <= samples.count {
            var sum = 0.0
            for place in index..<index + step { sum += abs(Double(samples[place])) }
            levels.append(sum / Double(step))
            index += step
        }
        return levels
    }

    private static func correlation(_ reference: [Double], _ other: [Double], lag: Int, counts: [Bool]) -> Double {
        var (both, one, two) = (0.0, 0.0, 0.0)
        for index in reference.indices {
            let place = index + lag
            guard other.indices.contains(place), counts[place] else { continue }
            both += reference[index] * other[place]
            one += reference[index] * reference[index]
            two += other[place] * other[place]
        }
        return one > 0 && two > 0 ? both / (one * two).squareRoot() : 0
    }

    private static func refined(
        _ offset: Int, _ reference: [Int16], _ recording: [Int16], leavingOut: [Range<Int>], reach: Int
    ) -> AudioMatch {
        let length = 16_000
        var loudest: (start: Int, energy: Double) = (0, -1)
        var start = 0
        while start + length <= reference.count {
            let place = start + offset
            let span = place - reach..<place + length + reach
            if span.lowerBound >= 0, span.upperBound <= recording.count, !leavingOut.contains(where: span.overlaps) {
                var energy = 0.0
                for index in stride(from: start, to: start + length, by: 8) {
                    energy += Double(reference[index]) * Double(reference[index])
                }
                if energy > loudest.energy { loudest = (start, energy) }
            }
            start += 800
        }
        guard loudest.energy > 0 else { return AudioMatch(offset: offset, correlation: 0) }
        var best = AudioMatch(offset: offset, correlation: -1)
        for shift in -reach...reach {
            var (both, one, two) = (0.0, 0.0, 0.0)
            for index in stride(from: loudest.start, to: loudest.start + length, by: 2) {
                let (left, right) = (Double(reference[index]), Double(recording[index + offset + shift]))
                both += left * right
                one += left * left
                two += right * right
            }
            let score = one > 0 && two > 0 ? both / (one * two).squareRoot() : 0
            if score > best.correlation { best = AudioMatch(offset: offset + shift, correlation: score) }
        }
        return best
    }

    /// The decimal logarithm of a number in (0, 1], by its binary exponent and a series; no mathematics library is needed.
    private static func log10(_ value: Double) -> Double {
        let mantissa = value.significand
        let ratio = (mantissa - 1) / (mantissa + 1)
        let square = ratio * ratio
        var (term, sum) = (ratio, 0.0)
        for power in 0..<12 {
            sum += term / Double(2 * power + 1)
            term *= square
        }
        return (2 * sum + Double(value.exponent) * 0.693_147_180_559_945_3) / 2.302_585_092_994_046
    }
}
