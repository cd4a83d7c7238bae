/// Brings 16 kHz to 8: takes away what lies above 4 kHz, and then every second sample.
///
/// A linear-phase filter whose response is symmetric about 4 kHz: flat within 0.01 dB to 3 400 Hz, where the telephone's
/// band ends, and 65 dB down from 4 600 Hz, which would be heard there.
struct HalfBand {
    /// The last samples with even numbers, the newest first; every one counts.
    private var even = InlineArray<24, Int32>(repeating: 0)
    /// The last samples with odd numbers; only the one in the middle counts.
    private var odd = InlineArray<13, Int32>(repeating: 0)

    /// How much later than it went in the sound comes out: half of the filter's 47 taps.
    ///
    /// - Unit: samples of 16 kHz.
    static let delay = 23

    /// One side of the filter, from its middle outwards, without every second one, which is 0: sin(πn/2) / πn under a Kaiser
    /// window of β = 5; the middle is 16 384, and all together are 32 768.
    private static let side: InlineArray<12, Int32> = [
        10_390, -3_347, 1_875, -1_206, 813, -553, 371, -241, 149, -85, 43, -17,
    ]

    /// Takes two samples.
    ///
    /// - Returns: one.
    mutating func halve(_ first: Int32, _ second: Int32) -> Int16 {
        for index in (1..<24).reversed() { self.even[index] = self.even[index - 1] }
        for index in (1..<13).reversed() { self.odd[index] = self.odd[index - 1] }
        (self.even[0], self.odd[0]) = (first, second)
        var sum = self.odd[12] << 14
        for index in 0..<12 { sum += Self.side[index] * (self.even[11 - index] + self.even[12 + index]) }
        return Int16(clamping: (sum + 0x4000) >> 15)
    }
}
