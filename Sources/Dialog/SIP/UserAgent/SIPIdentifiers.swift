/// Names one INVITE session of a user agent.
public struct SIPSessionID: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The number; each user agent counts from 1.
    public let number: UInt64

    init(number: UInt64) { self.number = number }

    /// The order in which sessions were made.
    public static func < (left: SIPSessionID, right: SIPSessionID) -> Bool { left.number < right.number }

    /// The number.
    public var description: String { "session-\(self.number)" }
}

/// Names one transaction of a user agent, so that its request can be answered.
public struct SIPTransactionID: Hashable, Sendable, CustomStringConvertible {
    /// The number; each user agent counts from 1.
    public let number: UInt64

    init(number: UInt64) { self.number = number }

    /// The number.
    public var description: String { "transaction-\(self.number)" }
}

/// Names a request that the box sends outside dialogs; the box chooses it.
public struct SIPRequestID: RawRepresentable, Hashable, Sendable, ExpressibleByIntegerLiteral {
    /// The box's own number.
    public var rawValue: UInt64

    /// Wraps a number.
    public init(rawValue: UInt64) { self.rawValue = rawValue }

    /// Wraps a number.
    public init(_ number: UInt64) { self.rawValue = number }

    /// Wraps a number written in source.
    public init(integerLiteral value: UInt64) { self.rawValue = value }
}

/// A timer of a user agent: bring it back by `.timerFired`. Timers that no longer matter are ignored.
public struct SIPTimer: Hashable, Sendable {
    enum Owner: Hashable, Sendable {
        case client(SIPTransactionID, SIPTransactionTimer)
        case server(SIPTransactionID, SIPTransactionTimer)
        case session(SIPSessionID, SIPSession.Timer)
    }

    let owner: Owner

    init(_ owner: Owner) { self.owner = owner }
}
