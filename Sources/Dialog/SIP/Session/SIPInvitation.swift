/// What it takes to call somebody.
public struct SIPInvitation: Hashable, Sendable {
    /// The request URI.
    public var requestURI: SIPURI
    /// Who calls; the user agent adds the tag.
    public var from: SIPAddress
    /// Who is called.
    public var to: SIPAddress
    /// The user part of our Contact.
    public var contactUser: String?
    /// Where the INVITE is sent.
    public var destination: Endpoint
    /// The dialog of the called side that this call is to take the place of; nil starts a new one.
    ///
    /// - Source: RFC 3891.
    public var replaces: SIPReplaces?
    /// Further fields of the INVITE, for example `Require: 100rel` where every provisional response must be reliable.
    public var fields: [SIPHeaderField]
    /// The offer; nil asks the peer for its own.
    public var offer: SIPBody?

    /// Describes a call.
    public init(
        requestURI: SIPURI, from: SIPAddress, to: SIPAddress, contactUser: String? = nil, destination: Endpoint,
        replaces: SIPReplaces? = nil, fields: [SIPHeaderField] = [], offer: SIPBody? = nil
    ) {
        (self.requestURI, self.from, self.to, self.contactUser) = (requestURI, from, to, contactUser)
        (self.destination, self.replaces, self.fields, self.offer) = (destination, replaces, fields, offer)
    }
}

/// Whom somebody is asked to turn to.
public struct SIPReferral: Hashable, Sendable {
    /// Whom to turn to. Its URI may say by which method, and with which fields, for example Replaces.
    public var referTo: SIPAddress
    /// Who asks for it, as the one who is turned to will see.
    ///
    /// - Source: RFC 3892.
    public var referredBy: SIPAddress?
    /// Whether we want to hear what becomes of it. The peer may tell nevertheless.
    ///
    /// - Source: RFC 4488.
    public var wantsNews: Bool

    /// Describes a referral.
    public init(to referTo: SIPAddress, referredBy: SIPAddress? = nil, wantsNews: Bool = true) {
        (self.referTo, self.referredBy, self.wantsNews) = (referTo, referredBy, wantsNews)
    }
}

/// Why a session has ended.
public enum SIPEndReason: Hashable, Sendable {
    /// We ended or refused it.
    case local
    /// The peer sent BYE.
    case bye
    /// The peer took its INVITE back.
    case cancelled
    /// The peer no longer answers: 408, no answer at all, no ACK, or no PRACK.
    case timedOut
    /// The peer no longer knows the session: 481.
    case unknownToPeer
    /// Nobody has refreshed the session in time: the peer is gone, or refuses to go on.
    case expired
}
