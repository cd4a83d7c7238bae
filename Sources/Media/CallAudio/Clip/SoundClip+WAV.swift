extension SoundClip {
    /// - Unit: bytes; a longer file is not read.
    public static let maximumFileByteCount = 16 << 20

    /// Reads a WAV file: one channel at 8 kHz, 16-bit linear samples or G.711.
    ///
    /// - Throws: `.unsupported` where the sound is another, longer than ten minutes or none; the message says what to make of it.
    ///   `.failed` where the file is no WAV.
    /// - Source: Microsoft and IBM, "Multimedia Programming Interface and Data Specifications 1.0", RIFF WAVE.
    public init(wav file: [UInt8]) throws(AudioError) {
        guard file.count <= Self.maximumFileByteCount else {
            throw AudioError(
                .unsupported, "a sound of \(file.count) bytes; at most \(Self.maximumFileByteCount) are read")
        }
        var reader = ChunkReader(file)
        guard reader.word(at: 0) == "RIFF", reader.word(at: 8) == "WAVE" else {
            throw AudioError(.failed, "this is no WAV file; make one with one channel at 8000 Hz, PCM 16 bit or G.711")
        }
        var format: SampleFormat?
        while let (name, body) = reader.next() {
            switch name {
            case "fmt ": format = try Self.format(reader, body)
            case "data":
                guard let format else {
                    throw AudioError(.failed, "the samples come before what says how they are coded")
                }
                self.init(samples: try Self.samples(file, body, format))
                return
            default: break
            }
        }
        throw AudioError(.failed, "the file holds no samples")
    }

    private static func format(_ reader: ChunkReader, _ body: Range<Int>) throws(AudioError) -> SampleFormat {
        guard body.count >= 16 else { throw AudioError(.failed, "the format is cut off") }
        let start = body.lowerBound
        let (tag, channels) = (reader.number(at: start, 2), reader.number(at: start + 2, 2))
        let (rate, bits) = (reader.number(at: start + 4, 4), reader.number(at: start + 14, 2))
        guard channels == 1, rate == 8_000 else {
            throw AudioError(.unsupported, "\(channels) channels at \(rate) Hz; make it one channel at 8000 Hz")
        }
        switch (tag, bits) {
        case (1, 16): return .linear16
        case (6, 8): return .aLaw
        case (7, 8): return .muLaw
        default:
            throw AudioError(.unsupported, "format \(tag) with \(bits) bits; make it PCM 16 bit, A-law or µ-law")
        }
    }

    private static func samples(
        _ file: [UInt8], _ body: Range<Int>, _ format: SampleFormat
    ) throws(AudioError) -> [Int16] {
        let count = body.count / format.byteCount
        guard (1...Self.maximumCount).contains(count) else {
            throw AudioError(.unsupported, "\(count) samples; a sound has 1 to \(Self.maximumCount)")
        }
        guard let law = G711(format) else {
            return (0..<count).map { index in
                let place = body.lowerBound + 2 * index
                return Int16(bitPattern: UInt16(file[place]) | UInt16(file[place + 1]) << 8)
            }
        }
        return body.map { law.decode(file[$0]) }
    }
}

/// Goes through the chunks of a RIFF file.
private struct ChunkReader {
    private let file: [UInt8]
    private var offset = 12

    init(_ file: [UInt8]) { self.file = file }

    /// The next chunk: its name, and where its bytes lie, as far as they are there.
    mutating func next() -> (name: String, body: Range<Int>)? {
        guard self.file.count - self.offset >= 8 else { return nil }
        let name = self.word(at: self.offset)
        let start = self.offset + 8
        // What is written while its length is unknown has the greatest.
        let end = min(start + self.number(at: self.offset + 4, 4), self.file.count)
        // Chunks have an even length.
        self.offset = min(end + (end - start) % 2, self.file.count)
        return (name, start..<end)
    }

    func word(at place: Int) -> String {
        guard place + 4 <= self.file.count else { return "" }
        return String(decoding: self.file[place..<place + 4], as: UTF8.self)
    }

    /// A number of so many bytes; 0 where they are not there.
    func number(at place: Int, _ count: Int) -> Int {
        guard place + count <= self.file.count else { return 0 }
        return (0..<count).reduce(0) { $0 | Int(self.file[place + $1]) << (8 * $1) }
    }
}
