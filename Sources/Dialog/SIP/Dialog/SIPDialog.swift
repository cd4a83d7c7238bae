/// The relation between two user agents that a session lives in.
///
/// - Source: RFC 3261 §12.
public struct SIPDialog: Hashable, Sendable {
    /// The name of the call.
    public let callID: String
    /// We, with our tag.
    public let local: SIPAddress
    /// The peer, with its tag.
    public let remote: SIPAddress
    /// Where the peer is reached: its last Contact.
    public internal(set) var remoteTarget: SIPURI
    /// The proxies in between, nearest first.
    public internal(set) var routes: [SIPAddress]
    /// Whether we sent the INVITE that made the dialog.
    public let isInitiator: Bool
    /// The number of the last request that we sent.
    public internal(set) var localSequence: UInt32
    /// The number of the last request that the peer sent; nil before the first.
    public internal(set) var remoteSequence: UInt32?

    /// Our tag.
    public var localTag: String { self.local.tag ?? "" }
    /// The peer's tag.
    public var remoteTag: String { self.remote.tag ?? "" }
    /// Our URI.
    public var localURI: SIPURI { self.local.uri }
    /// The peer's URI.
    public var remoteURI: SIPURI { self.remote.uri }

    /// How the dialog is named in an INVITE, sent to the peer, that is to take its place: ours is the place taken.
    ///
    /// - Source: RFC 3891 §4.
    public var replaces: SIPReplaces {
        SIPReplaces(callID: self.callID, toTag: self.remoteTag, fromTag: self.localTag)
    }
}
