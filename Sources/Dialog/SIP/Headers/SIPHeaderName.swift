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

    @inlinable
    init(_ kind: SIPHeaderKind, isList: Bool = false) {
        self.key = SIPHeaderKey(text: nil, isList: isList, kind: kind)
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
    /// The name where it was given; nil where the kind says it.
    @usableFromInline let text: String?
    @usableFromInline let isList: Bool
    @usableFromInline let kind: SIPHeaderKind

    @inlinable
    init(text: String?, isList: Bool, kind: SIPHeaderKind) {
        (self.text, self.isList, self.kind) = (text, isList, kind)
    }

    var name: String { self.text ?? self.kind.name }

    /// - Unit: bytes of ``name``.
    var nameCount: Int {
        if let text = self.text { return text.utf8.count }
        let (ends, place) = (SIPHeaderKind.fieldStarts.ends, Int(self.kind.rawValue))
        return ends[place] - ends[place - 1] - 2
    }

    /// Whether a field of these bytes has this name.
    @inline(__always)
    func names(_ field: SIPMessage.Field, in bytes: Span<UInt8>) -> Bool {
        guard field.kind == self.kind else { return false }
        return self.kind != .other || bytes.equalsIgnoringCase(field.name, self.name)
    }
}

extension SIPHeaderName<SIPAddress> {
    /// Who sends the request.
    @inlinable public static var from: Self { Self(.from) }
    /// For whom it is.
    @inlinable public static var to: Self { Self(.to) }
    /// Where the sender is reached directly.
    @inlinable public static var contact: Self { Self(.contact, isList: true) }
    /// The proxies that the request has still to pass.
    @inlinable public static var route: Self { Self(.route, isList: true) }
    /// The proxies that want to see the dialog's later requests.
    @inlinable public static var recordRoute: Self { Self(.recordRoute, isList: true) }
    /// The registrar's path. - Source: RFC 3327.
    @inlinable public static var path: Self { Self(.path, isList: true) }
    /// Who the caller is, as vouched for. - Source: RFC 3325.
    @inlinable public static var assertedIdentity: Self { Self(.assertedIdentity, isList: true) }
    /// Whom to call. - Source: RFC 3515.
    @inlinable public static var referTo: Self { Self(.referTo) }
    /// Who asks for it. - Source: RFC 3892.
    @inlinable public static var referredBy: Self { Self(.referredBy) }
}

extension SIPHeaderName<SIPVia> {
    /// The hops that the request has taken, newest first.
    @inlinable public static var via: Self { Self(.via, isList: true) }
}

extension SIPHeaderName<SIPCSeq> {
    /// The request's place in its dialog.
    @inlinable public static var cseq: Self { Self(.cseq) }
}

extension SIPHeaderName<Int> {
    /// How many hops are left.
    @inlinable public static var maxForwards: Self { Self(.maxForwards) }
    /// - Unit: seconds.
    @inlinable public static var expires: Self { Self(.expires) }
    /// - Unit: seconds.
    @inlinable public static var minExpires: Self { Self(.minExpires) }
    /// - Unit: bytes.
    @inlinable public static var contentLength: Self { Self(.contentLength) }
}

extension SIPHeaderName<SIPMethod> {
    /// The methods that the sender takes.
    @inlinable public static var allow: Self { Self(.allow, isList: true) }
}

extension SIPHeaderName<String> {
    /// The name of the call.
    @inlinable public static var callID: Self { Self(.callID) }
    /// What the call is about.
    @inlinable public static var subject: Self { Self(.subject) }
}
