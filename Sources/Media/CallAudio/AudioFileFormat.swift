/// How samples are coded.
public enum SampleFormat: Hashable, Sendable {
    /// Signed 16-bit numbers in the machine's byte order.
    case linear16
    /// ITU-T G.711 µ-law, a byte a sample.
    case muLaw
    /// ITU-T G.711 A-law, a byte a sample.
    case aLaw

    /// - Unit: bytes a sample.
    public var byteCount: Int { self == .linear16 ? 2 : 1 }
}

/// What a row of samples is.
public struct AudioFormat: Hashable, Sendable {
    /// How each sample is coded.
    public var samples: SampleFormat
    /// - Unit: Hz.
    public var sampleRate: Int
    /// Samples of so many channels are interleaved.
    public var channels: Int

    /// Describes samples.
    public init(_ samples: SampleFormat, sampleRate: Int = 8_000, channels: Int) {
        (self.samples, self.sampleRate, self.channels) = (samples, sampleRate, channels)
    }

    /// - Unit: bytes of one sample of every channel.
    public var frameByteCount: Int { self.samples.byteCount * self.channels }
}

/// Makes the encoder of each new recording: the plug-in point for file formats. Open: conform as you like.
///
/// A format promises: the same samples make the same bytes, however they are cut into calls. So a file that is rendered again
/// after a crash is the same file.
public protocol AudioFileFormat: Sendable {
    /// For example `audio/mp3`.
    var mediaType: String { get }
    /// For example `mp3`.
    var pathExtension: String { get }
    /// The samples that the encoder wants, of a call whose parties send `source`.
    func samples(for source: AudioFormat) -> AudioFormat
    /// Starts a file.
    ///
    /// - Throws: `.unsupported` where the format cannot hold such samples.
    func makeEncoder(for samples: AudioFormat) throws(AudioError) -> any AudioFileEncoder
}

/// Turns samples into the bytes of one file. Used by one thread at a time.
public protocol AudioFileEncoder: AnyObject, Sendable {
    /// Encodes samples.
    ///
    /// - Parameters:
    ///   - samples: whole frames, interleaved, in the format that the encoder was made for.
    ///   - file: takes the bytes that follow those already written.
    /// - Throws: `.full` where the file cannot hold them all, so that it took none; it can be ended.
    func encode(_ samples: Span<UInt8>, into file: inout [UInt8]) throws(AudioError)

    /// Ends the file.
    ///
    /// - Parameter file: takes the last bytes.
    /// - Returns: bytes that must be written over those at the start of the file, such as a header with lengths; empty for none.
    func finish(into file: inout [UInt8]) throws(AudioError) -> [UInt8]
}

/// Why sound could not be encoded or decoded.
public struct AudioError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of failure it was.
    public enum Code: Hashable, Sendable {
        /// Such samples do not go into such a file.
        case unsupported
        /// The codec failed; the message says how.
        case failed
        /// The file can hold no more. What is in it can be ended as it is.
        case full
    }

    /// What kind of failure it was.
    public var code: Code
    /// What happened and what to do about it.
    public var message: String

    /// Describes a failure.
    public init(_ code: Code, _ message: String) { (self.code, self.message) = (code, message) }

    /// The message.
    public var description: String { self.message }

    /// Equal where the code is.
    public static func == (left: AudioError, right: AudioError) -> Bool { left.code == right.code }

    /// Hashes the code.
    public func hash(into hasher: inout Hasher) { hasher.combine(self.code) }
}
