internal import CallAudio
internal import SDP

// MARK: - Codecs in offers and answers

extension MediaControl {
    /// What we can hear and say towards a leg; what was agreed before stands first, so that a party that need not change
    /// does not.
    ///
    /// G.711 is bridged between the parties, whichever law each speaks. Everything else is only passed on, so it is agreed
    /// upon where the other parties of the call have it, too, and stands behind G.711. A party without G.711 is better
    /// recorded than refused, whatever the others have.
    ///
    /// - Parameters:
    ///   - group: the call.
    ///   - id: the leg; nil where it is not there yet.
    ///   - offer: the party's; nil where the offer is ours.
    ///   - agreed: what was agreed before.
    func codecs(
        in group: String, of id: LegID?, offer: SessionDescription?, after agreed: [AudioCodec]
    ) -> [AudioCodec] {
        let own = (offer ?? id.flatMap { self.legs[$0]?.exchange?.remote })?.audioCodecs ?? []
        let others = self.legs.values.filter { $0.group == group && $0.id != id }.compactMap(\.exchange)
        // Our offers go to all parties at about the same time, so they may bring what the others have named. Our answer
        // to one party changes nothing for the others.
        let named = others.map { offer == nil ? $0.remote?.audioCodecs ?? [] : $0.agreement?.sent ?? [] }
        let bridged = self.configuration.codecs
        let lacksBridged = !own.isEmpty && !own.hasSpeech(of: bridged)
        let passed = self.payloads.filter { codec in
            lacksBridged || !named.isEmpty && (own.isEmpty || own.has(codec)) && named.allSatisfy { $0.has(codec) }
        }
        let possible = (agreed + bridged + passed).filter { bridged.has($0) || passed.has($0) }
        let codecs = possible.indices.filter { !possible[..<$0].has(possible[$0]) }.map { possible[$0] }
        let bridgedSpeech = codecs.filter { $0.isSpeech && !passed.has($0) }
        let passedSpeech = codecs.filter { passed.has($0) }
        let isPassedFirst = lacksBridged || named.contains { !$0.isEmpty && !$0.hasSpeech(of: bridged) }
        return (isPassedFirst ? passedSpeech + bridgedSpeech : bridgedSpeech + passedSpeech)
            + codecs.filter { !$0.isSpeech }
    }
}

extension AudioCodec {
    /// The codec that a payload format decodes, as we would offer it.
    init(_ format: any AudioPayloadFormat, dynamicPayloadType: UInt8) {
        self.init(
            format.encodingName, payloadType: format.staticPayloadType ?? dynamicPayloadType,
            clockRate: format.clockRate,
            channels: format.channels, formatParameters: format.formatParameters)
    }

    /// The codec of an encoding.
    init(_ encoding: AudioEncoding, payloadType: UInt8) {
        self.init(
            encoding.name, payloadType: payloadType, clockRate: encoding.clockRate, channels: encoding.channels)
    }
}

extension Collection<AudioCodec> {
    fileprivate func has(_ codec: AudioCodec) -> Bool { self.contains { $0.isSameEncoding(as: codec) } }

    fileprivate func hasSpeech(of others: [AudioCodec]) -> Bool { self.contains { $0.isSpeech && others.has($0) } }
}

extension SessionDescription {
    /// The codecs of the first audio that is not refused.
    fileprivate var audioCodecs: [AudioCodec] { self.media.first { $0.media == "audio" && $0.port != 0 }?.codecs ?? [] }
}
