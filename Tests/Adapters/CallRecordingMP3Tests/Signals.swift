import CallAudio
import Foundation

/// A tone that rises from one frequency to another: found again at one place only.
func chirp(seconds: Double, from low: Double, to high: Double, sampleRate: Double = 8_000) -> [Int16] {
    (0..<Int(seconds * sampleRate)).map { index in
        let time = Double(index) / sampleRate
        let phase = 2 * Double.pi * (low * time + (high - low) * time * time / (2 * seconds))
        return Int16(9_000 * sin(phase))
    }
}

/// Samples of all channels in turn, as an encoder takes them.
func interleaved(_ channels: [Int16]...) -> [UInt8] {
    let frames = channels.map(\.count).min() ?? 0
    var numbers: [Int16] = []
    for frame in 0..<frames { numbers += channels.map { $0[frame] } }
    return numbers.withUnsafeBytes { Array($0) }
}

/// How alike a signal and a part of another are: 1 for the same, 0 for nothing in common.
func correlation(_ signal: [Int16], with other: [Int16], at offset: Int) -> Double {
    var (product, left, right) = (0.0, 0.0, 0.0)
    for (index, sample) in signal.enumerated() where other.indices.contains(index + offset) {
        let match = Double(other[index + offset])
        product += Double(sample) * match
        left += Double(sample) * Double(sample)
        right += match * match
    }
    return left > 0 && right > 0 ? product / (left * right).squareRoot() : 0
}

/// Where a signal is in another, and how well it fits there.
func place(of signal: [Int16], in other: [Int16], among offsets: Range<Int>) -> (offset: Int, correlation: Double) {
    offsets.map { ($0, correlation(signal, with: other, at: $0)) }.max { $0.1 < $1.1 } ?? (0, 0)
}
