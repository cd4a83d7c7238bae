/// The ways of carrying RTP that are understood here; every other is refused.
enum MediaProtocol {
    /// RTP/AVP, and RTP/AVPF without feedback.
    ///
    /// - Source: RFC 3551; RFC 4585 §4.2, by which feedback that nobody asks for is not sent.
    case plain
    /// RTP/SAVP, and RTP/SAVPF without feedback.
    ///
    /// - Source: RFC 3711; RFC 5124.
    case secure
}

extension MediaDescription {
    /// How it is carried; nil where that is not understood.
    var carriage: MediaProtocol? { self.read { Self.carriage($0, $1) } ?? nil }

    /// How the medium of a line is carried.
    static func carriage(_ span: Span<UInt8>, _ line: MediaLine) -> MediaProtocol? {
        if span.equalsIgnoringCase(line.protocol, "rtp/avp") || span.equalsIgnoringCase(line.protocol, "rtp/avpf") {
            return .plain
        }
        let isSecure =
            span.equalsIgnoringCase(line.protocol, "rtp/savp") || span.equalsIgnoringCase(line.protocol, "rtp/savpf")
        return isSecure ? .secure : nil
    }

    /// Whether it is audio in plain RTP.
    public var isAudio: Bool { self.isOf("audio") && self.carriage == .plain }

    /// Whether it is of a kind, in any case of the letters.
    func isOf(_ media: String) -> Bool { self.read { $0.equalsIgnoringCase($1.media, media) } ?? false }
}
