/// What the code words of one half of G.722's band stand for.
///
/// - Source: ITU-T G.722 §6.2, tables 14 to 21: QM2, QM4, QM6, WL with RL42, WH with RH2, ILB.
struct G722Quantizer: Sendable {
    /// The difference, in parts of 32 768 of the scale, that each code word stands for.
    let output: [Int32]
    /// The same for the bits of the code word that the decoder learns from.
    let core: [Int32]
    /// Low bits of the code word that are not learned from.
    let droppedBits: Int
    /// What each of those codes does to the logarithm of the scale.
    let logarithmSteps: [Int32]
    let logarithmLimit: Int32
    /// By how many bits the scale is smaller than the other half's at most.
    private let shift: Int32

    /// The scale of a logarithm, in steps of a 32nd of an octave.
    func scale(for logarithm: Int32) -> Int32 {
        let mantissa = Self.powers[Int(logarithm >> 6 & 31)]
        let exponent = self.shift - logarithm >> 11
        return (exponent < 0 ? mantissa << -exponent : mantissa >> exponent) << 2
    }

    /// 0 to 4 kHz: six bits, of which the decoder learns from four.
    static let low = G722Quantizer(
        output: [-136, -136, -136, -136] + Self.negative(Self.sixBits) + Self.sixBits + [432, 136, -432, -136],
        core: [0] + Self.negative(Self.fourBits) + Self.fourBits + [0], droppedBits: 2,
        logarithmSteps: [-60, 3_042, 1_198, 538, 334, 172, 58, -30, 3_042, 1_198, 538, 334, 172, 58, -30, -60],
        logarithmLimit: 18_432, shift: 8)

    /// 4 to 8 kHz: two bits.
    static let high = G722Quantizer(
        output: Self.twoBits, core: Self.twoBits, droppedBits: 0, logarithmSteps: [798, -214, 798, -214],
        logarithmLimit: 22_528, shift: 10)

    private static func negative(_ numbers: [Int32]) -> [Int32] { numbers.map(-) }

    private static let twoBits: [Int32] = [-7_408, -1_616, 7_408, 1_616]
    private static let fourBits: [Int32] = [20_456, 12_896, 8_968, 6_288, 4_240, 2_584, 1_200]
    private static let sixBits: [Int32] = [
        24_808, 21_904, 19_008, 16_704, 14_984, 13_512, 12_280, 11_192, 10_232, 9_360, 8_576, 7_856, 7_192, 6_576,
        6_000,
        5_456, 4_944, 4_464, 4_008, 3_576, 3_168, 2_776, 2_400, 2_032, 1_688, 1_360, 1_040, 728,
    ]
    /// 2 048 · 2^(n/32).
    private static let powers: [Int32] = [
        2_048, 2_093, 2_139, 2_186, 2_233, 2_282, 2_332, 2_383, 2_435, 2_489, 2_543, 2_599, 2_656, 2_714, 2_774, 2_834,
        2_896, 2_960, 3_025, 3_091, 3_158, 3_228, 3_298, 3_371, 3_444, 3_520, 3_597, 3_676, 3_756, 3_838, 3_922, 4_008,
    ]
}
