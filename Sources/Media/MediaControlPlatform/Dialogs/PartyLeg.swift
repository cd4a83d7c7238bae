internal import CallCore
internal import RTP
internal import SDP
internal import SIP

/// One party's dialog with this media server: the MSML object `conn:<local tag>`.
struct PartyLeg: Sendable {
    /// How far the leg has come.
    enum Phase: Hashable, Sendable {
        /// Its ports are being opened; the offer came in the INVITE, or not.
        case opening(offer: SessionDescription?)
        /// Our 200 was sent, with our answer, or with our offer, whose answer comes in the ACK.
        case open
    }

    let id: LegID
    let session: SIPSessionID
    /// The `conf-id` of the request URI, by which the legs of a call belong together.
    let group: String
    /// The party's number, from the request URI.
    let dn: String
    let gvpSession: GVPSessionID
    /// The IVR profile that Resource Manager has chosen.
    let profile: String?

    var phase: Phase
    /// The dialog's local tag, once there is a dialog.
    var tag: String?
    /// Where the leg's media is received.
    var endpoint: Endpoint?
    /// What we and the party have said of the media; nil before our port is open.
    var exchange: OfferAnswer?
    /// The conference in which it is.
    var conference: String?
    /// What had passed a second ago.
    var counts: LegCounts?
    /// Whether it was told that its media is not taken.
    var isRefusing = false
}

extension LegMedia {
    /// What is agreed with the party. Whatever we have said is taken, also what the party's answer leaves out.
    ///
    /// - Parameter encodings: what can be decoded beside G.711.
    init(_ exchange: OfferAnswer?, _ encodings: [AudioEncoding]) {
        let local = exchange?.local?.media.first { $0.port != 0 }
        let agreement = exchange?.agreement
        let protection = agreement?.keys.flatMap { MediaProtection($0) }
        guard agreement?.keys == nil || protection != nil else {
            // Protected media that cannot be: nothing is sent or taken, rather than in the clear.
            self.init(remote: nil, sent: [])
            return
        }
        self.init(
            remote: agreement?.target, sent: LegPayload.payloads(agreement?.sent ?? [], encodings),
            received: LegPayload.payloads(local?.codecs ?? [], encodings), protection: protection)
    }
}

extension LegPayload {
    fileprivate static func payloads(_ codecs: [AudioCodec], _ encodings: [AudioEncoding]) -> [LegPayload] {
        codecs.compactMap { codec in
            if let encoding = encodings.first(where: { codec.isSameEncoding(as: AudioCodec($0, payloadType: 0)) }) {
                return LegPayload(codec.payloadType, .encoded(encoding))
            }
            guard codec.clockRate == 8_000, codec.channels == 1 else { return nil }
            switch codec.name.uppercased() {
            case "PCMU": return LegPayload(codec.payloadType, .muLaw)
            case "PCMA": return LegPayload(codec.payloadType, .aLaw)
            case "CN": return LegPayload(codec.payloadType, .comfortNoise)
            case "TELEPHONE-EVENT": return LegPayload(codec.payloadType, .telephoneEvent)
            default: return nil
            }
        }
    }
}
