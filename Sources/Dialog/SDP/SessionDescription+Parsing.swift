extension SessionDescription {
    /// What is refused rather than read: no honest peer comes near.
    enum Bound {
        static let byteCount = 65_536
        static let lineCount = 2_000
        static let formatCount = 128
    }

    /// Reads a description.
    ///
    /// Lines may end with LF alone, the last need not end, and blank lines and zeros between lines are passed over. The
    /// order of lines is not checked: devices get it wrong, and the meaning is the same.
    ///
    /// - Source: RFC 8866 §5, §9.
    /// - Throws: where the text is no description at all; what is merely unknown is kept.
    public init(parsing text: Span<UInt8>) throws(SDPError) {
        guard text.count <= Bound.byteCount else {
            throw SDPError(.tooLong, at: Bound.byteCount, "\(text.count) bytes, more than \(Bound.byteCount)")
        }
        var rest = 0
        var all = SDPLines(copying: text, room: min(text.count / 16 + 4, Bound.lineCount), rest: &rest)
        if rest < text.count { all = SDPLines(copying: text, room: Bound.lineCount, rest: &rest) }
        guard rest == text.count else { throw SDPError(.tooLong, at: rest, "more than \(Bound.lineCount) lines") }
        guard !all.isEmpty else { throw SDPError(.unsupportedVersion, at: 0, "the description is empty") }
        let span = all.buffer.span
        for index in 0..<all.count {
            let place = all.place(index, in: span)
            // Of most lines nothing is asked but `x=`.
            if index == 0 || place.type == UInt8(ascii: "m") || place.type == UInt8(ascii: "v") || place.type == 0 {
                try Self.check(span, place, isFirst: index == 0)
            }
        }
        self.init(all: all)
    }

    private static func check(
        _ span: Span<UInt8>, _ place: SDPPlace, isFirst: Bool
    ) throws(SDPError) {
        let offset = place.range.lowerBound
        switch place.type {
        case 0: throw SDPError(.malformedLine, at: offset, "a line that is not x=value")
        case UInt8(ascii: "v"):
            guard isFirst else { throw SDPError(.malformedLine, at: offset, "a second description begins") }
            let version = span.trimmed(place.value)
            guard version.count == 1, span[version.lowerBound] == UInt8(ascii: "0") else {
                throw SDPError(.unsupportedVersion, at: offset, "not version 0 but \(span.string(place.value))")
            }
        case _ where isFirst:
            throw SDPError(.unsupportedVersion, at: offset, "the first line is not v=0")
        case UInt8(ascii: "m"):
            // Zeros and returns are written as blanks, which would make an answer one to something else.
            guard let line = MediaLine(span, place.value), line.hasFormats(in: span), !span.holdsUnwritable(place.value)
            else {
                throw SDPError(.malformedMedia, at: offset, span.string(place.range))
            }
        default: break
        }
    }
}
