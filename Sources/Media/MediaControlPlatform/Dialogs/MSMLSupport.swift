internal import MSML

// What this media server does not do, of what MSML lets a client ask for. It is refused, and not passed over, where the
// client would hear or miss something else than it asked for.

extension MSMLConferenceElement {
    /// The mixers that are described.
    var mixers: Set<Conference.Mixer> {
        var mixers: Set<Conference.Mixer> = []
        if self.audioMix != nil { mixers.insert(.audio) }
        if self.videoLayout != nil { mixers.insert(.video) }
        return mixers
    }

    /// Two parties are forwarded to each other, so the two loudest are everybody. Nobody is told who speaks.
    fileprivate func checkMixers() throws(MSMLRefusal) {
        guard let mix = self.audioMix else { return }
        if mix.reportingInterval != nil { throw MSMLRefusal(.unsupportedElement, "asn: active speakers are not told") }
        if let count = mix.nLoudest, count < Conference.memberLimit {
            throw MSMLRefusal(.unsupportedElement, "n-loudest: all members are heard")
        }
    }
}

extension MSMLCreateConference {
    func checkSupport() throws(MSMLRefusal) {
        try self.checkMixers()
        if let reservation, reservation.isRequired {
            throw MSMLRefusal(.noResource, "reserve: nothing is kept for a conference")
        }
    }
}

extension MSMLModifyConference {
    func checkSupport() throws(MSMLRefusal) { try self.checkMixers() }
}

extension MSMLJoin {
    /// Audio flows both ways, unchanged. Video is taken along without effect, since clients ask for it in every call.
    func checkSupport() throws(MSMLRefusal) {
        guard !self.streams.isEmpty else { return }
        guard self.streams.contains(where: { $0.media == "audio" }) else {
            throw MSMLRefusal(.incompatibleMediaTypes, "only audio is joined here")
        }
        for stream in self.streams where stream.media == "audio" {
            for element in [stream.gain, stream.clamp].compactMap(\.self) {
                throw MSMLRefusal(.unsupportedElement, "\(element.name): streams are not changed here")
            }
        }
        guard self.audioDirections.count == 2 else {
            throw MSMLRefusal(.unsupportedAttribute, "dir: audio flows both ways here")
        }
    }

    /// Whether an `unjoin` ends the audio between two objects.
    func endsAudio() throws(MSMLRefusal) -> Bool {
        guard !self.streams.isEmpty else { return true }
        let directions = self.audioDirections
        guard directions.count != 1 else { throw MSMLRefusal(.unsupportedAttribute, "dir: audio flows both ways here") }
        return !directions.isEmpty
    }

    private var audioDirections: Set<MSMLDirection> {
        var directions: Set<MSMLDirection> = []
        for stream in self.streams where stream.media == "audio" {
            directions.formUnion(stream.direction.map { [$0] } ?? [.fromID1, .toID1])
        }
        return directions
    }
}
