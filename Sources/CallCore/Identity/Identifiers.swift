/// Directory number: the address of a device at the switch, as administrators know it.
///
/// - Source: T-Library `AttributeThisDN` and its like.
public struct DN: RawRepresentable, Hashable, Sendable, Codable, Comparable, CustomStringConvertible,
    ExpressibleByStringLiteral
{
    /// The digits or name of the device, for example `7001`.
    public var rawValue: String

    /// Wraps a number; any text is a DN.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Wraps a number; any text is a DN.
    public init(_ number: some StringProtocol) { self.rawValue = String(number) }

    /// Wraps a number written in source.
    public init(stringLiteral value: String) { self.rawValue = value }

    /// The number itself.
    public var description: String { self.rawValue }

    /// Orders by text.
    public static func < (left: DN, right: DN) -> Bool { left.rawValue < right.rawValue }
}

/// One agent, by log-in name.
///
/// - Source: T-Library `AttributeAgentID`.
public struct AgentID: RawRepresentable, Hashable, Sendable, Codable, CustomStringConvertible,
    ExpressibleByStringLiteral
{
    /// The log-in name.
    public var rawValue: String

    /// Wraps a log-in name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Wraps a log-in name written in source.
    public init(stringLiteral value: String) { self.rawValue = value }

    /// The log-in name itself.
    public var description: String { self.rawValue }
}

/// One customer of a shared installation.
public struct TenantName: RawRepresentable, Hashable, Sendable, Codable, CustomStringConvertible,
    ExpressibleByStringLiteral
{
    /// The name, for example `Environment`.
    public var rawValue: String

    /// Wraps a name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Wraps a name written in source.
    public init(stringLiteral value: String) { self.rawValue = value }

    /// The name itself.
    public var description: String { self.rawValue }
}

/// Names a recording in the web services; equal to the CallUUID of the call that it holds.
///
/// - Source: GIR API, `recording.id`.
public struct RecordingID: RawRepresentable, Hashable, Sendable, Codable, CustomStringConvertible,
    ExpressibleByStringLiteral
{
    /// The text of the name.
    public var rawValue: String

    /// Wraps a name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The recording of a call.
    public init(_ call: CallUUID) { self.rawValue = call.rawValue }

    /// Wraps a name written in source.
    public init(stringLiteral value: String) { self.rawValue = value }

    /// The name itself.
    public var description: String { self.rawValue }
}
