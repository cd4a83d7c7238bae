/// What a user agent can do beyond RFC 3261, and what it tells its peers of it.
///
/// UPDATE is always taken and sent. What is not named here is refused: by 405, or by 420 where a peer demands it.
public struct SIPCapabilities: Hashable, Sendable {
    /// Whether provisional responses are made reliable, on both sides: those that must be (`Require: 100rel`), and
    /// those of ours that have a session description.
    ///
    /// - Source: RFC 3262.
    public var reliableProvisionals: Bool
    /// Whether the box hears of REFER, and of INVITEs that replace a session of ours.
    ///
    /// - Source: RFC 3515, RFC 3891.
    public var transfers: Bool
    /// How the death of a peer is noticed; nil leaves it to others.
    ///
    /// - Source: RFC 4028.
    public var sessionTimer: SIPSessionTimer?
    /// The Info Packages that the box takes. Nil takes every INFO, as before there were packages, and offers none.
    ///
    /// - Source: RFC 6086.
    public var infoPackages: [String]?

    /// Only the session timer, unless told otherwise.
    public init(
        reliableProvisionals: Bool = false, transfers: Bool = false,
        sessionTimer: SIPSessionTimer? = SIPSessionTimer(), infoPackages: [String]? = nil
    ) {
        (self.reliableProvisionals, self.transfers) = (reliableProvisionals, transfers)
        (self.sessionTimer, self.infoPackages) = (sessionTimer, infoPackages)
    }

    /// The methods that sessions take.
    var methods: [SIPMethod] {
        SIPUserAgent.allowedMethods + (self.reliableProvisionals ? [.prack] : [])
            + (self.transfers ? [.refer, .notify, .subscribe] : [])
    }

    /// The option tags of what is supported.
    var optionTags: [SIPOptionTag] {
        (self.reliableProvisionals ? [.reliableProvisional] : []) + (self.transfers ? [.replaces, .noReferSub] : [])
            + (self.sessionTimer == nil ? [] : [.timer])
    }
}

/// How often the two sides of a session show each other that they live.
///
/// Who refreshes the session does so at half the interval, and notices by then that the other side has died; who waits
/// for that notices it shortly before the interval ends.
///
/// - Source: RFC 4028.
public struct SIPSessionTimer: Hashable, Sendable {
    /// The interval that we ask for, and the longest that we agree to.
    ///
    /// - Unit: seconds.
    public var interval: Int
    /// The shortest interval that we agree to; never less than 90.
    ///
    /// - Unit: seconds.
    public var minimum: Int

    /// Half an hour, as the RFC recommends, unless told otherwise.
    public init(interval: Int = 1_800, minimum: Int = 90) {
        self.minimum = max(minimum, Self.shortest)
        self.interval = max(interval, self.minimum)
    }

    /// The shortest interval that the RFC allows.
    static let shortest = 90
}
