/// Why a T-Server refuses a request: an open set.
///
/// - Source: T-Library `AttributeErrorCode`; numbers of its header `tliberr.h`.
public struct TErrorCode: RawRepresentable, Hashable, Sendable, TValueConvertible, CustomStringConvertible {
    /// The number on the wire.
    public var rawValue: Int

    /// Wraps a number.
    public init(rawValue: Int) { self.rawValue = rawValue }

    /// 40: every licence is in use.
    public static let noMoreLicenses = TErrorCode(rawValue: 40)
    /// 41: the client must register the DN first.
    public static let notRegistered = TErrorCode(rawValue: 41)
    /// 42: somebody else has it for himself.
    public static let resourceSeized = TErrorCode(rawValue: 42)
    /// 43: what is asked for is so already.
    public static let alreadyInState = TErrorCode(rawValue: 43)
    /// 50: nobody knows.
    public static let unknownError = TErrorCode(rawValue: 50)
    /// 51: the switch does not do that.
    public static let unsupportedOperation = TErrorCode(rawValue: 51)
    /// 52: the switch is at fault.
    public static let internalError = TErrorCode(rawValue: 52)
    /// 53: an attribute is missing or makes no sense.
    public static let invalidAttribute = TErrorCode(rawValue: 53)
    /// 54: there is no switch behind the server.
    public static let switchNotConnected = TErrorCode(rawValue: 54)
    /// 55: the two ends speak different versions.
    public static let incorrectProtocolVersion = TErrorCode(rawValue: 55)
    /// 56: no such call.
    public static let invalidConnID = TErrorCode(rawValue: 56)
    /// 57: it took too long.
    public static let timeoutExpired = TErrorCode(rawValue: 57)
    /// 58: the device is out of service.
    public static let outOfService = TErrorCode(rawValue: 58)
    /// 59: the configuration has no such DN.
    public static let dnNotConfigured = TErrorCode(rawValue: 59)
    /// 71: the called number leads nowhere.
    public static let invalidCalledDN = TErrorCode(rawValue: 71)
    /// 93: the called device's state does not allow it.
    public static let destinationInvalidState = TErrorCode(rawValue: 93)
    /// 96: the conference cannot be completed.
    public static let cannotCompleteConference = TErrorCode(rawValue: 96)
    /// 223: a parameter is wrong.
    public static let badParameter = TErrorCode(rawValue: 223)
    /// 231: the device is busy.
    public static let dnBusy = TErrorCode(rawValue: 231)
    /// 237: the call is over.
    public static let callDisconnected = TErrorCode(rawValue: 237)
    /// 496: the call's state does not allow it.
    public static let invalidCallState = TErrorCode(rawValue: 496)
    /// 527: somebody has logged in under that name.
    public static let agentIDInUse = TErrorCode(rawValue: 527)
    /// 565: the present state does not allow it.
    public static let invalidState = TErrorCode(rawValue: 565)

    /// The sentence that goes with the number as `AttributeErrorMessage`.
    public var text: String { Self.texts[self] ?? "Error \(self.rawValue)" }

    /// The number and its text.
    public var description: String { "\(self.rawValue) (\(self.text))" }

    private static let texts: [TErrorCode: String] = [
        .noMoreLicenses: "No more licenses",
        .notRegistered: "Client has not registered the DN",
        .resourceSeized: "Resource is already seized",
        .alreadyInState: "Object is already in requested state",
        .unknownError: "Unknown error",
        .unsupportedOperation: "Unsupported operation",
        .internalError: "Internal error",
        .invalidAttribute: "Invalid attribute value",
        .switchNotConnected: "Switch not connected",
        .incorrectProtocolVersion: "Incorrect protocol version",
        .invalidConnID: "Invalid connection id",
        .timeoutExpired: "Timeout expired",
        .outOfService: "Out of service",
        .dnNotConfigured: "DN is not configured in CME",
        .invalidCalledDN: "Invalid called DN",
        .destinationInvalidState: "Destination invalid state",
        .cannotCompleteConference: "Cannot complete conference",
        .badParameter: "Bad parameter passed to function",
        .dnBusy: "DN is busy",
        .callDisconnected: "Call has disconnected",
        .invalidCallState: "Invalid call state",
        .agentIDInUse: "Agent ID already in use",
        .invalidState: "Invalid state",
    ]
}
