internal import CallCore

/// Lines in order, kept as the bytes in which they came: one buffer, and where each line is in it.
///
/// What is not understood survives every change of another line, byte for byte.
public struct SDPLines: Sendable {
    /// All of the description that the lines are of: they share its bytes.
    private(set) var text: WireText
    private(set) var places: [SDPPlace]
    /// Which of the places belong to this list.
    private(set) var range: Range<Int>

    init(_ text: WireText, _ places: [SDPPlace], _ range: Range<Int>) {
        (self.text, self.places, self.range) = (text, places, range)
    }

    /// No lines.
    public init() { self.init(WireText(), [], 0..<0) }

    /// Some of the lines, in the same buffer.
    func part(_ part: Range<Int>) -> SDPLines {
        SDPLines(
            self.text, self.places, self.range.lowerBound + part.lowerBound..<self.range.lowerBound + part.upperBound)
    }

    /// Where a line is.
    func place(_ index: Int) -> SDPPlace { self.places[self.range.lowerBound + index] }
}

extension SDPLines: RandomAccessCollection {
    /// The position of the first line.
    public var startIndex: Int { 0 }

    /// The position after the last line.
    public var endIndex: Int { self.range.count }

    /// A line.
    public subscript(position: Int) -> SDPLine { SDPLine(self.text.extracting(self.place(position).range)) }
}

extension SDPLines: RangeReplaceableCollection {
    /// Replaces lines. All lines are written anew into a buffer of their own, each ended by CRLF.
    public mutating func replaceSubrange(_ subrange: Range<Int>, with lines: some Collection<SDPLine>) {
        var writer = SDPWriter(capacity: self.text.count + 64)
        writer.write(self.part(0..<subrange.lowerBound))
        for line in lines { writer.write(line.text) }
        writer.write(self.part(subrange.upperBound..<self.count))
        self = writer.lines
    }
}

extension SDPLines: ExpressibleByArrayLiteral {
    /// The lines of a literal.
    public init(arrayLiteral lines: SDPLine...) { self.init(lines) }
}

extension SDPLines: Hashable {
    /// Equal where the lines are, however they end.
    public static func == (left: SDPLines, right: SDPLines) -> Bool { left.elementsEqual(right) }

    /// Hashes the lines.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(self.count)
        for line in self { hasher.combine(line) }
    }
}

extension SDPLines: CustomStringConvertible {
    /// The text, every line ended by CRLF, without the keys that it may carry.
    public var description: String {
        var text = ""
        for line in self { text += "\(line)\r\n" }
        return text
    }
}
