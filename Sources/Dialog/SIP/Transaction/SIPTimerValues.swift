/// How long the timers of transactions run. Over a reliable wire A, E and G do not, and D, I, J and K are zero.
///
/// - Source: RFC 3261 §17, table 4; RFC 6026 §8.
public struct SIPTimerValues: Hashable, Sendable {
    /// The round-trip time that is reckoned with.
    public var t1: Duration
    /// The longest time between two retransmissions.
    public var t2: Duration
    /// The longest time that a message stays in the network.
    public var t4: Duration

    /// The RFC's values, unless others are given.
    public init(
        t1: Duration = .milliseconds(500), t2: Duration = .seconds(4), t4: Duration = .seconds(5)
    ) {
        (self.t1, self.t2, self.t4) = (t1, t2, t4)
    }

    /// After this a peer that has not answered is given up: 64 × T1.
    public var timeout: Duration { self.t1 * 64 }

    /// How long a final answer is kept for retransmissions: timer D, at least 32 s by the RFC.
    public var completed: Duration { max(self.timeout, .seconds(32)) }
}

/// A timer of a transaction, by its letter in the RFC; `x` ends a transaction that nobody answers.
///
/// - Source: RFC 3261 table 4, RFC 6026 §8.4-8.5; `x`: RFC 4320 §4.2.
public enum SIPTransactionTimer: Hashable, Sendable {
    /// INVITE client: retransmission.
    case a
    /// INVITE client: time-out.
    case b
    /// INVITE client: end of Completed.
    case d
    /// Non-INVITE client: retransmission.
    case e
    /// Non-INVITE client: time-out.
    case f
    /// INVITE server: retransmission of the answer.
    case g
    /// INVITE server: time-out of the ACK.
    case h
    /// INVITE server: end of Confirmed.
    case i
    /// Non-INVITE server: end of Completed.
    case j
    /// Non-INVITE client: end of Completed.
    case k
    /// INVITE server: end of Accepted.
    case l
    /// INVITE client: end of Accepted.
    case m
    /// Non-INVITE server: nobody has answered.
    case x
}
