/// Measures how much of a sound is one tone.
public enum ToneMeter {
    /// The level of a tone in a span, in dBm0: a sine that fills the range of G.711 has 3.17.
    ///
    /// - Source: Goertzel's algorithm.
    public static func level(of frequency: Int, in samples: some Collection<Int16>) -> Double {
        guard !samples.isEmpty else { return -120 }
        let coefficient = 2 * Self.cosine(turns: Double(frequency) / 8_000)
        var (one, two) = (0.0, 0.0)
        for sample in samples { (one, two) = (Double(sample) + coefficient * one - two, one) }
        let power = max(0, one * one + two * two - coefficient * one * two)
        let amplitude = 2 * power.squareRoot() / Double(samples.count)
        return amplitude < 0.01 ? -120 : 20 * Self.log10(amplitude / 32_768) + 3.17
    }

    /// A cosine by its series; no mathematics library is needed.
    private static func cosine(turns: Double) -> Double {
        let angle = (turns - turns.rounded()) * 2 * Double.pi
        var (term, sum) = (1.0, 1.0)
        for step in 1...14 {
            term *= -angle * angle / Double((2 * step - 1) * 2 * step)
            sum += term
        }
        return sum
    }

    private static func log10(_ value: Double) -> Double {
        let ratio = (value.significand - 1) / (value.significand + 1)
        var (term, sum) = (ratio, 0.0)
        for power in 0..<12 {
            sum += term / Double(2 * power + 1)
            term *= ratio * ratio
        }
        return (2 * sum + Double(value.exponent) * 0.693_147_180_559_945_3) / 2.302_585_092_994_046
    }
}
