// Headers of bodies: what they are, and what somebody takes.

extension SIPHeaderName<SIPMediaType> {
    /// The media type of the body.
    @inlinable public static var contentType: Self { Self(.contentType) }
    /// The media types that the sender takes; none are named where it takes none.
    @inlinable public static var accept: Self { Self(.accept, isList: true) }
}

extension SIPHeaderName<SIPToken> {
    /// What the body is for.
    @inlinable public static var contentDisposition: Self { Self(.contentDisposition) }
    /// What was done to the body, in order. - Source: RFC 3261 §20.12.
    @inlinable public static var contentEncoding: Self { Self(.contentEncoding, isList: true) }
    /// The language of the body. - Source: RFC 3261 §20.13.
    @inlinable public static var contentLanguage: Self { Self(.contentLanguage, isList: true) }
    /// The encodings of a body that the sender takes. - Source: RFC 3261 §20.2.
    @inlinable public static var acceptEncoding: Self { Self(.acceptEncoding, isList: true) }
    /// The languages that the sender's user reads. - Source: RFC 3261 §20.3.
    @inlinable public static var acceptLanguage: Self { Self(.acceptLanguage, isList: true) }
}

extension SIPHeaderName<String> {
    /// The version of MIME that the body keeps to. - Source: RFC 3261 §20.24.
    @inlinable public static var mimeVersion: Self { Self(.mimeVersion) }
}
