public import CallAudio
public import CallCore
public import CaptureJournal
public import RecordingStorage

/// Makes files out of the capture journal: batches of it go in as they are committed, finished recordings come out.
///
/// A value, used by one thread at a time. It knows nothing but what stands in the journal, so the same records always
/// make the same bytes, however they are cut into batches: live, or from the journal of a node that crashed.
public struct Renderer: Sendable {
    /// What came of a batch.
    public struct Outcome: Hashable, Sendable {
        /// Recordings that are whole and on the disk now.
        public var finished: [RenderedRecording] = []
        /// Recordings that have ended and could not be made, since the working directory took nothing for so long that
        /// memory would have run out. They must stay in the journal, out of which a new renderer makes them.
        public var postponed: [RecordingNumber] = []
        /// What went wrong and needs somebody; the recordings go on.
        public var problems: [RendererProblem] = []

        /// Nothing came of it.
        public init() {}
    }

    private let formats: [any AudioFileFormat]
    private let payloads: [any AudioPayloadFormat]
    private let directory: any WorkingDirectory
    /// Recordings by place. Not in the dictionary, whose values are copied to be changed, record by record.
    private var recordings: [RendererRecording] = []
    private var places: [RecordingNumber: Int] = [:]
    private var lastPlace = 0
    /// Recordings that have ended, but whose files could not be brought to the disk.
    private var unsecured: [RendererRecording] = []
    private var samples = RendererSamples()

    /// A renderer without recordings.
    ///
    /// - Parameters:
    ///   - formats: make the files; a ticket chooses among them by media type.
    ///   - payloads: decode what is not G.711; the journal chooses among them by name.
    ///   - directory: where the files grow, under the names in the ticket.
    public init(
        formats: [any AudioFileFormat], payloads: [any AudioPayloadFormat] = [], directory: any WorkingDirectory
    ) {
        (self.formats, self.payloads, self.directory) = (formats, payloads, directory)
    }

    /// Recordings that have begun and are not finished.
    public var unfinished: Int { self.recordings.count + self.unsecured.count }

    /// Whether ``retry()`` has something to do.
    public var needsRetry: Bool { !self.unsecured.isEmpty }

    /// Takes whole records, in the order in which they were captured.
    ///
    /// - Parameter isTrusted: whether their checksums need not be looked at, as the batch has never left memory.
    public mutating func render(_ batch: [UInt8], isTrusted: Bool = false) -> Outcome {
        var outcome = self.retry()
        var reader = JournalReader(isTrusting: isTrusted)
        let bytes = batch.span
        while let record = reader.next(in: bytes) {
            self.take(record, bytes.extracting(record.payload), &outcome)
        }
        for damage in reader.damage {
            outcome.problems.append(
                RendererProblem(
                    recording: nil,
                    message: "bytes \(damage.range) of a journal batch are \(damage.kind) and were left out"))
        }
        self.collectProblems(&outcome)
        return outcome
    }

    /// Tries again to bring finished recordings to the disk.
    public mutating func retry() -> Outcome {
        var outcome = Outcome()
        for recording in self.unsecured { self.secure(recording, &outcome) }
        return outcome
    }

    /// Ends every recording where the journal ends: for one that an earlier run has left.
    ///
    /// - Parameters:
    ///   - time: the end of each; its last record where that is later.
    ///   - reason: a sentence for the verdict.
    public mutating func finishAll(at time: MonotonicTime, reason: String) -> Outcome {
        var outcome = self.retry()
        for number in self.places.keys.sorted() { self.finish(number, at: time, reason: reason, &outcome) }
        self.collectProblems(&outcome)
        return outcome
    }

    private mutating func take(_ record: JournalRecord, _ payload: Span<UInt8>, _ outcome: inout Outcome) {
        let number = record.recording
        switch record.kind {
        case .begun:
            guard self.places[number] == nil else { return }
            guard let ticket = RecordingTicket(parsing: Self.copy(payload)), ticket.number == number else {
                outcome.problems.append(
                    RendererProblem(
                        recording: number, message: "the journal's ticket of recording \(number) cannot be read"))
                return
            }
            self.places[number] = self.recordings.count
            self.recordings.append(
                RendererRecording(
                    ticket, at: record.time, formats: self.formats, payloads: self.payloads))
        case .ended:
            let reason = String(decoding: Self.copy(payload), as: UTF8.self)
            self.finish(number, at: record.time, reason: reason.isEmpty ? nil : reason, &outcome)
        default:
            guard let place = self.place(of: number) else { return }
            self.recordings[place].take(record, payload, &self.samples, self.directory)
        }
    }

    private mutating func place(of number: RecordingNumber) -> Int? {
        // Records of one recording stand together: to look at the last place costs less than to hash.
        if self.recordings.indices.contains(self.lastPlace), self.recordings[self.lastPlace].ticket.number == number {
            return self.lastPlace
        }
        guard let place = self.places[number] else { return nil }
        self.lastPlace = place
        return place
    }

    private mutating func finish(
        _ number: RecordingNumber, at time: MonotonicTime, reason: String?, _ outcome: inout Outcome
    ) {
        guard let place = self.places.removeValue(forKey: number) else { return }
        self.recordings.swapAt(place, self.recordings.count - 1)
        var recording = self.recordings.removeLast()
        if place < self.recordings.count { self.places[self.recordings[place].ticket.number] = place }
        recording.finish(at: time, reason: reason, &self.samples, self.directory)
        if recording.isPostponed {
            recording.abandon(in: self.directory)
            outcome.problems += recording.problems
            outcome.postponed.append(number)
            return
        }
        self.unsecured.append(recording)
        self.secure(recording, &outcome)
    }

    private mutating func secure(_ recording: RendererRecording, _ outcome: inout Outcome) {
        var recording = recording
        let number = recording.ticket.number
        let rendered = recording.secure(in: self.directory)
        outcome.problems += recording.problems
        recording.problems = []
        self.unsecured.removeAll { $0.ticket.number == number }
        if let rendered { outcome.finished.append(rendered) } else { self.unsecured.append(recording) }
    }

    private mutating func collectProblems(_ outcome: inout Outcome) {
        for place in self.recordings.indices where !self.recordings[place].problems.isEmpty {
            outcome.problems += self.recordings[place].problems
            self.recordings[place].problems = []
        }
    }

    private static func copy(_ span: Span<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(span.count)
        for index in span.indices { bytes.append(span[index]) }
        return bytes
    }
}

/// Something that went wrong while rendering.
public struct RendererProblem: Hashable, Sendable {
    /// Whose rendering; nil where that is not known.
    public var recording: RecordingNumber?
    /// What happened.
    public var message: String

    /// Describes a problem.
    public init(recording: RecordingNumber?, message: String) { (self.recording, self.message) = (recording, message) }
}
