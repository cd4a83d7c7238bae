/// Keeps the journal of one media thread: the plug-in point for where captured media is secured. Open: conform as you
/// like.
///
/// A storage promises: ``append(_:committed:)`` returns at once and from any thread; batches are stored in the order in
/// which they came, and their `committed` is called in that order, once each; what was committed outlives a crash. It
/// may lay a batch beside others in segments of its own making, and never parts a record.
///
/// A storage keeps a reserve: before nothing more can be written it stops taking packets, and still takes what gives
/// them meaning, so that recordings end in order and what can be brought away makes room.
public protocol JournalStorage: Sendable {
    /// Queues whole records to be stored.
    ///
    /// - Parameters:
    ///   - batch: what ``JournalWriter/takeBatch(at:)`` gave.
    ///   - committed: is told when the batch is on the disk, or why it is not; from any thread. `.full` says that
    ///     ``JournalReader/batch(withoutPacketsOf:)`` is kept in its place, and stored as soon as there is room for that.
    func append(_ batch: [UInt8], committed: @escaping @Sendable (Result<Void, JournalError>) -> Void)

    /// Says that a recording is safe elsewhere, so that its records are of no more use. A segment goes when all
    /// recordings in it have been released; where it stays for the sake of others, ``readSegments(_:)`` leaves the
    /// records of this one out, also in later runs. Returns at once.
    func release(_ recording: RecordingNumber)

    /// Reads what an earlier run has left and nobody has released, oldest first; it stays until it is released. Blocks.
    ///
    /// - Parameter body: is handed each segment.
    /// - Throws: `.failed` where a segment cannot be read, after all others have been handed over.
    func readSegments(_ body: (_ segment: [UInt8]) -> Void) throws(JournalError)

    /// How much room there is, as it was found at most a second ago. Cheap, and from any thread.
    var space: JournalSpace { get }

    /// Ends the use of a journal: what was queued is still committed, what comes later fails with `.closed`. Returns at
    /// once. What is in the journal stays there for the next who opens it.
    func close()
}

/// Why captured media could not be secured or read back.
public struct JournalError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of failure it was.
    public enum Code: Hashable, Sendable {
        /// There is no room left.
        case full
        /// The journal has been closed.
        case closed
        /// Another process, or another journal of this one, uses the same place.
        case inUse
        /// It was sealed under another key, or its seal is damaged: it stays where it is until the key is there again.
        case sealed
        /// Anything else; the message says what.
        case failed
    }

    /// What kind of failure it was.
    public var code: Code
    /// What happened, where, and what to do about it.
    public var message: String

    /// Describes a failure.
    public init(_ code: Code, _ message: String) { (self.code, self.message) = (code, message) }

    /// The message.
    public var description: String { self.message }

    /// Equal where the code is.
    public static func == (left: JournalError, right: JournalError) -> Bool { left.code == right.code }

    /// Hashes the code.
    public func hash(into hasher: inout Hasher) { hasher.combine(self.code) }
}
