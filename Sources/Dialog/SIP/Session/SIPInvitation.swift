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
    /// Further fields of the INVITE.
    public var fields: [SIPHeaderField]
    /// The offer; nil asks the peer for its own.
    public var offer: SIPBody?

    /// Describes a call.
    public init(
        requestURI: SIPURI, from: SIPAddress, to: SIPAddress, contactUser: String? = nil, destination: Endpoint,
        fields: [SIPHeaderField] = [], offer: SIPBody? = nil
    ) {
        (self.requestURI, self.from, self.to, self.contactUser) = (requestURI, from, to, contactUser)
        (self.destination, self.fields, self.offer) = (destination, fields, offer)
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
    /// The peer no longer answers: 408, no answer at all, or no ACK.
    case timedOut
    /// The peer no longer knows the session: 481.
    case unknownToPeer
}
