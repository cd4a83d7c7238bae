/// Where a line is in a buffer, without its end: a type, `=`, and the value.
struct SDPPlace: Sendable {
    private let start: UInt32
    private let end: UInt32
    /// The first eight bytes, the first of them lowest; zeros where the line is shorter. Nearly every line that is not
    /// looked for is told by them, without a look at the text.
    let head: UInt64

    /// A line that is not empty.
    init(_ line: Range<Int>, in span: Span<UInt8>) {
        self.start = UInt32(truncatingIfNeeded: line.lowerBound)
        self.end = UInt32(truncatingIfNeeded: line.upperBound)
        self.head = span.head(line)
    }

    /// The whole line.
    var range: Range<Int> { unsafe Range(uncheckedBounds: (Int(self.start), Int(self.end))) }

    /// What follows the `=`; the line must be a typed one.
    var value: Range<Int> { unsafe Range(uncheckedBounds: (Int(self.start) + 2, Int(self.end))) }

    /// Whether it begins with a visible letter and `=`.
    var isTyped: Bool {
        UInt8(truncatingIfNeeded: self.head >> 8) == UInt8(ascii: "=") && self.type &- 0x21 <= 0x7E - 0x21
    }

    /// The letter before the `=`.
    var type: UInt8 { UInt8(truncatingIfNeeded: self.head) }
}

extension Span<UInt8> {
    /// The first eight bytes of a range, the first of them lowest; zeros where it is shorter.
    @inline(__always)
    fileprivate func head(_ range: Range<Int>) -> UInt64 {
        if range.count >= 8 {
            precondition(range.lowerBound >= 0 && range.upperBound <= self.count)
            // Within the span: just checked. One load instead of eight.
            return UInt64(
                littleEndian: unsafe self.bytes.unsafeLoadUnaligned(fromByteOffset: range.lowerBound, as: UInt64.self))
        }
        var head: UInt64 = 0
        for index in range.reversed() { head = head << 8 | UInt64(self[index]) }
        return head
    }
}

/// The name of an attribute, such that lines are compared with it fast.
struct SDPAttributeName: Sendable {
    private let text: String
    private let count: Int
    /// How a line begins that has the name: `a=` and up to six letters.
    private let head: UInt64
    private let mask: UInt64

    init(_ text: String) {
        (self.text, self.count) = (text, text.utf8.count)
        var (head, shift) = (UInt64(UInt8(ascii: "a")) | UInt64(UInt8(ascii: "=")) << 8, UInt64(16))
        for letter in text.utf8 where shift < 64 { (head, shift) = (head | UInt64(letter) << shift, shift + 8) }
        (self.head, self.mask) = (head, .max >> (64 - shift))
    }

    static let crypto = SDPAttributeName("crypto")
    static let formatMap = SDPAttributeName("rtpmap")
    static let formatParameters = SDPAttributeName("fmtp")
    static let packetTime = SDPAttributeName("ptime")

    /// What a line says of the attribute, empty for a flag; nil where it is another line.
    @inline(__always)
    func value(of place: SDPPlace, in span: Span<UInt8>) -> Range<Int>? {
        guard (place.head ^ self.head) & self.mask == 0 else { return nil }
        let line = place.range
        let end = line.lowerBound + 2 + self.count
        guard end <= line.upperBound, end == line.upperBound || span[end] == UInt8(ascii: ":"),
            self.count <= 6 || span.equals(line.lowerBound + 2..<end, self.text)
        else { return nil }
        return min(end + 1, line.upperBound)..<line.upperBound
    }
}
