internal import CallCore

/// Where a line is in a buffer, without its end: a type, `=`, and the value.
struct SDPPlace: Sendable {
    private var start: UInt32
    private var end: UInt32

    init(_ start: Int, _ end: Int) {
        (self.start, self.end) = (UInt32(truncatingIfNeeded: start), UInt32(truncatingIfNeeded: end))
    }

    /// The whole line.
    var range: Range<Int> { unsafe Range(uncheckedBounds: (Int(self.start), Int(self.end))) }

    /// What follows the `=`.
    var value: Range<Int> { unsafe Range(uncheckedBounds: (Int(self.start) + 2, Int(self.end))) }
}

/// Writes lines into one buffer, each ended by CRLF.
struct SDPWriter {
    private var bytes: [UInt8] = []
    private var places: [SDPPlace] = []

    init(capacity: Int) {
        self.bytes.reserveCapacity(capacity)
        self.places.reserveCapacity(capacity / 16)
    }

    mutating func write(_ line: WireText) {
        let start = self.bytes.count
        line.write(to: &self.bytes)
        self.places.append(SDPPlace(start, self.bytes.count))
        self.bytes.append(UInt8(ascii: "\r"))
        self.bytes.append(UInt8(ascii: "\n"))
    }

    mutating func write(_ lines: SDPLines) {
        for line in lines { self.write(line.text) }
    }

    /// What was written.
    var lines: SDPLines { SDPLines(WireText(self.bytes, in: 0..<self.bytes.count), self.places, 0..<self.places.count) }
}
