internal import CallCore
internal import RecordingStorage

extension StoredRecording {
    /// What is said of a file's sound, as it stands in the table.
    struct Sound: Codable {
        struct Channel: Codable {
            var talk: Int64
            var crossTalk: Int64
            var level: Int?
            var peaks: [Int8]
        }

        var length: Int64
        var silence: Int64
        var peakInterval: Int64
        var channels: [Channel]
    }
}

extension StoredRecording.Sound {
    init(_ sound: SoundProfile) {
        self.init(
            length: sound.length.nanoseconds, silence: sound.silence.nanoseconds,
            peakInterval: sound.peakInterval.nanoseconds,
            channels: sound.channels.map {
                Channel(
                    talk: $0.talk.nanoseconds, crossTalk: $0.crossTalk.nanoseconds, level: $0.level, peaks: $0.peaks)
            })
    }

    var profile: SoundProfile {
        SoundProfile(
            length: .nanoseconds(self.length), silence: .nanoseconds(self.silence),
            peakInterval: .nanoseconds(self.peakInterval),
            channels: self.channels.map { channel in
                SoundProfile.Channel(
                    talk: .nanoseconds(channel.talk), crossTalk: .nanoseconds(channel.crossTalk),
                    level: channel.level, peaks: channel.peaks)
            })
    }
}
