/// The name of a header field, with the type of its value. An open set: `message[.callID]` is a `String?`,
/// `message[.via]` a `SIPVia?`, checked by the compiler.
///
/// - Source: RFC 3261 §20; names are compared in any case, compact forms are the same name.
public struct SIPHeaderName<Value: SIPHeaderValue>: Sendable {
    @usableFromInline let key: SIPHeaderKey

    /// Names a field.
    ///
    /// - Parameter isList: whether a field may hold several values with commas between them.
    public init(_ name: String, isList: Bool = false) {
        let bytes = Array(name.utf8)
        let kind = SIPHeaderKind(bytes.span, in: 0..<bytes.count)
        self.key = SIPHeaderKey(text: name, isList: isList, kind: kind)
    }

    init(_ kind: SIPHeaderKind, isList: Bool = false) {
        self.key = SIPHeaderKey(text: "", isList: isList, kind: kind)
    }

    /// The name as we write it.
    public var name: String { self.key.name }

    /// Whether a field may hold several values with commas between them.
    public var isList: Bool { self.key.isList }

    var kind: SIPHeaderKind { self.key.kind }
}

extension SIPHeaderName: Hashable {
    /// Equal where they are written alike and hold as many values.
    public static func == (left: SIPHeaderName, right: SIPHeaderName) -> Bool {
        left.name == right.name && left.isList == right.isList
    }

    /// Hashes what is compared.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(self.name)
        hasher.combine(self.isList)
    }
}

/// The name of a header field without the type of its value.
@usableFromInline
struct SIPHeaderKey: Sendable {
    /// The name where it was given; empty where the kind says it.
    let text: String
    let isList: Bool
    let kind: SIPHeaderKind

    var name: String { self.text.isEmpty ? self.kind.name : self.text }

    /// - Unit: bytes of ``name``.
    var nameCount: Int {
        guard self.text.isEmpty, self.kind != .other else { return self.text.utf8.count }
        let (ends, place) = (SIPHeaderKind.fieldStarts.ends, Int(self.kind.rawValue))
        return ends[place] - ends[place - 1] - 2
    }

    /// Whether a field of these bytes has this name.
    @inline(__always)
    func names(_ field: SIPMessage.Field, in bytes: Span<UInt8>) -> Bool {
        guard field.kind == self.kind else { return false }
        return self.kind != .other || bytes.equalsIgnoringCase(field.name, self.text)
    }
}

extension SIPHeaderName<SIPAddress> {
    /// Who sends the request.
    public static var from: Self { Self(.from) }
    /// For whom it is.
    public static var to: Self { Self(.to) }
    /// Where the sender is reached directly.
    public static var contact: Self { Self(.contact, isList: true) }
    /// The proxies that the request has still to pass.
    public static var route: Self { Self(.route, isList: true) }
    /// The proxies that want to see the dialog's later requests.
    public static var recordRoute: Self { Self(.recordRoute, isList: true) }
    /// The registrar's path. - Source: RFC 3327.
    public static var path: Self { Self(.path, isList: true) }
    /// Who the caller is, as vouched for. - Source: RFC 3325.
    public static var assertedIdentity: Self { Self(.assertedIdentity, isList: true) }
    /// Whom to call. - Source: RFC 3515.
    public static var referTo: Self { Self(.referTo) }
    /// Who asks for it. - Source: RFC 3892.
    public static var referredBy: Self { Self(.referredBy) }
}

extension SIPHeaderName<SIPVia> {
    /// The hops that the request has taken, newest first.
    public static var via: Self { Self(.via, isList: true) }
}

extension SIPHeaderName<SIPCSeq> {
    /// The request's place in its dialog.
    public static var cseq: Self { Self(.cseq) }
}

extension SIPHeaderName<Int> {
    /// How many hops are left.
    public static var maxForwards: Self { Self(.maxForwards) }
    /// - Unit: seconds.
    public static var expires: Self { Self(.expires) }
    /// - Unit: seconds.
    public static var minExpires: Self { Self(.minExpires) }
    /// - Unit: bytes.
    public static var contentLength: Self { Self(.contentLength) }
}

extension SIPHeaderName<SIPMethod> {
    /// The methods that the sender takes.
    public static var allow: Self { Self(.allow, isList: true) }
}

extension SIPHeaderName<String> {
    /// The name of the call.
    public static var callID: Self { Self(.callID) }
    /// What the call is about.
    public static var subject: Self { Self(.subject) }
}
