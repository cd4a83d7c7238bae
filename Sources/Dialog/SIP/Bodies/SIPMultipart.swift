/// A body of several parts.
///
/// Read leniently: text before the first and after the last part is passed over, blanks may follow a boundary, lines
/// may end in a lone line feed, and the last boundary may be missing.
///
/// - Source: RFC 2046 §5.1; RFC 5621.
public struct SIPMultipart: Hashable, Sendable {
    /// The kind, for example `multipart/mixed`, without the boundary.
    public var type: SIPMediaType
    /// The parts in order.
    public var parts: [SIPBodyPart]

    /// At most so many parts of a body are read.
    public static let partLimit = 64

    /// Puts parts together.
    public init(_ type: SIPMediaType = "multipart/mixed", _ parts: [SIPBodyPart]) {
        (self.type, self.parts) = (type, parts)
        self.type.parameters["boundary"] = nil
    }

    /// Takes a body apart.
    ///
    /// - Returns: nil where it is of another type, without a boundary or without a part, where a part is malformed,
    ///   and where there are more parts than ``partLimit``.
    public init?(_ body: SIPBody) {
        guard let type = SIPMediaType(body.type), type.isMultipart, let boundary = type.parameters["boundary"],
            (1...70).contains(boundary.utf8.count)
        else { return nil }
        let delimiter = Array("--\(boundary)".utf8)
        let bytes = body.bytes
        guard let parts = Self.parts(bytes.span, delimiter: delimiter.span), !parts.isEmpty else { return nil }
        self.init(type, parts)
    }

    /// The parts as one body, with a boundary that occurs in none of them.
    public var body: SIPBody {
        let contents = self.parts.map { part in
            var bytes: [UInt8] = []
            part.write(to: &bytes)
            return bytes
        }
        let boundary = Self.boundary(for: contents)
        var output: [UInt8] = []
        for content in contents {
            output.append(text: "--\(boundary)")
            output += [0x0D, 0x0A]
            output += content
            output += [0x0D, 0x0A]
        }
        output.append(text: "--\(boundary)--")
        output += [0x0D, 0x0A]
        var type = self.type
        type.parameters["boundary"] = boundary
        return SIPBody(type: type.description, bytes: output)
    }

    private static func parts(_ bytes: Span<UInt8>, delimiter: Span<UInt8>) -> [SIPBodyPart]? {
        var parts: [SIPBodyPart] = []
        var partStart: Int?
        var lineStart = 0
        // The line break before a boundary belongs to the boundary.
        var lastLineEnd = 0
        var isClosed = false
        while lineStart < bytes.count, !isClosed {
            let (line, next) = bytes.line(from: lineStart)
            if let isLast = Self.isDelimiter(bytes, line, delimiter) {
                if let start = partStart {
                    guard parts.count < Self.partLimit,
                        let part = SIPBodyPart(parsing: bytes.extracting(start..<max(start, lastLineEnd)))
                    else { return nil }
                    parts.append(part)
                }
                partStart = next
                isClosed = isLast
            }
            (lastLineEnd, lineStart) = (line.upperBound, next)
        }
        if let start = partStart, !isClosed, start < bytes.count {
            guard parts.count < Self.partLimit, let part = SIPBodyPart(parsing: bytes.extracting(start..<bytes.count))
            else { return nil }
            parts.append(part)
        }
        return parts
    }

    /// Whether a line is the boundary, and whether it is the last.
    private static func isDelimiter(_ bytes: Span<UInt8>, _ line: Range<Int>, _ delimiter: Span<UInt8>) -> Bool? {
        guard line.count >= delimiter.count else { return nil }
        for index in 0..<delimiter.count where bytes[line.lowerBound + index] != delimiter[index] { return nil }
        let rest = bytes.trimmed((line.lowerBound + delimiter.count)..<line.upperBound)
        if rest.isEmpty { return false }
        let isLast =
            rest.count == 2 && bytes[rest.lowerBound] == UInt8(ascii: "-")
            && bytes[rest.lowerBound + 1] == UInt8(ascii: "-")
        return isLast ? true : nil
    }

    /// The first of a row of boundaries that stands in none of the contents.
    private static func boundary(for contents: [[UInt8]]) -> String {
        var number = 1
        while true {
            let boundary = "part-\(number)"
            let delimiter = Array("--\(boundary)".utf8)
            if !contents.contains(where: { $0.firstRange(of: delimiter) != nil }) { return boundary }
            number += 1
        }
    }
}
