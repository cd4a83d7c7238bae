extension G711 {
    /// The sample of every code.
    var samplesTable: [Int16] { self == .muLaw ? Self.muLawSamples : Self.aLawSamples }

    /// The code of every sample without its ``unusedBits``.
    var codesTable: [UInt8] { self == .muLaw ? Self.muLawCodes : Self.aLawCodes }

    /// Low bits of a sample that make no difference to its code: µ-law looks at 14 bits, A-law at 12.
    ///
    /// - Unit: bits.
    var unusedBits: UInt16 { self == .muLaw ? 2 : 4 }

    // Computed once from the rules of the recommendation, rather than written down, so that the rules can be read.

    private static let muLawSamples = (0..<256).map { Self.muLawSample(UInt8($0)) }
    private static let aLawSamples = (0..<256).map { Self.aLawSample(UInt8($0)) }
    private static let muLawCodes = (0..<0x4000).map { Self.muLawCode(Int16(bitPattern: UInt16($0 << 2))) }
    private static let aLawCodes = (0..<0x1000).map { Self.aLawCode(Int16(bitPattern: UInt16($0 << 4))) }

    static let aLawOfMuLaw = (0..<256).map { Self.aLawCode(Self.muLawSample(UInt8($0))) }
    static let muLawOfALaw = (0..<256).map { Self.muLawCode(Self.aLawSample(UInt8($0))) }

    /// - Source: ITU-T G.711 table 2a, 2b: eight segments, each twice as coarse as the one before, from a bias of 33.
    private static func muLawSample(_ code: UInt8) -> Int16 {
        let bits = Int16(~code & 0x7F)
        let magnitude = (((bits & 0x0F) << 3) + 0x84) << (bits >> 4) - 0x84
        return code & 0x80 == 0 ? -magnitude : magnitude
    }

    /// - Source: ITU-T G.711 table 1a, 1b: the first two segments equally fine; the even bits are inverted.
    private static func aLawSample(_ code: UInt8) -> Int16 {
        let bits = Int16((code ^ 0x55) & 0x7F)
        let segment = bits >> 4
        let step = (bits & 0x0F) << 4 + 8
        let magnitude = segment == 0 ? step : (step + 0x100) << (segment - 1)
        return code & 0x80 == 0 ? -magnitude : magnitude
    }

    /// - Source: ITU-T G.191, `ulaw_compress`: negative numbers by their ones' complement.
    private static func muLawCode(_ sample: Int16) -> UInt8 {
        let positive = sample >= 0
        let magnitude = min((positive ? sample : ~sample) >> 2 + 33, 0x1FFF)
        let segment = 10 - Int16(magnitude.leadingZeroBitCount)
        let code = UInt8(segment << 4 | (magnitude >> (segment + 1)) & 0x0F)
        return ~code & 0x7F | (positive ? 0x80 : 0)
    }

    /// - Source: ITU-T G.191, `alaw_compress`: negative numbers by their ones' complement.
    private static func aLawCode(_ sample: Int16) -> UInt8 {
        let positive = sample >= 0
        let magnitude = (positive ? sample : ~sample) >> 4
        let segment = max(12 - Int16(magnitude.leadingZeroBitCount), 0)
        let step = segment == 0 ? magnitude : (magnitude >> (segment - 1)) & 0x0F
        let code = UInt8(segment << 4 | step)
        return (code | (positive ? 0x80 : 0)) ^ 0x55
    }
}
