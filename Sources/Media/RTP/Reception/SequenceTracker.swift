/// Follows the sequence numbers of one stream: what came, what is missing, what came late or twice.
///
/// Numbers are extended so that they never wrap, and go on rising when the sender starts again: its low 16 bits are always
/// the number on the wire. Nothing is thrown away here; what to do with a packet is for whoever asks.
///
/// - Source: RFC 3550 §6.4.1, appendix A.1, A.3. Other than there, the first packet after a jump is taken at once: a sender
///   that starts again must not cost a recording its first 20 ms.
public struct SequenceTracker: Hashable, Sendable {
    /// Why numbers begin anew.
    public enum Beginning: Hashable, Sendable {
        /// Nothing came before.
        case first
        /// The packets come of another SSRC.
        case sourceChanged
        /// The sender has started again under its SSRC: its numbers have jumped.
        case numbersJumped
    }

    /// What a packet is to the stream.
    public enum Arrival: Hashable, Sendable {
        /// The first packet, or the first after the sender started again or changed its SSRC: forget about timestamps.
        case restarted(Int, Beginning)
        /// A packet past all others; `missing` numbers before it have not come so far.
        case next(Int, missing: Int)
        /// A packet that was overtaken, and still is in time.
        case reordered(Int)
        /// A packet that was overtaken by more than the window.
        case late(Int)
        /// A packet that came before.
        case duplicate(Int)

        /// The packet's extended sequence number.
        @inlinable
        public var extended: Int {
            switch self {
            case .restarted(let number, _), .next(let number, _), .reordered(let number), .late(let number),
                .duplicate(let number):
                number
            }
        }
    }

    /// Packets that came in time, each counted once.
    public private(set) var received = 0
    /// Packets that were overtaken by more than the window.
    public private(set) var late = 0
    /// Packets that came again.
    public private(set) var duplicate = 0
    /// How often the sender started again after the beginning.
    public private(set) var restarts = 0
    /// Whose packets these are; nil before the first.
    public private(set) var ssrc: UInt32?
    /// The highest extended number so far; nil before the first packet.
    public var highest: Int? { self.ssrc == nil ? nil : self.top }

    /// Packets that should have come since the beginning, by their numbers.
    public var expected: Int { self.ssrc == nil ? 0 : self.closed + self.top - self.base + 1 }
    /// Whether two packets in a row have come since the stream began anew, so that it is not one stray packet. Nothing
    /// waits for that here; it is for reports, which are made of such streams only.
    ///
    /// - Source: RFC 3550 appendix A.1, MIN_SEQUENTIAL.
    public private(set) var isProven = false

    /// The run that is not over; nil before the first packet.
    public var present: SequenceRun? {
        self.ssrc.map { ssrc in
            let received = self.received - self.before.received
            let filled = self.filled - self.before.filled
            return SequenceRun(
                ssrc: ssrc, first: self.base, last: self.top, received: received,
                lost: max(0, self.top - self.base + 1 - received - filled), late: self.late - self.before.late,
                duplicate: self.duplicate - self.before.duplicate)
        }
    }
    /// The run before the present one; nil where the sender has not started again.
    public private(set) var previous: SequenceRun?

    /// Packets that have not come, or not yet.
    public var lost: Int { max(0, self.expected - self.received - self.filled) }

    /// How far a packet may be overtaken and still be in time.
    public let window: Int

    private var top = 0
    private var base = 0
    /// What was expected of the runs before the present one.
    private var closed = 0
    /// What had been counted before the present run.
    private var before = Counts()
    /// Where the present run began, which tells its wraps from those of earlier ones.
    private var origin = 0
    /// Late packets whose numbers were expected.
    private var filled = 0
    /// Bit n: the packet `top - n` came.
    private var seen: UInt128 = 0
    /// The number after a late packet, which would prove that the sender started again a little further back.
    private var suspected: UInt16?

    /// - Source: RFC 3550 appendix A.1, MAX_DROPOUT.
    private static let maximumDropout = 3_000
    /// - Source: RFC 3550 appendix A.1, MAX_MISORDER.
    private static let maximumMisorder = 100

    private struct Counts: Hashable {
        var received = 0
        var late = 0
        var duplicate = 0
        var filled = 0
    }

    /// Nothing has come yet.
    ///
    /// - Parameter window: how many packets late is still in time, 1 to 127; 64 packets are 1.28 s of sound.
    public init(window: Int = 64) { self.window = min(max(window, 1), 127) }

    /// Whether a packet belongs to the stream as it is: for another, the tracker would begin anew.
    public func follows(_ sequenceNumber: UInt16, ssrc: UInt32) -> Bool {
        self.ssrc == ssrc && self.step(to: sequenceNumber).magnitude <= Self.maximumDropout
    }

    /// Takes the number of a packet that has arrived.
    ///
    /// - Complexity: O(1); no allocation.
    public mutating func receive(_ sequenceNumber: UInt16, ssrc: UInt32) -> Arrival {
        guard let known = self.ssrc, known == ssrc else {
            return self.restart(at: sequenceNumber, ssrc: ssrc, self.ssrc == nil ? .first : .sourceChanged)
        }
        let step = self.step(to: sequenceNumber)
        if step.magnitude > Self.maximumDropout {
            return self.restart(at: sequenceNumber, ssrc: ssrc, .numbersJumped)
        }
        if step > 0 { return self.advance(by: step) }
        let number = self.top + step
        if step >= -self.window {
            self.suspected = nil
            let bit = UInt128(1) << UInt128(-step)
            if self.seen & bit != 0 {
                self.duplicate += 1
                return .duplicate(number)
            }
            self.seen |= bit
            self.base = min(self.base, number)
            self.received += 1
            return .reordered(number)
        }
        if step < -Self.maximumMisorder, sequenceNumber == self.suspected {
            // Two in a row from far back: it is the sender that went back, and not the packet that came late.
            self.late -= 1
            if number - 1 >= self.base { self.filled -= 1 }
            let arrival = self.restart(at: sequenceNumber, ssrc: ssrc, .numbersJumped)
            self.received += 1
            self.base -= 1
            (self.seen, self.isProven) = (0b11, true)
            return arrival
        }
        self.suspected = sequenceNumber &+ 1
        self.late += 1
        if number >= self.base { self.filled += 1 }
        return .late(number)
    }

    /// What RFC 3550 counts of the present run: the stream since its source changed or it began anew.
    ///
    /// - Source: RFC 3550 appendix A.1, `init_seq`, which forgets what was before; appendix A.3.
    var run: Run {
        Run(
            expected: self.top - self.base + 1,
            received: self.received + self.late + self.duplicate - self.before.received - self.before.late
                - self.before.duplicate,
            highest: UInt32(truncatingIfNeeded: self.top - (self.origin & ~0xFFFF)))
    }

    struct Run {
        var expected: Int
        /// Late packets and duplicates among them.
        var received: Int
        /// The wraps since the run began, above the sequence number.
        var highest: UInt32
    }

    private func step(to sequenceNumber: UInt16) -> Int {
        Int(Int16(bitPattern: sequenceNumber &- UInt16(truncatingIfNeeded: self.top)))
    }

    private mutating func advance(by step: Int) -> Arrival {
        self.top += step
        if step == 1 { self.isProven = true }
        self.seen = step < 128 ? self.seen << UInt128(step) | 1 : 1
        self.suspected = nil
        self.received += 1
        return .next(self.top, missing: step - 1)
    }

    private mutating func restart(at sequenceNumber: UInt16, ssrc: UInt32, _ beginning: Beginning) -> Arrival {
        if self.ssrc != nil {
            self.previous = self.present
            self.closed = self.expected
            self.restarts += 1
            self.top = (self.top | 0xFFFF) + 1 + Int(sequenceNumber)
        } else {
            self.top = Int(sequenceNumber)
        }
        self.ssrc = ssrc
        self.before = Counts(
            received: self.received, late: self.late, duplicate: self.duplicate, filled: self.filled)
        (self.base, self.origin, self.seen, self.suspected) = (self.top, self.top, 1, nil)
        self.isProven = false
        self.received += 1
        return .restarted(self.top, beginning)
    }
}
