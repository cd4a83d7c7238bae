import TLib
import TestSupport
import Testing

@Suite struct TLogReaderTests {
    static func items(_ log: [UInt8], chunk: Int = .max) -> [TLogItem] {
        var reader = TLogReader()
        var items: [TLogItem] = []
        var rest = log[...]
        while !rest.isEmpty {
            let piece = Array(rest.prefix(chunk))
            rest = rest.dropFirst(chunk)
            reader.append(piece.span)
            while let item = reader.next() { items.append(item) }
        }
        reader.finish()
        while let item = reader.next() { items.append(item) }
        return items
    }

    /// What an item says, in short.
    static func summary(_ item: TLogItem) -> String {
        switch item {
        case .message(let entry):
            "\(entry.record.name) \(entry.lines.lowerBound)-\(entry.lines.upperBound) \(entry.time?.description ?? "")"
        case .skipped(let lines, let flaw): "\(flaw) \(lines.lowerBound)-\(lines.upperBound)"
        }
    }

    @Test(arguments: [1, 2, 3, 17, 1_000, 100_000])
    func `messages are found among other lines, and every line is accounted for, however the log is cut`(
        chunk: Int
    ) throws {
        let log = try fixture("mixed.log")
        let items = Self.items(log, chunk: chunk)
        #expect(
            items.map(Self.summary) == [
                "foreign 1-3", "damaged 6-6", "damaged 8-8", "EventRinging 4-9 23:16:18.0001", "foreign 10-11",
                "RequestQueryCall 12-14 2015-05-29T12:21:16.438", "foreign 15-17", "EventACK 18-20 ", "foreign 21-21",
                "EventOnHook 22-22 ",
            ])
        let offsets = items.compactMap { if case .message(let entry) = $0 { entry.offset } else { nil } }
        let starts = ["@23:16:18", "2015-05-29T12:21:16", "'EventACK' ('138')\nmessage attr", "the last line"]
        #expect(offsets == starts.compactMap { Self.position(of: $0, in: log) })
    }

    static func position(of text: String, in log: [UInt8]) -> Int? {
        let text = Array(text.utf8)
        return log.indices.first { log[$0...].starts(with: text) }
    }

    @Test func `a message is complete when the next line is no part of it, and not before`() {
        var reader = TLogReader()
        let (first, second, third) = (
            Array("message EventRinging\n\tAttributeANI\t'0".utf8), Array("30'\n".utf8), Array("\n".utf8)
        )
        reader.append(first.span)
        #expect(reader.next() == nil)
        reader.append(second.span)
        #expect(reader.next() == nil)
        reader.append(third.span)
        guard case .message(let entry)? = reader.next() else { return #expect(Bool(false)) }
        #expect(entry.record.message?[.ani] == "030")
        #expect(reader.next() == nil)
    }

    @Test func `line ends of two characters are line ends`() throws {
        let log = try fixture("mixed.log")
        let items = Self.items(log.flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] })
        #expect(items.map(Self.summary) == Self.items(log).map(Self.summary))
    }

    @Test(arguments: [1_000, 100_000, .max])
    func `a line too long is skipped, and does not stay in memory`(chunk: Int) {
        var log = Array("message EventACK\n\tAttributeReferenceID\t5\n".utf8)
        log += Array(repeating: UInt8(ascii: "x"), count: TLogReader.maximumLineByteCount + 1) + [0x0A]
        log += Array("\tAttributeClientID\t6\nmessage EventOnHook\n".utf8)
        let items = Self.items(log, chunk: chunk)
        #expect(items.map(Self.summary) == ["tooLong 3-3", "EventACK 1-4 ", "EventOnHook 5-5 "])
    }

    @Test func `a message too long is cut, and the rest is counted`() {
        let line = "\tAttributeANI\t'\(String(repeating: "9", count: 9_985))'\n"
        let log = "message EventACK\n" + String(repeating: line, count: 200) + "message EventOnHook\n"
        let items = Self.items(Array(log.utf8))
        #expect(items.map(Self.summary) == ["tooLong 106-201", "EventACK 1-105 ", "EventOnHook 202-202 "])
    }

    @Test func `lists that stand too deep are damaged lines`() {
        let lists = (2..<100).map { "\(String(repeating: "\t", count: $0))'deeper'(list)\n" }.joined()
        let items = Self.items(Array("message EventACK\n\tAttributeUserData\t[0] ..\n\(lists)".utf8))
        #expect(items.map(Self.summary) == ["damaged 19-100", "EventACK 1-18 "])
    }

    @Test(
        arguments: [
            ("@16:45:24.5939 [0]", nil, Duration.seconds(60_324) + .microseconds(593_900)),
            ("2015-05-29T12:21:16.438 Trc", "2015-05-29", .seconds(44_476) + .milliseconds(438)),
            ("@00:00:00", nil, .zero),
        ] as [(String, String?, Duration)])
    func `a heading tells the time`(heading: String, date: String?, timeOfDay: Duration) {
        let time = TLogTime(heading: heading)
        #expect(time?.timeOfDay == timeOfDay)
        #expect(time?.date == date)
    }

    @Test(arguments: [
        "", "@", "request to 65200(TServer)", "@16:45", "@24:00:00", "@16:61:00", "@1:2:3:4", "@16:45:24.",
        "20150529T12:21:16",
        "2015-05-29T12:21", "@aa:bb:cc",
    ])
    func `a heading without a time has none`(heading: String) {
        #expect(TLogTime(heading: heading) == nil)
    }

    @Test(arguments: 0..<300)
    func `damaged logs lose no line, and what was read is written and read again`(seed: Int) throws {
        var mutations = Mutations(seed: UInt64(seed))
        let names = TLogRecordTests.samples + ["mixed.log"]
        let log = mutations.next(of: try fixture(names[seed % names.count]), inserting: Array("'\t\n[]().x\\ ".utf8))
        let items = Self.items(log)
        var lines: [Int] = []
        for item in items {
            switch item {
            case .message(let entry):
                lines += entry.lines
                #expect(TLogRecord.records(in: entry.record.description).count == 1)
            case .skipped(let range, _): lines += range
            }
        }
        let count = log.split(separator: 0x0A, omittingEmptySubsequences: false).count - (log.last == 0x0A ? 1 : 0)
        #expect(Set(lines) == Set(log.isEmpty ? [] : Array(1...max(count, 1))))
    }
}
