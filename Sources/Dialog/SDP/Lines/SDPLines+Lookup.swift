// Lines by what they mean. A range of bytes is handed to `read` instead of a string: most values are numbers or are
// compared, and a string of each line would cost more than the whole parser.

extension SDPLines {
    /// The first line of a type for which `read` gives something.
    func first<Value>(_ type: Unicode.Scalar, _ read: (Span<UInt8>, Range<Int>) -> Value?) -> Value? {
        let type = UInt8(truncatingIfNeeded: type.value)
        let span = self.text.buffer.span
        for index in self.range {
            let place = self.places[index]
            if span[place.range.lowerBound] == type, let value = read(span, place.value) { return value }
        }
        return nil
    }

    /// The first attribute of a name for which `read` gives something; the range of a flag is empty.
    func firstAttribute<Value>(_ name: String, _ read: (Span<UInt8>, Range<Int>) -> Value?) -> Value? {
        let span = self.text.buffer.span
        let length = name.utf8.count
        for index in self.range {
            let line = self.places[index].range
            let nameEnd = line.lowerBound + 2 + length
            guard span[line.lowerBound] == UInt8(ascii: "a"), nameEnd <= line.upperBound,
                nameEnd == line.upperBound || span[nameEnd] == UInt8(ascii: ":"),
                span.equals(line.lowerBound + 2..<nameEnd, name)
            else { continue }
            if let value = read(span, Swift.min(nameEnd + 1, line.upperBound)..<line.upperBound) { return value }
        }
        return nil
    }

    /// What `read` makes of all attributes of a name.
    func allAttributes<Value>(_ name: String, _ read: (Span<UInt8>, Range<Int>) -> Value?) -> [Value] {
        var values: [Value] = []
        _ = self.firstAttribute(name) { span, range -> Never? in
            if let value = read(span, range) { values.append(value) }
            return nil
        }
        return values
    }

    /// Whether a line begins a medium.
    func isMedia(_ index: Int) -> Bool {
        self.text.buffer[self.place(index).range.lowerBound] == UInt8(ascii: "m")
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
