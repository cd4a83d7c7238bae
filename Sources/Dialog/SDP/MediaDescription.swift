/// One `m=` line and the lines that belong to it.
///
/// - Source: RFC 8866 §5.14.
public struct MediaDescription: SDPLevel, Hashable, Sendable {
    /// The `m=` line and those after it.
    private(set) var all: SDPLines

    init(all: SDPLines) { self.all = all }

    /// Describes one medium.
    ///
    /// - Parameters:
    ///   - media: `audio`, `video` …
    ///   - port: see ``port``.
    ///   - portCount: see ``portCount``.
    ///   - protocol: see ``protocol``.
    ///   - formats: see ``formats``; not empty.
    ///   - lines: those after the `m=` line.
    public init(
        media: String, port: UInt16, portCount: Int? = nil, protocol: String = "RTP/AVP", formats: [String],
        lines: SDPLines = []
    ) {
        var writer = SDPWriter(capacity: 32 + lines.writtenCount)
        writer.write(media: media, port: port, portCount: portCount, protocol: `protocol`, formats: formats)
        writer.write(lines)
        self.all = writer.lines
    }

    /// The lines after the `m=` line, in order.
    public var lines: SDPLines {
        get { self.all.part(1..<self.all.count) }
        set { self.all.replaceSubrange(1..<self.all.count, with: newValue) }
    }

    /// `audio`, `video` …
    public var media: String {
        get { self.read { $0.string($1.media) } ?? "" }
        set { self.write(newValue, self.port, self.portCount, self.protocol, self.formats) }
    }

    /// Where RTP is received; 0 where the medium is refused or over.
    public var port: UInt16 {
        get { self.read { $1.port } ?? 0 }
        set { self.write(self.media, newValue, self.portCount, self.protocol, self.formats) }
    }

    /// How many ports are used, written `port/count`; nil where nothing is said.
    public var portCount: Int? {
        get { self.read { $1.portCount } ?? nil }
        set { self.write(self.media, self.port, newValue, self.protocol, self.formats) }
    }

    /// How it is carried, for example `RTP/AVP`.
    public var `protocol`: String {
        get { self.read { $0.string($1.protocol) } ?? "" }
        set { self.write(self.media, self.port, self.portCount, newValue, self.formats) }
    }

    /// The formats in order of preference: payload types, for RTP.
    public var formats: [String] {
        get {
            var formats: [String] = []
            self.forEachFormat { formats.append($0.string($1)) }
            return formats
        }
        set { self.write(self.media, self.port, self.portCount, self.protocol, newValue) }
    }

    /// Hands over the formats one after another.
    func forEachFormat(_ take: (Span<UInt8>, Range<Int>) -> Void) {
        _ = self.read { span, line in
            var fields = FieldScan(line.formats)
            while true {
                let format = fields.next(span)
                if format.isEmpty { return }
                take(span, format)
            }
        }
    }

    func read<Value>(_ take: (Span<UInt8>, MediaLine) -> Value) -> Value? {
        self.all.first("m") { span, range in MediaLine(span, range).map { take(span, $0) } }
    }

    private mutating func write(
        _ media: String, _ port: UInt16, _ portCount: Int?, _ protocol: String, _ formats: [String]
    ) {
        self = MediaDescription(
            media: media, port: port, portCount: portCount, protocol: `protocol`, formats: formats, lines: self.lines)
    }
}

/// Where the parts of an `m=` line are.
struct MediaLine {
    var media: Range<Int>
    var port: UInt16
    var portCount: Int?
    var `protocol`: Range<Int>
    /// All formats, with the blanks between them.
    var formats: Range<Int>

    /// Reads the value of a line; nil where a part is missing or a number is none.
    ///
    /// - Source: RFC 8866 §5.14.
    init?(_ span: Span<UInt8>, _ range: Range<Int>) {
        var fields = FieldScan(range)
        let (media, ports, `protocol`) = (fields.next(span), fields.next(span), fields.next(span))
        guard !`protocol`.isEmpty else { return nil }
        var slash = ports.lowerBound
        while slash < ports.upperBound, span[slash] != UInt8(ascii: "/") { slash += 1 }
        guard let port = span.number(ports.lowerBound..<slash, limit: 65_535) else { return nil }
        (self.media, self.port, self.protocol) = (media, UInt16(truncatingIfNeeded: port), `protocol`)
        if slash < ports.upperBound {
            guard let count = span.number(slash + 1..<ports.upperBound, limit: 65_535), count > 0 else { return nil }
            self.portCount = Int(count)
        }
        self.formats = fields.next(span).lowerBound..<range.upperBound
    }

    /// Whether there are formats, or none are needed since the medium is refused; and not too many.
    ///
    /// - Source: RFC 3264 §6.
    func hasFormats(in span: Span<UInt8>) -> Bool {
        guard !self.formats.isEmpty else { return self.port == 0 }
        // With blanks between them, so many do not fit into less.
        guard self.formats.count >= 2 * SessionDescription.Bound.formatCount else { return true }
        var (count, fields) = (0, FieldScan(self.formats))
        while !fields.next(span).isEmpty { count += 1 }
        return count <= SessionDescription.Bound.formatCount
    }
}

extension SDPWriter {
    /// Writes an `m=` line.
    mutating func write(media: String, port: UInt16, portCount: Int?, protocol: String, formats: [String]) {
        self.write("m") { line in
            line.add(media)
            line.add(" ")
            line.add(port)
            if let portCount {
                line.add("/")
                line.add(UInt(max(1, portCount)))
            }
            line.add(" ")
            line.add(`protocol`)
            for format in formats {
                line.add(" ")
                line.add(format)
            }
        }
    }
}
