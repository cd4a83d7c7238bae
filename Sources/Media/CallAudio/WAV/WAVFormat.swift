/// WAV files whose samples are the bytes that came: G.711 is neither decoded nor encoded again.
///
/// A file ends at 4 GiB, which is as far as its lengths count: 74 hours of two channels of G.711, 37 of linear samples.
public struct WAVFormat: AudioFileFormat {
    private let byteLimit: Int64

    /// Makes WAV files.
    public init() { self.init(byteLimit: Int64(UInt32.max)) }

    /// - Parameter byteLimit: of a file behind its first eight bytes.
    init(byteLimit: Int64) { self.byteLimit = byteLimit }

    /// `audio/wav`.
    public var mediaType: String { "audio/wav" }
    /// `wav`.
    public var pathExtension: String { "wav" }

    /// What the parties send, as it is.
    public func samples(for source: AudioFormat) -> AudioFormat { source }

    /// Starts a file.
    ///
    /// - Throws: `.unsupported` where there are no channels, more than 255, or no sample rate.
    public func makeEncoder(for samples: AudioFormat) throws(AudioError) -> any AudioFileEncoder {
        guard (1...255).contains(samples.channels), (1...768_000).contains(samples.sampleRate) else {
            throw AudioError(
                .unsupported, "a WAV file of \(samples.channels) channels at \(samples.sampleRate) Hz is not written")
        }
        return WAVEncoder(samples, byteLimit: self.byteLimit)
    }
}

/// Writes one WAV file.
///
/// Sendable by the port's promise that one thread at a time uses an encoder; a lock would only be paid for.
private final class WAVEncoder: AudioFileEncoder, @unchecked Sendable {
    private let format: AudioFormat
    private let byteLimit: Int64
    private var sampleByteCount: Int64?

    init(_ format: AudioFormat, byteLimit: Int64) { (self.format, self.byteLimit) = (format, byteLimit) }

    func encode(_ samples: Span<UInt8>, into file: inout [UInt8]) throws(AudioError) {
        guard samples.count % self.format.frameByteCount == 0 else {
            throw AudioError(
                .failed, "\(samples.count) bytes are no whole frames of \(self.format.frameByteCount) bytes")
        }
        let sampleByteCount = (self.sampleByteCount ?? 0) + Int64(samples.count)
        // What pads the last chunk counts as well.
        guard Int64(WAVHeader(format: self.format).byteCount - 8) + sampleByteCount + 1 <= self.byteLimit else {
            throw AudioError(.full, "a WAV file holds no more than 4 GiB")
        }
        self.begin(&file)
        self.sampleByteCount = sampleByteCount
        #if _endian(little)
            // Safe: the pointer is read within the call only; byte by byte it costs ten times as much.
            unsafe samples.withUnsafeBufferPointer { unsafe file.append(contentsOf: $0) }
        #else
            // The file is little-endian whatever the machine is; the other byte of a pair is one bit of the index away.
            let swap = self.format.samples == .linear16 ? 1 : 0
            file.append(addingCapacity: samples.count) { output in
                for index in samples.indices { output.append(samples[index ^ swap]) }
            }
        #endif
    }

    func finish(into file: inout [UInt8]) throws(AudioError) -> [UInt8] {
        self.begin(&file)
        let count = self.sampleByteCount ?? 0
        // Chunks have an even length.
        if count % 2 != 0 { file.append(0) }
        return WAVHeader(format: self.format, sampleByteCount: count).encoded()
    }

    private func begin(_ file: inout [UInt8]) {
        guard self.sampleByteCount == nil else { return }
        file += WAVHeader(format: self.format).encoded()
        self.sampleByteCount = 0
    }
}
