/// Any MSML document, by what it is.
///
/// - Source: RFC 5707 §7.1.
public enum MSMLDocument: Hashable, Sendable {
    /// Orders for a media server.
    case request(MSMLRequest)
    /// What became of a request.
    case result(MSMLResult)
    /// Something that happened in the media server.
    case event(MSMLEvent)

    /// Reads a body.
    ///
    /// Much is taken that the schema forbids: namespaces may be declared or not, the version may be missing, names may
    /// be in the wrong case, a lone order, result or event may stand without `msml` around it, and inner elements may
    /// lack their end tags. What is not known is kept where it is.
    ///
    /// - Throws: where it is no MSML, or lacks what cannot be guessed.
    public init(parsing bytes: Span<UInt8>) throws(MSMLError) {
        let root = try MSML.root(parsing: bytes)
        for case .element(let element) in root.children {
            if element.isNamed("result") {
                self = .result(try MSMLResult(root: root))
                return
            }
            if element.isNamed("event") {
                self = .event(try MSMLEvent(root: root))
                return
            }
        }
        self = .request(try MSMLRequest(root: root))
    }

    /// The bytes of the document.
    public func encoded() -> [UInt8] {
        switch self {
        case .request(let request): request.encoded()
        case .result(let result): result.encoded()
        case .event(let event): event.encoded()
        }
    }
}

extension MSMLRequest {
    /// Reads a request.
    ///
    /// - Throws: where the body is no MSML, no request, or an element lacks what it must have.
    public init(parsing bytes: Span<UInt8>) throws(MSMLError) {
        guard case .request(let request) = try MSMLDocument(parsing: bytes) else {
            throw MSMLError(.unexpectedKind, "a result or an event where a request was expected")
        }
        self = request
    }
}

extension MSMLResult {
    /// Reads a result.
    ///
    /// - Throws: where the body is no MSML or no result.
    public init(parsing bytes: Span<UInt8>) throws(MSMLError) {
        guard case .result(let result) = try MSMLDocument(parsing: bytes) else {
            throw MSMLError(.unexpectedKind, "a request or an event where a result was expected")
        }
        self = result
    }
}

extension MSMLEvent {
    /// Reads an event.
    ///
    /// - Throws: where the body is no MSML or no event.
    public init(parsing bytes: Span<UInt8>) throws(MSMLError) {
        guard case .event(let event) = try MSMLDocument(parsing: bytes) else {
            throw MSMLError(.unexpectedKind, "a request or a result where an event was expected")
        }
        self = event
    }
}
