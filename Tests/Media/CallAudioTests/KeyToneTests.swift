import CallAudio
import Foundation
import Testing

@Suite struct `The sound of keys` {
    private static let keys: [(UInt8, Int, Int)] = [
        (0, 941, 1_336), (1, 697, 1_209), (2, 697, 1_336), (3, 697, 1_477), (4, 770, 1_209), (5, 770, 1_336),
        (6, 770, 1_477), (7, 852, 1_209), (8, 852, 1_336), (9, 852, 1_477), (10, 941, 1_209), (11, 941, 1_477),
        (12, 697, 1_633), (13, 770, 1_633), (14, 852, 1_633), (15, 941, 1_633),
    ]

    @Test(arguments: keys)
    func `a key is the two tones of ITU-T Q.23, and no other`(event: UInt8, row: Int, column: Int) throws {
        var tone = try #require(KeyTone(event: event))
        var samples: [Int16] = []
        tone.append(8_016, to: &samples)
        // A second, so that every frequency of a whole number of Hz is seen alone.
        let second = Array(samples.dropFirst(16))
        for frequency in [697, 770, 852, 941, 1_209, 1_336, 1_477, 1_633] {
            let level = level(of: frequency, in: second)
            if frequency == row || frequency == column {
                #expect(abs(level + 10) < 0.05)
            } else {
                #expect(level < -60)
            }
        }
    }

    @Test(arguments: [0, 3, 10, 20, 36, 63] as [UInt8])
    func `each tone has the level that the event says`(volume: UInt8) throws {
        var tone = try #require(KeyTone(event: 5, volume: volume))
        var samples: [Int16] = []
        tone.append(8_016, to: &samples)
        let level = level(of: 770, in: Array(samples.dropFirst(16)))
        // Two tones of 0 dBm0 are louder than any code, and one of -63 is half a step of 16 bits.
        #expect(abs(level + Double(volume)) < (volume == 0 || volume == 63 ? 2 : 0.1))
    }

    @Test(arguments: [1, 80, 160, 799])
    func `an event in pieces sounds like the whole`(count: Int) throws {
        var (whole, cut): ([Int16], [Int16]) = ([], [])
        var tone = try #require(KeyTone(event: 9))
        tone.append(3_200, to: &whole)
        var again = try #require(KeyTone(event: 9))
        while cut.count < 3_200 { again.append(min(count, 3_200 - cut.count), to: &cut) }
        #expect(cut == whole)
    }

    @Test func `a tone begins without a click`() throws {
        var tone = try #require(KeyTone(event: 1, volume: 3))
        var samples: [Int16] = []
        tone.append(800, to: &samples)
        let steps = zip(samples, samples.dropFirst()).map { abs(Int($1) - Int($0)) }
        #expect(samples[0] == 0)
        #expect((steps[..<4].max() ?? 0) < (steps[16...].max() ?? 0) / 3)
    }

    @Test(arguments: [16, 64, 255] as [UInt8])
    func `an event that is no key has no sound`(event: UInt8) { #expect(KeyTone(event: event) == nil) }

    @Test func `nothing, or less, adds nothing`() throws {
        var tone = try #require(KeyTone(event: 1))
        var samples: [Int16] = [7]
        tone.append(0, to: &samples)
        tone.append(-3, to: &samples)
        #expect(samples == [7])
    }
}

/// The level of one frequency in a second of samples.
///
/// - Unit: dBm0; a tone of 3.17 dBm0 fills µ-law, whose peak is 32 124.
private func level(of frequency: Int, in samples: [Int16]) -> Double {
    var (cosine, sine) = (0.0, 0.0)
    for (index, sample) in samples.enumerated() {
        let phase = 2 * Double.pi * Double(frequency * index % 8_000) / 8_000
        cosine += Double(sample) * cos(phase)
        sine += Double(sample) * sin(phase)
    }
    let amplitude = 2 * (cosine * cosine + sine * sine).squareRoot() / Double(samples.count)
    return 20 * log10(max(amplitude, 0.001) / 32_124) + 3.17
}
