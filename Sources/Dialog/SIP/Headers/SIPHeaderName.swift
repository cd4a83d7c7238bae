/// The name of a header field, with the type of its value. An open set: `message[.callID]` is a `String?`,
/// `message[.via]` a `SIPVia?`, checked by the compiler.
///
/// - Source: RFC 3261 §20; names are compared in any case, compact forms are the same name.
public struct SIPHeaderName<Value: SIPHeaderValue>: Hashable, Sendable {
    /// The name as we write it.
    public let name: String
    /// Whether a field may hold several values with commas between them.
    public let isList: Bool
    let kind: SIPHeaderKind

    /// Names a field.
    ///
    /// - Parameter isList: whether a field may hold several values with commas between them.
    public init(_ name: String, isList: Bool = false) {
        (self.name, self.isList) = (name, isList)
        let bytes = Array(name.utf8)
        self.kind = SIPHeaderKind(bytes.span, in: 0..<bytes.count)
    }

    init(_ kind: SIPHeaderKind, isList: Bool = false) {
        (self.name, self.isList, self.kind) = (kind.name, isList, kind)
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
