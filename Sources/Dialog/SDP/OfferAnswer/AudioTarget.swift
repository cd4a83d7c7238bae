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
        guard let media = self.media.first(where: { $0.isAudio && $0.port != 0 }),
            let endpoint = (media.connection ?? self.connection)?.endpoint(port: media.port)
        else { return nil }
        return AudioTarget(
            endpoint: endpoint, codecs: media.codecs, direction: self.direction(of: media),
            packetTime: media.packetTime)
    }

    /// Which way a medium of this description flows, with what the session says and the old form of hold taken in.
    ///
    /// - Source: RFC 8866 §6.7; RFC 3264 §8.4.
    public func direction(of media: MediaDescription) -> MediaDirection {
        let said = media.direction ?? self.direction ?? .sendrecv
        guard let connection = media.connection ?? self.connection, connection.isHold else { return said }
        return MediaDirection(sends: said.sends, receives: false)
    }
}

extension MediaDescription {
    /// Whether it is audio in plain RTP, the only kind that this library answers.
    public var isAudio: Bool {
        self.media.lowercased() == "audio" && ["RTP/AVP", "RTP/AVPF"].contains(self.protocol.uppercased())
    }
}
