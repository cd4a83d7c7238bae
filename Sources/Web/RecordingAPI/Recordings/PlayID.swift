/// Names files for playback.
public enum PlayID {
    /// The play name of a file whose producer gave it none: the same `mediaID` always gives the same name.
    ///
    /// It has the form of a UUID, and nobody learns the file's name from it.
    public static func derived(from mediaID: String) -> String {
        var digits = ""
        for seed: UInt64 in [0xCBF2_9CE4_8422_2325, 0x9E37_79B9_7F4A_7C15] {
            // FNV-1a, finished by SplitMix64 so that names that are alike do not look alike.
            var hash = seed
            for byte in mediaID.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
            var tokens = TokenGenerator(seed: hash)
            digits += tokens.token()
        }
        var text = ""
        for (index, digit) in digits.enumerated() {
            if [8, 12, 16, 20].contains(index) { text.append("-") }
            // RFC 9562 §5.8: version 8 is for names made by a rule of one's own.
            text.append(index == 12 ? "8" : index == 16 ? "a" : digit)
        }
        return text
    }
}
