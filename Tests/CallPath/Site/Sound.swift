import CallRecording
import CallRecordingMP3
import CallRecordingTesting
import CallRecordingWAV
import Foundation

/// A recorded file that was read back.
struct Sound {
    /// A row of samples a channel, the first sample of the recording first.
    let channels: [[Int16]]
    let sampleRate: Int
    /// - Unit: bit/s; nil for WAV.
    let bitRate: Int?

    init(_ bytes: [UInt8], type: String) throws {
        if type == "audio/mp3" {
            let sound = try MP3Reader.decode(bytes)
            // What the encoder and the decoder put before the first sample.
            self.channels = sound.samples.map { Array($0.dropFirst(MP3Reader.totalDelay)) }
            (self.sampleRate, self.bitRate) = (sound.sampleRate, sound.bitRate)
        } else {
            let sound = try SoundFile.read(bytes: bytes)
            (self.channels, self.sampleRate, self.bitRate) = (sound.samples, sound.sampleRate, nil)
        }
    }

    /// - Unit: samples of a channel.
    var frameCount: Int { self.channels.first?.count ?? 0 }

    /// How much of a channel's power is in a voice: 0 to 1.
    ///
    /// - Source: Goertzel's algorithm, over blocks of 100 ms so that the voice's phase may jump.
    func share(of frequency: Int, in channel: Int) -> Double {
        let samples = self.channels[channel]
        let coefficient = 2 * cos(2 * Double.pi * Double(frequency) / Double(self.sampleRate))
        let block = self.sampleRate / 10
        var (voice, all) = (0.0, 0.0)
        for start in stride(from: 0, to: samples.count - block, by: block) {
            var (one, two) = (0.0, 0.0)
            for sample in samples[start..<start + block] {
                let value = Double(sample)
                all += value * value
                (one, two) = (value + coefficient * one - two, one)
            }
            voice += 2 * (one * one + two * two - coefficient * one * two) / Double(block)
        }
        return all > 0 ? voice / all : 0
    }

    /// Whether the caller alone is heard left, and the called party alone right.
    var hasPartiesApart: Bool {
        self.channels.count == 2
            && (0..<2).allSatisfy { channel in
                self.share(of: Phones.voices[channel], in: channel) > 0.7
                    && self.share(of: Phones.voices[1 - channel], in: channel) < 0.02
            }
    }

    /// The loudest that is heard in a span.
    ///
    /// - Unit: decibels below full scale, as a negative number.
    func level(in mask: Mask, margin: Int = 0) -> Double {
        let span = Int(mask.start.milliseconds) * 8 + margin..<Int(mask.end.milliseconds) * 8 - margin
        return self.channels.map { AudioComparison.level($0, in: span) }.max() ?? 0
    }
}

extension Site {
    /// Reads a stored file back.
    func sound(of file: MediaFile) async throws -> Sound {
        try Sound(try await self.bytes(of: file), type: file.type)
    }

    /// The bytes of a stored file, wherever it is stored.
    func bytes(of file: MediaFile) async throws -> [UInt8] {
        if let source = try? await self.ports.recordings.get(file.path, range: nil) { return try await source.bytes() }
        guard let analytics = self.ports.analytics else { throw Overdue("\(file.path), which is in no store") }
        return try await analytics.get(file.path, range: nil).bytes()
    }
}

extension Recording {
    /// The file of a type.
    func file(_ type: String) throws -> MediaFile {
        guard let file = self.mediaFiles.first(where: { $0.type == type }) else { throw Overdue("a file of \(type)") }
        return file
    }
}

extension Sound {
    /// What a phone has heard.
    init(heard media: PhoneMedia) {
        self.channels = [media.heardSamples().map { G711.muLaw.decode($0) }]
        (self.sampleRate, self.bitRate) = (8_000, nil)
    }
}
