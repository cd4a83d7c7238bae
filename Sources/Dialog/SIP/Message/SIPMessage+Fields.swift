public import CallCore

extension SIPMessage {
    /// The first value of a header: nil where it is absent or malformed.
    ///
    /// Setting it replaces the first value and leaves others in their place; a field that is absent is appended.
    /// Setting nil removes every field of that name.
    public subscript<Value>(name: SIPHeaderName<Value>) -> Value? {
        get {
            guard let index = self.index(of: name) else { return nil }
            return Value(parsing: WireText(self.bytes, in: self.firstValue(name, self.fieldIndex[index])))
        }
        set {
            self.unchanged = nil
            guard let newValue else { return self.removeFields(name) }
            guard let index = self.index(of: name) else {
                return self.fieldIndex.append(self.write(newValue, as: name.kind, name.name))
            }
            let old = self.fieldIndex[index]
            let others = self.firstValue(name, old).upperBound..<old.value.upperBound
            self.fieldIndex[index] = self.write(newValue, as: name.kind, name.name, before: others)
        }
    }

    /// The first field of a name as it stands, with all the values of a list and with its folds; nil where it is
    /// absent.
    public func text<Value>(of name: SIPHeaderName<Value>) -> WireText? {
        self.index(of: name).map { WireText(self.bytes, in: self.fieldIndex[$0].value) }
    }

    /// Every value of a header, in order; malformed ones are left out.
    public func all<Value>(_ name: SIPHeaderName<Value>) -> [Value] {
        self.valueRanges(name).compactMap { Value(parsing: WireText(self.bytes, in: $0)) }
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
        self.unchanged = nil
        let field = self.fieldIndex[index]
        let end = self.firstValue(name, field).upperBound
        let rest = self.bytes.span.trimmed(min(end + 1, field.value.upperBound)..<field.value.upperBound)
        guard !rest.isEmpty else {
            self.fieldIndex.remove(at: index)
            return
        }
        self.fieldIndex[index] = self.write(
            String?.none, as: field.kind, self.bytes.span.string(field.name), before: rest)
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
        self.unchanged = nil
        let kept = self.fieldIndex.filter { !self.matches($0, name) }
        self.fieldIndex = kept
    }

    private mutating func insert(_ fields: [SIPHeaderField], at place: Int) {
        self.unchanged = nil
        let added = fields.map { field in
            let name = Array(field.name.utf8)
            return self.write(field.value, as: SIPHeaderKind(name.span, in: 0..<name.count), field.name)
        }
        self.fieldIndex.insert(contentsOf: added, at: min(place, self.fieldIndex.count))
    }

    /// Writes a field after all the other bytes.
    ///
    /// - Parameter others: where more text stands that goes behind the value as it is.
    private mutating func write(
        _ value: (some SIPHeaderValue)?, as kind: SIPHeaderKind, _ name: String, before others: Range<Int> = 0..<0
    ) -> Field {
        let start = self.bytes.count
        self.bytes.append(text: name)
        let nameEnd = self.bytes.count
        self.bytes.append(UInt8(ascii: ":"))
        self.bytes.append(0x20)
        let valueStart = self.bytes.count
        value?.write(to: &self.bytes)
        if !others.isEmpty { self.bytes += self.bytes[others] }
        return Field(kind: kind, name: start..<nameEnd, value: valueStart..<self.bytes.count)
    }

    /// Appends a field of another message as it stands there.
    mutating func append(_ field: Field, of other: SIPMessage) {
        self.unchanged = nil
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
