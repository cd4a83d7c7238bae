public import CallCore

extension SessionDescription {
    /// Answers an offer with one stream of audio; everything else that it offers is refused.
    ///
    /// Codecs and payload types are the offer's, in the offer's order, so that both sides send alike. The direction is
    /// the mirror of the offer's, narrowed by `direction`.
    ///
    /// - Parameters:
    ///   - supported: what this side can do; payload types do not matter.
    ///   - endpoint: where this side receives RTP.
    ///   - direction: which ways this side wants open.
    /// - Returns: nil where no speech codec is common to both, or no audio is offered: refuse with 488.
    /// - Source: RFC 3264 §6.
    public static func negotiateAnswer(
        to offer: SessionDescription, supporting supported: [AudioCodec], at endpoint: Endpoint, sessionID: UInt64,
        version: UInt64, direction: MediaDirection = .sendrecv
    ) -> SessionDescription? {
        var media = offer.media.map(\.refused)
        for (index, offered) in zip(offer.media.indices, offer.media) where offered.isAudio && offered.port != 0 {
            let codecs = Self.common(offered.codecs, supported)
            guard !codecs.isEmpty else { continue }
            media[index] = .audio(
                port: endpoint.port, protocol: offered.protocol, codecs: codecs,
                direction: offer.direction(of: offered).mirrored.intersection(direction),
                packetTime: offered.packetTime)
            let place = SDPConnection(endpoint)
            return SessionDescription(
                origin: SDPOrigin(sessionID: sessionID, version: version, address: place), connection: place,
                media: media)
        }
        return nil
    }

    /// What both can do, as offered; empty where that is no speech. Telephone events go only with speech of their rate,
    /// and are limited to those that this side takes.
    private static func common(_ offered: [AudioCodec], _ supported: [AudioCodec]) -> [AudioCodec] {
        let both = offered.compactMap { codec -> AudioCodec? in
            guard let own = supported.first(where: { $0.isSameEncoding(as: codec) }) else { return nil }
            var answered = codec
            if codec.isTelephoneEvent { answered.formatParameters = own.formatParameters }
            return answered
        }
        let rates = Set(both.lazy.filter(\.isSpeech).map(\.clockRate))
        return both.filter { rates.contains($0.clockRate) }
    }
}
