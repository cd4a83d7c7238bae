private import FoundationEssentials

/// A sound profile as it stands in JSON: an extension of ours to the media file. Times are in milliseconds.
struct SoundBody: Codable {
    struct Channel: Codable {
        var talk: NumberTextAsNumber
        /// What is left of the length; only for people and scripts.
        var silence: NumberTextAsNumber?
        var crossTalk: NumberTextAsNumber
        /// - Unit: dBov.
        var level: Double?
        /// Base64 of signed bytes: lowest, highest, lowest, highest …
        var peaks: String?
    }

    var length: NumberTextAsNumber
    var silence: NumberTextAsNumber
    var peakInterval: NumberTextAsNumber
    var channels: [Channel]

    /// No recording has more channels.
    private static let channelLimit = 16

    init(_ sound: SoundProfile) {
        self.length = NumberTextAsNumber(sound.length.milliseconds)
        self.silence = NumberTextAsNumber(sound.silence.milliseconds)
        self.peakInterval = NumberTextAsNumber(sound.peakInterval.milliseconds)
        self.channels = sound.channels.map { channel in
            Channel(
                talk: NumberTextAsNumber(channel.talk.milliseconds),
                silence: NumberTextAsNumber((sound.length - channel.talk).milliseconds),
                crossTalk: NumberTextAsNumber(channel.crossTalk.milliseconds),
                level: channel.level.map { Double($0) / 10 },
                peaks: Data(channel.peaks.map { UInt8(bitPattern: $0) }).base64EncodedString())
        }
    }

    func sound() throws(RecordingAPIError) -> SoundProfile {
        func wrong(_ what: String) -> RecordingAPIError { RecordingAPIError(.invalid, "sound: \(what)") }
        guard let length = self.length.number.duration, let silence = self.silence.number.duration,
            let interval = self.peakInterval.number.duration
        else { throw wrong("length, silence and peakInterval are milliseconds") }
        guard self.channels.count <= Self.channelLimit else { throw wrong("more than \(Self.channelLimit) channels") }
        var channels: [SoundProfile.Channel] = []
        for channel in self.channels {
            guard let talk = channel.talk.number.duration, let crossTalk = channel.crossTalk.number.duration else {
                throw wrong("talk and crossTalk are milliseconds")
            }
            guard let peaks = Data(base64Encoded: channel.peaks ?? ""), peaks.count % 2 == 0,
                peaks.count <= 2 * SoundProfile.peakLimit
            else { throw wrong("peaks are pairs of bytes in base64, at most \(SoundProfile.peakLimit)") }
            let level = channel.level.map { ($0 * 10).rounded() }
            guard level.map({ (-2_000...0).contains($0) }) ?? true else {
                throw wrong("a level is from -200 to 0 dBov")
            }
            channels.append(
                SoundProfile.Channel(
                    talk: talk, crossTalk: crossTalk, level: level.map { Int($0) },
                    peaks: peaks.map { Int8(bitPattern: $0) }))
        }
        return SoundProfile(length: length, silence: silence, peakInterval: interval, channels: channels)
    }
}
