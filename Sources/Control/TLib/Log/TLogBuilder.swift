/// Makes one record of the lines of a log, the first of which has been recognised.
struct TLogBuilder {
    /// What a line is to the record.
    enum Line {
        /// Is part of it.
        case taken
        /// Stands within it and makes no sense.
        case damaged
        /// Would make the record longer than a message can be.
        case tooLong
        /// Is not part of it: the record is complete.
        case end
    }

    private struct OpenList {
        var key: String
        /// How many blanks its line begins with; its pairs begin with more.
        var depth: Int
        var list = KVList()
    }

    private var record: TLogRecord
    /// Lists that are still being read, the attribute's own first.
    private var open: [OpenList] = []
    private var summary: TLogRecord.ListSummary?
    private var byteCount = 0
    /// Whether the line after the first, where one must follow, has come.
    private(set) var isConfirmed: Bool

    init(_ record: TLogRecord) {
        self.record = record
        self.isConfirmed = record.form == .server
    }

    /// The record, with all that has been taken.
    mutating func finish() -> TLogRecord {
        self.closeAttribute()
        return self.record
    }

    mutating func take(_ line: Span<UInt8>) -> Line {
        guard !line.isEmpty else { return .end }
        if !self.isConfirmed {
            guard line.count == 19, line.has("message attributes:", at: 0) else { return .end }
            self.isConfirmed = true
            return .taken
        }
        let start = line.afterBlanks(0..<line.count)
        let rest = start..<line.count
        let isAttribute = line.has("Attribute", at: start)
        guard start > 0 || (self.record.form == .platformSDK && isAttribute) else { return .end }
        self.byteCount += line.count
        guard self.byteCount <= TFrame.maximumByteCount else { return .tooLong }
        if isAttribute { return self.takeAttribute(line, rest) }
        guard let first = rest.first else { return .damaged }
        switch line[first] {
        case UInt8(ascii: "'"):
            return self.takePair(line, rest) ? .taken : .damaged
        case UInt8(ascii: "(") where line[line.count - 1] == UInt8(ascii: ")") && rest.count >= 2:
            guard self.record.attributes.isEmpty, self.record.note == nil else { return .damaged }
            self.record.note = line.unescaped(start + 1..<line.count - 1)
            return .taken
        case UInt8(ascii: ".") where rest.count == 3 && line.has("...", at: start):
            self.closeAttribute()
            self.record.attributes.append(TLogRecord.Attribute("...", .word("")))
            return .taken
        default:
            return .damaged
        }
    }

    // MARK: - Attributes

    private mutating func takeAttribute(_ line: Span<UInt8>, _ rest: Range<Int>) -> Line {
        self.closeAttribute()
        var end = rest.lowerBound
        while end < rest.upperBound, line[end].isAlphanumeric { end += 1 }
        let known = TAttributeTable.row(named: line.extracting(rest.lowerBound..<end))
        let name = known?.name ?? line.string(rest.lowerBound..<end)
        let text = line.afterBlanks(end..<rest.upperBound)..<rest.upperBound
        guard end == rest.upperBound || line[end].isBlank else { return .damaged }
        let value =
            switch self.record.form {
            case .server: self.value(line, text, known?.form, known?.code)
            case .platformSDK: self.valueSDK(line, text)
            }
        self.record.attributes.append(TLogRecord.Attribute(name, value))
        return .taken
    }

    private mutating func value(
        _ line: Span<UInt8>, _ text: Range<Int>, _ form: TValueForm?, _ code: UInt16?
    ) -> TLogRecord.Value {
        guard let first = text.first else { return .word("") }
        switch line[first] {
        case UInt8(ascii: "'"):
            if let string = line.quoted(text, by: UInt8(ascii: "'")) { return .value(.string(string)) }
        case UInt8(ascii: "["):
            guard let (count, bytes, isCut) = line.bytes(text) else { break }
            guard isCut || form == .list else { return .value(.binary(bytes)) }
            self.summary = TLogRecord.ListSummary(byteCount: count, head: bytes)
            self.open = [OpenList(key: "", depth: 1)]
            return .value(.list(KVList()))
        case _ where form == .identity || form == nil:
            if let bits = line.identity(text) { return .value(.identity(bits)) }
            if form == nil, let number = line.integer(text) { return .value(.integer(number)) }
        case _ where code == TAttribute<Int>.timeinSecs.code:
            let end = line.firstIndex(of: UInt8(ascii: " "), in: text) ?? text.upperBound
            if let number = line.integer(text.lowerBound..<end), line.string(end..<text.upperBound) == timeOfDay(number)
            {
                return .value(.integer(number))
            }
        default:
            if let number = line.integer(text) { return .value(.integer(number)) }
        }
        return .word(line.string(text))
    }

    /// `[str] = "7001"`.
    private mutating func valueSDK(_ line: Span<UInt8>, _ text: Range<Int>) -> TLogRecord.Value {
        guard let equals = line.firstIndex(of: "] = ", in: text) else { return .word(line.string(text)) }
        let value = equals + 4..<text.upperBound
        if line.has("[str", at: text.lowerBound), let string = line.quoted(value, by: UInt8(ascii: "\"")) {
            return .value(.string(string))
        }
        if line.has("[int", at: text.lowerBound), let number = line.integer(value) { return .value(.integer(number)) }
        if line.has("[long", at: text.lowerBound), let bits = line.identity(value) { return .value(.identity(bits)) }
        if line.has("[bin", at: text.lowerBound), case (_, let bytes, false)? = line.bytes(value) {
            return .value(.binary(bytes))
        }
        if line.has("[bstr", at: text.lowerBound), value.count == 8, line.has("KVList: ", at: value.lowerBound) {
            self.open = [OpenList(key: "", depth: 1)]
            return .value(.list(KVList()))
        }
        return .word(line.string(text))
    }

    // MARK: - Lists

    private mutating func takePair(_ line: Span<UInt8>, _ text: Range<Int>) -> Bool {
        guard !self.open.isEmpty else { return false }
        self.closeLists(to: text.lowerBound)
        switch self.record.form {
        case .server:
            if line.ends(text, with: "'(list)"), let key = line.quoted(text.lowerBound..<text.upperBound - 6, by: 0x27)
            {
                return self.openList(key, at: text.lowerBound)
            }
            guard let tab = line.firstIndex(of: UInt8(ascii: "\t"), in: text),
                let key = line.quoted(text.lowerBound..<tab, by: UInt8(ascii: "'"))
            else { return false }
            let rest = line.afterBlanks(tab..<text.upperBound)..<text.upperBound
            if let value = line.quoted(rest, by: UInt8(ascii: "'")) { return self.append(key, .string(value)) }
            return self.appendPlain(key, line, rest)
        case .platformSDK:
            guard let end = line.firstIndex(of: "' [", in: text.dropFirst()), end > text.lowerBound,
                let key = line.quoted(text.lowerBound..<end + 1, by: UInt8(ascii: "'")),
                let equals = line.firstIndex(of: "] = ", in: end..<text.upperBound)
            else { return false }
            let rest = equals + 4..<text.upperBound
            if rest.count == 8, line.has("KVList: ", at: rest.lowerBound) {
                return self.openList(key, at: text.lowerBound)
            }
            if let value = line.quoted(rest, by: UInt8(ascii: "\"")) { return self.append(key, .string(value)) }
            return self.appendPlain(key, line, rest)
        }
    }

    private mutating func appendPlain(_ key: String, _ line: Span<UInt8>, _ text: Range<Int>) -> Bool {
        if let number = line.integer(text) { return self.append(key, .integer(number)) }
        guard case (_, let bytes, false)? = line.bytes(text) else { return false }
        return self.append(key, .binary(bytes))
    }

    private mutating func append(_ key: String, _ value: KVList.Value) -> Bool {
        self.open[self.open.count - 1].list.pairs.append(KVList.Pair(key, value))
        return true
    }

    private mutating func openList(_ key: String, at depth: Int) -> Bool {
        guard self.open.count <= TFrame.maximumDepth else { return false }
        self.open.append(OpenList(key: key, depth: depth))
        return true
    }

    /// Ends the lists that a pair so many blanks in does not belong to.
    private mutating func closeLists(to depth: Int) {
        while self.open.count > 1, let last = self.open.last, last.depth >= depth {
            self.open.removeLast()
            _ = self.append(last.key, .list(last.list))
        }
    }

    private mutating func closeAttribute() {
        guard !self.open.isEmpty else { return }
        self.closeLists(to: 0)
        let list = self.open[0].list
        let index = self.record.attributes.count - 1
        self.record.attributes[index].value = .value(.list(list))
        if let summary = self.summary, summary != list.summary { self.record.attributes[index].summary = summary }
        (self.open, self.summary) = ([], nil)
    }
}

extension KVList {
    /// What a log prints of the packed form.
    var summary: TLogRecord.ListSummary {
        let packed = self.packed()
        return TLogRecord.ListSummary(byteCount: packed.count, head: Array(packed.prefix(4)))
    }
}
