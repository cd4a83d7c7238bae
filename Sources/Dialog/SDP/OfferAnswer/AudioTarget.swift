public import CallCore

/// Where a party wants its audio, and how: what media needs to know of a description.
public struct AudioTarget: Hashable, Sendable {
    /// Where to send RTP.
    public var endpoint: Endpoint
    /// What may be sent, in the party's order of preference.
    public var codecs: [AudioCodec]
    /// Which way media flows, seen by the party; the old form of hold counts as not receiving.
    public var direction: MediaDirection
    /// How much audio the party would like in each packet.
    public var packetTime: Duration?

    /// Describes where audio goes.
    public init(
        endpoint: Endpoint, codecs: [AudioCodec], direction: MediaDirection = .sendrecv, packetTime: Duration? = nil
    ) {
        (self.endpoint, self.codecs, self.direction) = (endpoint, codecs, direction)
        self.packetTime = packetTime
    }

    /// Where to send what was agreed; nil where the address is a name.
    public init?(_ agreement: MediaAgreement) {
        guard let endpoint = agreement.connection.endpoint(port: agreement.port) else { return nil }
        self.init(
            endpoint: endpoint, codecs: agreement.sent, direction: agreement.direction.mirrored,
            packetTime: agreement.packetTime)
    }

    /// The codec in which to speak: the first that carries speech.
    public var speech: AudioCodec? { self.codecs.first(where: \.isSpeech) }

    /// The telephone events that the party takes, at the rate of its speech where it offers several.
    public var telephoneEvent: AudioCodec? {
        let events = self.codecs.filter(\.isTelephoneEvent)
        return events.first { $0.clockRate == self.speech?.clockRate } ?? events.first
    }
}

extension SessionDescription {
    /// Where the party wants its audio: the first audio that is not refused. Nil where there is none, or its address
    /// is a name.
    public var audioTarget: AudioTarget? {
        guard let media = self.firstMedia(where: \.isOpenAudio),
            let endpoint = self.connection(of: media)?.endpoint(port: media.port)
        else { return nil }
        let said = self.saidDirection(of: media)
        let direction = endpoint.isUnspecified ? MediaDirection(sends: said.sends, receives: false) : said
        return AudioTarget(
            endpoint: endpoint, codecs: media.codecs, direction: direction, packetTime: media.packetTime)
    }

    /// Where a medium of this description goes.
    ///
    /// - Source: RFC 8866 §5.7.
    public func connection(of media: MediaDescription) -> SDPConnection? { media.connection ?? self.connection }

    /// Which way a medium of this description flows, with what the session says and the old form of hold taken in.
    ///
    /// - Source: RFC 8866 §6.7; RFC 3264 §8.4.
    public func direction(of media: MediaDescription) -> MediaDirection {
        let said = self.saidDirection(of: media)
        guard let connection = self.connection(of: media), connection.isHold else { return said }
        return MediaDirection(sends: said.sends, receives: false)
    }

    /// Which way a medium of this description flows by what the lines say, whatever the address.
    func saidDirection(of media: MediaDescription) -> MediaDirection { media.direction ?? self.direction ?? .sendrecv }
}

extension MediaDescription {
    /// Whether it is audio in plain RTP that is not refused.
    fileprivate var isOpenAudio: Bool {
        self.read { span, line in
            line.port != 0 && span.equalsIgnoringCase(line.media, "audio") && Self.carriage(span, line) == .plain
        } ?? false
    }
}
