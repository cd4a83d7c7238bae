public import CallCore

/// Names a recording in the journal of a node: never used twice, not even after a restart.
public struct RecordingNumber: RawRepresentable, Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The number itself.
    public var rawValue: UInt64

    /// Wraps a number.
    public init(rawValue: UInt64) { self.rawValue = rawValue }

    /// Orders by number.
    public static func < (left: RecordingNumber, right: RecordingNumber) -> Bool { left.rawValue < right.rawValue }

    /// The number, in decimal.
    public var description: String { String(self.rawValue) }
}

/// What a journal record says. An open set: a reader passes over kinds that it does not know.
public struct JournalRecordKind: RawRepresentable, Hashable, Sendable {
    /// The byte in the record.
    public var rawValue: UInt8

    /// Wraps a byte.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// A recording has begun; the payload is its ticket.
    public static let begun = JournalRecordKind(rawValue: 1)
    /// A party's media belongs to a channel from now on; the payload says how its packets are to be read.
    public static let streamJoined = JournalRecordKind(rawValue: 2)
    /// A packet has arrived; the payload is the RTP packet as it came.
    public static let packet = JournalRecordKind(rawValue: 3)
    /// Nothing that arrives from now on is recorded; the payload says who wants it so, and why, where that is known.
    public static let paused = JournalRecordKind(rawValue: 4)
    /// What arrives from now on is recorded again; the payload is as that of ``paused``.
    public static let resumed = JournalRecordKind(rawValue: 5)
    /// The recording is over; the payload says why where that is not the ordinary end, in UTF-8.
    public static let ended = JournalRecordKind(rawValue: 6)
    /// A party was played a beep, an announcement or another prompt; the payload says what, and how much of it.
    public static let prompted = JournalRecordKind(rawValue: 7)
    /// A party's sender has said of itself what it sent, or that it leaves (RTCP SR, BYE).
    public static let senderReported = JournalRecordKind(rawValue: 8)
    /// Packets that came to a channel were not taken; the payload says how many, since the last such record, and why.
    public static let refused = JournalRecordKind(rawValue: 9)
    /// Packets of a channel arrived and could not be kept, since there was no room; the payload says how many, and when
    /// the first arrived. The record's time is that of the last.
    public static let uncaptured = JournalRecordKind(rawValue: 10)
}

/// One record, as a reader finds it: everything but the payload, which stays where it is.
public struct JournalRecord: Hashable, Sendable {
    /// What the record says.
    public var kind: JournalRecordKind
    /// Whose record it is.
    public var recording: RecordingNumber
    /// The channel of ``JournalRecordKind/packet`` and ``JournalRecordKind/streamJoined``, from 0; 0 for others.
    public var channel: Int
    /// When it happened: for a packet, when it arrived.
    public var time: MonotonicTime
    /// Where the payload lies in the bytes that were read.
    public var payload: Range<Int>

    /// Describes a record.
    public init(
        _ kind: JournalRecordKind, recording: RecordingNumber, channel: Int = 0, time: MonotonicTime,
        payload: Range<Int> = 0..<0
    ) {
        (self.kind, self.recording, self.channel, self.time) = (kind, recording, channel, time)
        self.payload = payload
    }

    /// Where the whole record lies in the bytes that were read.
    var frame: Range<Int> {
        self.payload.lowerBound - JournalFrame.headerByteCount..<self.payload.upperBound
            + JournalFrame.checksumByteCount
    }
}
