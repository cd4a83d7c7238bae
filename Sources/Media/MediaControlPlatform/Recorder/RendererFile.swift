import CallAudio
import RecordingStorage

/// One file while it is rendered: its encoder, and the bytes that are not in the working directory yet.
struct RendererFile: Sendable {
    let file: RecordingTicket.File
    /// Why there will be no such file.
    private(set) var failure: String?
    /// Why the file ends before the recording does.
    private(set) var cut: String?

    private let format: any AudioFileFormat
    private var encoder: (any AudioFileEncoder)?
    private var samples: AudioFormat?
    private var pending: [UInt8] = []
    private var start: [UInt8] = []
    private var byteCount: Int64 = 0
    /// - Unit: samples of a channel, of 8 000 Hz.
    private var length: Int64 = 0
    private var isBegun = false
    /// Whether more bytes had gathered than memory is given: the file is made out of the journal another time.
    private(set) var isPostponed = false

    /// - Unit: bytes that may gather while the working directory takes none: minutes of MP3, a minute of G.711.
    static let memoryByteCount = 1 << 20
    /// - Unit: bytes that gather before they are written; fewer calls of the system for the same bytes.
    private static let writeByteCount = 16_384

    init(_ file: RecordingTicket.File, format: any AudioFileFormat) { (self.file, self.format) = (file, format) }

    /// Encodes a block.
    ///
    /// - Parameter source: what the parties send, asked for once.
    mutating func encode(
        _ block: inout RendererSamples, source: AudioFormat, into directory: any WorkingDirectory
    ) throws(StorageError) {
        guard self.failure == nil, self.cut == nil, !self.isPostponed else { return }
        do throws(AudioError) {
            let (encoder, samples) = try self.begin(source: source)
            try block.lend(as: samples) { span throws(AudioError) in
                try encoder.encode(span, into: &self.pending)
            }
            self.length += Int64(block.count)
        } catch {
            if error.code == .full { self.end(error, source: source) } else { self.fail(error) }
        }
        guard self.pending.count >= Self.writeByteCount else { return }
        do throws(StorageError) {
            try self.write(into: directory)
        } catch {
            if self.pending.count > Self.memoryByteCount {
                (self.isPostponed, self.encoder, self.pending) = (true, nil, [])
            }
            throw error
        }
    }

    /// Takes the last bytes out of the encoder.
    mutating func finish(source: AudioFormat) {
        guard self.failure == nil, self.cut == nil, !self.isPostponed else { return }
        do throws(AudioError) {
            self.start = try self.begin(source: source).0.finish(into: &self.pending)
        } catch {
            self.fail(error)
        }
        self.encoder = nil
    }

    /// Brings everything to the disk, after ``finish(source:)``; again after an error.
    mutating func secure(in directory: any WorkingDirectory) throws(StorageError) {
        guard self.failure == nil else {
            try directory.remove(self.file.name)
            return
        }
        try self.write(into: directory)
        if !self.start.isEmpty { try directory.overwriteStart(of: self.file.name, with: self.start) }
        try directory.sync(self.file.name)
    }

    /// What the file has become; nil where it could not be made.
    func rendered(duration: Duration) -> RenderedRecording.File? {
        guard self.failure == nil else { return nil }
        return RenderedRecording.File(
            name: self.file.name, mediaType: self.file.mediaType, byteCount: self.byteCount,
            duration: self.cut == nil ? duration : .microseconds(125 * self.length))
    }

    private mutating func begin(source: AudioFormat) throws(AudioError) -> (any AudioFileEncoder, AudioFormat) {
        if let encoder = self.encoder, let samples = self.samples { return (encoder, samples) }
        let samples = self.format.samples(for: source)
        let encoder = try self.format.makeEncoder(for: samples)
        (self.encoder, self.samples) = (encoder, samples)
        return (encoder, samples)
    }

    private mutating func write(into directory: any WorkingDirectory) throws(StorageError) {
        // What an earlier rendering has left is not added to. A file is made even where nothing is in it.
        if !self.isBegun { try directory.remove(self.file.name) }
        guard !self.pending.isEmpty || !self.isBegun else { return }
        self.isBegun = true
        try directory.append(self.pending, to: self.file.name)
        self.byteCount += Int64(self.pending.count)
        self.pending.removeAll(keepingCapacity: true)
    }

    /// Ends the file where it is full; what is in it stays.
    private mutating func end(_ error: AudioError, source: AudioFormat) {
        self.finish(source: source)
        self.cut = "\(self.file.name) ends after \(self.length / 8_000) s: \(error.message)"
    }

    private mutating func fail(_ error: AudioError) {
        self.failure = "\(self.file.name) could not be made: \(error.message)"
        (self.encoder, self.pending, self.start) = (nil, [], [])
    }
}
