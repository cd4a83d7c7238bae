internal import CLAME
internal import CallAudio

/// One libmp3lame encoder.
///
/// Sendable by the port's promise that one thread at a time uses an encoder.
final class MP3Encoder: AudioFileEncoder, @unchecked Sendable {
    private let lame: lame_t
    private let format: MP3Format
    private let inputChannels: Int
    private var isFinished = false
    private var infoFrame: MP3InfoFrame?
    private var checksum = MP3Checksum()
    /// - Unit: bytes of frames of sound.
    private var soundByteCount = 0

    /// LAME fills tables that all encoders share when the first one is set up, and does not guard them.
    private static let sharedTables: Void = {
        _ = try? MP3Encoder(fillingTables: MP3Format(), inputChannels: 2)
    }()

    convenience init(_ format: MP3Format, inputChannels: Int) throws(AudioError) {
        Self.sharedTables
        try self.init(fillingTables: format, inputChannels: inputChannels)
    }

    private init(fillingTables format: MP3Format, inputChannels: Int) throws(AudioError) {
        guard let lame = lame_init() else { throw AudioError(.failed, "libmp3lame has no memory for an encoder") }
        self.lame = lame
        (self.format, self.inputChannels) = (format, inputChannels)
        lame_set_errorf(lame) { _, _ in }
        lame_set_msgf(lame) { _, _ in }
        lame_set_debugf(lame) { _, _ in }
        lame_set_num_channels(lame, CInt(inputChannels))
        lame_set_in_samplerate(lame, CInt(clamping: format.sampleRate))
        lame_set_out_samplerate(lame, CInt(clamping: format.sampleRate))
        lame_set_mode(lame, format.channels == 2 ? STEREO : MONO)
        lame_set_VBR(lame, vbr_off)
        lame_set_brate(lame, CInt(clamping: format.bitRate / 1_000))
        lame_set_quality(lame, CInt(clamping: format.quality))
        // LAME's own tag has a table for seeking and does not fit a frame of 16 kbit/s; see MP3InfoFrame.
        lame_set_bWriteVbrTag(lame, 0)
        lame_set_write_id3tag_automatic(lame, 0)
        // LAME would rather take the nearest bit rate that there is than say that there is none.
        guard lame_init_params(lame) >= 0, lame_get_brate(lame) == CInt(clamping: format.bitRate / 1_000),
            lame_get_out_samplerate(lame) == CInt(clamping: format.sampleRate)
        else {
            throw AudioError(
                .unsupported, "libmp3lame makes no MP3 of \(format.bitRate) bit/s at \(format.sampleRate) Hz")
        }
    }

    deinit { lame_close(self.lame) }

    func encode(_ samples: Span<UInt8>, into file: inout [UInt8]) throws(AudioError) {
        guard !self.isFinished else { throw AudioError(.failed, "the file has ended") }
        let frameByteCount = 2 * self.inputChannels
        guard samples.count % frameByteCount == 0 else {
            throw AudioError(.failed, "\(samples.count) bytes are no whole frames of \(frameByteCount) bytes")
        }
        let frames = samples.count / frameByteCount
        guard frames > 0 else { return }
        try samples.withUnsafeBufferPointer { bytes throws(AudioError) in
            // LAME's own bound: 1.25 bytes a sample and 7 200 more.
            try self.write(atMost: frames * 5 / 4 + 7_200, to: &file) { output in
                if Int(bitPattern: bytes.baseAddress) % MemoryLayout<Int16>.alignment == 0 {
                    return UnsafeRawBufferPointer(bytes).withMemoryRebound(to: Int16.self) { numbers in
                        self.encode(numbers, frames: frames, into: output)
                    }
                }
                let numbers = (0..<frames * self.inputChannels).map {
                    UnsafeRawBufferPointer(bytes).loadUnaligned(fromByteOffset: 2 * $0, as: Int16.self)
                }
                return numbers.withUnsafeBufferPointer { self.encode($0, frames: frames, into: output) }
            }
        }
    }

    func finish(into file: inout [UInt8]) throws(AudioError) -> [UInt8] {
        guard !self.isFinished else { throw AudioError(.failed, "the file has ended") }
        self.isFinished = true
        try self.write(atMost: 7_200, to: &file) { lame_encode_flush(self.lame, $0.baseAddress, CInt($0.count)) }
        guard let infoFrame = self.infoFrame else { return [] }
        return infoFrame.encoded(
            MP3InfoFrame.Contents(
                frameCount: UInt32(clamping: lame_get_frameNum(self.lame)),
                byteCount: UInt32(clamping: infoFrame.byteCount + self.soundByteCount),
                delay: UInt32(clamping: lame_get_encoder_delay(self.lame)),
                padding: UInt32(clamping: lame_get_encoder_padding(self.lame)), soundChecksum: self.checksum.value))
    }

    /// Samples of a channel that LAME is given at a time, two frames. It keeps space for as many as it was ever given at
    /// once: 64 kB a call where that is a second, and reads them from further away.
    private static let piece = 1_152

    private func encode(
        _ samples: UnsafeBufferPointer<Int16>, frames: Int, into output: UnsafeMutableBufferPointer<UInt8>
    ) -> CInt {
        var written: CInt = 0
        for start in stride(from: 0, to: frames, by: Self.piece) {
            let count = CInt(clamping: min(Self.piece, frames - start))
            let input = samples.baseAddress.map { $0 + start * self.inputChannels }
            let space = output.baseAddress.map { $0 + Int(written) }
            let rest = CInt(clamping: output.count) - written
            let step =
                // The samples are only read, whatever C says.
                self.inputChannels == 1
                ? lame_encode_buffer(self.lame, input, input, count, space, rest)
                : lame_encode_buffer_interleaved(
                    self.lame, input.map { UnsafeMutablePointer(mutating: $0) }, count, space, rest)
            guard step >= 0 else { return step }
            written += step
        }
        return written
    }

    private func write(
        atMost count: Int, to file: inout [UInt8], _ body: (UnsafeMutableBufferPointer<UInt8>) -> CInt
    ) throws(AudioError) {
        let start = file.count
        var written: CInt = 0
        file.append(addingCapacity: count) { output in
            output.withUnsafeMutableBufferPointer { buffer, initializedCount in
                let space = UnsafeMutableBufferPointer(rebasing: buffer[initializedCount...])
                written = body(space)
                initializedCount += Int(max(written, 0))
            }
        }
        guard written >= 0 else { throw AudioError(.failed, "libmp3lame reports \(written)") }
        guard written > 0 else { return }
        self.checksum.add(file.span.extracting(start..<file.count))
        if self.soundByteCount == 0 { self.begin(&file, at: start) }
        self.soundByteCount += Int(written)
    }

    /// Leaves room in front of the first frame for what is known at the end.
    private func begin(_ file: inout [UInt8], at start: Int) {
        let header = Array(file[start..<min(start + 4, file.count)])
        self.infoFrame = MP3InfoFrame(
            before: header, bitRate: self.format.bitRate, sampleRate: self.format.sampleRate,
            channels: self.format.channels)
        if let infoFrame = self.infoFrame { file.insert(contentsOf: infoFrame.encoded(nil), at: start) }
    }
}
