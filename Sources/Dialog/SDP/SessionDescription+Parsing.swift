public import CallCore

extension SessionDescription {
    /// What is refused rather than read: no honest peer comes near.
    enum Bound {
        static let byteCount = 65_536
        static let lineCount = 2_000
        static let formatCount = 128
    }

    /// Reads a copy of a description.
    ///
    /// - Throws: see ``init(parsing:)-(WireText)``.
    public init(parsing bytes: Span<UInt8>) throws(SDPError) { try self.init(parsing: WireText(copying: bytes)) }

    /// Reads a description where it lies.
    ///
    /// Lines may end with LF alone, the last need not end, and blank lines and zeros between lines are passed over. The
    /// order of lines is not checked: devices get it wrong, and the meaning is the same.
    ///
    /// - Source: RFC 8866 §5, §9.
    /// - Throws: where the text is no description at all; what is merely unknown is kept.
    public init(parsing text: WireText) throws(SDPError) {
        guard text.count <= Bound.byteCount else {
            throw SDPError(.tooLong, at: Bound.byteCount, "\(text.count) bytes, more than \(Bound.byteCount)")
        }
        let span = text.buffer.span
        let (first, end) = (text.range.lowerBound, text.range.upperBound)
        var places: [SDPPlace] = []
        places.reserveCapacity(text.count / 16 + 4)
        var start = first
        while start < end {
            let newline = span.end(of: start..<end, before: UInt8(ascii: "\n"))
            let lineEnd = span.lineEnd(start..<newline)
            if start < lineEnd {
                guard places.count < Bound.lineCount else {
                    throw SDPError(.tooLong, at: start - first, "more than \(Bound.lineCount) lines")
                }
                let place = SDPPlace(start..<lineEnd, in: span)
                // Of most lines nothing is asked but `x=`.
                if places.isEmpty || place.type == UInt8(ascii: "m") || place.type == UInt8(ascii: "v")
                    || !place.isTyped
                {
                    try Self.check(span, place, isFirst: places.isEmpty, at: start - first)
                }
                places.append(place)
            }
            start = newline + 1
        }
        guard !places.isEmpty else { throw SDPError(.unsupportedVersion, at: 0, "the description is empty") }
        self.init(all: SDPLines(text, places, 0..<places.count))
    }

    private static func check(
        _ span: Span<UInt8>, _ place: SDPPlace, isFirst: Bool, at offset: Int
    ) throws(SDPError) {
        guard place.isTyped else { throw SDPError(.malformedLine, at: offset, "a line that is not x=value") }
        switch place.type {
        case UInt8(ascii: "v"):
            guard isFirst else { throw SDPError(.malformedLine, at: offset, "a second description begins") }
            guard span.equals(span.trimmed(place.value), "0") else {
                throw SDPError(.unsupportedVersion, at: offset, "not version 0 but \(span.string(place.value))")
            }
        case _ where isFirst:
            throw SDPError(.unsupportedVersion, at: offset, "the first line is not v=0")
        case UInt8(ascii: "m"):
            // Zeros and returns are written as blanks, which would make an answer one to something else.
            guard let line = MediaLine(span, place.value), line.hasFormats(in: span),
                span.end(of: place.value, before: 0) == place.value.upperBound,
                span.end(of: place.value, before: 0x0D) == place.value.upperBound
            else {
                throw SDPError(.malformedMedia, at: offset, span.string(place.range))
            }
        default: break
        }
    }
}

extension Span<UInt8> {
    /// Where a line ends without its CR; where it begins, for a line of nothing but blanks, CRs and zeros.
    fileprivate func lineEnd(_ range: Range<Int>) -> Int {
        var end = range.upperBound
        if end > range.lowerBound, self[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        guard end > range.lowerBound, self[range.lowerBound] <= 0x20 else { return end }
        for index in range.lowerBound..<end where self[index] > 0x20 { return end }
        return range.lowerBound
    }
}
