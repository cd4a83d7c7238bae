public import CallCore

/// One stream as this side wants it: what it offers, or how far it goes along with an offer.
///
/// - Source: RFC 3264 §5.1, §6.1.
public struct MediaProposal: Hashable, Sendable {
    /// `audio`, `video` …
    public var media: String
    /// Where this side receives.
    public var connection: SDPConnection
    /// The port of RTP; not 0.
    public var port: UInt16
    /// What this side can do, in order of preference. An answer takes the payload types of the offer.
    public var codecs: [AudioCodec]
    /// Which ways this side wants open.
    public var direction: MediaDirection
    /// How much audio this side would like in each packet; nil where it is all the same.
    public var packetTime: Duration?
    /// Whether and with which keys the stream is encrypted.
    public var security: MediaSecurity
    /// Whether an answer puts this side's preferred codec first, and not the offerer's, which is what RFC 3264
    /// recommends so that both send alike.
    public var answersInOwnOrder: Bool
    /// Whether RTCP may come to the port of RTP; holds where the other side wants it, too.
    ///
    /// - Source: RFC 5761 §5.1.1.
    public var multiplexesRTCP: Bool
    /// What else is said of the stream, for example its label.
    public var attributes: [SDPAttribute]

    /// Proposes a stream.
    public init(
        media: String = "audio", connection: SDPConnection, port: UInt16, codecs: [AudioCodec],
        direction: MediaDirection = .sendrecv, packetTime: Duration? = nil, security: MediaSecurity = .never,
        answersInOwnOrder: Bool = false, multiplexesRTCP: Bool = false, attributes: [SDPAttribute] = []
    ) {
        (self.media, self.connection, self.port, self.codecs) = (media, connection, port, codecs)
        (self.direction, self.packetTime, self.security) = (direction, packetTime, security)
        (self.answersInOwnOrder, self.multiplexesRTCP) = (answersInOwnOrder, multiplexesRTCP)
        self.attributes = attributes
    }

    /// Proposes a stream of audio.
    public init(
        at endpoint: Endpoint, codecs: [AudioCodec], direction: MediaDirection = .sendrecv,
        packetTime: Duration? = nil, security: MediaSecurity = .never
    ) {
        self.init(
            connection: SDPConnection(endpoint), port: endpoint.port, codecs: codecs, direction: direction,
            packetTime: packetTime, security: security)
    }
}

/// Whether a stream is encrypted. The keys are this side's own, for what it sends: one for each suite that it can do,
/// in order of preference. Their bytes come from a cryptographic source of randomness.
///
/// - Source: RFC 4568 §5.1.
public enum MediaSecurity: Hashable, Sendable {
    /// Encrypted streams are refused.
    case never
    /// Encrypted where the other side offers it; this side's own offers stay as the stream is.
    case offered([SDPCrypto])
    /// Encrypted, or refused.
    case required([SDPCrypto])

    /// The keys, in order of preference.
    var crypto: [SDPCrypto] {
        switch self {
        case .never: []
        case .offered(let crypto), .required(let crypto): crypto
        }
    }
}
