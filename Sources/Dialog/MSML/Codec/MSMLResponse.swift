/// The numbers that results carry.
///
/// - Source: RFC 5707 §11.
public enum MSMLResponse {
    /// Everything was carried out.
    public static let ok = 200
    /// The document cannot be understood.
    public static let badRequest = 400
    /// An element that no version of MSML has.
    public static let unknownElement = 401
    /// An element that this media server does not carry out.
    public static let unsupportedElement = 402
    /// An element lacks content that it must have.
    public static let missingContent = 403
    /// An element has content that makes no sense, such as an unknown recorder state.
    public static let invalidContent = 405
    /// An element lacks an attribute that it must have.
    public static let missingAttribute = 408
    /// An attribute has a value that it cannot have.
    public static let invalidAttributeValue = 410
    /// No connection or conference has this name.
    public static let objectDoesNotExist = 430
    /// An object has this name already.
    public static let objectNameInUse = 431
    /// A conference has this name already.
    public static let conferenceNameInUse = 432
    /// The media server failed.
    public static let serverError = 500
    /// No resource is left.
    public static let noResource = 520
}
