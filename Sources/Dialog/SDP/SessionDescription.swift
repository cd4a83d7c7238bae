/// What a party says about the media of a session.
///
/// Keeps the bytes in which it came: typed properties read and write lines, and what they do not know stays as it is.
///
/// - Source: RFC 8866.
public struct SessionDescription: SDPLevel, Hashable, Sendable {
    /// Every line; its text is the description's.
    private var all: SDPLines

    init(all: SDPLines) { self.all = all }

    /// Makes a description from lines.
    public init(lines: SDPLines, media: [MediaDescription]) {
        var writer = SDPWriter(capacity: media.reduce(lines.writtenCount) { $0 + $1.all.writtenCount })
        writer.write(lines)
        for description in media { writer.write(description.all) }
        self.all = writer.lines
    }

    /// Makes a description with the lines that every session has.
    ///
    /// - Parameter times: the `t=` line and those that belong to it; as SIP wants it where they are left out.
    public init(
        origin: SDPOrigin, name: String = "-", connection: SDPConnection? = nil, times: SDPLines = [],
        media: [MediaDescription] = []
    ) {
        var writer = SDPWriter(capacity: media.reduce(128) { $0 + $1.all.writtenCount })
        writer.write("v") { $0.add("0") }
        writer.write("o") { line in
            line.add(origin.username)
            line.add(" ")
            line.add(origin.sessionID)
            line.add(" ")
            line.add(origin.version)
            line.add(" ")
            line.add(origin.address)
        }
        writer.write("s") { $0.add(name) }
        if let connection { writer.write("c") { $0.add(connection) } }
        if times.isEmpty { writer.write("t") { $0.add("0 0") } } else { writer.write(times) }
        for description in media { writer.write(description.all) }
        self.all = writer.lines
    }

    /// The lines before the first `m=`, in order.
    public var lines: SDPLines {
        get { self.all.part(0..<self.mediaStart(after: 0)) }
        set { self = SessionDescription(lines: newValue, media: self.media) }
    }

    /// The media, in order; offer and answer are matched by position.
    public var media: [MediaDescription] {
        get {
            var start = self.mediaStart(after: 0)
            var end = start < self.all.count ? self.mediaStart(after: start + 1) : start
            // Most have one: an array that grows costs more than what is in it.
            var media = start < end ? [MediaDescription(all: self.all.part(start..<end))] : []
            while end < self.all.count {
                start = end
                end = self.mediaStart(after: start + 1)
                media.append(MediaDescription(all: self.all.part(start..<end)))
            }
            return media
        }
        set { self = SessionDescription(lines: self.lines, media: newValue) }
    }

    /// Where the next `m=` line is; the number of lines where there is none.
    private func mediaStart(after index: Int) -> Int {
        let span = self.all.buffer.span
        for index in index..<max(index, self.all.count) {
            if self.all.place(index, in: span).type == UInt8(ascii: "m") { return index }
        }
        return self.all.count
    }

    /// The first medium for which `isWanted`, without a list of all.
    func firstMedia(where isWanted: (MediaDescription) -> Bool) -> MediaDescription? {
        var start = self.mediaStart(after: 0)
        while start < self.all.count {
            let end = self.mediaStart(after: start + 1)
            let description = MediaDescription(all: self.all.part(start..<end))
            if isWanted(description) { return description }
            start = end
        }
        return nil
    }

    /// Who made it; nil where the line is missing or malformed.
    public var origin: SDPOrigin? {
        get { self.lines.first("o") { SDPOrigin($0, $1) } }
        set { self.lines.set("o", to: newValue?.description) }
    }

    /// The name of the session; `-` or a blank where it has none.
    ///
    /// - Source: RFC 8866 §5.3; RFC 3264 §5.
    public var name: String? {
        get { self.lines.first("s") { $0.string($1) } }
        set { self.lines.set("s", to: newValue) }
    }

    /// The `t=` lines with the `r=` and `z=` lines that belong to them, as they stand.
    ///
    /// - Source: RFC 8866 §5.9, §5.10, §5.11.
    public var times: SDPLines { SDPLines(self.lines.filter { "trz".contains($0.type) }) }

    /// The media type of a description in a SIP body.
    public static let mediaType = "application/sdp"
}

extension SessionDescription {
    /// The bytes of the description: as they came where nothing was changed, else every line ended by CRLF.
    public func encoded() -> [UInt8] {
        let text = self.all.text
        return Array(text.buffer[text.range])
    }
}

extension SessionDescription: CustomStringConvertible {
    /// The text of the description, every line ended by CRLF, without the keys that it may carry.
    public var description: String { self.all.description }
}
