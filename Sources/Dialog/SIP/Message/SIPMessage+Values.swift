public import CallCore

extension SIPMessage {
    /// The first value of a header: nil where it is absent or malformed.
    ///
    /// Setting it replaces the first value and leaves others in their place; a field that is absent is appended.
    /// Setting nil removes every field of that name.
    public subscript<Value>(name: SIPHeaderName<Value>) -> Value? {
        @inlinable get {
            guard let place = self.firstValue(name.key) else { return nil }
            return Value(parsing: WireText(self.bytes, in: place))
        }
        @inlinable set {
            guard let newValue else {
                self.removeFields(name.key)
                return
            }
            let start = self.beginField(name.key)
            newValue.write(to: &self.bytes)
            self.setField(name.key, start)
        }
    }

    /// Every value of a header, in order; malformed ones are left out.
    @inlinable
    public func all<Value>(_ name: SIPHeaderName<Value>) -> [Value] {
        var values: [Value] = []
        self.forEach(name) { value in
            if values.isEmpty { values.reserveCapacity(self.greatestValueCount(name.key)) }
            values.append(value)
        }
        return values
    }

    /// Reads every value of a header as ``all(_:)``, without an array for them.
    @inlinable
    public func forEach<Value>(_ name: SIPHeaderName<Value>, _ body: (Value) -> Void) {
        self.forEachText(name.key) { text in
            if let value = Value(parsing: text) { body(value) }
        }
    }

    /// The first field of a name as it stands, with all the values of a list and with its folds; nil where it is
    /// absent.
    public func text<Value>(of name: SIPHeaderName<Value>) -> WireText? {
        self.index(of: name.key).map { WireText(self.bytes, in: self.fieldIndex[$0].value) }
    }

    /// Whether every value of a header can be read, and none is empty.
    func isWellFormed<Value>(_ name: SIPHeaderName<Value>) -> Bool {
        let span = self.bytes.span
        for field in self.fieldIndex where self.matches(field, name.key) {
            var start = field.value.lowerBound
            repeat {
                let last = field.value.upperBound
                let end = name.isList ? span.endOfElement(from: start, end: last) : last
                guard Value(parsing: WireText(self.bytes, in: span.trimmed(start..<end))) != nil else { return false }
                start = end + 1
            } while start <= field.value.upperBound
        }
        return true
    }
}

// Here nothing knows the type of the values, so that what is generic is small enough to be inlined.
extension SIPMessage {
    @usableFromInline
    func firstValue(_ key: SIPHeaderKey) -> Range<Int>? {
        guard let index = self.index(of: key) else { return nil }
        return self.firstValue(key, self.fieldIndex[index])
    }

    /// The values without blanks at their ends; empty ones of a list are passed over.
    @usableFromInline
    func forEachText(_ key: SIPHeaderKey, _ body: (WireText) -> Void) {
        let span = self.bytes.span
        var next = 0
        while let index = self.index(of: key, from: next) {
            next = index &+ 1
            let value = self.fieldIndex[index].value
            guard key.isList else {
                body(WireText(self.bytes, in: value))
                continue
            }
            // Most fields hold one value, and most lists nothing that could hide a comma.
            guard span.firstIndex(of: UInt8(ascii: ","), in: value) != nil else {
                if !value.isEmpty { body(WireText(self.bytes, in: value)) }
                continue
            }
            if span.hasQuotesOrBrackets(value) {
                self.forEachElement(of: value, body)
            } else {
                self.forEachPlainElement(of: value, body)
            }
        }
    }

    private func forEachElement(of value: Range<Int>, _ body: (WireText) -> Void) {
        let span = self.bytes.span
        var start = value.lowerBound
        while start < value.upperBound {
            let end = span.endOfElement(from: start, end: value.upperBound)
            let element = span.trimmed(start..<end)
            if !element.isEmpty { body(WireText(self.bytes, in: element)) }
            start = end &+ 1
        }
    }

    /// The elements between commas.
    @inline(__always)
    private func forEachPlainElement(of value: Range<Int>, _ body: (WireText) -> Void) {
        let span = self.bytes.span
        var (start, window) = (value.lowerBound, value.lowerBound)
        var commas = span.places(of: UInt8(ascii: ","), at: window)
        while true {
            while commas == 0, value.upperBound &- window > 64 {
                window &+= 64
                commas = span.places(of: UInt8(ascii: ","), at: window)
            }
            let end = min(window &+ commas.trailingZeroBitCount, value.upperBound)
            commas &= commas &- 1
            let element = span.trimmed(start..<end)
            if !element.isEmpty { body(WireText(self.bytes, in: element)) }
            start = end &+ 1
            if start >= value.upperBound { return }
        }
    }

    /// No header has more values than fields and commas in them.
    @usableFromInline
    func greatestValueCount(_ key: SIPHeaderKey) -> Int {
        var count = 0
        for field in self.fieldIndex where self.matches(field, key) {
            count += 1
            if key.isList { count += self.bytes.span.count(of: UInt8(ascii: ","), in: field.value) }
        }
        return count
    }

    /// Where the first field of a name stands in the index.
    @usableFromInline
    func index(of key: SIPHeaderKey) -> Int? {
        self.index(of: key, from: 0)
    }

    /// Where the next field of a name stands in the index.
    @inline(__always)
    func index(of key: SIPHeaderKey, from start: Int) -> Int? {
        var start = start
        while let index = self.fieldIndex.firstIndex(of: key.kind, from: start) {
            if key.kind != .other || self.matches(self.fieldIndex[index], key) { return index }
            start = index &+ 1
        }
        return nil
    }

    @inline(__always)
    func matches(_ field: Field, _ key: SIPHeaderKey) -> Bool { key.names(field, in: self.bytes.span) }

    /// Where the first value of a field stands.
    func firstValue(_ key: SIPHeaderKey, _ field: Field) -> Range<Int> {
        guard key.isList else { return field.value }
        let end = self.bytes.span.endOfElement(from: field.value.lowerBound, end: field.value.upperBound)
        return field.value.lowerBound..<end
    }
}
