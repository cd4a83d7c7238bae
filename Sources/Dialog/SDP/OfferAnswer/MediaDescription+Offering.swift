extension MediaDescription {
    /// Offers a stream. Where it goes is the session's to say.
    ///
    /// - Parameter wasSecure: whether it has been encrypted so far.
    /// - Source: RFC 3264 §5.1; RFC 4568 §5.1.1.
    init(offering proposal: MediaProposal, wasSecure: Bool) {
        let isSecure =
            switch proposal.security {
            case .never: false
            case .offered(let crypto): wasSecure && !crypto.isEmpty
            case .required: true
            }
        let crypto = zip(1..., isSecure ? proposal.security.crypto : []).map { tag, crypto in
            SDPCrypto(tag: tag, suite: crypto.suite, keys: crypto.keys, parameters: crypto.parameters)
        }
        self.init(
            proposal, media: proposal.media, protocol: isSecure ? "RTP/SAVP" : "RTP/AVP", codecs: proposal.codecs,
            direction: proposal.direction, packetTime: proposal.packetTime, crypto: crypto,
            multiplexesRTCP: proposal.multiplexesRTCP)
    }

    /// Describes a stream with the lines that each codec needs.
    init(
        _ proposal: MediaProposal, media: String, protocol: String, codecs: [AudioCodec], direction: MediaDirection,
        packetTime: Duration?, crypto: [SDPCrypto], multiplexesRTCP: Bool
    ) {
        var lines: [SDPLine] = []
        for codec in codecs {
            lines.append(.attribute("rtpmap", RTPMap(codec).description))
            if let parameters = codec.formatParameters {
                lines.append(.attribute("fmtp", "\(codec.payloadType) \(parameters)"))
            }
        }
        if let packetTime { lines.append(.attribute("ptime", "\(packetTime.milliseconds)")) }
        lines.append(.attribute(direction.rawValue))
        if multiplexesRTCP { lines.append(.attribute("rtcp-mux")) }
        for crypto in crypto { lines.append(.attribute("crypto", crypto.value)) }
        for attribute in proposal.attributes { lines.append(.attribute(attribute.name, attribute.value)) }
        self.init(
            media: media, port: proposal.port, protocol: `protocol`,
            formats: codecs.map { "\($0.payloadType)" }, lines: SDPLines(lines))
    }

    /// The same medium, refused: port 0, the formats of the offer, nothing else.
    ///
    /// - Source: RFC 3264 §6, §8.2.
    var refused: MediaDescription {
        let formats = self.formats
        return MediaDescription(
            media: self.media, port: 0, protocol: self.protocol, formats: formats.isEmpty ? ["0"] : formats)
    }
}

extension SessionDescription {
    /// Describes a session. Media that go elsewhere than the first say so themselves.
    ///
    /// - Parameter media: each with the place where it goes; nil for a refused one.
    init(origin: SDPOrigin, times: SDPLines, media: [(description: MediaDescription, connection: SDPConnection?)]) {
        let place = media.lazy.compactMap(\.connection).first ?? origin.address
        self.init(
            origin: origin, connection: place, times: times,
            media: media.map { description, connection in
                guard let connection, connection != place else { return description }
                var placed = description
                placed.connection = connection
                return placed
            })
    }

    /// Offers streams, one after another.
    ///
    /// - Source: RFC 3264 §5.
    public static func offer(_ proposals: [MediaProposal], from origin: SDPOrigin) -> SessionDescription {
        SessionDescription(
            origin: origin, times: Self.unbounded,
            media: proposals.map { (MediaDescription(offering: $0, wasSecure: false), $0.connection) })
    }

    /// The time of a session that somebody else begins and ends, as SIP does.
    ///
    /// - Source: RFC 3264 §5.
    static let unbounded: SDPLines = [SDPLine("t", "0 0")]
}
