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
        var cursor = SIPValueCursor()
        while let place = self.nextValue(name.key, &cursor) {
            if let value = Value(parsing: WireText(self.bytes, in: place)) { body(value) }
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

    /// Goes to the next value of a header, without blanks at its ends; empty ones of a list are passed over.
    @inlinable
    @inline(__always)
    func nextValue(_ key: SIPHeaderKey, _ cursor: inout SIPValueCursor) -> Range<Int>? {
        // Two functions, since most that is asked for is the next of a list.
        while cursor.isInList {
            if let element = cursor.nextElement(self.bytes) { return element }
        }
        return cursor.isAtEnd ? nil : self.nextFieldValue(key, &cursor)
    }

    /// Goes to the first value of the next field.
    @usableFromInline
    func nextFieldValue(_ key: SIPHeaderKey, _ cursor: inout SIPValueCursor) -> Range<Int>? {
        while let index = self.index(of: key, from: cursor.field) {
            cursor.field = index &+ 1
            cursor.isAtEnd = self.index(of: key, from: cursor.field) == nil
            let value = self.fieldIndex[index].value
            guard key.isList else { return value }
            // Most fields hold one value.
            if self.bytes.span.firstIndex(of: UInt8(ascii: ","), in: value) == nil {
                if !value.isEmpty { return value }
            } else {
                cursor.enter(value, self.bytes)
                while cursor.isInList {
                    if let element = cursor.nextElement(self.bytes) { return element }
                }
            }
        }
        return nil
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

/// How far the values of a header were walked.
@usableFromInline
struct SIPValueCursor {
    /// The field that comes next.
    fileprivate var field = 0
    /// Whether no other comes.
    @usableFromInline var isAtEnd = false
    /// What is left of the list in the field before.
    @usableFromInline var start = 0
    @usableFromInline var end = 0
    /// Whether nothing in the list could hide a comma.
    private var isPlain = false
    /// Where the 64 bytes begin whose commas are known, and a bit for each of these that is still ahead.
    private var window = 0
    private var commas: UInt64 = 0

    @usableFromInline
    init() {}

    @inlinable var isInList: Bool { self.start < self.end }

    fileprivate mutating func enter(_ list: Range<Int>, _ buffer: [UInt8]) {
        let bytes = buffer.span
        (self.start, self.end, self.window) = (list.lowerBound, list.upperBound, list.lowerBound)
        self.isPlain = !bytes.hasQuotesOrBrackets(list)
        if self.isPlain { self.commas = bytes.places(of: UInt8(ascii: ","), at: list.lowerBound) }
    }

    /// Goes to the next element of a list; nil where that is empty.
    @usableFromInline
    mutating func nextElement(_ buffer: [UInt8]) -> Range<Int>? {
        let bytes = buffer.span
        let start = self.start
        let end = self.isPlain ? self.nextComma(bytes) : bytes.endOfElement(from: start, end: self.end)
        self.start = end &+ 1
        let element = bytes.trimmed(start..<end)
        return element.isEmpty ? nil : element
    }

    /// The next comma of a plain list, or its end.
    @inline(__always)
    private mutating func nextComma(_ bytes: Span<UInt8>) -> Int {
        if self.commas == 0 { self.findCommas(bytes) }
        let comma = self.window &+ self.commas.trailingZeroBitCount
        self.commas &= self.commas &- 1
        return min(comma, self.end)
    }

    private mutating func findCommas(_ bytes: Span<UInt8>) {
        while self.commas == 0, self.end &- self.window > 64 {
            self.window &+= 64
            self.commas = bytes.places(of: UInt8(ascii: ","), at: self.window)
        }
    }
}
