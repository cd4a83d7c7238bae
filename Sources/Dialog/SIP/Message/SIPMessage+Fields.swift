extension SIPMessage {
    /// Replaces every value of a header: one field a value, where the first field stood.
    public mutating func setAll<Value>(_ values: [Value], for name: SIPHeaderName<Value>) {
        let place = self.index(of: name.key) ?? self.fieldIndex.count
        self.removeFields(name.key)
        self.insert(values.map { SIPHeaderField(name.name, $0.written) }, at: place)
    }

    /// Puts a value before the others of its header, in a field of its own.
    public mutating func prepend<Value>(_ value: Value, to name: SIPHeaderName<Value>) {
        self.insert([SIPHeaderField(name.name, value.written)], at: self.index(of: name.key) ?? 0)
    }

    /// Takes the first value of a header away; the rest stays as it came.
    public mutating func removeFirst<Value>(_ name: SIPHeaderName<Value>) {
        guard let index = self.index(of: name.key) else { return }
        self.unchanged = nil
        let field = self.fieldIndex[index]
        let end = self.firstValue(name.key, field).upperBound
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
    mutating func set<Value>(_ newValue: Value?, for name: SIPHeaderName<Value>) {
        self.unchanged = nil
        guard let newValue else { return self.removeFields(name.key) }
        guard let index = self.index(of: name.key) else {
            return self.fieldIndex.append(self.write(newValue, as: name.kind, name.name))
        }
        let old = self.fieldIndex[index]
        let others = self.firstValue(name.key, old).upperBound..<old.value.upperBound
        self.fieldIndex[index] = self.write(newValue, as: name.kind, name.name, before: others)
    }

    private mutating func removeFields(_ key: SIPHeaderKey) {
        self.unchanged = nil
        let kept = self.fieldIndex.filter { !self.matches($0, key) }
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
        for field in other.fieldIndex where other.matches(field, name.key) { self.append(field, of: other) }
    }
}
