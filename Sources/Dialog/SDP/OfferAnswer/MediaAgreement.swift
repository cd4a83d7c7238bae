public import CallCore

/// What both sides have agreed on for one medium, seen by this side.
///
/// - Source: RFC 3264 §6.1, §7.
public struct MediaAgreement: Hashable, Sendable {
    /// How the other side keeps this one from sending.
    public enum Hold: Hashable, Sendable {
        /// It only sends, or does nothing: `a=sendonly`, `a=inactive`. RTCP flows on.
        case direction
        /// Its address is `0.0.0.0`: neither RTP nor RTCP may be sent.
        case address
    }

    /// `audio`, `video` …
    public var media: String
    /// Where the other side receives RTP.
    public var connection: SDPConnection
    /// The port of ``connection``.
    public var port: UInt16
    /// Which way media may flow, seen by this side.
    public var direction: MediaDirection
    /// How the other side has put this one on hold; nil where it has not.
    public var hold: Hold?
    /// What this side may send, with the payload types and in the order of preference of the other.
    public var sent: [AudioCodec]
    /// What this side may receive, with its own payload types.
    public var received: [AudioCodec]
    /// How much audio the other side would like in each packet.
    public var packetTime: Duration?
    /// How much audio the other side can take in each packet.
    public var maximumPacketTime: Duration?
    /// The keys of both directions; nil where the medium is not encrypted.
    public var keys: Keys?
    /// Whether RTCP goes to the port of RTP.
    public var multiplexesRTCP: Bool
    /// Where the other side receives RTCP, where it says so and it is not the port after ``port``.
    public var rtcp: SDPControlPort?

    /// How both directions are encrypted.
    public struct Keys: Hashable, Sendable {
        /// How this side encrypts.
        public var sent: SDPCrypto
        /// How the other side encrypts.
        public var received: SDPCrypto

        /// Encrypts both directions.
        public init(sent: SDPCrypto, received: SDPCrypto) { (self.sent, self.received) = (sent, received) }
    }

    /// Where to send RTP; nil where it may not be sent, or the address is a name, which has to be looked up first.
    public var target: Endpoint? { self.direction.sends ? self.connection.endpoint(port: self.port) : nil }
}

extension MediaAgreement {
    /// What was agreed in an exchange, one for each medium; nil where it was refused or is over.
    ///
    /// - Parameter isOfferer: whether this side has made the offer.
    /// - Source: RFC 3264 §6, §7; RFC 4568 §5.1.3.
    /// - Throws: where the answer is none to this offer.
    public static func agreements(
        offer: SessionDescription, answer: SessionDescription, isOfferer: Bool
    ) throws(OfferAnswerError) -> [MediaAgreement?] {
        let (offered, answered) = (offer.media, answer.media)
        guard offered.count == answered.count else { throw OfferAnswerError(.mediaCountDiffers) }
        var agreements: [MediaAgreement?] = []
        for index in offered.indices {
            guard answered[index].port != 0 else {
                agreements.append(nil)
                continue
            }
            do throws(OfferAnswerError) {
                let keys = try Self.keys(offer: offered[index], answer: answered[index], isOfferer: isOfferer)
                let (local, remote) = isOfferer ? (offer, answer) : (answer, offer)
                let (mine, its) = isOfferer ? (offered[index], answered[index]) : (answered[index], offered[index])
                agreements.append(try MediaAgreement(local, mine, remote, its, keys: keys))
            } catch {
                throw OfferAnswerError(error.code, media: index)
            }
        }
        return agreements
    }

    /// The keys of an encrypted medium; nil for a plain one.
    private static func keys(
        offer: MediaDescription, answer: MediaDescription, isOfferer: Bool
    ) throws(OfferAnswerError) -> Keys? {
        guard offer.port != 0, offer.media.lowercased() == answer.media.lowercased() else {
            throw OfferAnswerError(.mediumDiffers)
        }
        guard offer.carriage == answer.carriage else { throw OfferAnswerError(.securityDiffers) }
        guard offer.carriage == .secure else { return nil }
        guard let taken = answer.crypto.first, taken.isValid,
            let offered = offer.crypto.first(where: { $0.tag == taken.tag && $0.suite == taken.suite })
        else { throw OfferAnswerError(.securityDiffers) }
        return isOfferer ? Keys(sent: offered, received: taken) : Keys(sent: taken, received: offered)
    }

    private init(
        _ local: SessionDescription, _ mine: MediaDescription, _ remote: SessionDescription, _ its: MediaDescription,
        keys: Keys?
    ) throws(OfferAnswerError) {
        let (myCodecs, itsCodecs) = (mine.codecs, its.codecs)
        self.sent = itsCodecs.filter { codec in myCodecs.contains { $0.isSameEncoding(as: codec) } }
        self.received = myCodecs.filter { codec in itsCodecs.contains { $0.isSameEncoding(as: codec) } }
        guard !self.sent.isEmpty else { throw OfferAnswerError(.noCommonFormat) }
        self.media = its.media
        self.connection = remote.connection(of: its) ?? SDPConnection(addressType: "IP4", address: "0.0.0.0")
        self.port = its.port
        let said = remote.saidDirection(of: its)
        let isAddressed = !self.connection.isHold
        self.hold = !isAddressed ? .address : said.receives ? nil : .direction
        self.direction = local.saidDirection(of: mine).intersection(said.mirrored)
            .intersection(MediaDirection(sends: isAddressed, receives: true))
        (self.packetTime, self.maximumPacketTime) = (its.packetTime, its.maximumPacketTime)
        self.keys = keys
        self.multiplexesRTCP = mine.multiplexesRTCP && its.multiplexesRTCP
        self.rtcp = its.rtcp
    }
}
