/// A header name that this module knows, recognised once when a message is indexed.
enum SIPHeaderKind: UInt8, Hashable, Sendable, CaseIterable {
    case other
    case accept, allow, assertedIdentity, authorization, callID, contact, contentDisposition, contentEncoding
    case contentLength, contentType, cseq, event, expires, from, infoPackage, maxForwards, minExpires, path
    case proxyAuthenticate, proxyAuthorization, reason, recordRoute, referredBy, referTo, require, retryAfter, route
    case server, sessionExpires, subject, supported, timestamp, to, unsupported, userAgent, via, warning
    case wwwAuthenticate

    /// Recognises a name in any case, long or compact.
    init(_ bytes: Span<UInt8>, in range: Range<Int>) {
        self = .other
        if range.count == 1 {
            self = Self.compact(bytes[range.lowerBound].lowercased)
            return
        }
        guard !range.isEmpty, range.count < Self.byLength.count else { return }
        let first = bytes[range.lowerBound].lowercased
        for candidate in Self.byLength[range.count]
        where candidate.first == first && bytes.equalsIgnoringCase(range, candidate.name) {
            self = candidate.kind
            return
        }
    }

    /// The name as we write it.
    var name: String { Self.names[Int(self.rawValue)].text }

    private static func compact(_ letter: UInt8) -> SIPHeaderKind {
        switch letter {
        case UInt8(ascii: "b"): .referredBy
        case UInt8(ascii: "c"): .contentType
        case UInt8(ascii: "e"): .contentEncoding
        case UInt8(ascii: "f"): .from
        case UInt8(ascii: "i"): .callID
        case UInt8(ascii: "k"): .supported
        case UInt8(ascii: "l"): .contentLength
        case UInt8(ascii: "m"): .contact
        case UInt8(ascii: "o"): .event
        case UInt8(ascii: "r"): .referTo
        case UInt8(ascii: "s"): .subject
        case UInt8(ascii: "t"): .to
        case UInt8(ascii: "v"): .via
        case UInt8(ascii: "x"): .sessionExpires
        default: .other
        }
    }

    private static let names: [(kind: SIPHeaderKind, text: String)] = Self.allCases.map { ($0, Self.text($0)) }

    private static let byLength: [[(kind: SIPHeaderKind, first: UInt8, name: [UInt8])]] = {
        var table: [[(kind: SIPHeaderKind, first: UInt8, name: [UInt8])]] = Array(repeating: [], count: 24)
        for (kind, text) in Self.names where kind != .other {
            let name = Array(text.lowercased().utf8)
            table[name.count].append((kind, name.first ?? 0, name))
        }
        return table
    }()

    private static func text(_ kind: SIPHeaderKind) -> String {
        switch kind {
        case .other: ""
        case .accept: "Accept"
        case .allow: "Allow"
        case .assertedIdentity: "P-Asserted-Identity"
        case .authorization: "Authorization"
        case .callID: "Call-ID"
        case .contact: "Contact"
        case .contentDisposition: "Content-Disposition"
        case .contentEncoding: "Content-Encoding"
        case .contentLength: "Content-Length"
        case .contentType: "Content-Type"
        case .cseq: "CSeq"
        case .event: "Event"
        case .expires: "Expires"
        case .from: "From"
        case .infoPackage: "Info-Package"
        case .maxForwards: "Max-Forwards"
        case .minExpires: "Min-Expires"
        case .path: "Path"
        case .proxyAuthenticate: "Proxy-Authenticate"
        case .proxyAuthorization: "Proxy-Authorization"
        case .reason: "Reason"
        case .recordRoute: "Record-Route"
        case .referredBy: "Referred-By"
        case .referTo: "Refer-To"
        case .require: "Require"
        case .retryAfter: "Retry-After"
        case .route: "Route"
        case .server: "Server"
        case .sessionExpires: "Session-Expires"
        case .subject: "Subject"
        case .supported: "Supported"
        case .timestamp: "Timestamp"
        case .to: "To"
        case .unsupported: "Unsupported"
        case .userAgent: "User-Agent"
        case .via: "Via"
        case .warning: "Warning"
        case .wwwAuthenticate: "WWW-Authenticate"
        }
    }
}
