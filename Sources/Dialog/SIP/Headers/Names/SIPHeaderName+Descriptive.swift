// Headers for people, clocks and logs.

extension SIPHeaderName<SIPSoftware> {
    /// What software sends requests. - Source: RFC 3261 §20.41.
    @inlinable public static var userAgent: Self { Self(.userAgent) }
    /// What software answers. - Source: RFC 3261 §20.35.
    @inlinable public static var server: Self { Self(.server) }
}

extension SIPHeaderName<SIPAddress> {
    /// Another ringing tone. - Source: RFC 3261 §20.4.
    @inlinable public static var alertInfo: Self { Self(.alertInfo, isList: true) }
    /// More about who calls, or is called; the parameter `purpose` says what. - Source: RFC 3261 §20.9.
    @inlinable public static var callInfo: Self { Self(.callInfo, isList: true) }
    /// More about an error. - Source: RFC 3261 §20.18.
    @inlinable public static var errorInfo: Self { Self(.errorInfo, isList: true) }
}

extension SIPHeaderName<SIPWarning> {
    /// Hints about what went wrong. - Source: RFC 3261 §20.43.
    @inlinable public static var warning: Self { Self(.warning, isList: true) }
}

extension SIPHeaderName<SIPRetryAfter> {
    /// When to try again. - Source: RFC 3261 §20.33.
    @inlinable public static var retryAfter: Self { Self(.retryAfter) }
}

extension SIPHeaderName<SIPTimestamp> {
    /// When the request was sent. - Source: RFC 3261 §20.38.
    @inlinable public static var timestamp: Self { Self(.timestamp) }
}

extension SIPHeaderName<WallTime> {
    /// When the message was sent first. - Source: RFC 3261 §20.17.
    @inlinable public static var date: Self { Self(.date) }
}

extension SIPHeaderName<SIPToken> {
    /// How urgent the request is; `normal` where nothing is said. - Source: RFC 3261 §20.26.
    @inlinable public static var priority: Self { Self(.priority) }
    /// What applications of both users tell each other. - Source: RFC 7433 §4.1.
    @inlinable public static var userToUser: Self { Self(.userToUser, isList: true) }
}

extension SIPToken {
    /// A priority: life, limb or property are in danger.
    public static let emergency = SIPToken("emergency")
    /// A priority.
    public static let urgent = SIPToken("urgent")
    /// A priority: the usual one.
    public static let normal = SIPToken("normal")
    /// A priority.
    public static let nonUrgent = SIPToken("non-urgent")
}

extension SIPHeaderName<String> {
    /// Whom the sender belongs to. - Source: RFC 3261 §20.25.
    @inlinable public static var organization: Self { Self(.organization) }
    /// The names of the calls that this one answers. - Source: RFC 3261 §20.21.
    @inlinable public static var inReplyTo: Self { Self(.inReplyTo, isList: true) }
}
