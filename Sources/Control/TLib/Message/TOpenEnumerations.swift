/// What is exchanged: an open set, for from 100 on the numbers are the customer's own.
///
/// - Source: T-Library `TMediaType`.
public struct TMediaType: RawRepresentable, Hashable, Sendable, TValueConvertible {
    /// The number on the wire.
    public var rawValue: Int

    /// Wraps a number.
    public init(rawValue: Int) { self.rawValue = rawValue }

    /// Speech.
    public static let voice = TMediaType(rawValue: 0)
    /// Speech over IP.
    public static let voip = TMediaType(rawValue: 1)
    /// Letters.
    public static let email = TMediaType(rawValue: 2)
    /// Voice mail.
    public static let vmail = TMediaType(rawValue: 3)
    /// Scanned mail.
    public static let smail = TMediaType(rawValue: 4)
    /// Typed talk.
    public static let chat = TMediaType(rawValue: 5)
    /// Pictures and speech.
    public static let video = TMediaType(rawValue: 6)
    /// Pages looked at together.
    public static let cobrowsing = TMediaType(rawValue: 7)
    /// Drawings.
    public static let whiteboard = TMediaType(rawValue: 8)
    /// A shared program.
    public static let appSharing = TMediaType(rawValue: 9)
    /// A filled-in form.
    public static let webForm = TMediaType(rawValue: 10)
    /// A piece of work.
    public static let workItem = TMediaType(rawValue: 11)
}

/// Where a party stands in a call: a base state and what is restricted.
///
/// - Source: T-Library `TPartyState`.
public struct TPartyState: RawRepresentable, Hashable, Sendable, TValueConvertible {
    /// The number on the wire: the base state in the low four bits, restrictions above.
    public var rawValue: Int

    /// Wraps a number.
    public init(rawValue: Int) { self.rawValue = rawValue }

    /// Has begun to call.
    public static let initiated = TPartyState(rawValue: 1)
    /// Waits in a queue.
    public static let queued = TPartyState(rawValue: 9)
    /// Is being rung.
    public static let alerting = TPartyState(rawValue: 0xA)
    /// Is busy.
    public static let busy = TPartyState(rawValue: 0xB)
    /// Talks.
    public static let connected = TPartyState(rawValue: 0xC)
    /// What answered is being found out.
    public static let progressDetection = TPartyState(rawValue: 0xD)
    /// Is on hold.
    public static let held = TPartyState(rawValue: 0xE)
    /// Could not be reached.
    public static let failed = TPartyState(rawValue: 0xF)

    /// The state without restrictions.
    public var base: TPartyState { TPartyState(rawValue: self.rawValue & 0xF) }
    /// Does not hear the others.
    public var isDeaf: Bool { self.rawValue & 0x10 != 0 }
    /// Is not heard by the others.
    public var isMute: Bool { self.rawValue & 0x20 != 0 }
    /// Has joined on a second device of the same number.
    public var isBridged: Bool { self.rawValue & 0x40 != 0 }
    /// Listens without taking part.
    public var isAuditing: Bool { self.rawValue & 0x80 != 0 }
}
