/// Finds the messages in a log of any length, given in pieces of any size.
///
/// Holds one line and one message at most, whatever the log looks like. Lines that belong to no message are reported
/// with their numbers and skipped. A message ends at a line that does not begin with a blank, or at ``finish()``.
public struct TLogReader: StreamDecoder {
    /// The longest line that is read.
    public static let maximumLineByteCount = 1 << 18

    private var bytes: [UInt8] = []
    private var start = 0
    /// Where to look for the end of the line: what is before has been looked at.
    private var searched = 0
    private var isSkippingLine = false
    private var hasFinished = false
    private var lineNumber = 0
    private var offset = 0
    private var assembler = TLogAssembler()

    /// Nothing has been given.
    public init() {}

    /// Takes the next bytes of the log.
    public mutating func append(_ bytes: Span<UInt8>) {
        if self.start > 0 {
            self.bytes.removeFirst(self.start)
            self.searched -= self.start
            self.start = 0
        }
        // One bulk copy, of all that the span holds.
        unsafe bytes.withUnsafeBufferPointer { unsafe self.bytes.append(contentsOf: $0) }
    }

    /// The log has ended: its last line may lack a line end, and its last message is complete.
    public mutating func finish() { self.hasFinished = true }

    /// The next message, or the next lines that were skipped.
    ///
    /// - Returns: nil where more bytes are needed, or after ``finish()`` where there is nothing more.
    public mutating func next() -> TLogItem? {
        while true {
            if let item = self.assembler.next() { return item }
            guard let line = self.cut() else {
                guard self.hasFinished else { return nil }
                self.assembler.finish()
                return self.assembler.next()
            }
            self.lineNumber += 1
            if self.isSkippingLine {
                self.isSkippingLine = false
                self.assembler.skip(self.lineNumber, .tooLong)
            } else {
                Self.hand(self.bytes, line, to: &self.assembler, self.lineNumber, offset: self.offset)
            }
            self.offset += self.start - line.lowerBound
        }
    }

    /// The bytes and who takes them are named apart, since a span holds on to all of the value that it comes from.
    private static func hand(
        _ bytes: [UInt8], _ line: Range<Int>, to assembler: inout TLogAssembler, _ number: Int, offset: Int
    ) {
        var end = line.upperBound
        while end > line.lowerBound, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        assembler.take(bytes.span.extracting(line.lowerBound..<end), number, offset: offset)
    }

    /// The next whole line, without its line feed; nil where there is none.
    private mutating func cut() -> Range<Int>? {
        let end = self.bytes.count
        if let feed = self.bytes.span.firstIndex(of: UInt8(ascii: "\n"), in: self.searched..<end) {
            let line = self.start..<feed
            (self.start, self.searched) = (feed + 1, feed + 1)
            if line.count > Self.maximumLineByteCount { self.isSkippingLine = true }
            return line
        }
        self.searched = end
        if end - self.start > Self.maximumLineByteCount {
            // The rest of the line is dropped as it comes.
            self.isSkippingLine = true
            self.offset += end - self.start
            self.bytes.removeAll(keepingCapacity: true)
            (self.start, self.searched) = (0, 0)
        }
        guard self.hasFinished, self.start < self.bytes.count || self.isSkippingLine else { return nil }
        let line = self.start..<self.bytes.count
        (self.start, self.searched) = (self.bytes.count, self.bytes.count)
        return line
    }
}

/// What a log holds: a message, or lines that belong to none.
public enum TLogItem: Hashable, Sendable {
    /// A message.
    case message(TLogEntry)
    /// Lines that were skipped, counted from 1, and why. Those within a message come before it.
    case skipped(ClosedRange<Int>, TLogFlaw)
}

/// Why lines of a log were skipped.
public enum TLogFlaw: String, Hashable, Sendable, CaseIterable {
    /// They are of something else: most of any log is.
    case foreign
    /// They stand within a message and make no sense.
    case damaged
    /// They are longer than ``TLogReader/maximumLineByteCount``, or make a message longer than a frame can be.
    case tooLong
}

/// A message in a log, and where it stands.
public struct TLogEntry: Hashable, Sendable {
    /// The message.
    public var record: TLogRecord
    /// Its first and last line, counted from 1.
    public var lines: ClosedRange<Int>
    /// The first byte of its first line.
    public var offset: Int

    /// The time that its heading begins with; nil where it begins otherwise.
    public var time: TLogTime? { TLogTime(heading: self.record.heading) }
}

extension TLogRecord {
    /// The messages of a log that is at hand as a whole; what belongs to none is skipped.
    public static func records(in log: some StringProtocol) -> [TLogRecord] {
        let bytes = Array(log.utf8)
        var reader = TLogReader()
        reader.append(bytes.span)
        reader.finish()
        var records: [TLogRecord] = []
        while let item = reader.next() {
            if case .message(let entry) = item { records.append(entry.record) }
        }
        return records
    }
}

extension KVList {
    /// Reads what ``description`` prints.
    ///
    /// - Returns: nil where a line is no pair.
    public init?(text: some StringProtocol) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: true)
        let log = "message EventACK\n\tAttributeUserData\t[0] ..\n" + lines.map { "\t\t\($0)\n" }.joined()
        let bytes = Array(log.utf8)
        var reader = TLogReader()
        reader.append(bytes.span)
        reader.finish()
        guard case .message(let entry)? = reader.next(), reader.next() == nil,
            case .value(.list(let list))? = entry.record.attributes.first?.value
        else { return nil }
        self = list
    }
}
