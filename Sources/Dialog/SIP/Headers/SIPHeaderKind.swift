/// A header name that this module knows, recognised once when a message is indexed.
///
/// - Source: RFC 3261 §20, and RFC 3262, 3323, 3325 to 3327, 3515, 3608, 3841, 3891, 3892, 3903, 3911, 4028, 4474, 4488,
///   4538, 5626, 5806, 6086, 6665, 7044 and 7433.
@usableFromInline
enum SIPHeaderKind: UInt8, Hashable, Sendable, CaseIterable {
    case other
    case accept, acceptContact, acceptEncoding, acceptLanguage, alertInfo, allow, allowEvents, assertedIdentity
    case authenticationInfo, authorization, callID, callInfo, contact, contentDisposition, contentEncoding
    case contentLanguage, contentLength, contentType, cseq, date, diversion, entityTag, errorInfo, event, expires
    case flowTimer, from, historyInfo, identity, identityInfo, ifMatch, infoPackage, inReplyTo, join, maxForwards
    case mimeVersion, minExpires, minSE, organization, path, preferredIdentity, priority, privacy, proxyAuthenticate
    case proxyAuthorization, proxyRequire, rack, reason, receiveInfo, recordRoute, referredBy, referSub, referTo
    case rejectContact, replaces, replyTo, requestDisposition, require, retryAfter, route, rseq, server
    case serviceRoute, sessionExpires, subject, subscriptionState, supported, targetDialog, timestamp, to
    case unsupported, userAgent, userToUser, via, warning, wwwAuthenticate

    /// The name as we write it.
    var name: String { Self.names[Int(self.rawValue)] }

    /// The names in the order of the cases.
    static let names: [String] = Self.allCases.map(Self.name)

    /// The names one behind the other, each with its colon and blank, and where each ends.
    static let fieldStarts: (bytes: [UInt8], ends: [Int]) = {
        var (bytes, ends): ([UInt8], [Int]) = ([], [])
        for name in Self.names {
            bytes += "\(name): ".utf8
            ends.append(bytes.count)
        }
        return (bytes, ends)
    }()

    /// The name's form of one letter; nil where it has none.
    var compactName: UInt8? {
        switch self {
        case .acceptContact: UInt8(ascii: "a")
        case .referredBy: UInt8(ascii: "b")
        case .contentType: UInt8(ascii: "c")
        case .requestDisposition: UInt8(ascii: "d")
        case .contentEncoding: UInt8(ascii: "e")
        case .from: UInt8(ascii: "f")
        case .callID: UInt8(ascii: "i")
        case .rejectContact: UInt8(ascii: "j")
        case .supported: UInt8(ascii: "k")
        case .contentLength: UInt8(ascii: "l")
        case .contact: UInt8(ascii: "m")
        case .identityInfo: UInt8(ascii: "n")
        case .event: UInt8(ascii: "o")
        case .referTo: UInt8(ascii: "r")
        case .subject: UInt8(ascii: "s")
        case .to: UInt8(ascii: "t")
        case .allowEvents: UInt8(ascii: "u")
        case .via: UInt8(ascii: "v")
        case .sessionExpires: UInt8(ascii: "x")
        case .identity: UInt8(ascii: "y")
        default: nil
        }
    }

    private static func name(_ kind: SIPHeaderKind) -> String {
        switch kind {
        case .other: ""
        case .accept: "Accept"
        case .acceptContact: "Accept-Contact"
        case .acceptEncoding: "Accept-Encoding"
        case .acceptLanguage: "Accept-Language"
        case .alertInfo: "Alert-Info"
        case .allow: "Allow"
        case .allowEvents: "Allow-Events"
        case .assertedIdentity: "P-Asserted-Identity"
        case .authenticationInfo: "Authentication-Info"
        case .authorization: "Authorization"
        case .callID: "Call-ID"
        case .callInfo: "Call-Info"
        case .contact: "Contact"
        case .contentDisposition: "Content-Disposition"
        case .contentEncoding: "Content-Encoding"
        case .contentLanguage: "Content-Language"
        case .contentLength: "Content-Length"
        case .contentType: "Content-Type"
        case .cseq: "CSeq"
        case .date: "Date"
        case .diversion: "Diversion"
        case .entityTag: "SIP-ETag"
        case .errorInfo: "Error-Info"
        case .event: "Event"
        case .expires: "Expires"
        case .flowTimer: "Flow-Timer"
        case .from: "From"
        case .historyInfo: "History-Info"
        case .identity: "Identity"
        case .identityInfo: "Identity-Info"
        case .ifMatch: "SIP-If-Match"
        case .infoPackage: "Info-Package"
        case .inReplyTo: "In-Reply-To"
        case .join: "Join"
        case .maxForwards: "Max-Forwards"
        case .mimeVersion: "MIME-Version"
        case .minExpires: "Min-Expires"
        case .minSE: "Min-SE"
        case .organization: "Organization"
        case .path: "Path"
        case .preferredIdentity: "P-Preferred-Identity"
        case .priority: "Priority"
        case .privacy: "Privacy"
        case .proxyAuthenticate: "Proxy-Authenticate"
        case .proxyAuthorization: "Proxy-Authorization"
        case .proxyRequire: "Proxy-Require"
        case .rack: "RAck"
        case .reason: "Reason"
        case .receiveInfo: "Recv-Info"
        case .recordRoute: "Record-Route"
        case .referredBy: "Referred-By"
        case .referSub: "Refer-Sub"
        case .referTo: "Refer-To"
        case .rejectContact: "Reject-Contact"
        case .replaces: "Replaces"
        case .replyTo: "Reply-To"
        case .requestDisposition: "Request-Disposition"
        case .require: "Require"
        case .retryAfter: "Retry-After"
        case .route: "Route"
        case .rseq: "RSeq"
        case .server: "Server"
        case .serviceRoute: "Service-Route"
        case .sessionExpires: "Session-Expires"
        case .subject: "Subject"
        case .subscriptionState: "Subscription-State"
        case .supported: "Supported"
        case .targetDialog: "Target-Dialog"
        case .timestamp: "Timestamp"
        case .to: "To"
        case .unsupported: "Unsupported"
        case .userAgent: "User-Agent"
        case .userToUser: "User-to-User"
        case .via: "Via"
        case .warning: "Warning"
        case .wwwAuthenticate: "WWW-Authenticate"
        }
    }
}
