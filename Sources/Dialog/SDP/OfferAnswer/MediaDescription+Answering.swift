extension MediaDescription {
    /// The answer to this offered medium; nil where it must be refused.
    ///
    /// - Parameter direction: which way the offerer says that it flows.
    /// - Source: RFC 3264 §6.1; RFC 4568 §5.1.2.
    func answered(by proposal: MediaProposal, direction: MediaDirection) -> MediaDescription? {
        guard self.port != 0, self.isOf(proposal.media), let carriage = self.carriage else { return nil }
        let codecs = AudioCodec.common(
            self.codecs, proposal.codecs, inOrderOfSupported: proposal.answersInOwnOrder)
        guard !codecs.isEmpty else { return nil }
        var crypto: [SDPCrypto] = []
        switch (carriage, proposal.security) {
        case (.plain, .required), (.secure, .never): return nil
        case (.plain, .never), (.plain, .offered): break
        case (.secure, .offered), (.secure, .required):
            guard let answer = SDPCrypto.answer(to: self.crypto, by: proposal.security.crypto) else { return nil }
            crypto = [answer]
        }
        return MediaDescription(
            proposal, media: self.media, protocol: self.protocol, codecs: codecs,
            direction: direction.mirrored.intersection(proposal.direction),
            packetTime: proposal.packetTime ?? self.packetTime, crypto: crypto,
            multiplexesRTCP: proposal.multiplexesRTCP && self.multiplexesRTCP)
    }
}

extension AudioCodec {
    /// What both can do, with the payload types of the offer; empty where they cannot speak with each other.
    ///
    /// Comfort noise and events go only with speech of their rate, unless nothing else was offered. Events are limited
    /// to those that both take.
    static func common(
        _ offered: [AudioCodec], _ supported: [AudioCodec], inOrderOfSupported: Bool
    ) -> [AudioCodec] {
        var both: [(rank: Int, codec: AudioCodec)] = []
        for codec in offered {
            guard let rank = supported.firstIndex(where: { $0.isSameEncoding(as: codec) }) else { continue }
            var answered = codec
            if codec.isTelephoneEvent {
                let said = codec.formatParameters.flatMap { TelephoneEvents($0) }
                let events = (said ?? .keys).intersection(supported[rank].telephoneEvents)
                guard !events.isEmpty else { continue }
                if events != said { answered.formatParameters = events.description }
            } else if let parameters = supported[rank].formatParameters {
                answered.formatParameters = parameters
            }
            both.append((rank, answered))
        }
        if inOrderOfSupported { both.sort { $0.rank < $1.rank } }
        let codecs = both.map(\.codec)
        guard offered.contains(where: \.isSpeech) else { return codecs }
        return codecs.filter { codec in
            codec.isSpeech || codecs.contains { $0.isSpeech && $0.clockRate == codec.clockRate }
        }
    }

    /// Which events it carries.
    ///
    /// - Source: RFC 4733 §2.5.1.1.
    var telephoneEvents: TelephoneEvents { self.formatParameters.flatMap { TelephoneEvents($0) } ?? .keys }
}

extension SDPCrypto {
    /// The answer to offered lines: the tag and the suite of the first that this side can do, with a key of its own.
    ///
    /// - Source: RFC 4568 §5.1.2.
    static func answer(to offered: [SDPCrypto], by own: [SDPCrypto]) -> SDPCrypto? {
        for offer in offered where offer.isValid {
            guard let mine = own.first(where: { $0.suite == offer.suite && $0.isValid }),
                offer.parameters.allSatisfy({ Self.isHarmless($0) || mine.parameters.contains($0) })
            else { continue }
            var answer = mine
            answer.tag = offer.tag
            answer.parameters.removeAll { Self.isNegotiated($0) && !offer.parameters.contains($0) }
            return answer
        }
        return nil
    }

    /// Whether a parameter asks for nothing that every implementation of SRTP would not do anyway.
    private static func isHarmless(_ parameter: String) -> Bool {
        parameter.hasPrefix("-") || parameter.hasPrefix("WSH=") || parameter == "KDR=0"
            || parameter == "FEC_ORDER=FEC_SRTP"
    }
}
