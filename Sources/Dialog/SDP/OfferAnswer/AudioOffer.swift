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
        .offer(
            [MediaProposal(at: endpoint, codecs: codecs, direction: direction, packetTime: packetTime)],
            from: SDPOrigin(sessionID: sessionID, version: version, address: SDPConnection(endpoint)))
    }
}
