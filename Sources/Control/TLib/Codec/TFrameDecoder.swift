/// Cuts the byte stream of a T-Library connection into messages.
///
/// Holds at most one frame and what was last appended. After an error it stays in error: close the connection.
public struct TFrameDecoder: StreamDecoder {
    private var bytes: [UInt8] = []
    private var start = 0
    private var failure: TParseError?

    /// Nothing has arrived.
    public init() {}

    /// How many bytes have arrived that no message has been made of.
    public var pendingByteCount: Int { self.bytes.count - self.start }

    /// Takes bytes that have arrived.
    public mutating func append(_ bytes: Span<UInt8>) {
        guard self.failure == nil else { return }
        if self.start > 0 {
            self.bytes.removeFirst(self.start)
            self.start = 0
        }
        // One bulk copy, of all that the span holds.
        unsafe bytes.withUnsafeBufferPointer { unsafe self.bytes.append(contentsOf: $0) }
    }

    /// Takes out the next message.
    ///
    /// - Returns: nil where more bytes are needed.
    /// - Throws: where the bytes are no frame; the error repeats from then on.
    public mutating func next() throws(TParseError) -> TMessage? {
        if let failure = self.failure { throw failure }
        do throws(TParseError) {
            return try self.cut()
        } catch {
            self.failure = error
            (self.bytes, self.start) = ([], 0)
            throw error
        }
    }

    private mutating func cut() throws(TParseError) -> TMessage? {
        let waiting = self.pendingByteCount
        guard waiting >= TFrame.lengthByteCount else { return nil }
        var length = 0
        for byte in self.bytes[self.start..<self.start + TFrame.lengthByteCount] { length = length << 8 | Int(byte) }
        let total = TFrame.lengthByteCount + length
        guard total <= TFrame.maximumByteCount, total >= TFrame.headerByteCount else {
            throw TParseError(.length, at: 0)
        }
        // Length and version stand where they stand in all versions: what follows need not be waited for.
        guard waiting > TFrame.lengthByteCount else { return nil }
        guard self.bytes[self.start + TFrame.lengthByteCount] == TFrame.version else {
            throw TParseError(.version, at: TFrame.lengthByteCount)
        }
        guard waiting >= total else { return nil }
        let end = self.start + total
        let message = try Self.message(in: self.bytes, from: self.start, to: end)
        self.start = end
        return message
    }

    private static func message(in bytes: [UInt8], from start: Int, to end: Int) throws(TParseError) -> TMessage {
        try TMessage(parsingFrame: bytes.span.extracting(start..<end))
    }
}
