import CallAudio
import RecordingStorage

extension SoundProfile {
    /// What an analysis has found.
    init(_ analysis: SoundAnalysis) {
        let duration = { (frames: Int) in Duration.milliseconds(20 * frames) }
        self.init(
            length: duration(analysis.frames), silence: duration(analysis.silence),
            peakInterval: .microseconds(125 * (analysis.channels.first?.peaks.interval ?? 0)),
            channels: analysis.channels.map { channel in
                Channel(
                    talk: duration(channel.talk), crossTalk: duration(channel.crossTalk), level: channel.level,
                    peaks: channel.peaks.values)
            })
    }
}
