/// What a request asks for. An open set: methods that nobody here knows are carried all the same.
///
/// - Source: RFC 3261 §7.1; methods are case-sensitive.
public struct SIPMethod: RawRepresentable, Hashable, Sendable, CustomStringConvertible, ExpressibleByStringLiteral {
    /// The name on the wire.
    public var rawValue: String

    /// Wraps a name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Wraps a name written in source.
    public init(stringLiteral value: String) { self.rawValue = value }

    /// The name on the wire.
    public var description: String { self.rawValue }

    /// Begins or changes a session.
    public static let invite = SIPMethod(rawValue: "INVITE")
    /// Confirms a final answer to an INVITE.
    public static let ack = SIPMethod(rawValue: "ACK")
    /// Ends a session.
    public static let bye = SIPMethod(rawValue: "BYE")
    /// Takes back an INVITE.
    public static let cancel = SIPMethod(rawValue: "CANCEL")
    /// Tells a registrar where somebody is.
    public static let register = SIPMethod(rawValue: "REGISTER")
    /// Asks what a peer can do.
    public static let options = SIPMethod(rawValue: "OPTIONS")
    /// Carries application data within a session. - Source: RFC 6086.
    public static let info = SIPMethod(rawValue: "INFO")
    /// Changes a session without an INVITE. - Source: RFC 3311.
    public static let update = SIPMethod(rawValue: "UPDATE")
    /// Confirms a provisional answer. - Source: RFC 3262.
    public static let prack = SIPMethod(rawValue: "PRACK")
    /// Asks a peer to call somebody. - Source: RFC 3515.
    public static let refer = SIPMethod(rawValue: "REFER")
    /// Asks for notifications. - Source: RFC 6665.
    public static let subscribe = SIPMethod(rawValue: "SUBSCRIBE")
    /// Notifies a subscriber. - Source: RFC 6665.
    public static let notify = SIPMethod(rawValue: "NOTIFY")
    /// Carries a text message. - Source: RFC 3428.
    public static let message = SIPMethod(rawValue: "MESSAGE")
    /// Publishes an event state. - Source: RFC 3903.
    public static let publish = SIPMethod(rawValue: "PUBLISH")
}
