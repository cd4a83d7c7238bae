import CallRecording
import CallRecordingMP3
import CallRecordingTesting
import CallRecordingWAV

/// Reads a stored file back and compares it with what the phones played.
struct SoundCheck {
    let speech: SpeechFiles
    /// Where the first played sample must lie in the file, in samples of the customer's and the agent's voice.
    let expected: [Int]
    /// The paused spans, in samples.
    let pauses: [Range<Int>]

    /// How far a voice may lie from where it must: 30 ms, for the way through the loopback and the date's own steps.
    private static let tolerance = 240

    /// Checks one file; gives what was found, and whether it is right.
    func check(_ bytes: [UInt8], type: String) throws -> (findings: [String], passed: Bool) {
        var channels: [[Int16]]
        var findings: [String] = []
        if type == "audio/mp3" {
            let sound = try MP3Reader.decode(bytes)
            // What the encoder and the decoder put before the first sample.
            channels = sound.samples.map { Array($0.dropFirst(MP3Reader.totalDelay)) }
            findings.append(
                "MP3, \(sound.sampleRate) Hz, \(sound.samples.count) channels, \(sound.bitRate / 1_000) kbit/s")
        } else {
            let sound = try SoundFile.read(bytes: bytes)
            channels = sound.samples
            findings.append("WAV, \(sound.sampleRate) Hz, \(sound.samples.count) channels, G.711")
        }
        findings[0] += ", \(Double(channels[0].count / 80) / 100) s"
        var passed = true
        func judge(_ good: Bool, _ text: String) {
            findings.append((good ? "✔ " : "✘ ") + text)
            if !good { passed = false }
        }
        let voices = [("customer", self.speech.customer), ("agent", self.speech.agent)]
        for (index, (name, codes)) in voices.enumerated() {
            let played = codes.map { G711.muLaw.decode($0) }
            let channel = channels.count > 1 ? index : 0
            let place = self.expected[index]
            let match = AudioComparison.match(
                played, in: channels[channel], offsets: place - 8_000...place + 8_000, leavingOut: self.pauses)
            let side = channels.count == 1 ? "both" : index == 0 ? "left" : "right"
            judge(
                match.correlation > (channels.count > 1 ? 0.8 : 0.5) && abs(match.offset - place) <= Self.tolerance,
                "\(name) \(side), \((match.offset - place) / 8) ms from where it must be, likeness "
                    + "\(Int(match.correlation * 100)) %")
            guard channels.count > 1 else { continue }
            let other = AudioComparison.match(
                played, in: channels[1 - index], offsets: place - 8_000...place + 8_000, leavingOut: self.pauses)
            judge(other.correlation < 0.3, "\(name) not in the other channel")
        }
        for pause in self.pauses {
            let inside = pause.lowerBound + 800..<max(pause.lowerBound + 800, pause.upperBound - 800)
            let loudest = channels.map { AudioComparison.level($0, in: inside) }.max() ?? 0
            let spoken =
                voices.map { voice in
                    AudioComparison.level(
                        voice.1.map { G711.muLaw.decode($0) },
                        in: max(0, inside.lowerBound - self.expected[0])..<max(0, inside.upperBound - self.expected[0]))
                }.max() ?? -120
            judge(
                loudest < -70 && spoken > -40,
                "silence in the pause (\(Int(loudest)) dB, while \(Int(spoken)) dB was spoken)")
        }
        return (findings, passed)
    }
}
