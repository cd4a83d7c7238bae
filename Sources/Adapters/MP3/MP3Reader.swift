internal import CLAME
public import CallAudio
private import Synchronization

/// Reads MP3 files back, by the decoder in libmp3lame: for checking what was recorded.
public enum MP3Reader {
    /// What was read from a file.
    public struct Sound: Hashable, Sendable {
        /// A row of samples a channel, all of one length, delays included.
        public var samples: [[Int16]]
        /// - Unit: Hz.
        public var sampleRate: Int
        /// - Unit: bit/s, of the first frame.
        public var bitRate: Int
        /// How the channels are coded.
        public var mode: Mode
    }

    /// How the channels of a file are coded.
    ///
    /// - Source: ISO/IEC 11172-3 §2.4.2.3, mode.
    public enum Mode: Int32, Hashable, Sendable {
        /// Two channels apart from each other.
        case stereo = 0
        /// Two channels by what they have in common.
        case jointStereo = 1
        /// Two channels with nothing to do with each other.
        case dualChannel = 2
        /// One channel.
        case mono = 3
    }

    /// How much later than in the file everything comes out of the decoder.
    ///
    /// - Unit: samples of a channel.
    /// - Source: LAME technical FAQ, "decoder delay": 528 + 1.
    public static let decoderDelay = 529

    /// How much later than when it was encoded everything comes out of ``decode(_:)``.
    ///
    /// - Unit: samples of a channel.
    public static let totalDelay = MP3Format.encoderDelay + Self.decoderDelay

    /// LAME fills the tables that all its decoders share anew whenever one is made, whoever decodes meanwhile.
    private static let alone = Mutex(())

    /// Decodes a whole file; one at a time in a process.
    ///
    /// - Throws: `.failed` where there is no MP3 in `bytes`.
    public static func decode(_ bytes: [UInt8]) throws(AudioError) -> Sound {
        let outcome: Result<Sound, AudioError> = Self.alone.withLock { _ in
            do throws(AudioError) {
                return .success(try Self.decodeAlone(bytes))
            } catch {
                return .failure(error)
            }
        }
        return try outcome.get()
    }

    private static func decodeAlone(_ bytes: [UInt8]) throws(AudioError) -> Sound {
        guard let hip = hip_decode_init() else { throw AudioError(.failed, "libmp3lame has no memory for a decoder") }
        defer { hip_decode_exit(hip) }
        hip_set_errorf(hip) { _, _ in }
        hip_set_msgf(hip) { _, _ in }
        hip_set_debugf(hip) { _, _ in }
        var frame = Frame(hip: hip)
        var sound: Sound?
        var start = 0
        while true {
            // In pieces smaller than any frame: where more than one is given at once behind a tag, the decoder says that
            // there is none. Nothing more to give empties it.
            let piece = start..<min(start + 64, bytes.count)
            start = piece.upperBound
            var count = bytes[piece].withUnsafeBufferPointer { frame.decode($0) }
            while count > 0 {
                frame.append(count, to: &sound)
                count = frame.decode(UnsafeBufferPointer(start: nil, count: 0))
            }
            if piece.isEmpty { break }
        }
        guard let sound else { throw AudioError(.failed, "no MP3 frame in \(bytes.count) bytes") }
        return sound
    }
}

/// The space for one frame.
private struct Frame {
    let hip: hip_t
    var left = [Int16](repeating: 0, count: 1_152)
    var right = [Int16](repeating: 0, count: 1_152)
    var header = mp3data_struct()

    init(hip: hip_t) { self.hip = hip }

    /// Decodes the next frame, and returns the number of its samples, 0 where more bytes are needed.
    mutating func decode(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        // The bytes are only read, whatever C says.
        var unused: UInt8 = 0
        return withUnsafeMutablePointer(to: &unused) { placeholder in
            Int(
                hip_decode1_headers(
                    self.hip, bytes.baseAddress.map { UnsafeMutablePointer(mutating: $0) } ?? placeholder, bytes.count,
                    &self.left, &self.right, &self.header))
        }
    }

    func append(_ count: Int, to sound: inout MP3Reader.Sound?) {
        let channels = Int(self.header.stereo)
        var result =
            sound
            ?? MP3Reader.Sound(
                samples: Array(repeating: [], count: max(channels, 1)), sampleRate: Int(self.header.samplerate),
                bitRate: Int(self.header.bitrate) * 1_000, mode: MP3Reader.Mode(rawValue: self.header.mode) ?? .mono)
        sound = nil
        result.samples[0] += self.left.prefix(count)
        if result.samples.count == 2 { result.samples[1] += (channels == 2 ? self.right : self.left).prefix(count) }
        sound = result
    }
}
