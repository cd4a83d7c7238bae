extension SIPMessage {
    /// The first value of a header: nil where it is absent or malformed.
    ///
    /// Setting it replaces the first value and leaves others in their place; a field that is absent is appended.
    /// Setting nil removes every field of that name.
    public subscript<Value>(name: SIPHeaderName<Value>) -> Value? {
        get {
            guard let index = self.index(of: name) else { return nil }
            return Value(parsing: self.bytes.span.extracting(self.firstValue(name, self.fieldIndex[index])))
        }
        set {
            self.unchangedEnd = nil
            guard let newValue else { return self.removeFields(name) }
            let start = self.bytes.count
            self.bytes.append(text: name.name)
            let nameEnd = self.bytes.count
            self.bytes += [UInt8(ascii: ":"), 0x20]
            let valueStart = self.bytes.count
            newValue.write(to: &self.bytes)
            var field = Field(
                kind: name.kind, name: start..<nameEnd, value: valueStart..<self.bytes.count)
            guard let index = self.index(of: name) else { return self.fieldIndex.append(field) }
            let old = self.fieldIndex[index].value
            let others = self.firstValue(name, self.fieldIndex[index]).upperBound..<old.upperBound
            self.bytes += self.bytes[others]
            field.value = valueStart..<self.bytes.count
            self.fieldIndex[index] = field
        }
    }

    /// Every value of a header, in order; malformed ones are left out.
    public func all<Value>(_ name: SIPHeaderName<Value>) -> [Value] {
        self.valueRanges(name).compactMap { Value(parsing: self.bytes.span.extracting($0)) }
    }

    /// Replaces every value of a header: one field a value, where the first field stood.
    public mutating func setAll<Value>(_ values: [Value], for name: SIPHeaderName<Value>) {
        let place = self.index(of: name) ?? self.fieldIndex.count
        self.removeFields(name)
        self.insert(values.map { SIPHeaderField(name.name, $0.written) }, at: place)
    }

    /// Puts a value before the others of its header, in a field of its own.
    public mutating func prepend<Value>(_ value: Value, to name: SIPHeaderName<Value>) {
        self.insert([SIPHeaderField(name.name, value.written)], at: self.index(of: name) ?? 0)
    }

    /// Takes the first value of a header away; the rest stays as it came.
    public mutating func removeFirst<Value>(_ name: SIPHeaderName<Value>) {
        guard let index = self.index(of: name) else { return }
        self.unchangedEnd = nil
        let field = self.fieldIndex[index]
        let end = self.firstValue(name, field).upperBound
        let rest = self.bytes.span.trimmed(min(end + 1, field.value.upperBound)..<field.value.upperBound)
        guard !rest.isEmpty else {
            self.fieldIndex.remove(at: index)
            return
        }
        let start = self.bytes.count
        self.bytes += self.bytes[field.name]
        let nameEnd = self.bytes.count
        self.bytes += [UInt8(ascii: ":"), 0x20]
        let valueStart = self.bytes.count
        self.bytes += self.bytes[rest]
        self.fieldIndex[index] = Field(kind: field.kind, name: start..<nameEnd, value: valueStart..<self.bytes.count)
    }

    /// The value of the first field of a name, as text without line folds; nil where it is absent.
    public func field(_ name: String) -> String? { self[SIPHeaderName<String>(name)] }

    /// The values of all fields of a name, as text without line folds.
    public func fields(_ name: String) -> [String] { self.all(SIPHeaderName<String>(name)) }

    /// All fields in order, as text without line folds.
    public var fields: [SIPHeaderField] {
        let span = self.bytes.span
        return self.fieldIndex.map { field in
            SIPHeaderField(span.string(field.name), String(parsing: span.extracting(field.value)) ?? "")
        }
    }

    /// Replaces all fields of a name by one, where the first stood; nil removes them.
    ///
    /// Line ends in the value become blanks.
    public mutating func setField(_ name: String, to value: String?) {
        self.setAll(value.map { [$0] } ?? [], for: SIPHeaderName<String>(name))
    }

    /// Appends a field.
    public mutating func addField(_ field: SIPHeaderField) { self.insert([field], at: self.fieldIndex.count) }
}

extension SIPMessage {
    /// Where the first field of a name stands in the index.
    private func index<Value>(of name: SIPHeaderName<Value>) -> Int? {
        self.fieldIndex.firstIndex { self.matches($0, name) }
    }

    private func matches<Value>(_ field: Field, _ name: SIPHeaderName<Value>) -> Bool {
        guard field.kind == name.kind else { return false }
        return name.kind != .other || self.bytes.span.string(field.name).equalsIgnoringCase(name.name)
    }

    private func firstValue<Value>(_ name: SIPHeaderName<Value>, _ field: Field) -> Range<Int> {
        guard name.isList else { return field.value }
        let end = self.bytes.span.endOfElement(from: field.value.lowerBound, end: field.value.upperBound)
        return field.value.lowerBound..<end
    }

    private func valueRanges<Value>(_ name: SIPHeaderName<Value>) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        let span = self.bytes.span
        for field in self.fieldIndex where self.matches(field, name) {
            guard name.isList else {
                ranges.append(field.value)
                continue
            }
            var start = field.value.lowerBound
            while start < field.value.upperBound {
                let end = span.endOfElement(from: start, end: field.value.upperBound)
                let element = span.trimmed(start..<end)
                if !element.isEmpty { ranges.append(element) }
                start = end + 1
            }
        }
        return ranges
    }

    /// Whether every value of a header can be read, and none is empty.
    func isWellFormed<Value>(_ name: SIPHeaderName<Value>) -> Bool {
        let span = self.bytes.span
        for field in self.fieldIndex where self.matches(field, name) {
            var start = field.value.lowerBound
            repeat {
                let last = field.value.upperBound
                let end = name.isList ? span.endOfElement(from: start, end: last) : last
                guard Value(parsing: span.extracting(span.trimmed(start..<end))) != nil else { return false }
                start = end + 1
            } while start <= field.value.upperBound
        }
        return true
    }

    private mutating func removeFields<Value>(_ name: SIPHeaderName<Value>) {
        self.unchangedEnd = nil
        let kept = self.fieldIndex.filter { !self.matches($0, name) }
        self.fieldIndex = kept
    }

    private mutating func insert(_ fields: [SIPHeaderField], at place: Int) {
        self.unchangedEnd = nil
        var added: [Field] = []
        for field in fields {
            let start = self.bytes.count
            self.bytes.append(text: field.name)
            let nameEnd = self.bytes.count
            self.bytes += [UInt8(ascii: ":"), 0x20]
            let valueStart = self.bytes.count
            self.bytes.append(text: field.value)
            let name = start..<nameEnd
            added.append(
                Field(
                    kind: SIPHeaderKind(self.bytes.span, in: name), name: name,
                    value: valueStart..<self.bytes.count))
        }
        self.fieldIndex.insert(contentsOf: added, at: min(place, self.fieldIndex.count))
    }

    /// Appends a field of another message as it stands there.
    mutating func append(_ field: Field, of other: SIPMessage) {
        self.unchangedEnd = nil
        let shift = self.bytes.count - field.line.lowerBound
        self.bytes += other.bytes[field.line]
        self.fieldIndex.append(
            Field(
                kind: field.kind, name: (field.name.lowerBound + shift)..<(field.name.upperBound + shift),
                value: (field.value.lowerBound + shift)..<(field.value.upperBound + shift)))
    }

    /// Appends every field of one name of another message, as they stand there.
    mutating func copy<Value>(_ name: SIPHeaderName<Value>, from other: SIPMessage) {
        for field in other.fieldIndex where other.matches(field, name) { self.append(field, of: other) }
    }
}
