/// Any MSML document, by what it is.
///
/// - Source: RFC 5707 §7.
public enum MSMLDocument: Hashable, Sendable {
    /// Orders for a media server.
    case request(MSMLRequest)
    /// What became of a request.
    case result(MSMLResult)
    /// Something that happened in the media server.
    case event(MSMLEvent)

    /// Reads a body. Namespaces may be declared or not.
    ///
    /// - Throws: where it is no MSML, or lacks what cannot be guessed.
    public init(parsing bytes: Span<UInt8>) throws(MSMLError) {
        let root: XMLElement
        do {
            root = try XMLElement(parsing: bytes).withoutBlanks
        } catch {
            throw MSMLError(.malformedXML, error.description)
        }
        guard root.localName == "msml" else { throw MSMLError(.notMSML, "the root element is \(root.name)") }
        if let result = root.element("result") {
            self = .result(try MSMLResult(result))
        } else if let event = root.element("event") {
            self = .event(try MSMLEvent(event))
        } else {
            self = .request(try MSMLRequest(root))
        }
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

extension XMLElement {
    /// The value of an attribute that the element must have.
    func required(_ attribute: String) throws(MSMLError) -> String {
        guard let value = self[attribute: attribute], !value.isEmpty else {
            throw MSMLError(.missingAttribute, "\(self.name) without \(attribute)")
        }
        return value
    }

    /// Attributes in the order given, without those that have no value.
    static func attributes(_ pairs: KeyValuePairs<String, String?>) -> [XMLAttribute] {
        pairs.compactMap { pair in pair.value.map { XMLAttribute(pair.key, $0) } }
    }
}
