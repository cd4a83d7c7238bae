public import CaptureJournal

/// A journal in a folder: segments of 64 MiB, written and sealed by a thread of its own.
///
/// All batches that have come while the disk was busy are written and synced together, so that one commit serves many
/// calls. A commit that failed is cut off again, so that a segment holds whole batches but for what a crash has torn.
/// One journal at a time uses a folder, in whichever process. The thread ends with ``close()``, or with the journal.
public final class DirectoryJournal: JournalStorage {
    private let writer: JournalThread

    /// Opens a journal; segments of an earlier run stay until their recordings are released.
    ///
    /// - Parameters:
    ///   - path: a folder, made where there is none, with access for its owner only.
    ///   - seal: keeps the segments from the eyes of those who have the disk but not the key; nil to write them in the
    ///     clear. Segments in the clear are read in either case.
    ///   - segmentByteCount: a segment ends with the batch that makes it larger.
    ///   - reserve: how much of the file system is left free.
    /// - Throws: `.failed` where the folder cannot be made or used, `.inUse` where another journal uses it.
    public init(
        _ path: String, seal: JournalSeal? = nil, segmentByteCount: Int = 67_108_864,
        reserve: JournalReserve = JournalReserve()
    ) throws(JournalError) {
        let segments = try JournalSegments(path: path, seal: seal, segmentByteCount: segmentByteCount)
        self.writer = JournalThread(segments, reserve: reserve)
        try self.writer.start()
    }

    deinit { self.writer.close() }

    /// Queues a batch.
    public func append(_ batch: [UInt8], committed: @escaping @Sendable (Result<Void, JournalError>) -> Void) {
        self.writer.append(batch, committed: committed)
    }

    /// Gives a recording's segments free.
    public func release(_ recording: RecordingNumber) { self.writer.release(recording) }

    /// Reads the segments of earlier runs, without what was released.
    ///
    /// - Throws: `.sealed` where a segment does not open, `.failed` where one cannot be read; after all others were
    ///   handed over. Such a segment stays.
    public func readSegments(_ body: (_ segment: [UInt8]) -> Void) throws(JournalError) {
        try self.writer.readSegments(body)
    }

    /// How much the file system has left.
    public var space: JournalSpace { self.writer.space }

    /// Ends the journal: what was queued is still committed; what comes later fails with `.closed`. Returns at once.
    public func close() { self.writer.close() }
}
