/// What a party says about the media of a session.
///
/// Keeps every line in its place: typed properties read and write lines, and what they do not know stays as it came.
///
/// - Source: RFC 8866.
public struct SessionDescription: Hashable, Sendable {
    /// The lines before the first `m=`, in order.
    public var lines: [SDPLine]
    /// The media, in order; offer and answer are matched by position.
    public var media: [MediaDescription]

    /// Makes a description from lines.
    public init(lines: [SDPLine], media: [MediaDescription]) { (self.lines, self.media) = (lines, media) }

    /// Makes a description with the lines that every session has.
    public init(
        origin: SDPOrigin, name: String = "-", connection: SDPConnection? = nil, media: [MediaDescription] = []
    ) {
        self.lines = [SDPLine("v", "0"), SDPLine("o", origin.description), SDPLine("s", name)]
        if let connection { self.lines.append(SDPLine("c", connection.description)) }
        self.lines.append(SDPLine("t", "0 0"))
        self.media = media
    }

    /// Who made it; nil where the line is missing or malformed.
    public var origin: SDPOrigin? {
        get { SDPLines.first("o", in: self.lines).flatMap(SDPOrigin.init(_:)) }
        set { SDPLines.set("o", to: newValue?.description, in: &self.lines, order: Self.order) }
    }

    /// Where media goes that names no place of its own.
    public var connection: SDPConnection? {
        get { SDPLines.first("c", in: self.lines).flatMap(SDPConnection.init(_:)) }
        set { SDPLines.set("c", to: newValue?.description, in: &self.lines, order: Self.order) }
    }

    /// The direction of media that names none of its own; nil where nothing is said.
    public var direction: MediaDirection? {
        get { SDPLines.direction(in: self.lines) }
        set { SDPLines.setDirection(newValue, in: &self.lines) }
    }

    /// The attributes of the whole session, in order.
    public var attributes: [SDPAttribute] { self.lines.compactMap(\.attribute) }

    /// The order in which RFC 8866 §5 wants session lines.
    private static let order = "vosiuepcbtrzka"

    /// The media type of a description in a SIP body.
    public static let mediaType = "application/sdp"
}

extension SessionDescription {
    /// The bytes of the description, every line ended by CRLF.
    public func encoded() -> [UInt8] { Array(self.description.utf8) }
}

extension SessionDescription: CustomStringConvertible {
    /// The text of the description, every line ended by CRLF.
    public var description: String {
        var text = ""
        func write(_ line: SDPLine) { text += "\(line)\r\n" }
        self.lines.forEach(write)
        for description in self.media {
            write(description.mediaLine)
            description.lines.forEach(write)
        }
        return text
    }
}
