internal import CSndFile
public import CallAudio

/// A sound file that was read whole, by libsndfile: for checking what was recorded.
public struct SoundFile: Hashable, Sendable {
    /// A row of samples a channel, all of one length.
    public var samples: [[Int16]]
    /// - Unit: Hz.
    public var sampleRate: Int
    /// How the samples are coded in the file; nil where in none of the ways that a call is recorded.
    public var subformat: SampleFormat?
    /// Whether the file is a RIFF WAVE.
    public var isWAV: Bool

    /// - Unit: samples of a channel.
    public var frameCount: Int { self.samples.first?.count ?? 0 }

    /// Reads a file.
    ///
    /// - Throws: `.failed` where it cannot be opened or is no sound; the message says why.
    public static func read(path: String) throws(AudioError) -> SoundFile {
        var info = SF_INFO()
        guard let file = sf_open(path, CInt(SFM_READ), &info) else {
            throw AudioError(.failed, "\(path): \(Self.lastError)")
        }
        defer { sf_close(file) }
        return try Self.read(file, info)
    }

    /// Reads the bytes of a file.
    ///
    /// - Throws: `.failed` where they are no sound; the message says why.
    public static func read(bytes: [UInt8]) throws(AudioError) -> SoundFile {
        let result: Result<SoundFile, AudioError> = bytes.withUnsafeBytes { buffer in
            var memory = SoundMemory(bytes: buffer)
            return withUnsafeMutablePointer(to: &memory) { pointer in
                var callbacks = SoundMemory.callbacks
                var info = SF_INFO()
                guard let file = sf_open_virtual(&callbacks, CInt(SFM_READ), &info, pointer) else {
                    return .failure(AudioError(.failed, "\(bytes.count) bytes: \(Self.lastError)"))
                }
                defer { sf_close(file) }
                do throws(AudioError) { return .success(try Self.read(file, info)) } catch { return .failure(error) }
            }
        }
        return try result.get()
    }

    private static func read(_ file: OpaquePointer, _ info: SF_INFO) throws(AudioError) -> SoundFile {
        let channels = Int(info.channels)
        guard channels > 0 else { throw AudioError(.failed, "a file without channels") }
        var samples = [[Int16]](repeating: [], count: channels)
        var block = [Int16](repeating: 0, count: 4_096 * channels)
        while true {
            // Until nothing comes: what a header says of lengths may be wrong.
            let count = Int(sf_readf_short(file, &block, 4_096))
            guard count > 0 else { break }
            for channel in 0..<channels {
                samples[channel] += stride(from: channel, to: count * channels, by: channels).map { block[$0] }
            }
        }
        guard sf_error(file) == SF_ERR_NO_ERROR else {
            throw AudioError(.failed, String(cString: sf_strerror(file)))
        }
        let subformat: SampleFormat? =
            switch info.format & CInt(SF_FORMAT_SUBMASK) {
            case CInt(SF_FORMAT_PCM_16): .linear16
            case CInt(SF_FORMAT_ULAW): .muLaw
            case CInt(SF_FORMAT_ALAW): .aLaw
            default: nil
            }
        let container = info.format & CInt(SF_FORMAT_TYPEMASK)
        return SoundFile(
            samples: samples, sampleRate: Int(info.samplerate), subformat: subformat,
            isWAV: container == CInt(SF_FORMAT_WAV) || container == CInt(SF_FORMAT_WAVEX))
    }

    private static var lastError: String { String(cString: sf_strerror(nil)) }
}
