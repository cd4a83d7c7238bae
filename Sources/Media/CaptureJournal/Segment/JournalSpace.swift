/// How much room a journal has.
public struct JournalSpace: Hashable, Sendable {
    /// What the room is enough for.
    public enum Level: Int, Hashable, Sendable, Comparable {
        /// Nothing more than the ends of what is being recorded: packets are not kept.
        case full
        /// What is being recorded, and no new recordings.
        case scarce
        /// Everything, but not for long: somebody should act.
        case low
        /// Everything.
        case ample

        /// Orders by how much room there is.
        public static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }
    }

    /// What the room is enough for.
    public var level: Level
    /// - Unit: bytes that are free.
    public var freeByteCount: Int64

    /// Describes room.
    public init(_ level: Level, freeByteCount: Int64) { (self.level, self.freeByteCount) = (level, freeByteCount) }

    /// More room than anybody counts.
    public static let endless = JournalSpace(.ample, freeByteCount: .max)
}

/// How much room of its file system a journal leaves free, and for what.
public struct JournalReserve: Hashable, Sendable {
    /// Below this people are told.
    /// - Unit: bytes.
    public var low: Int64
    /// Below this no new recordings begin.
    /// - Unit: bytes.
    public var scarce: Int64
    /// Below this packets are not kept: what is left is for the ends of recordings, and for the files that are made of
    /// them and brought away.
    /// - Unit: bytes.
    public var full: Int64

    /// A gibibyte, a quarter and a sixteenth of it: minutes to act at hundreds of calls, since a call in G.711 takes
    /// 25 kB a second, and its files up to 16.
    public init(low: Int64 = 1 << 30, scarce: Int64 = 1 << 28, full: Int64 = 1 << 26) {
        (self.low, self.scarce, self.full) = (low, scarce, full)
    }

    /// What so much room is enough for.
    public func space(freeByteCount: Int64) -> JournalSpace {
        let level: JournalSpace.Level =
            freeByteCount < self.full
            ? .full : freeByteCount < self.scarce ? .scarce : freeByteCount < self.low ? .low : .ample
        return JournalSpace(level, freeByteCount: freeByteCount)
    }
}
