extension SIPMessage {
    /// Replaces every value of a header: one field a value, where the first field stood.
    @inlinable
    public mutating func setAll<Value>(_ values: [Value], for name: SIPHeaderName<Value>) {
        var place = self.removeFields(name.key)
        for value in values {
            let start = self.beginField(name.key)
            value.write(to: &self.bytes)
            self.insertField(name.key, start, at: place)
            place += 1
        }
    }

    /// Replaces every value of a header: one field for all, with commas between them, where the first field stood.
    ///
    /// - Parameter name: of a header whose field may hold several values.
    @inlinable
    public mutating func setList<Value>(_ values: [Value], for name: SIPHeaderName<Value>) {
        let place = self.removeFields(name.key)
        guard !values.isEmpty else { return }
        let start = self.beginField(name.key)
        for index in values.indices {
            if index > 0 {
                self.bytes.append(UInt8(ascii: ","))
                self.bytes.append(0x20)
            }
            values[index].write(to: &self.bytes)
        }
        self.insertField(name.key, start, at: place)
    }

    /// Puts a value before the others of its header, in a field of its own.
    @inlinable
    public mutating func prepend<Value>(_ value: Value, to name: SIPHeaderName<Value>) {
        let start = self.beginField(name.key)
        value.write(to: &self.bytes)
        self.insertField(name.key, start, at: self.index(of: name.key) ?? 0)
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
        let start = self.bytes.count
        self.bytes += self.bytes[field.name]
        let nameEnd = self.bytes.count
        self.bytes.append(UInt8(ascii: ":"))
        self.bytes.append(0x20)
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
    public mutating func addField(_ field: SIPHeaderField) {
        let key = SIPHeaderName<String>(field.name).key
        let start = self.beginField(key)
        self.bytes.append(text: field.value)
        self.insertField(key, start, at: self.fieldIndex.count)
    }
}

extension SIPMessage {
    /// Writes a name after all the other bytes; a value is to be written behind it.
    ///
    /// - Returns: where the field begins.
    @usableFromInline
    mutating func beginField(_ key: SIPHeaderKey) -> Int {
        self.unchanged = nil
        let start = self.bytes.count
        if let text = key.text {
            self.bytes.append(text: text)
            self.bytes.append(UInt8(ascii: ":"))
            self.bytes.append(0x20)
            return start
        }
        let (names, ends) = SIPHeaderKind.fieldStarts
        let place = Int(key.kind.rawValue)
        self.bytes.append(names, ends[place - 1]..<ends[place])
        return start
    }

    /// Puts the field that was written last into the place of the first value of its header, or behind all fields.
    @usableFromInline
    mutating func setField(_ key: SIPHeaderKey, _ start: Int) {
        guard let index = self.index(of: key) else { return self.fieldIndex.append(self.endField(key, start)) }
        let old = self.fieldIndex[index]
        let others = self.firstValue(key, old).upperBound..<old.value.upperBound
        if !others.isEmpty { self.bytes += self.bytes[others] }
        self.fieldIndex[index] = self.endField(key, start)
    }

    /// Puts the field that was written last before the one at `place`.
    @usableFromInline
    mutating func insertField(_ key: SIPHeaderKey, _ start: Int, at place: Int) {
        let field = self.endField(key, start)
        if place < self.fieldIndex.count {
            self.fieldIndex.insert(field, at: place)
        } else {
            self.fieldIndex.append(field)
        }
    }

    /// Ends the field that was written last. With a line end, so that fields written one after another are encoded
    /// by one copy.
    private mutating func endField(_ key: SIPHeaderKey, _ start: Int) -> Field {
        let nameEnd = start + key.nameCount
        let field = Field(kind: key.kind, name: start..<nameEnd, value: (nameEnd + 2)..<self.bytes.count)
        self.bytes.appendLineEnd()
        return field
    }

    /// - Returns: where the first of them stood, or the end.
    @discardableResult
    @usableFromInline
    mutating func removeFields(_ key: SIPHeaderKey) -> Int {
        self.unchanged = nil
        guard let first = self.index(of: key) else { return self.fieldIndex.count }
        let bytes = self.bytes
        self.fieldIndex.removeAll { key.names($0, in: bytes.span) }
        return first
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
