public import CallAudio

/// MP3 files of a constant bit rate, by libmp3lame.
///
/// Two channels are coded apart from each other (STEREO, never JOINT_STEREO): each party has half of the bits, nothing of
/// one is ever heard in the other's channel, and it costs a sixth less time.
///
/// The same samples always make the same bytes, however they are cut into calls. The first frame says how many samples there
/// are and how many the encoder has put before and behind them, so that players play exactly those: seen with ffmpeg and
/// mpg123. A player that does not read it plays 210 ms of silence first (sox), and up to 72 ms behind.
///
/// - Source: ISO/IEC 11172-3, 13818-3; below 16 kHz "MPEG-2.5" as Fraunhofer IIS defined it.
public struct MP3Format: AudioFileFormat, Hashable {
    /// - Unit: bit/s, for all channels together.
    public var bitRate: Int
    /// Channels of the file: 1 or 2. Two channels of samples are mixed into a file of one.
    public var channels: Int
    /// - Unit: Hz, of the samples and of the file.
    public var sampleRate: Int
    /// From 0, best and slowest, to 9. On this material 5 and 6 are the same, and so are 7, 8 and 9.
    public var quality: Int

    /// Describes files; the defaults are those of call recording.
    public init(bitRate: Int = 16_000, channels: Int = 2, quality: Int = 5, sampleRate: Int = 8_000) {
        (self.bitRate, self.channels, self.quality, self.sampleRate) = (bitRate, channels, quality, sampleRate)
    }

    /// How much later than in the samples everything is in the file, before the decoder adds its own delay.
    ///
    /// - Unit: samples of a channel.
    /// - Source: observed, LAME 3.100: `lame_get_encoder_delay`.
    public static let encoderDelay = 576

    /// `audio/mp3`.
    public var mediaType: String { "audio/mp3" }
    /// `mp3`.
    public var pathExtension: String { "mp3" }

    /// Linear samples, as many channels as the file has; a file of one takes two as well.
    public func samples(for source: AudioFormat) -> AudioFormat {
        AudioFormat(
            .linear16, sampleRate: self.sampleRate, channels: self.channels == 1 ? min(source.channels, 2) : 2)
    }

    /// Starts a file.
    ///
    /// - Throws: `.unsupported` where the samples are not linear, have another rate or number of channels, or where no
    ///   MP3 of this bit rate and sample rate exists.
    public func makeEncoder(for samples: AudioFormat) throws(AudioError) -> any AudioFileEncoder {
        guard (1...2).contains(self.channels), self.bitRate > 0, self.bitRate % 1_000 == 0 else {
            throw AudioError(.unsupported, "no MP3 has \(self.channels) channels and \(self.bitRate) bit/s")
        }
        guard samples == self.samples(for: samples), samples.channels >= 1 else {
            throw AudioError(
                .unsupported,
                "an MP3 of \(self.channels) channels at \(self.sampleRate) Hz is not made of \(samples.channels) "
                    + "channels of \(samples.samples) at \(samples.sampleRate) Hz; ask samples(for:)")
        }
        return try MP3Encoder(self, inputChannels: samples.channels)
    }
}
