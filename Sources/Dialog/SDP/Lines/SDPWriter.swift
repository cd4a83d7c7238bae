internal import CallCore

/// Writes lines into one buffer, each ended by CRLF.
struct SDPWriter {
    private var bytes: [UInt8] = []
    private var places: [SDPPlace] = []
    /// Where the line begins that is being written.
    private var start = 0

    init(capacity: Int) {
        self.bytes.reserveCapacity(capacity)
        self.places.reserveCapacity(capacity / 16 + 4)
    }

    /// Writes a line that stands elsewhere.
    mutating func write(_ line: WireText) {
        line.write(to: &self.bytes)
        self.end()
    }

    /// Writes lines that stand elsewhere.
    mutating func write(_ lines: SDPLines) {
        let span = lines.buffer.span
        for index in 0..<lines.count {
            let line = span.extracting(lines.place(index, in: span).range)
            // One bulk copy a line, without a hold on the text for each.
            unsafe line.withUnsafeBufferPointer { unsafe self.bytes.append(contentsOf: $0) }
            self.end()
        }
    }

    /// Writes a line of parts.
    mutating func write(_ type: Unicode.Scalar, _ value: (inout SDPWriter) -> Void) {
        self.bytes.append(UInt8(truncatingIfNeeded: type.value))
        self.bytes.append(UInt8(ascii: "="))
        value(&self)
        self.end()
    }

    /// Adds to the value of a line. Line ends and zeros become blanks, so that no value can smuggle in a line.
    mutating func add(_ text: String) {
        // Byte by byte: the pieces are so short that a bulk copy of each costs more.
        let span = text.utf8Span.span
        for index in 0..<span.count { self.bytes.append(span[index].written) }
    }

    /// Adds a decimal number to the value of a line.
    mutating func add(_ number: some FixedWidthInteger & UnsignedInteger) {
        let first = self.bytes.count
        var rest = UInt64(number)
        repeat {
            self.bytes.append(UInt8(ascii: "0") + UInt8(rest % 10))
            rest /= 10
        } while rest > 0
        var (low, high) = (first, self.bytes.count - 1)
        while low < high {
            self.bytes.swapAt(low, high)
            (low, high) = (low + 1, high - 1)
        }
    }

    private mutating func end() {
        self.places.append(SDPPlace(self.start..<self.bytes.count, in: self.bytes.span))
        self.bytes.append(UInt8(ascii: "\r"))
        self.bytes.append(UInt8(ascii: "\n"))
        self.start = self.bytes.count
    }

    /// What was written.
    var lines: SDPLines {
        var buffer = self.bytes
        unsafe self.places.withUnsafeBytes { unsafe buffer.append(contentsOf: $0) }
        return SDPLines(buffer, self.bytes.count..<buffer.count)
    }
}
