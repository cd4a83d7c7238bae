public import CallCore

/// Gathers records for the journal. A value of the media thread: a record costs a copy and a checksum, no allocation.
///
/// Records go into one buffer; ``takeBatch(at:)`` hands it over to be stored when it is old or large enough, so that
/// one commit serves all calls of the thread.
public struct JournalWriter: Sendable {
    /// How old the oldest record of a batch may become before the batch is due.
    public let maximumAge: Duration
    /// How large a batch may become before it is due.
    public let maximumByteCount: Int
    /// Bytes that were written before this moment, over all batches: the place at which the next record will stand.
    public private(set) var position: UInt64 = 0

    private var buffer: [UInt8] = []
    private var oldest: MonotonicTime?

    /// Nothing has been written.
    ///
    /// - Parameters:
    ///   - maximumAge: leaves room below the 250 ms after which a record must be on the disk.
    ///   - maximumByteCount: a batch may be larger by its last record.
    public init(maximumAge: Duration = .milliseconds(150), maximumByteCount: Int = 1_048_576) {
        (self.maximumAge, self.maximumByteCount) = (maximumAge, maximumByteCount)
        self.buffer.reserveCapacity(4_096)
    }

    /// Whether there is nothing to be stored.
    public var isEmpty: Bool { self.buffer.isEmpty }

    /// Adds a record.
    ///
    /// - Parameter payload: at most a mebibyte; a longer one is not written.
    /// - Returns: whether it was written.
    @discardableResult
    public mutating func append(
        _ kind: JournalRecordKind, recording: RecordingNumber, channel: Int = 0, at time: MonotonicTime,
        payload: Span<UInt8>
    ) -> Bool {
        guard payload.count <= JournalFrame.maximumPayload, let channel = UInt8(exactly: channel) else { return false }
        let start = self.buffer.count
        let header = JournalFrame.header(
            kind: kind, channel: channel, recording: recording, time: time, payload: payload.count)
        // Safe: the pointers are read within the calls only; byte by byte a packet costs ten times as much.
        unsafe withUnsafeBytes(of: header) { unsafe self.buffer.append(contentsOf: $0) }
        unsafe payload.withUnsafeBufferPointer { unsafe self.buffer.append(contentsOf: $0) }
        let checksum = CRC32C.checksum(self.buffer.span, start + 2..<self.buffer.count).bigEndian
        unsafe withUnsafeBytes(of: checksum) { unsafe self.buffer.append(contentsOf: $0) }
        self.position &+= UInt64(self.buffer.count - start)
        if self.oldest == nil { self.oldest = time }
        return true
    }

    /// Adds a record without a payload.
    public mutating func append(_ kind: JournalRecordKind, recording: RecordingNumber, at time: MonotonicTime) {
        let none: [UInt8] = []
        self.append(kind, recording: recording, at: time, payload: none.span)
    }

    /// Takes out what is due to be stored.
    ///
    /// - Returns: nil where nothing is.
    public mutating func takeBatch(at now: MonotonicTime) -> [UInt8]? {
        guard let oldest = self.oldest else { return nil }
        guard self.buffer.count >= self.maximumByteCount || oldest.duration(to: now) >= self.maximumAge else {
            return nil
        }
        return self.takeAll()
    }

    /// Takes out everything, due or not.
    ///
    /// - Returns: nil where there is nothing.
    public mutating func takeAll() -> [UInt8]? {
        guard !self.buffer.isEmpty else { return nil }
        var batch: [UInt8] = []
        // The next batch will be about as large as this one, so that it does not grow packet by packet.
        batch.reserveCapacity(min(self.buffer.count + self.buffer.count / 4, self.maximumByteCount) + 2_048)
        swap(&batch, &self.buffer)
        self.oldest = nil
        return batch
    }
}
