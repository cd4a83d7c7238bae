/// Where a line is in a buffer, without its end: a type, `=`, and the value.
struct SDPPlace: Sendable {
    /// From the lowest: the type, 8 bits; where the line begins, 28 bits; where it ends, 28 bits.
    private let bits: UInt64

    /// How much room a place takes behind the text that it is of.
    ///
    /// - Unit: bytes.
    static let byteCount = MemoryLayout<SDPPlace>.size

    /// A line that is not empty.
    @inline(__always)
    init(_ line: Range<Int>, in span: Span<UInt8>) {
        let type = span[line.lowerBound]
        let isTyped = type &- 0x21 <= 0x7E - 0x21 && line.count >= 2 && span[line.lowerBound &+ 1] == UInt8(ascii: "=")
        let (start, end) = (
            UInt64(truncatingIfNeeded: line.lowerBound), UInt64(truncatingIfNeeded: line.upperBound)
        )
        self.bits = UInt64(isTyped ? type : 0) | start << 8 | end << 36
    }

    /// A place that stands behind a text, as it stands in memory.
    @inline(__always)
    init(at offset: Int, in span: Span<UInt8>) { self.bits = span.word(at: offset).littleEndian }

    /// The letter before the `=`; 0 where the line does not begin with a visible letter and `=`.
    var type: UInt8 { UInt8(truncatingIfNeeded: self.bits) }

    private var start: Int { Int(truncatingIfNeeded: self.bits >> 8 & 0xFFF_FFFF) }

    private var end: Int { Int(truncatingIfNeeded: self.bits >> 36) }

    /// The whole line.
    var range: Range<Int> { unsafe Range(uncheckedBounds: (self.start, self.end)) }

    /// What follows the `=`; the line must be a typed one.
    var value: Range<Int> { unsafe Range(uncheckedBounds: (self.start + 2, self.end)) }

    /// The first eight bytes, the first of them lowest; where the line is shorter, others follow, and be it the place
    /// of a line. Nearly every line that is not looked for is told by them.
    @inline(__always)
    func head(in span: Span<UInt8>) -> UInt64 { span.word(at: self.start) }
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
        guard (place.head(in: span) ^ self.head) & self.mask == 0 else { return nil }
        let line = place.range
        let end = line.lowerBound + 2 + self.count
        guard end <= line.upperBound, end == line.upperBound || span[end] == UInt8(ascii: ":"),
            self.count <= 6 || span.equals(line.lowerBound + 2..<end, self.text)
        else { return nil }
        return min(end + 1, line.upperBound)..<line.upperBound
    }
}
