/// The sound of a key: two tones, of which one says the row and one the column.
///
/// A recording that got keys as events, and not as sound, can be given their sound with it: as many samples as the event
/// lasts, in any number of pieces.
///
/// - Source: ITU-T Q.23; RFC 4733 §3.2 for the events, §2.3.3 for the volume, which is here the level of each tone.
public struct KeyTone: Sendable {
    private var row: Oscillator
    private var column: Oscillator
    /// Samples so far.
    private var count = 0

    /// - Unit: samples: 2 ms, over which a tone grows, since it would begin with a click.
    private static let onset = 16

    /// Begins a tone.
    ///
    /// - Parameters:
    ///   - event: 0 to 9, 10 for *, 11 for #, 12 to 15 for A to D.
    ///   - volume: how far below 0 dBm0 each tone is; -10 dBm0 where none is given, as phones send it.
    /// - Returns: nil where the event is no key.
    /// - Unit: dB, of the volume; 0 to 63.
    public init?(event: UInt8, volume: UInt8 = 10) {
        // Rows and columns of the keypad: 123A, 456B, 789C, *0#D.
        let places: [UInt8] = [13, 0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 14, 3, 7, 11, 15]
        guard event < 16 else { return nil }
        let place = Int(places[Int(event)])
        self.row = Oscillator(Self.rows[place / 4])
        self.column = Oscillator(Self.columns[place % 4])
        // A tone of 0 dBm0 is 3.17 dB below the loudest of µ-law, whose peak is 32 124.
        var amplitude = 22_302.0
        for _ in 0..<min(volume, 63) { amplitude *= 0.891_250_938_133_745_6 }
        self.row.start(amplitude)
        self.column.start(amplitude)
    }

    /// Appends the next samples, which go on from the last.
    ///
    /// - Parameter count: none are appended where it is negative.
    public mutating func append(_ count: Int, to samples: inout [Int16]) {
        samples.reserveCapacity(samples.count + max(count, 0))
        for _ in 0..<max(count, 0) {
            let sum = self.row.next() + self.column.next()
            self.count = min(self.count + 1, Self.onset)
            let grown = sum * Double(self.count) / Double(Self.onset)
            samples.append(Int16(min(max(grown.rounded(), -32_768), 32_767)))
        }
    }

    /// The cosine and the sine of a turn in one sample of 8 000 Hz: 697, 770, 852, 941 Hz.
    private static let rows: [(Double, Double)] = [
        (0.85386890467445087, 0.52048813015289175),
        (0.82264051802085980, 0.56856185073426391),
        (0.78434349193341002, 0.62032675797655601),
        (0.73910228412008794, 0.67359321077967294),
    ]
    /// 1 209, 1 336, 1 477, 1 633 Hz.
    private static let columns: [(Double, Double)] = [
        (0.58205201151366581, 0.81315155776330861),
        (0.49818510533949084, 0.86707070116449003),
        (0.39930919461331810, 0.91681632135191793),
        (0.28426635338760098, 0.95874534696743929),
    ]
}

/// A point that turns by the same angle with each sample.
private struct Oscillator {
    private let turn: (cosine: Double, sine: Double)
    private var point = (x: 0.0, y: 0.0)

    init(_ turn: (Double, Double)) { self.turn = turn }

    mutating func start(_ amplitude: Double) { self.point = (amplitude, 0) }

    mutating func next() -> Double {
        let (x, y) = self.point
        self.point = (x * self.turn.cosine - y * self.turn.sine, x * self.turn.sine + y * self.turn.cosine)
        return y
    }
}
