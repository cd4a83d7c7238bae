/// A sound that is there whole: a beep, an announcement, music. Mono at 8 kHz; copies share the samples.
public struct SoundClip: Hashable, Sendable {
    /// What is heard, at most ``maximumCount``.
    public let samples: [Int16]

    /// - Unit: samples, ten minutes.
    public static let maximumCount = 600 * 8_000

    /// Takes samples; those past the longest that a clip can be are left out.
    public init(samples: [Int16]) {
        self.samples = samples.count > Self.maximumCount ? Array(samples.prefix(Self.maximumCount)) : samples
    }

    /// How long it is.
    public var duration: Duration { .microseconds(125 * self.samples.count) }

    /// Makes a tone that rises and falls within 5 ms, so that it does not click. What is out of the tone's bounds is
    /// brought within them.
    public init(_ tone: PromptTone) {
        let count = Int(min(max(tone.duration, .zero), .seconds(10)) / .microseconds(125))
        let frequency = min(max(tone.frequency, 100), 3_900)
        let peak = Self.peak(ofLevel: min(max(tone.level, -60), 0))
        let ramp = max(1, min(40, count / 2))
        self.samples = (0..<count).map { index in
            let edge = Double(min(ramp, index, count - 1 - index)) / Double(ramp)
            return Int16(peak * edge * Self.sine(eighthsOfMillisecond: index, frequency: frequency))
        }
    }

    /// The peak of a sine of a level: one that fills the range of G.711 has 3.17 dBm0.
    ///
    /// - Source: ITU-T G.711 §4.
    private static func peak(ofLevel level: Int) -> Double {
        // 10^(-1/20), and 32 768 times 10^(-3.17/20).
        (level..<0).reduce(22_748.5) { peak, _ in peak * 0.891_250_938_1 }
    }

    /// The sine after so many samples, by its series: the core uses no mathematics library.
    private static func sine(eighthsOfMillisecond index: Int, frequency: Int) -> Double {
        // A whole second has whole periods; half a turn at most is left, counted from the middle.
        let part = index % 8_000 * frequency % 8_000
        let angle = (Double(part) / 4_000 - 1) * Double.pi
        var (term, sum) = (angle, angle)
        for step in 1...12 {
            term *= -angle * angle / Double(2 * step * (2 * step + 1))
            sum += term
        }
        return -sum
    }
}
