// Headers of what happens within and between dialogs.

extension SIPHeaderName<SIPRAck> {
    /// Which provisional response a PRACK confirms. - Source: RFC 3262 §7.2.
    @inlinable public static var rack: Self { Self(.rack) }
}

extension SIPHeaderName<SIPSessionExpires> {
    /// The session's interval and refresher. - Source: RFC 4028 §4.
    @inlinable public static var sessionExpires: Self { Self(.sessionExpires) }
}

extension SIPHeaderName<SIPReplaces> {
    /// The dialog that a new INVITE takes the place of. - Source: RFC 3891 §6.1.
    @inlinable public static var replaces: Self { Self(.replaces) }
}

extension SIPHeaderName<Int> {
    /// The number of a provisional response that wants to be confirmed. - Source: RFC 3262 §7.1.
    @inlinable public static var rseq: Self { Self(.rseq) }
    /// The shortest session interval. - Unit: seconds. - Source: RFC 4028 §5.
    @inlinable public static var minSE: Self { Self(.minSE) }
}

extension SIPHeaderName<SIPToken> {
    /// What an event is about. - Source: RFC 6665 §8.2.1.
    @inlinable public static var event: Self { Self(.event) }
    /// The event packages that the sender knows. - Source: RFC 6665 §8.2.2.
    @inlinable public static var allowEvents: Self { Self(.allowEvents, isList: true) }
    /// How a subscription stands. - Source: RFC 6665 §8.2.3.
    @inlinable public static var subscriptionState: Self { Self(.subscriptionState) }
    /// What an INFO is about. - Source: RFC 6086 §7.2.
    @inlinable public static var infoPackage: Self { Self(.infoPackage) }
    /// What the sender takes an INFO about. - Source: RFC 6086 §7.2.
    @inlinable public static var receiveInfo: Self { Self(.receiveInfo, isList: true) }
    /// Why a request is sent. - Source: RFC 3326 §2.
    @inlinable public static var reason: Self { Self(.reason, isList: true) }
    /// Whether a REFER is to make a subscription: `true` or `false`. - Source: RFC 4488 §4.
    @inlinable public static var referSub: Self { Self(.referSub) }
}

extension SIPAddress {
    /// The Content-ID of the body part that proves who refers: `cid` of Referred-By, without angle brackets.
    ///
    /// - Source: RFC 3892 §3.
    public var referrerContentID: String? {
        get { self.parameters["cid"] }
        set { self.parameters.setQuoted("cid", to: newValue) }
    }
}
