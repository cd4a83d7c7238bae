/// Puts the halves of G.722's band together again: two rows of 8 kHz become one of 16.
///
/// - Source: ITU-T G.722 §4.4, §6.2.3: the receive quadrature mirror filter, table 11.
struct G722Synthesis {
    /// XD, XS: the last differences and sums of the halves, the newest first.
    private var differences = InlineArray<12, Int32>(repeating: 0)
    private var sums = InlineArray<12, Int32>(repeating: 0)

    private static let even: InlineArray<12, Int32> = [3, -11, 12, 32, -210, 951, 3_876, -805, 362, -156, 53, -11]
    private static let odd: InlineArray<12, Int32> = [-11, 53, -156, 362, -805, 3_876, 951, -210, 32, 12, -11, 3]

    /// Takes a sample of each half.
    ///
    /// - Returns: two samples, the earlier one first.
    mutating func combine(low: Int32, high: Int32) -> (Int32, Int32) {
        for index in (1..<12).reversed() {
            self.differences[index] = self.differences[index - 1]
            self.sums[index] = self.sums[index - 1]
        }
        self.differences[0] = low - high
        self.sums[0] = low + high
        var (first, second): (Int32, Int32) = (0, 0)
        for index in 0..<12 {
            first += self.differences[index] * Self.even[index]
            second += self.sums[index] * Self.odd[index]
        }
        return (Self.clip(first >> 11), Self.clip(second >> 11))
    }

    private static func clip(_ number: Int32) -> Int32 { min(max(number, -32_768), 32_767) }
}
