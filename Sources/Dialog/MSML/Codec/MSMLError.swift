/// Why a body is no MSML that can be carried out.
public struct MSMLError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of mistake it is.
    public enum Code: Hashable, Sendable {
        /// The body is no XML that is read: not well-formed, too large, or with a document type.
        case xml(XMLError.Code)
        /// The root element is not `msml`.
        case notMSML
        /// The document is of another kind than the one asked for: a request, a result or an event.
        case unexpectedKind
        /// An element lacks an attribute that it must have.
        case missingAttribute
        /// An attribute has a value that it cannot have.
        case invalidAttribute
    }

    /// What kind of mistake it is.
    public var code: Code
    /// What was found.
    public var message: String

    /// Describes a mistake.
    public init(_ code: Code, _ message: String) { (self.code, self.message) = (code, message) }

    /// What a media server answers to a request with this mistake.
    public var refusal: MSMLRefusal { MSMLRefusal(self.response, self.message) }

    private var response: MSMLResponse {
        switch self.code {
        case .xml, .notMSML, .unexpectedKind: .badRequest
        case .missingAttribute: .missingAttribute
        case .invalidAttribute: .invalidAttributeValue
        }
    }

    /// The message.
    public var description: String { self.message }

    /// Equal where the code is.
    public static func == (left: MSMLError, right: MSMLError) -> Bool { left.code == right.code }

    /// Hashes the code.
    public func hash(into hasher: inout Hasher) { hasher.combine(self.code) }
}
