public import CallCore

extension SessionDescription {
    /// Offers one stream of audio.
    ///
    /// - Parameters:
    ///   - endpoint: where this side receives RTP.
    ///   - codecs: in order of preference.
    ///   - sessionID: stays the same for the whole dialog.
    ///   - version: grows by one with each change.
    /// - Source: RFC 3264 §5.
    public static func audio(
        at endpoint: Endpoint, codecs: [AudioCodec], sessionID: UInt64, version: UInt64,
        direction: MediaDirection = .sendrecv, packetTime: Duration? = .milliseconds(20)
    ) -> SessionDescription {
        let place = SDPConnection(endpoint)
        return SessionDescription(
            origin: SDPOrigin(sessionID: sessionID, version: version, address: place), connection: place,
            media: [
                .audio(port: endpoint.port, codecs: codecs, direction: direction, packetTime: packetTime)
            ])
    }

    /// The next offer of the party that made this description: the same session and places, a version later, with the
    /// audio offered anew. Refused media keep their place, since offers match by position.
    ///
    /// - Parameter endpoint: where this side receives RTP from now on.
    /// - Source: RFC 3264 §8.
    public func nextOffer(
        at endpoint: Endpoint, codecs: [AudioCodec], direction: MediaDirection = .sendrecv,
        packetTime: Duration? = .milliseconds(20)
    ) -> SessionDescription {
        let place = SDPConnection(endpoint)
        let old = self.origin ?? SDPOrigin(sessionID: 0, version: 0, address: place)
        var origin = old
        origin.version = old.version &+ 1
        let audio = MediaDescription.audio(
            port: endpoint.port, codecs: codecs, direction: direction, packetTime: packetTime)
        var media = self.media.map(\.refused)
        if let index = self.media.firstIndex(where: { $0.isAudio && $0.port != 0 })
            ?? media.firstIndex(where: \.isAudio)
        {
            media[index] = audio
        } else {
            media.append(audio)
        }
        return SessionDescription(origin: origin, connection: place, media: media)
    }
}

extension MediaDescription {
    /// The same medium, refused: port 0, the formats of the offer, nothing else.
    ///
    /// - Source: RFC 3264 §6.
    var refused: MediaDescription {
        MediaDescription(media: self.media, port: 0, protocol: self.protocol, formats: self.formats)
    }
}
