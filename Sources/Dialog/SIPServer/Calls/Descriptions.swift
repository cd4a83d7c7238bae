internal import SDP
internal import SIP

extension SIPBody {
    /// A session description.
    static func sdp(_ bytes: [UInt8]) -> SIPBody { SIPBody(type: SessionDescription.mediaType, bytes: bytes) }
}

extension SIPMessage {
    /// The session description that the message carries, alone or among other parts.
    var sessionDescription: [UInt8]? { self.body?.part(of: SessionDescription.mediaType)?.bytes }
}

extension CallControl {
    /// G.711 and telephone events at the place that a description names; nil where it names none.
    static func plain(_ description: [UInt8]) -> [UInt8]? {
        guard let parsed = try? SessionDescription(parsing: description.span), let target = parsed.audioTarget else {
            return nil
        }
        let codecs = [AudioCodec.pcmu, .pcma, target.telephoneEvent ?? .telephoneEvent()]
        let origin = parsed.origin
        return SessionDescription.audio(
            at: target.endpoint, codecs: codecs, sessionID: origin?.sessionID ?? 0,
            version: (origin?.version ?? 0) &+ 1
        ).encoded()
    }

    /// What a party is given of somebody else's description: all of it, but from one originator.
    ///
    /// In the party's dialog the other phone, a media server and again the other phone would appear one after the
    /// other; to it we are one peer, whose description has a new version whenever it changes.
    ///
    /// - Source: RFC 3264 §8.
    mutating func body(_ description: [UInt8], for role: Call.Role, of connID: ConnID) -> SIPBody {
        guard var origin = self.calls[connID]?[role].origin,
            var parsed = try? SessionDescription(parsing: description.span)
        else { return .sdp(description) }
        let address = SDPConnection(self.sipEndpoint)
        parsed.origin = SDPOrigin(sessionID: origin.sessionID, version: 0, address: address)
        let content = parsed.encoded()
        if origin.last != content {
            origin.version += 1
            origin.last = content
            self.calls[connID]?[role].origin = origin
        }
        parsed.origin = SDPOrigin(sessionID: origin.sessionID, version: origin.version, address: address)
        return .sdp(parsed.encoded())
    }
}
