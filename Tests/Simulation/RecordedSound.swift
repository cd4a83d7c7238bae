import CallAudio
import CallCore
import CallRecordingTesting
import RecordingStorage
import Testing

/// The samples of a stored G.711 WAV file, with what is known of where they belong.
struct RecordedSound {
    let file: MediaFile
    let channels: [[Int16]]
    let pauses: [Range<Int>]

    init(_ file: MediaFile, of outcome: SimulatedCall.Outcome) throws {
        self.file = file
        let bytes = try #require(outcome.files.first { $0.key.name == file.mediaID }?.value)
        let start = try #require(bytes.indices.first { bytes[$0...].starts(with: Array("data".utf8)) }) + 8
        self.channels = [0, 1].map { channel in
            stride(from: start + channel, to: bytes.count, by: 2).map { G711.muLaw.decode(bytes[$0]) }
        }
        self.pauses = file.verdict.pauses.map { Int($0.start.milliseconds) * 8..<Int($0.end.milliseconds) * 8 }
    }

    /// The sample at which a party began to speak.
    func expected(_ channel: Int, of outcome: SimulatedCall.Outcome) -> Int {
        let began = outcome.phones[channel].began
        let moment = began.map { WallTime(epoch: outcome.epoch, moment: $0).milliseconds } ?? 0
        return Int(moment - self.file.startTime.milliseconds) * 8
    }

    func match(_ reference: [UInt8], in channel: Int, of outcome: SimulatedCall.Outcome) -> AudioMatch {
        AudioComparison.match(
            reference.map { G711.muLaw.decode($0) }, in: self.channels[channel], offsets: -8_000...8_000,
            leavingOut: self.pauses)
    }

    var loudestInPauses: Double {
        self.pauses.flatMap { pause in
            self.channels.map { AudioComparison.level($0, in: pause.lowerBound + 160..<pause.upperBound - 160) }
        }.max() ?? 0
    }

    var pausedTime: Duration {
        self.file.verdict.pauses.reduce(.zero) { $0 + $1.end - $1.start }
    }
}
