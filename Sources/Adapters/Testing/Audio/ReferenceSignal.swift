/// A noise that is unlike any other, and unlike itself at any other moment: what was recorded of it tells to the sample
/// who made it, and when.
///
/// Random numbers, made smooth so that little of it is above 3 kHz, where codecs cut.
public struct ReferenceSignal: Hashable, Sendable {
    /// Tells one from another.
    public var seed: UInt64

    /// Describes a signal; it has no end.
    public init(seed: UInt64) { self.seed = seed }

    /// The samples of a span.
    public func samples(_ span: Range<Int>) -> [Int16] {
        var (before, now) = (self.noise(span.lowerBound - 1), self.noise(span.lowerBound))
        return span.map { index in
            let after = self.noise(index + 1)
            defer { (before, now) = (now, after) }
            return Int16((before + 2 * now + after) / 4)
        }
    }

    private func noise(_ index: Int) -> Int {
        // SplitMix64, whose state after so many steps can be told.
        var bits = self.seed &+ UInt64(bitPattern: Int64(index)) &* 0x9E37_79B9_7F4A_7C15
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int(truncatingIfNeeded: bits >> 49) - 16_384
    }
}
