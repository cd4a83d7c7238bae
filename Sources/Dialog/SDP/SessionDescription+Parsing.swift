extension SessionDescription {
    /// What is refused rather than read: no honest peer comes near.
    enum Bound {
        static let byteCount = 65_536
        static let lineCount = 2_000
        static let formatCount = 128
    }

    /// Reads a description. Lines may end with LF alone, empty lines are passed over, and the order of lines is not
    /// checked.
    ///
    /// - Source: RFC 8866 §5, §9.
    /// - Throws: where the text is no description at all; what is merely unknown is kept.
    public init(parsing bytes: Span<UInt8>) throws(SDPError) {
        guard bytes.count <= Bound.byteCount else {
            throw SDPError(.tooLong, at: Bound.byteCount, "\(bytes.count) bytes, more than \(Bound.byteCount)")
        }
        self.init(lines: [], media: [])
        var start = 0
        var lineCount = 0
        while start < bytes.count {
            var end = start
            while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
            let lineEnd = end > start && bytes[end - 1] == UInt8(ascii: "\r") ? end - 1 : end
            if lineEnd > start {
                lineCount += 1
                guard lineCount <= Bound.lineCount else { throw SDPError(.tooLong, at: start, "too many lines") }
                try self.append(bytes.extracting(start..<lineEnd), at: start)
            }
            start = end + 1
        }
        guard let first = self.lines.first else {
            throw SDPError(.unsupportedVersion, at: 0, "the description is empty")
        }
        guard first == SDPLine("v", "0") else { throw SDPError(.unsupportedVersion, at: 0, "no v=0 but \(first)") }
    }

    private mutating func append(_ bytes: Span<UInt8>, at offset: Int) throws(SDPError) {
        guard bytes.count >= 2, bytes[1] == UInt8(ascii: "="),
            (UInt8(ascii: "!")...UInt8(ascii: "~")).contains(bytes[0])
        else { throw SDPError(.malformedLine, at: offset, "a line that is not x=value") }
        var value: [UInt8] = []
        value.reserveCapacity(bytes.count - 2)
        for index in 2..<bytes.count { value.append(bytes[index]) }
        let line = SDPLine(Character(Unicode.Scalar(bytes[0])), String(decoding: value, as: UTF8.self))
        if line.type == "m" {
            guard let media = MediaDescription(mediaLine: line.value) else {
                throw SDPError(.malformedMedia, at: offset, "m=\(line.value)")
            }
            self.media.append(media)
        } else if self.media.isEmpty {
            self.lines.append(line)
        } else {
            self.media[self.media.count - 1].lines.append(line)
        }
    }
}
