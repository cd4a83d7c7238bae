/// The first bytes of a WAV file: what the samples are, and how many.
///
/// - Source: Microsoft and IBM, "Multimedia Programming Interface and Data Specifications 1.0", RIFF WAVE; "Multiple
///   Channel Audio Data and WAVE Files" for the fact chunk of G.711.
public struct WAVHeader: Hashable, Sendable {
    /// What the samples are.
    public var format: AudioFormat
    /// How many bytes of samples there are; nil where that is not known yet.
    public var sampleByteCount: Int64?

    /// Describes a file.
    public init(format: AudioFormat, sampleByteCount: Int64? = nil) {
        (self.format, self.sampleByteCount) = (format, sampleByteCount)
    }

    /// - Unit: bytes of the header: 44 for linear samples, 58 for G.711.
    public var byteCount: Int { self.format.samples == .linear16 ? 44 : 58 }

    /// The header's bytes. Lengths that are unknown are written as the greatest number, which players take for "until the
    /// end".
    public func encoded() -> [UInt8] {
        let isCoded = self.format.samples != .linear16
        let padding = self.sampleByteCount.map { $0 % 2 }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(self.byteCount)
        bytes += "RIFF".utf8
        bytes.append(little: self.length(adding: Int64(self.byteCount - 8) + (padding ?? 0)))
        bytes += "WAVEfmt ".utf8
        bytes.append(little: UInt32(isCoded ? 18 : 16))
        bytes.append(little: self.formatTag)
        bytes.append(little: UInt16(clamping: self.format.channels))
        bytes.append(little: UInt32(clamping: self.format.sampleRate))
        bytes.append(little: UInt32(clamping: self.format.sampleRate * self.format.frameByteCount))
        bytes.append(little: UInt16(clamping: self.format.frameByteCount))
        bytes.append(little: UInt16(8 * self.format.samples.byteCount))
        if isCoded {
            bytes.append(little: UInt16(0))
            bytes += "fact".utf8
            bytes.append(little: UInt32(4))
            let frames = self.sampleByteCount.map { $0 / Int64(max(self.format.frameByteCount, 1)) }
            bytes.append(little: frames.map { UInt32(clamping: $0) } ?? .max)
        }
        bytes += "data".utf8
        bytes.append(little: self.length(adding: 0))
        return bytes
    }

    /// - Source: RFC 2361 appendix A: WAVE_FORMAT_PCM, WAVE_FORMAT_ALAW, WAVE_FORMAT_MULAW.
    private var formatTag: UInt16 {
        switch self.format.samples {
        case .linear16: 1
        case .aLaw: 6
        case .muLaw: 7
        }
    }

    private func length(adding more: Int64) -> UInt32 {
        self.sampleByteCount.map { UInt32(clamping: $0 + more) } ?? .max
    }
}

extension [UInt8] {
    fileprivate mutating func append(little number: some FixedWidthInteger & UnsignedInteger) {
        for shift in stride(from: 0, to: number.bitWidth, by: 8) {
            self.append(UInt8(truncatingIfNeeded: number >> shift))
        }
    }
}
