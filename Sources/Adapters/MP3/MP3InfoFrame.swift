/// The frame in front of the sound that says how long it is, and how much the encoder has put before and behind it: the
/// "Info" tag with LAME's extension. Players that read it play exactly the samples that were encoded; to the others it is
/// a frame of silence.
///
/// It has no table for seeking, which a constant bit rate does not need and which a frame of 72 bytes would not hold.
///
/// - Source: "MP3 Info Tag revision 1" by the LAME project; the frame's header and side information from ISO/IEC 11172-3
///   §2.4.1.3 and 13818-3 §2.4.1.3.
struct MP3InfoFrame {
    /// What LAME says of the file once it is whole.
    struct Contents {
        /// Frames of sound, without this one.
        var frameCount: UInt32 = 0
        /// - Unit: bytes of the file, with this frame.
        var byteCount: UInt32 = 0
        /// - Unit: samples of a channel that the encoder has put in front; decoders add 529 of their own.
        var delay: UInt32 = 0
        /// - Unit: samples of a channel behind the sound.
        var padding: UInt32 = 0
        /// Of the bytes behind this frame.
        var soundChecksum: UInt16 = 0
    }

    /// - Unit: bytes.
    let byteCount: Int

    private let header: [UInt8]
    private let tagOffset: Int
    private let bitRate: Int
    private let isStereo: Bool

    /// The frame for a file whose frames begin with these four bytes.
    ///
    /// - Returns: nil where a frame has no room for it.
    init?(before header: [UInt8], bitRate: Int, sampleRate: Int, channels: Int) {
        guard header.count == 4 else { return nil }
        // Without the slot that makes a frame longer by a byte.
        self.header = [header[0], header[1], header[2] & 0xFD, header[3]]
        (self.bitRate, self.isStereo) = (bitRate, channels == 2)
        let isMPEG1 = header[1] & 0x18 == 0x18
        self.byteCount = (isMPEG1 ? 144 : 72) * bitRate / sampleRate
        let sideInformation = isMPEG1 ? (channels == 2 ? 32 : 17) : (channels == 2 ? 17 : 9)
        self.tagOffset = 4 + sideInformation
        guard self.byteCount >= self.tagOffset + Self.tagByteCount else { return nil }
    }

    private static let tagByteCount = 52

    /// The frame's bytes.
    ///
    /// - Parameter contents: nil where they are not known yet.
    func encoded(_ contents: Contents?) -> [UInt8] {
        var bytes = self.header + [UInt8](repeating: 0, count: self.tagOffset - 4)
        bytes += "Info".utf8
        bytes.append(big: contents == nil ? 0 : 3, 4)
        bytes.append(big: contents?.frameCount ?? 0, 4)
        bytes.append(big: contents?.byteCount ?? 0, 4)
        bytes += "LAME3.100".utf8
        // Revision 0, constant bit rate; no low-pass, peak and gains are told.
        bytes += [0x01, 0] + [UInt8](repeating: 0, count: 8)
        bytes += [0, UInt8(clamping: self.bitRate / 1_000)]
        let (delay, padding) = (min(contents?.delay ?? 0, 0xFFF), min(contents?.padding ?? 0, 0xFFF))
        bytes.append(big: delay << 12 | padding, 3)
        // Source of at most 32 kHz; stereo or mono.
        bytes += [self.isStereo ? 0x04 : 0, 0, 0, 0]
        bytes.append(big: contents?.byteCount ?? 0, 4)
        bytes.append(big: UInt32(contents?.soundChecksum ?? 0), 2)
        var checksum = MP3Checksum()
        checksum.add(bytes.span)
        bytes.append(big: UInt32(checksum.value), 2)
        return bytes + [UInt8](repeating: 0, count: self.byteCount - bytes.count)
    }
}

/// The checksum of LAME's extension: x¹⁶ + x¹⁵ + x² + 1, from the lowest bit on, beginning with 0.
struct MP3Checksum {
    private(set) var value: UInt16 = 0

    private static let table: [UInt16] = (0..<256).map { byte in
        (0..<8).reduce(UInt16(byte)) { value, _ in value & 1 == 0 ? value >> 1 : value >> 1 ^ 0xA001 }
    }

    mutating func add(_ bytes: Span<UInt8>) {
        let table = Self.table
        for index in bytes.indices {
            self.value = self.value >> 8 ^ table[Int(UInt8(truncatingIfNeeded: self.value) ^ bytes[index])]
        }
    }
}

extension [UInt8] {
    fileprivate mutating func append(big number: UInt32, _ count: UInt32) {
        for place in (0..<count).reversed() { self.append(UInt8(truncatingIfNeeded: number >> (8 * place))) }
    }
}
