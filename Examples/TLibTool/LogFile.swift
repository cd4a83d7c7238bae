import CallRecording
import Foundation

/// One log while it is read: a piece of it in memory, and what has been found so far.
struct LogFile {
    struct Unreadable: Error, CustomStringConvertible {
        var description: String
    }

    private static let pieceByteCount = 1 << 20
    /// How many places with damaged lines are named.
    private static let namedPlaces = 20

    private let name: String
    private let descriptor: Int32
    private let byteCount: Int?
    private var readByteCount = 0
    private var found = 0
    private var printed = 0
    private var skipped: [TLogFlaw: Int] = [:]
    private var damaged: [ClosedRange<Int>] = []
    private var progress = Progress()

    init(_ name: String) throws(Unreadable) {
        self.name = name == "-" ? "standard input" : name
        self.descriptor = name == "-" ? 0 : open(name, O_RDONLY)
        guard self.descriptor >= 0 else {
            throw Unreadable(description: "\(name) cannot be opened: \(String(cString: strerror(errno)))")
        }
        var status = stat()
        let isFile = fstat(self.descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
        self.byteCount = isFile ? Int(status.st_size) : nil
    }

    /// Reads the log to its end and prints the messages that match.
    mutating func print(_ matcher: Matcher, json: Bool) throws(Unreadable) {
        var reader = TLogReader()
        var output = Output()
        var piece = [UInt8](repeating: 0, count: Self.pieceByteCount)
        defer { if self.descriptor > 0 { close(self.descriptor) } }
        while true {
            let count = piece.withUnsafeMutableBytes { read(self.descriptor, $0.baseAddress, $0.count) }
            guard count >= 0 else {
                if errno == EINTR { continue }
                throw Unreadable(description: "\(self.name) cannot be read: \(String(cString: strerror(errno)))")
            }
            if count == 0 { reader.finish() }
            reader.append(piece.span.extracting(0..<count))
            while let item = reader.next() { self.take(item, matcher, json: json, &output) }
            self.readByteCount += count
            output.flush()
            self.progress.show(self.readByteCount, of: self.byteCount, self.name)
            if count == 0 { return self.progress.clear() }
        }
    }

    private mutating func take(_ item: TLogItem, _ matcher: Matcher, json: Bool, _ output: inout Output) {
        switch item {
        case .message(let entry):
            self.found += 1
            guard matcher.matches(entry.record) else { return }
            self.printed += 1
            if json {
                let place = [("line", entry.lines.lowerBound), ("offset", entry.offset)]
                output.json.append(entry.record, place, time: entry.time?.description)
            } else {
                output.text("\(entry.record)\n")
            }
        case .skipped(let lines, let flaw):
            self.skipped[flaw, default: 0] += lines.count
            if flaw != .foreign, self.damaged.count < Self.namedPlaces { self.damaged.append(lines) }
        }
    }

    /// Says on the standard error what was found and what was skipped.
    func report() {
        var text = "\(self.name): \(self.found) messages, \(self.printed) printed"
        text += "; \(self.skipped[.foreign] ?? 0) lines of other things"
        let damaged = (self.skipped[.damaged] ?? 0) + (self.skipped[.tooLong] ?? 0)
        if damaged > 0 {
            let places = self.damaged.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
            let more = self.damaged.reduce(0) { $0 + $1.count } < damaged ? " …" : ""
            text += "; \(damaged) damaged lines skipped: \(places.joined(separator: ", "))\(more)"
        }
        FileHandle.standardError.write(Data("\(text)\n".utf8))
    }
}

/// The standard output, written in pieces.
struct Output {
    var json = JSONText()
    private var bytes: [UInt8] = []

    mutating func text(_ text: String) { self.bytes += text.utf8 }

    /// Ends the program where nobody reads any more.
    mutating func flush() {
        Self.write(self.json.bytes)
        Self.write(self.bytes)
        self.json.removeAll()
        self.bytes.removeAll(keepingCapacity: true)
    }

    private static func write(_ bytes: [UInt8]) {
        var start = 0
        while start < bytes.count {
            let count = bytes.withUnsafeBytes { Foundation.write(1, $0.baseAddress! + start, $0.count - start) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { exit(1) }
            start += count
        }
    }
}

/// How far a log has been read, on the standard error where that is a terminal.
struct Progress {
    private let start = ContinuousClock.now
    private var shown = ContinuousClock.now
    private let isTerminal = isatty(2) == 1

    mutating func show(_ count: Int, of total: Int?, _ name: String) {
        guard self.isTerminal, ContinuousClock.now - self.shown > .milliseconds(200) else { return }
        self.shown = .now
        let seconds = (self.shown - self.start) / .seconds(1)
        let megabytes = Double(count) / 1e6
        let share = total.map { String(format: "%.0f %%, ", 100 * Double(count) / Double(max($0, 1))) } ?? ""
        let text = String(format: "%.0f MB, %@%.0f MB/s", megabytes, share, megabytes / max(seconds, 0.001))
        FileHandle.standardError.write(Data("\r\u{1B}[K\(name): \(text)".utf8))
    }

    func clear() {
        if self.isTerminal { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
    }
}
