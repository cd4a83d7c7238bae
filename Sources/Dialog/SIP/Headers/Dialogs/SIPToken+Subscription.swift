// What Event and Subscription-State say.

extension SIPToken {
    /// What tells two subscriptions to one package in one dialog apart: `id` of Event.
    ///
    /// - Source: RFC 6665 §8.2.1; RFC 3515 §2.4.6, where it is the CSeq number of the REFER.
    public var id: String? {
        get { self.parameters["id"] }
        set { self.parameters["id"] = newValue }
    }

    /// The event package of REFER. - Source: RFC 3515 §2.4.
    public static let refer = SIPToken("refer")

    /// A subscription that runs, and for how long. - Unit: seconds.
    public static func active(expires: Int) -> SIPToken {
        var state = SIPToken("active")
        state.expires = expires
        return state
    }

    /// A subscription that nobody has allowed yet. - Unit: seconds.
    public static func pending(expires: Int) -> SIPToken {
        var state = SIPToken("pending")
        state.expires = expires
        return state
    }

    /// A subscription that has ended.
    ///
    /// - Parameter reason: why, for example `noresource`, with which that of a REFER ends.
    public static func terminated(reason: String? = nil) -> SIPToken {
        var state = SIPToken("terminated")
        state.parameters["reason"] = reason
        return state
    }

    /// Whether the subscription runs.
    public var isActive: Bool { self.isNamed("active") }
    /// Whether nobody has allowed the subscription yet.
    public var isPending: Bool { self.isNamed("pending") }
    /// Whether the subscription has ended.
    public var isTerminated: Bool { self.isNamed("terminated") }

    /// How long a subscription still runs: `expires` of Subscription-State. - Unit: seconds.
    public var expires: Int? {
        get { self.parameters.number("expires") }
        set { self.parameters.setNumber("expires", to: newValue) }
    }

    /// When to subscribe again: `retry-after` of Subscription-State. - Unit: seconds.
    public var retryAfter: Int? {
        get { self.parameters.number("retry-after") }
        set { self.parameters.setNumber("retry-after", to: newValue) }
    }
}
