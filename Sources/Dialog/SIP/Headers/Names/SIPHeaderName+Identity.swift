// Headers of who somebody is, and who may know.

extension SIPHeaderName<SIPAddress> {
    /// Whom to answer. - Source: RFC 3261 §20.31.
    @inlinable public static var replyTo: Self { Self(.replyTo) }
    /// Who the caller says to be, to one that vouches for it. - Source: RFC 3325 §9.2.
    @inlinable public static var preferredIdentity: Self { Self(.preferredIdentity, isList: true) }
    /// Who sent a call on, newest first. - Source: RFC 5806 §4.
    @inlinable public static var diversion: Self { Self(.diversion, isList: true) }
    /// Where a request was sent on its way, oldest first. - Source: RFC 7044 §5.
    @inlinable public static var historyInfo: Self { Self(.historyInfo, isList: true) }
    /// The proxies that requests from a registered user have to pass. - Source: RFC 3608 §5.
    @inlinable public static var serviceRoute: Self { Self(.serviceRoute, isList: true) }
}

extension SIPHeaderName<SIPPrivacy> {
    /// What the caller wants to be kept from others. - Source: RFC 3323 §4.2.
    @inlinable public static var privacy: Self { Self(.privacy) }
}

extension SIPHeaderName<SIPAuthenticationInfo> {
    /// What a server says after it has let somebody in. - Source: RFC 3261 §20.6.
    @inlinable public static var authenticationInfo: Self { Self(.authenticationInfo) }
}
