/// Makes the names that must not repeat: tags, branches, CallUUIDs.
///
/// A value, so that a machine stays a value: the same seed makes the same names. Who runs the machine
/// for real seeds it from the system's randomness, and a simulation from its own seed.
public struct TokenGenerator: Hashable, Sendable, RandomNumberGenerator {
    private var state: UInt64

    /// Starts a row of names.
    public init(seed: UInt64) { self.state = seed }

    /// The next 64 bits (SplitMix64).
    public mutating func next() -> UInt64 {
        self.state &+= 0x9E37_79B9_7F4A_7C15
        var bits = self.state
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }

    /// The next 16 lower-case hexadecimal digits.
    public mutating func token() -> String { ConnID(rawValue: self.next()).description }
}
