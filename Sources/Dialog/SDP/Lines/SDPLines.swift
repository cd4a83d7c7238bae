internal import CallCore

/// Lines in order, kept as the bytes in which they came, and where each line is in them.
///
/// What is not understood survives every change of another line, byte for byte.
public struct SDPLines: Sendable {
    /// All of the description that the lines are of, and behind it the place of each line: they share both.
    let buffer: [UInt8]
    /// Where the places of these lines are in `buffer`.
    private let first: UInt32
    private let end: UInt32

    init(_ buffer: [UInt8], _ places: Range<Int>) {
        self.buffer = buffer
        self.first = UInt32(truncatingIfNeeded: places.lowerBound)
        self.end = UInt32(truncatingIfNeeded: places.upperBound)
    }

    /// No lines.
    public init() { self.init([], 0..<0) }

    /// Some of the lines, in the same buffer.
    func part(_ part: Range<Int>) -> SDPLines {
        SDPLines(self.buffer, self.offset(part.lowerBound)..<self.offset(part.upperBound))
    }

    /// Where a line is.
    @inline(__always)
    func place(_ index: Int, in span: Span<UInt8>) -> SDPPlace { SDPPlace(at: self.offset(index), in: span) }

    @inline(__always)
    private func offset(_ index: Int) -> Int { Int(self.first) &+ index &* SDPPlace.byteCount }

    /// The text, of those that are all lines of a description.
    var text: WireText { WireText(self.buffer, in: 0..<Int(self.first)) }

    /// How much room the lines take when they are written.
    ///
    /// - Unit: bytes.
    var writtenCount: Int {
        let span = self.buffer.span
        return (0..<self.count).reduce(0) { $0 + self.place($1, in: span).range.count + 2 }
    }
}

extension SDPLines: RandomAccessCollection {
    /// The position of the first line.
    public var startIndex: Int { 0 }

    /// The position after the last line.
    public var endIndex: Int { Int(self.end &- self.first) / SDPPlace.byteCount }

    /// A line.
    public subscript(position: Int) -> SDPLine {
        SDPLine(WireText(self.buffer, in: self.place(position, in: self.buffer.span).range))
    }
}

extension SDPLines: RangeReplaceableCollection {
    /// Replaces lines. All lines are written anew into a buffer of their own, each ended by CRLF.
    public mutating func replaceSubrange(_ subrange: Range<Int>, with lines: some Collection<SDPLine>) {
        var writer = SDPWriter(capacity: self.writtenCount + 64)
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
