// Lines by what they mean. A range of bytes is handed to `read` instead of a string: most values are numbers or are
// compared, and a string of each line would cost more than the whole parser.

extension SDPLines {
    /// The first line of a type for which `read` gives something.
    func first<Value>(_ type: Unicode.Scalar, _ read: (Span<UInt8>, Range<Int>) -> Value?) -> Value? {
        let type = UInt8(truncatingIfNeeded: type.value)
        let span = self.buffer.span
        for index in 0..<self.count {
            let place = self.place(index, in: span)
            if place.type == type, let value = read(span, place.value) { return value }
        }
        return nil
    }

    /// The first attribute of a name for which `read` gives something; the range of a flag is empty.
    @inline(__always)
    func firstAttribute<Value>(_ name: SDPAttributeName, _ read: (Span<UInt8>, Range<Int>) -> Value?) -> Value? {
        let span = self.buffer.span
        for index in 0..<self.count {
            if let range = name.value(of: self.place(index, in: span), in: span), let value = read(span, range) {
                return value
            }
        }
        return nil
    }

    /// Hands over all attributes of a name.
    @inline(__always)
    func forEachAttribute(_ name: SDPAttributeName, _ take: (Span<UInt8>, Range<Int>) -> Void) {
        let span = self.buffer.span
        for index in 0..<self.count {
            if let range = name.value(of: self.place(index, in: span), in: span) { take(span, range) }
        }
    }

    /// What `read` makes of all attributes of a name.
    func allAttributes<Value>(_ name: SDPAttributeName, _ read: (Span<UInt8>, Range<Int>) -> Value?) -> [Value] {
        var values: [Value] = []
        self.forEachAttribute(name) { span, range in
            if let value = read(span, range) { values.append(value) }
        }
        return values
    }

    /// The order in which RFC 8866 §5 wants the lines of a session; those of a medium follow it, too.
    private static let order = "vosiuepcbtrzka"

    /// Replaces the first line of a type where it stands; a new line goes before the first whose type comes later.
    mutating func set(_ type: Character, to value: String?) {
        let place = self.firstIndex { $0.type == type }
        guard let value else {
            self.removeAll { $0.type == type }
            return
        }
        let line = SDPLine(type, value)
        if let place {
            self.replaceSubrange(place..<place + 1, with: CollectionOfOne(line))
        } else {
            let later = Self.order.drop { $0 != type }.dropFirst()
            self.insert(line, at: self.firstIndex { later.contains($0.type) } ?? self.endIndex)
        }
    }
}
