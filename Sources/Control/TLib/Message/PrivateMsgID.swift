/// Which service of a vendor's own a `RequestPrivateService` asks for: an open set.
///
/// - Source: T-Library `AttributePrivateMsgID`; SIP Server, "Call Recording", numbers 3013 to 3016.
public struct PrivateMsgID: RawRepresentable, Hashable, Sendable, TValueConvertible, CustomStringConvertible {
    /// The number on the wire.
    public var rawValue: Int

    /// Wraps a number.
    public init(rawValue: Int) { self.rawValue = rawValue }

    /// `GSIP_RECORD_START`.
    public static let recordStart = PrivateMsgID(rawValue: 3013)
    /// `GSIP_RECORD_STOP`.
    public static let recordStop = PrivateMsgID(rawValue: 3014)
    /// `GSIP_RECORD_PAUSE`.
    public static let recordPause = PrivateMsgID(rawValue: 3015)
    /// `GSIP_RECORD_RESUME`.
    public static let recordResume = PrivateMsgID(rawValue: 3016)

    /// The name, or the number where it has none.
    public var description: String {
        switch self {
        case .recordStart: "GSIP_RECORD_START"
        case .recordStop: "GSIP_RECORD_STOP"
        case .recordPause: "GSIP_RECORD_PAUSE"
        case .recordResume: "GSIP_RECORD_RESUME"
        default: String(self.rawValue)
        }
    }
}
