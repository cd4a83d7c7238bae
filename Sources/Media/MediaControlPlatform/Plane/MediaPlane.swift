import CallCore
public import CaptureJournal
public import RTP

/// All media of one thread: takes what has arrived, passes it on at once, and captures what is recorded. A value, so
/// that a simulation turns it by hand; `MediaThread` turns it for real.
///
/// Every turn takes the packets that have arrived before it carries out the orders. So an order's moment is exact: what
/// arrived before it was treated in the old way, what arrives after it is treated in the new.
///
/// A packet costs no allocation.
public struct MediaPlane: Sendable {
    /// Whether `shutDown` was carried out.
    public private(set) var isFinished = false

    let transport: any MediaTransport
    var tokens: TokenGenerator
    var journal: JournalWriter
    /// Legs by place, those included that were closed and whose place nobody has taken. No optionals and no dictionary:
    /// changing a leg in one of those would copy it, packet by packet.
    var legs: [MediaLeg] = []
    var places: [LegID: Int] = [:]
    /// The place of the leg whose port has this number; nil where there is none.
    var placeOfPort: [Int?] = []
    var conferences: [String: Conference] = [:]
    var recordings: [RecordingNumber: ActiveRecording] = [:]
    /// Where a packet is rewritten on its way.
    var scratch: [UInt8] = []
    /// Recordings whose parties are played something.
    var prompted: [RecordingNumber] = []
    /// When a prompt needs to be looked after; nil where there is none.
    var nextPrompt: MonotonicTime?
    /// What there is to say of prompts.
    var promptReports: [MediaPlaneReport] = []
    /// Whether any party hears another.
    private var isHeard = false
    /// When what happens once a second is due.
    private var nextSecond: MonotonicTime

    struct Conference: Sendable {
        /// Places of the legs, in the order in which they joined.
        var members: [Int] = []
        var recordings: [RecordingNumber] = []
        var isEmpty: Bool { self.members.isEmpty && self.recordings.isEmpty }
    }

    struct ActiveRecording: Sendable {
        var ticket: RecordingTicket
        var isPaused = false
        /// What its parties are played.
        var prompts: RecordingPromptSchedule?
        /// What of each leg was not taken before the recording began.
        var refusalsBefore: [LegID: StreamRefusals] = [:]
        /// Since when what is keyed is not sensitive; nil while it is.
        var keysSince: MonotonicTime?
        /// When it began or was resumed.
        var since: MonotonicTime
    }

    /// A plane without legs.
    ///
    /// - Parameters:
    ///   - seed: of SSRCs and of the numbers that streams begin with.
    ///   - journal: gathers what is captured.
    public init(transport: any MediaTransport, seed: UInt64, journal: JournalWriter = JournalWriter()) {
        (self.transport, self.journal) = (transport, journal)
        self.tokens = TokenGenerator(seed: seed)
        self.nextSecond = transport.now + .seconds(1)
        self.scratch.reserveCapacity(2_048)
    }

    /// How long the next turn can wait where no media arrives and no order comes.
    public var patience: Duration {
        guard !self.places.isEmpty || !self.journal.isEmpty else { return .milliseconds(100) }
        let patience = max(.milliseconds(20), self.gathering)
        guard let nextPrompt = self.nextPrompt else { return patience }
        return min(max(.milliseconds(1), self.transport.now.duration(to: nextPrompt)), patience)
    }

    /// How long media can be left to gather: not at all while somebody hears it, and a while where it is only captured,
    /// since the transport tells when it arrived: seven packets of a party then cost one visit.
    public var gathering: Duration { self.isHeard ? .zero : .milliseconds(140) }

    /// Takes what has arrived, then carries out orders.
    ///
    /// - Parameter orders: all that have come since the last turn.
    /// - Returns: what there is to say, in order.
    public mutating func turn(_ orders: [MediaPlaneOrder] = []) -> [MediaPlaneReport] {
        guard !self.isFinished else { return [] }
        self.transport.drain { datagram, arrival in self.receive(datagram, arrival) }
        let now = self.transport.now
        var reports: [MediaPlaneReport] = []
        for order in orders where !self.isFinished { self.carryOut(order, at: now, &reports) }
        if !orders.isEmpty {
            self.isHeard = self.legs.contains { leg in
                leg.isOpen && leg.listeners.contains { self.legs[$0].destination != nil }
            }
        }
        if let due = self.nextPrompt, now >= due { self.movePrompts(at: now) }
        if !self.promptReports.isEmpty {
            // After the last report there is none.
            if !self.isFinished { reports += self.promptReports }
            self.promptReports.removeAll()
        }
        if now >= self.nextSecond {
            self.nextSecond = now + .seconds(1)
            self.sendControl(at: now)
            let counts = self.legs.lazy.filter(\.isOpen).map(\.allCounts)
            if !counts.isEmpty { reports.append(.counts(Array(counts))) }
        }
        return reports
    }

    /// Takes out captured records that are due to be stored, or would be before the next visit; call it after every turn.
    ///
    /// So a packet is handed over within the age of a batch, 150 ms by default, and 100 of the 250 ms after which it must
    /// be on the disk are left for the disk.
    ///
    /// - Returns: nil where none are.
    public mutating func takeBatch() -> [UInt8]? {
        self.isFinished ? self.journal.takeAll() : self.journal.takeBatch(at: self.transport.now + self.gathering)
    }

    private mutating func carryOut(
        _ order: MediaPlaneOrder, at now: MonotonicTime, _ reports: inout [MediaPlaneReport]
    ) {
        switch order {
        case .openPort(let leg): reports.append(self.open(leg, at: now))
        case .setRemote(let leg, let media):
            if let report = self.set(media, of: leg, at: now) { reports.append(report) }
        case .join(let leg, let conference): self.join(leg, conference, at: now)
        case .leave(let leg): self.leave(leg, at: now)
        case .closeLeg(let leg): self.close(leg, at: now)
        case .startRecording(let ticket): reports.append(self.start(ticket, at: now))
        case .pauseRecording(let number): reports.append(self.pause(number, at: now))
        case .resumeRecording(let number): reports.append(self.resume(number, at: now))
        case .markRecording(let number, let isSensitive):
            reports.append(self.mark(number, isSensitive: isSensitive, at: now))
        case .stopRecording(let number, let reason): reports.append(self.stop(number, reason: reason, at: now))
        case .promptParties(let number, let plan): self.prompt(plan, in: number, at: now)
        case .play(let number, let program, let leg): self.play(program, number, to: leg, at: now)
        case .stopPlaying(let number): self.stopPlaying(number, at: now)
        case .shutDown:
            for number in self.recordings.keys.sorted() {
                reports.append(self.stop(number, reason: "the media server was shut down", at: now))
            }
            for leg in self.places.keys.sorted() { self.close(leg, at: now) }
            self.isFinished = true
            reports.append(.finished)
        }
    }
}
