/// How a request was answered: a three-digit code. An open set.
///
/// - Source: RFC 3261 §21.
public struct SIPStatus: RawRepresentable, Hashable, Sendable, Comparable, ExpressibleByIntegerLiteral {
    /// The code, 100…699.
    public var rawValue: Int

    /// Wraps a code.
    public init(rawValue: Int) { self.rawValue = rawValue }

    /// Wraps a code.
    public init(_ code: Int) { self.rawValue = code }

    /// Wraps a code written in source.
    public init(integerLiteral value: Int) { self.rawValue = value }

    /// The code, 100…699.
    public var code: Int { self.rawValue }

    /// 1xx: the answer is still to come.
    public var isProvisional: Bool { self.rawValue < 200 }
    /// 2xx.
    public var isSuccess: Bool { (200..<300).contains(self.rawValue) }
    /// 3xx: try elsewhere.
    public var isRedirection: Bool { (300..<400).contains(self.rawValue) }
    /// Anything but 1xx.
    public var isFinal: Bool { self.rawValue >= 200 }

    /// Orders by code.
    public static func < (left: SIPStatus, right: SIPStatus) -> Bool { left.rawValue < right.rawValue }

    /// 100 Trying.
    public static let trying = SIPStatus(100)
    /// 180 Ringing.
    public static let ringing = SIPStatus(180)
    /// 181 Call Is Being Forwarded.
    public static let forwarded = SIPStatus(181)
    /// 182 Queued.
    public static let queued = SIPStatus(182)
    /// 183 Session Progress.
    public static let sessionProgress = SIPStatus(183)
    /// 200 OK.
    public static let ok = SIPStatus(200)
    /// 202 Accepted.
    public static let accepted = SIPStatus(202)
    /// 301 Moved Permanently.
    public static let movedPermanently = SIPStatus(301)
    /// 302 Moved Temporarily.
    public static let movedTemporarily = SIPStatus(302)
    /// 400 Bad Request.
    public static let badRequest = SIPStatus(400)
    /// 401 Unauthorized.
    public static let unauthorized = SIPStatus(401)
    /// 403 Forbidden.
    public static let forbidden = SIPStatus(403)
    /// 404 Not Found.
    public static let notFound = SIPStatus(404)
    /// 405 Method Not Allowed.
    public static let methodNotAllowed = SIPStatus(405)
    /// 406 Not Acceptable.
    public static let notAcceptable = SIPStatus(406)
    /// 407 Proxy Authentication Required.
    public static let proxyAuthenticationRequired = SIPStatus(407)
    /// 408 Request Timeout.
    public static let requestTimeout = SIPStatus(408)
    /// 415 Unsupported Media Type.
    public static let unsupportedMediaType = SIPStatus(415)
    /// 416 Unsupported URI Scheme.
    public static let unsupportedURIScheme = SIPStatus(416)
    /// 420 Bad Extension.
    public static let badExtension = SIPStatus(420)
    /// 421 Extension Required.
    public static let extensionRequired = SIPStatus(421)
    /// 422 Session Interval Too Small.
    public static let intervalTooSmall = SIPStatus(422)
    /// 423 Interval Too Brief.
    public static let intervalTooBrief = SIPStatus(423)
    /// 469 Bad Info Package.
    public static let badInfoPackage = SIPStatus(469)
    /// 480 Temporarily Unavailable.
    public static let temporarilyUnavailable = SIPStatus(480)
    /// 481 Call/Transaction Does Not Exist.
    public static let callDoesNotExist = SIPStatus(481)
    /// 482 Loop Detected.
    public static let loopDetected = SIPStatus(482)
    /// 483 Too Many Hops.
    public static let tooManyHops = SIPStatus(483)
    /// 484 Address Incomplete.
    public static let addressIncomplete = SIPStatus(484)
    /// 486 Busy Here.
    public static let busyHere = SIPStatus(486)
    /// 487 Request Terminated.
    public static let requestTerminated = SIPStatus(487)
    /// 488 Not Acceptable Here.
    public static let notAcceptableHere = SIPStatus(488)
    /// 489 Bad Event.
    public static let badEvent = SIPStatus(489)
    /// 491 Request Pending.
    public static let requestPending = SIPStatus(491)
    /// 500 Server Internal Error.
    public static let serverInternalError = SIPStatus(500)
    /// 501 Not Implemented.
    public static let notImplemented = SIPStatus(501)
    /// 502 Bad Gateway.
    public static let badGateway = SIPStatus(502)
    /// 503 Service Unavailable.
    public static let serviceUnavailable = SIPStatus(503)
    /// 504 Server Time-out.
    public static let serverTimeout = SIPStatus(504)
    /// 505 Version Not Supported.
    public static let versionNotSupported = SIPStatus(505)
    /// 600 Busy Everywhere.
    public static let busyEverywhere = SIPStatus(600)
    /// 603 Decline.
    public static let decline = SIPStatus(603)
    /// 604 Does Not Exist Anywhere.
    public static let doesNotExistAnywhere = SIPStatus(604)
}

extension SIPStatus: CustomStringConvertible {
    /// The RFC's phrase for the code; that of its class where the code has none.
    public var reasonPhrase: String {
        if let phrase = Self.phrases[self.rawValue] { return phrase }
        switch self.rawValue {
        case ..<200: return "Session Progress"
        case ..<300: return "OK"
        case ..<400: return "Redirected"
        case ..<500: return "Bad Request"
        case ..<600: return "Server Error"
        default: return "Declined"
        }
    }

    /// The code and its phrase.
    public var description: String { "\(self.rawValue) \(self.reasonPhrase)" }

    private static let phrases: [Int: String] = [
        100: "Trying", 180: "Ringing", 181: "Call Is Being Forwarded", 182: "Queued", 183: "Session Progress",
        199: "Early Dialog Terminated", 200: "OK", 202: "Accepted", 204: "No Notification", 300: "Multiple Choices",
        301: "Moved Permanently", 302: "Moved Temporarily", 305: "Use Proxy", 380: "Alternative Service",
        400: "Bad Request", 401: "Unauthorized", 402: "Payment Required", 403: "Forbidden", 404: "Not Found",
        405: "Method Not Allowed", 406: "Not Acceptable", 407: "Proxy Authentication Required",
        408: "Request Timeout", 410: "Gone", 412: "Conditional Request Failed", 413: "Request Entity Too Large",
        414: "Request-URI Too Long", 415: "Unsupported Media Type", 416: "Unsupported URI Scheme",
        420: "Bad Extension", 421: "Extension Required", 422: "Session Interval Too Small",
        423: "Interval Too Brief", 469: "Bad Info Package", 480: "Temporarily Unavailable",
        481: "Call/Transaction Does Not Exist", 482: "Loop Detected", 483: "Too Many Hops",
        484: "Address Incomplete", 485: "Ambiguous", 486: "Busy Here", 487: "Request Terminated",
        488: "Not Acceptable Here", 489: "Bad Event", 491: "Request Pending", 493: "Undecipherable",
        500: "Server Internal Error", 501: "Not Implemented", 502: "Bad Gateway", 503: "Service Unavailable",
        504: "Server Time-out", 505: "Version Not Supported", 513: "Message Too Large", 600: "Busy Everywhere",
        603: "Decline", 604: "Does Not Exist Anywhere", 606: "Not Acceptable",
    ]
}
