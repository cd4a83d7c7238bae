/// The number that a result carries, with what the RFC calls it.
///
/// - Source: RFC 5707 §11.
public struct MSMLResponse: RawRepresentable, Hashable, Sendable {
    /// The number, for example 430.
    public var rawValue: Int

    /// Takes a number as it is.
    public init(rawValue: Int) { self.rawValue = rawValue }

    /// Whether it is one of the numbers for success, 200 to 299.
    public var isSuccess: Bool { (200..<300).contains(self.rawValue) }

    /// What the RFC calls it; nil where the RFC does not have the number, or keeps it for later.
    public var reason: String? { Self.reasons[self.rawValue] }
}

extension MSMLResponse {
    /// Everything was carried out.
    public static let ok = MSMLResponse(rawValue: 200)

    // MARK: The document

    /// The document cannot be understood.
    public static let badRequest = MSMLResponse(rawValue: 400)
    /// An element that MSML does not have.
    public static let unknownElement = MSMLResponse(rawValue: 401)
    /// An element of MSML that this media server does not carry out.
    public static let unsupportedElement = MSMLResponse(rawValue: 402)
    /// An element lacks content that it must have.
    public static let missingContent = MSMLResponse(rawValue: 403)
    /// An element has content that must not be there.
    public static let forbiddenContent = MSMLResponse(rawValue: 404)
    /// An element has content that makes no sense.
    public static let invalidContent = MSMLResponse(rawValue: 405)
    /// An attribute that MSML does not have.
    public static let unknownAttribute = MSMLResponse(rawValue: 406)
    /// An attribute of MSML by which this media server does not go.
    public static let unsupportedAttribute = MSMLResponse(rawValue: 407)
    /// An element lacks an attribute that it must have.
    public static let missingAttribute = MSMLResponse(rawValue: 408)
    /// An element has an attribute that must not be there.
    public static let forbiddenAttribute = MSMLResponse(rawValue: 409)
    /// An attribute has a value that it cannot have.
    public static let invalidAttributeValue = MSMLResponse(rawValue: 410)

    // MARK: The language of a dialog

    /// The language of a dialog is one that this media server does not have.
    public static let unsupportedLanguage = MSMLResponse(rawValue: 420)
    /// The language of a dialog is not known.
    public static let unknownLanguage = MSMLResponse(rawValue: 421)
    /// A dialog is described both by `src` and in place.
    public static let ambiguousRequest = MSMLResponse(rawValue: 422)
    /// What `src` names cannot be fetched.
    public static let documentFetchError = MSMLResponse(rawValue: 423)
    /// The document of a dialog, in another language than MSML, has an error of syntax.
    public static let foreignSyntaxError = MSMLResponse(rawValue: 424)
    /// The document of a dialog, in another language than MSML, makes no sense.
    public static let foreignSemanticError = MSMLResponse(rawValue: 425)
    /// The document of a dialog, in another language than MSML, fails.
    public static let foreignUnknownError = MSMLResponse(rawValue: 426)

    // MARK: Objects and streams

    /// No connection, conference or dialog has this name.
    public static let objectDoesNotExist = MSMLResponse(rawValue: 430)
    /// A dialog has this name already on the same object.
    public static let objectNameInUse = MSMLResponse(rawValue: 431)
    /// A conference has this name already.
    public static let conferenceNameInUse = MSMLResponse(rawValue: 432)
    /// An external document cannot be fetched; the RFC has this beside 423, in the same words.
    public static let externalDocumentFetchError = MSMLResponse(rawValue: 434)
    /// Objects of these classes are not joined.
    public static let cannotJoinClass = MSMLResponse(rawValue: 440)
    /// The objects have no type of media in common.
    public static let incompatibleMediaTypes = MSMLResponse(rawValue: 441)
    /// The object takes no further stream.
    public static let tooManyMediaInputs = MSMLResponse(rawValue: 444)
    /// The objects have no format of media in common.
    public static let incompatibleMediaFormats = MSMLResponse(rawValue: 450)
    /// A stream has a format that does not fit.
    public static let incompatibleStreamFormat = MSMLResponse(rawValue: 451)

    // MARK: The media server

    /// The media server failed.
    public static let serverError = MSMLResponse(rawValue: 500)
    /// The service is not to be had now.
    public static let serviceUnavailable = MSMLResponse(rawValue: 503)
    /// The media server is not in service.
    public static let notInService = MSMLResponse(rawValue: 510)
    /// The service is not to be had now; the RFC has this beside 503, in the same words.
    public static let serviceUnavailableNow = MSMLResponse(rawValue: 511)
    /// No resource is left.
    public static let noResource = MSMLResponse(rawValue: 520)
    /// A limit of the media server is exceeded.
    public static let limitExceeded = MSMLResponse(rawValue: 521)

    /// All that the RFC defines, in ascending order.
    public static let all: [MSMLResponse] = Self.reasons.keys.sorted().map(MSMLResponse.init(rawValue:))

    /// Word for word from the RFC.
    private static let reasons: [Int: String] = [
        200: "OK",
        400: "Bad Request",
        401: "Unknown Element",
        402: "Unsupported Element",
        403: "Missing mandatory element content",
        404: "Forbidden element content",
        405: "Invalid element content",
        406: "Unknown attribute",
        407: "Attribute not supported",
        408: "Missing mandatory attribute",
        409: "Forbidden attribute is present",
        410: "Invalid attribute value",
        420: "Unsupported media description language",
        421: "Unknown media description language",
        422: "Ambiguous request (both URI and inline description)",
        423: "External document fetch error",
        424: "Syntax error in foreign language",
        425: "Semantic error in foreign language",
        426: "Unknown error executing foreign language",
        430: "Object does not exist",
        431: "Object instance name already used",
        432: "Conference name already in use",
        434: "External document fetch error",
        440: "Cannot join objects of the specified class",
        441: "Objects have incompatible media types",
        444: "Number of media inputs exceeded",
        450: "Objects have incompatible media formats",
        451: "Incompatible media stream format",
        500: "Internal media server error",
        503: "Service Unavailable",
        510: "Not in service",
        511: "Service Unavailable",
        520: "No resource to fulfill request",
        521: "Internal limit exceeded",
    ]
}

extension MSMLResponse: ExpressibleByIntegerLiteral, CustomStringConvertible {
    /// Takes a number as it is.
    public init(integerLiteral value: Int) { self.init(rawValue: value) }

    /// The number with what the RFC calls it.
    public var description: String { self.reason.map { "\(self.rawValue) \($0)" } ?? "\(self.rawValue)" }
}
