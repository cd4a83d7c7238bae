/// Tells speech from the noise of a line, by how loud frames of 20 ms are.
///
/// A frame is loud where it is 9 dB above the noise. The noise is the quietest frame of the last five seconds, since nobody
/// talks so long without a breath; frames of a silence that no line has, as where packets were lost, do not count. What is
/// above -35 dBov is always loud, what is below -55 dBov never. Speech begins with the second loud frame, so that a click is
/// none, and goes on for 200 ms behind the last, so that it is not cut between words.
struct VoiceDetector: Sendable {
    private var floors = InlineArray<8, Int64>(repeating: .max)
    private var place = 0
    private var count = 0
    private var loudFrames = 0
    private var hangover = 0
    /// Mean squares of loud frames, and how many there were.
    private var sum: Int64 = 0
    private var summed: Int64 = 0

    /// Frames a span: eight of these are 5.12 s.
    private static let spanCount = 32
    private static let hangoverCount = 10
    // Mean squares; 0 dBov is 32 768².
    private static let leastNoise: Int64 = 107
    private static let leastThreshold: Int64 = 3_395
    private static let greatestThreshold: Int64 = 339_546

    /// The mean square of all loud frames; nil where there was none.
    var meanSquare: Int64? { self.summed > 0 ? self.sum / self.summed : nil }

    /// Takes the next frame, and says whether it is speech.
    mutating func hear(meanSquare: Int64) -> Bool {
        if meanSquare >= Self.leastNoise {
            self.floors[self.place] = min(self.floors[self.place], meanSquare)
        }
        self.count += 1
        let noise = self.noise
        if self.count == Self.spanCount {
            (self.count, self.place) = (0, (self.place + 1) % 8)
            self.floors[self.place] = .max
        }
        let threshold = min(max(8 * noise, Self.leastThreshold), Self.greatestThreshold)
        guard meanSquare > threshold else {
            self.loudFrames = 0
            self.hangover = max(0, self.hangover - 1)
            return self.hangover > 0
        }
        self.loudFrames += 1
        self.sum &+= meanSquare
        self.summed += 1
        if self.loudFrames >= 2 { self.hangover = Self.hangoverCount + 1 }
        return self.hangover > 0
    }

    private var noise: Int64 {
        var noise = Self.greatestThreshold
        for index in self.floors.indices { noise = min(noise, self.floors[index]) }
        return noise
    }
}

/// Levels without floating point.
enum Decibels {
    /// 10 · log₁₀(x / 32 768²), in tenths; -999 for nothing at all.
    ///
    /// - Complexity: O(1): sixteen steps, each of which finds a binary digit of the logarithm by squaring.
    static func tenths(ofMeanSquare meanSquare: Int64) -> Int {
        guard meanSquare > 0 else { return -999 }
        let exponent = 63 - meanSquare.leadingZeroBitCount
        // From 1 to 2, in parts of 2³¹.
        var mantissa =
            exponent <= 31 ? UInt64(meanSquare) << UInt64(31 - exponent) : UInt64(meanSquare) >> UInt64(exponent - 31)
        var logarithm = (exponent - 30) << 16
        for digit in (0..<16).reversed() {
            mantissa = (mantissa * mantissa) >> 31
            guard mantissa >= 1 << 32 else { continue }
            mantissa >>= 1
            logarithm += 1 << digit
        }
        // 100 · log₁₀ 2 is 30.103.
        let (scaled, whole) = (logarithm * 30_103, 1_000 << 16)
        return (scaled + (scaled < 0 ? -whole : whole) / 2) / whole
    }
}
