/// The noise to be heard while nobody speaks.
///
/// - Source: RFC 3389 §3.
public struct ComfortNoise: Hashable, Sendable {
    /// How loud the noise is, 0 to 127.
    ///
    /// - Unit: dBov, its sign dropped: 0 is as loud as the codec goes.
    public var level: UInt8
    /// How the noise sounds, as the packet tells it: one byte a reflection coefficient, 255 reserved; none where it is white.
    public var spectrum: [UInt8]

    /// Describes noise.
    public init(level: UInt8, spectrum: [UInt8] = []) { (self.level, self.spectrum) = (level & 0x7F, spectrum) }

    /// Reads the payload of a packet. The first bit, which is always 0, is ignored.
    ///
    /// - Throws: `.truncated` where there is no level.
    public init(parsing payload: Span<UInt8>) throws(RTPError) {
        guard payload.count >= 1 else { throw RTPError(.truncated, offset: 0) }
        self.init(level: payload[0], spectrum: (1..<payload.count).map { payload[$0] })
    }

    /// The payload's bytes.
    public func encoded() -> [UInt8] { [self.level & 0x7F] + self.spectrum }

    /// The reflection coefficients, each between -1 and 1; a reserved one is 0, as if it were not there.
    ///
    /// - Source: RFC 3389 §3.2: k = 258 · (N - 127) / 32 768.
    public var reflectionCoefficients: [Double] {
        self.spectrum.map { $0 == 255 ? 0 : 258 * (Double($0) - 127) / 32_768 }
    }
}
