import CallAudio
import CaptureJournal

/// One prompt on its way to one party: gives the next samples, mixed into a packet of the talk or in a packet of its own.
///
/// Whatever carries the samples, they follow each other without a gap, so what was counted as played was sent.
struct PromptPlayer: Sendable {
    /// For whom it is played.
    enum Purpose: Hashable, Sendable {
        case beep(RecordingNumber)
        case announcement(RecordingNumber)
        case dialog(PromptNumber)

        /// The recording that it belongs to; nil where it belongs to none.
        var recording: RecordingNumber? {
            switch self {
            case .beep(let number), .announcement(let number): number
            case .dialog: nil
            }
        }
    }

    let program: PromptProgram
    let purpose: Purpose
    /// When its first sample was sent; nil before.
    var began: MonotonicTime?
    /// When the next packet of its own is due.
    var due: MonotonicTime
    /// - Unit: samples that were sent.
    private(set) var played = 0
    /// Why it is over; nil while it is not.
    private(set) var end: PromptEnd?

    private var clip = 0
    private var place = 0
    private var turn = 0
    /// - Unit: samples of silence that are left between two turns.
    private var gap = 0
    private let limit: Int

    /// - Unit: samples in a packet of its own, 20 ms.
    static let frame = 160

    init(_ program: PromptProgram, for purpose: Purpose, at now: MonotonicTime) {
        (self.program, self.purpose, self.due) = (program, purpose, now)
        self.limit = program.longest.map { Self.count($0) } ?? .max
        if program.clips.isEmpty || program.iterations.map({ $0 < 1 }) ?? false { self.end = .complete }
        if self.limit == 0 { self.end = .longest }
    }

    /// Ends it before its time.
    mutating func stop(_ reason: PromptEnd) {
        if self.end == nil { self.end = reason }
    }

    /// Lays the next samples over coded ones.
    mutating func mix(into codes: inout MutableSpan<UInt8>, _ range: Range<Int>, law: G711) {
        for index in range {
            guard self.end == nil else { return }
            let sum = Int32(law.decode(codes[index])) + Int32(self.next())
            codes[index] = law.encode(Int16(clamping: sum))
        }
    }

    /// Appends the next samples; silence fills what is missing behind the last.
    mutating func append(_ count: Int, law: G711, to bytes: inout [UInt8]) {
        for _ in 0..<count { bytes.append(self.end == nil ? law.encode(self.next()) : law.silence) }
    }

    private mutating func next() -> Int16 {
        self.played += 1
        if self.played == self.limit { self.end = .longest }
        guard self.gap == 0 else {
            self.gap -= 1
            return 0
        }
        let sample = self.program.clips[self.clip].samples[self.place]
        self.place += 1
        guard self.place == self.program.clips[self.clip].samples.count else { return sample }
        (self.place, self.clip) = (0, self.clip + 1)
        guard self.clip == self.program.clips.count else { return sample }
        (self.clip, self.turn) = (0, self.turn + 1)
        if self.turn == self.program.iterations {
            self.end = .complete
        } else {
            self.gap = Self.count(self.program.interval)
        }
        return sample
    }

    /// - Returns: samples, of a day at most.
    private static func count(_ duration: Duration) -> Int {
        Int(min(max(duration, .zero), .seconds(86_400)) / .microseconds(125))
    }
}
