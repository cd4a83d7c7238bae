/// Makes messages of the lines of a log.
struct TLogAssembler {
    private struct Begun {
        var builder: TLogBuilder
        var lines: ClosedRange<Int>
        var offset: Int
    }

    /// A line that may be the first half of a heading: `… received from [66] (…)`.
    private struct Context {
        var text: String
        var line: Int
        var offset: Int
    }

    private var begun: Begun?
    private var context: Context?
    private var skipped: (lines: ClosedRange<Int>, flaw: TLogFlaw)?
    /// What is ready, in order; seldom more than two.
    private var ready: [TLogItem] = []
    private var taken = 0

    mutating func next() -> TLogItem? {
        guard self.taken < self.ready.count else { return nil }
        let item = self.ready[self.taken]
        self.taken += 1
        if self.taken == self.ready.count {
            self.ready.removeAll(keepingCapacity: true)
            self.taken = 0
        }
        return item
    }

    mutating func take(_ line: Span<UInt8>, _ number: Int, offset: Int) {
        switch self.begun?.builder.take(line) {
        case .taken?:
            guard let first = self.begun?.lines.lowerBound else { return }
            self.begun?.lines = first...number
        case .damaged?: self.skip(number, .damaged)
        case .tooLong?: self.skip(number, .tooLong)
        case .end?:
            self.end()
            self.begin(line, number, offset)
        case nil: self.begin(line, number, offset)
        }
    }

    mutating func finish() {
        self.end()
        self.dropContext()
        self.report()
    }

    /// Counts a line that belongs to nothing.
    mutating func skip(_ number: Int, _ flaw: TLogFlaw) {
        if flaw == .foreign || self.begun == nil { self.dropContext() }
        if let skipped = self.skipped, skipped.flaw == flaw, skipped.lines.upperBound == number - 1 {
            self.skipped = (skipped.lines.lowerBound...number, flaw)
        } else {
            self.report()
            self.skipped = (number...number, flaw)
        }
    }

    private mutating func report() {
        if let skipped = self.skipped { self.ready.append(.skipped(skipped.lines, skipped.flaw)) }
        self.skipped = nil
    }

    private mutating func dropContext() {
        guard let context = self.context else { return }
        self.context = nil
        self.skip(context.line, .foreign)
    }

    /// The message that was being read is complete.
    private mutating func end() {
        guard var begun = self.begun else { return }
        self.begun = nil
        guard begun.builder.isConfirmed else { return self.skip(begun.lines.lowerBound, .foreign) }
        self.report()
        self.ready.append(
            .message(TLogEntry(record: begun.builder.finish(), lines: begun.lines, offset: begun.offset)))
    }

    // MARK: - The first line of a message

    private mutating func begin(_ line: Span<UInt8>, _ number: Int, _ offset: Int) {
        if let record = Self.serverRecord(line, after: self.context?.text) {
            let context = record.heading.hasSuffix("\n") ? self.context : nil
            if context == nil { self.dropContext() } else { self.context = nil }
            self.report()
            self.begun = Begun(
                builder: TLogBuilder(record), lines: (context?.line ?? number)...number,
                offset: context?.offset ?? offset)
        } else if let record = Self.sdkRecord(line) {
            self.dropContext()
            self.begun = Begun(builder: TLogBuilder(record), lines: number...number, offset: offset)
        } else if line.firstIndex(of: " received from [", in: 0..<line.count) != nil {
            self.dropContext()
            self.context = Context(text: line.string(0..<line.count), line: number, offset: offset)
        } else {
            self.skip(number, .foreign)
        }
    }

    /// `@16:45:25.1041 [0] 8.1.101.25 send_to_client: message EventACK`, or `message RequestQueryCall` alone.
    private static func serverRecord(_ line: Span<UInt8>, after context: String?) -> TLogRecord? {
        var name = line.count
        while name > 0, line[name - 1].isAlphanumeric { name -= 1 }
        let word = name - "message ".utf8.count
        guard name < line.count, line[name].isUpperCase, line.has("message ", at: word),
            word == 0 || line[word - 1] == 0x20
        else { return nil }
        let heading = word > 1 ? line.string(0..<word - 1) : context.map { "\($0)\n" } ?? ""
        return TLogRecord(heading: heading, name: line.string(name..<line.count))
    }

    /// `'RequestAttachUserData' ('30')`.
    private static func sdkRecord(_ line: Span<UInt8>) -> TLogRecord? {
        guard line.has("'", at: 0), line.ends(0..<line.count, with: "')"),
            let end = line.firstIndex(of: UInt8(ascii: "'"), in: 1..<line.count), end > 1, line[1].isUpperCase,
            line.has("' ('", at: end), let number = line.integer(end + 4..<max(end + 4, line.count - 2)), number >= 0
        else { return nil }
        for index in 1..<end where !line[index].isAlphanumeric { return nil }
        let name = line.string(1..<end)
        let isKnown = TMessageType(name: name).map { Int($0.rawValue) } == number
        return TLogRecord(.platformSDK, name: name, number: isKnown ? nil : number)
    }
}
