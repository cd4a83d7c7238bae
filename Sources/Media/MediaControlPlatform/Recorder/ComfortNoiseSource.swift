/// The noise of a line on which nobody speaks, as loud as its sender says. Always the same, so that a recording that is
/// rendered again is the same.
///
/// - Source: RFC 3389; of the spectrum nothing is made.
struct ComfortNoiseSource: Sendable {
    private var state: UInt32 = 1
    /// - Unit: sample values.
    private var peak: Int32 = 0

    /// Takes the level.
    ///
    /// - Parameter level: in dBov, its sign dropped, 0 to 127.
    mutating func set(level: UInt8) {
        // Noise between -p and p has p / √3 as its effective value, and that of the loudest sound is full scale.
        var value = 32_767 * 1.732_050_807_568_877_2
        for _ in 0..<level { value *= 0.891_250_938_133_745_6 }
        self.peak = Int32(min(value, 32_767))
    }

    /// The next sample.
    mutating func next() -> Int16 {
        self.state = self.state &* 1_664_525 &+ 1_013_904_223
        let unit = Int64(Int32(bitPattern: self.state) >> 16)
        return Int16(clamping: unit * Int64(self.peak) / 32_768)
    }
}
