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
        var writer = SDPWriter(capacity: 128 + 48 * codecs.count)
        writer.write("m") { line in
            line.add(media)
            line.add(" ")
            line.add(proposal.port)
            line.add(" ")
            line.add(`protocol`)
            for codec in codecs {
                line.add(" ")
                line.add(codec.payloadType)
            }
        }
        for codec in codecs { writer.write(codec) }
        if let packetTime { writer.write(attribute: "ptime", "\(packetTime.milliseconds)") }
        writer.write(attribute: direction.rawValue)
        if multiplexesRTCP { writer.write(attribute: "rtcp-mux") }
        for crypto in crypto { writer.write(attribute: "crypto", crypto.value) }
        for attribute in proposal.attributes { writer.write(attribute: attribute.name, attribute.value) }
        self.init(all: writer.lines)
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
    /// - Parameters:
    ///   - times: those of the offer; empty for a session that somebody else begins and ends, as SIP does.
    ///   - media: each with the place where it goes; nil for a refused one.
    /// - Source: RFC 3264 §5.
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
            origin: origin, times: [],
            media: proposals.map { (MediaDescription(offering: $0, wasSecure: false), $0.connection) })
    }
}

extension SDPWriter {
    /// Writes the lines that a codec needs.
    fileprivate mutating func write(_ codec: AudioCodec) {
        self.write("a") { line in
            line.add("rtpmap:")
            line.add(codec.payloadType)
            line.add(" ")
            line.add(codec.name)
            line.add("/")
            line.add(UInt(max(0, codec.clockRate)))
            if codec.channels > 1 {
                line.add("/")
                line.add(UInt(codec.channels))
            }
        }
        guard let parameters = codec.formatParameters else { return }
        self.write("a") { line in
            line.add("fmtp:")
            line.add(codec.payloadType)
            line.add(" ")
            line.add(parameters)
        }
    }

    fileprivate mutating func write(attribute name: String, _ value: String? = nil) {
        self.write("a") { line in
            line.add(name)
            guard let value else { return }
            line.add(":")
            line.add(value)
        }
    }
}
