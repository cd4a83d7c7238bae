import Foundation

/// A tone that rises or falls from one frequency to another: found again at one place only.
func chirp(seconds: Double, from low: Double, to high: Double, sampleRate: Double = 8_000) -> [Int16] {
    (0..<Int(seconds * sampleRate)).map { index in
        let time = Double(index) / sampleRate
        let phase = 2 * Double.pi * (low * time + (high - low) * time * time / (2 * seconds))
        return Int16(9_000 * sin(phase))
    }
}

func tone(_ frequency: Double, seconds: Double, amplitude: Double = 9_000, sampleRate: Double = 8_000) -> [Int16] {
    (0..<Int(seconds * sampleRate)).map { index in
        Int16(amplitude * sin(2 * Double.pi * frequency * Double(index) / sampleRate))
    }
}

func power(_ samples: some Collection<Int16>) -> Double {
    samples.reduce(0) { $0 + Double($1) * Double($1) } / Double(max(samples.count, 1))
}

/// How much stronger a signal is than what another has beside it, which comes `offset` samples later.
///
/// - Unit: dB.
func likeness(_ signal: [Int16], _ other: [Int16], at offset: Int) -> Double {
    let places = (0..<signal.count).filter { other.indices.contains($0 + offset) }
    let difference = places.map { Double(other[$0 + offset]) - Double(signal[$0]) }
    let noise = difference.reduce(0) { $0 + $1 * $1 }
    let strength = places.reduce(0) { $0 + Double(signal[$1]) * Double(signal[$1]) }
    return 10 * log10(strength / max(noise, 1))
}

/// What ffmpeg makes of bytes.
func ffmpeg(_ arguments: [String], _ input: [UInt8]) throws -> [UInt8] {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (source, target) = (folder.appendingPathComponent("in"), folder.appendingPathComponent("out"))
    try Data(input).write(to: source)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: ffmpegPath)
    process.arguments =
        ["-v", "error", "-nostdin"] + arguments.map { $0 == "in" ? source.path : $0 == "out" ? target.path : $0 }
    try process.run()
    process.waitUntilExit()
    return [UInt8](try Data(contentsOf: target))
}

let ffmpegPath = "/usr/bin/ffmpeg"
let hasFFmpeg = FileManager.default.isExecutableFile(atPath: ffmpegPath)

func bytes(_ samples: [Int16]) -> [UInt8] {
    samples.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
}

func samples(_ bytes: [UInt8]) -> [Int16] {
    stride(from: 0, to: bytes.count - 1, by: 2).map {
        Int16(bitPattern: UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8)
    }
}

func hexadecimal(_ bytes: [UInt8]) -> String { bytes.map { String(format: "%02x", $0) }.joined() }
