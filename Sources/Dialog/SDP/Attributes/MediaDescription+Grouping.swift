// What tells media apart, ties them together, and says what they are.

extension MediaDescription {
    /// What applications call the medium. `a=label`.
    ///
    /// - Source: RFC 4574 §4.
    public var label: String? { self.token("label") }

    /// What groups call the medium. `a=mid`.
    ///
    /// - Source: RFC 5888 §4.
    public var mediaID: String? { self.token("mid") }

    /// What the medium shows: `slides`, `speaker`, `main` …
    ///
    /// - Source: RFC 4796 §5.
    public var content: [String] {
        (self.token("content") ?? "").split(separator: ",").map { String($0) }
    }

    /// Whether RTCP may come to the port of RTP. `a=rtcp-mux`.
    ///
    /// - Source: RFC 5761 §5.1.1.
    public var multiplexesRTCP: Bool { self.attribute("rtcp-mux") != nil }

    /// Where RTCP is received, where that is not the port after that of RTP. `a=rtcp`.
    ///
    /// - Source: RFC 3605 §2.1.
    public var rtcp: SDPControlPort? { self.all.firstAttribute(SDPAttributeName("rtcp")) { SDPControlPort($0, $1) } }

    /// The synchronization sources that are announced, each once, in order. `a=ssrc`.
    ///
    /// - Source: RFC 5576 §4.1.
    public var sources: [UInt32] {
        var sources: [UInt32] = []
        self.all.forEachAttribute(SDPAttributeName("ssrc")) { span, range in
            var position = range.lowerBound
            if let field = span.nextField(from: &position, to: range.upperBound),
                let source = span.number(field, limit: UInt64(UInt32.max)).map({ UInt32(truncatingIfNeeded: $0) }),
                sources.last != source, !sources.contains(source)
            {
                sources.append(source)
            }
        }
        return sources
    }

    private func token(_ name: String) -> String? {
        self.all.firstAttribute(SDPAttributeName(name)) { span, range in
            let value = span.trimmed(range)
            return value.isEmpty ? nil : span.string(value)
        }
    }
}

extension SessionDescription {
    /// Which media belong together, and how. `a=group`.
    ///
    /// - Source: RFC 5888 §5.
    public var groups: [SDPGroup] { self.lines.allAttributes(SDPAttributeName("group")) { SDPGroup($0, $1) } }
}

/// Media that belong together.
///
/// - Source: RFC 5888 §5.
public struct SDPGroup: Hashable, Sendable {
    /// How they belong together, for example `LS` for lip synchronization, or `BUNDLE`.
    public var semantics: String
    /// Their ``MediaDescription/mediaID``s.
    public var mediaIDs: [String]

    /// Ties media together.
    public init(_ semantics: String, _ mediaIDs: [String]) { (self.semantics, self.mediaIDs) = (semantics, mediaIDs) }

    /// Reads the value of the attribute; nil where it is empty.
    init?(_ span: Span<UInt8>, _ range: Range<Int>) {
        var position = range.lowerBound
        guard let semantics = span.nextField(from: &position, to: range.upperBound) else { return nil }
        self.init(span.string(semantics), [])
        while let mediaID = span.nextField(from: &position, to: range.upperBound) {
            self.mediaIDs.append(span.string(mediaID))
        }
    }
}

/// Where RTCP is received.
///
/// - Source: RFC 3605 §2.1.
public struct SDPControlPort: Hashable, Sendable {
    /// The UDP port.
    public var port: UInt16
    /// The address; nil where it is that of RTP.
    public var connection: SDPConnection?

    /// Names a place.
    public init(port: UInt16, connection: SDPConnection? = nil) { (self.port, self.connection) = (port, connection) }

    /// Reads the value of the attribute; nil where it does not begin with a port.
    init?(_ span: Span<UInt8>, _ range: Range<Int>) {
        var position = range.lowerBound
        guard let field = span.nextField(from: &position, to: range.upperBound),
            let port = span.number(field, limit: 65_535)
        else { return nil }
        self.init(
            port: UInt16(truncatingIfNeeded: port), connection: SDPConnection(span, position..<range.upperBound))
    }
}
