private import CallAudio

/// Sounds that tests recognise again.
public enum Tone {
    /// A square-edged tone that starts and stops, so that its place can be found: half a second on, half a second off.
    ///
    /// - Parameter frequency: in Hz.
    /// - Returns: µ-law at 8 kHz.
    public static func pulses(frequency: Int, seconds: Int) -> [UInt8] {
        (0..<seconds * 8_000).map { index in
            guard index % 8_000 < 4_000 else { return G711.muLaw.silence }
            // A triangle: a sine would need a mathematics library.
            let phase = index * frequency % 8_000
            let level = phase < 4_000 ? phase * 4 - 8_000 : 24_000 - phase * 4
            return G711.muLaw.encode(Int16(clamping: level))
        }
    }
}
