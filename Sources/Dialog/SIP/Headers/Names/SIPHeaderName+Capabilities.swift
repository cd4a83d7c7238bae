// Headers of what somebody can do, and of what somebody else is to do.

extension SIPHeaderName<SIPOptionTag> {
    /// The extensions that the sender knows. - Source: RFC 3261 §20.37.
    @inlinable public static var supported: Self { Self(.supported, isList: true) }
    /// The extensions that the receiver must know. - Source: RFC 3261 §20.32.
    @inlinable public static var require: Self { Self(.require, isList: true) }
    /// The extensions that every proxy on the way must know. - Source: RFC 3261 §20.29.
    @inlinable public static var proxyRequire: Self { Self(.proxyRequire, isList: true) }
    /// The extensions that the receiver does not know. - Source: RFC 3261 §20.40.
    @inlinable public static var unsupported: Self { Self(.unsupported, isList: true) }
}

extension SIPHeaderName<SIPToken> {
    /// The features that a contact is to have, each a `*` with feature parameters. - Source: RFC 3841 §9.2.
    @inlinable public static var acceptContact: Self { Self(.acceptContact, isList: true) }
    /// The features that a contact is not to have, each a `*` with feature parameters. - Source: RFC 3841 §9.2.
    @inlinable public static var rejectContact: Self { Self(.rejectContact, isList: true) }
    /// What servers are to do with the request, for example `no-fork`. - Source: RFC 3841 §9.1.
    @inlinable public static var requestDisposition: Self { Self(.requestDisposition, isList: true) }
}

extension SIPHeaderName<Int> {
    /// How long a connection is kept open without a sign of life. - Unit: seconds. - Source: RFC 5626 §5.4.
    @inlinable public static var flowTimer: Self { Self(.flowTimer) }
}
