/// What every answer of the web services says first, and refusals only: `{"statusCode":6,"statusMessage":"…"}`.
public struct StatusReply: Hashable, Sendable, Codable {
    /// The outcome of an operation.
    ///
    /// - Source: Web Services API, "Return Values".
    public struct Code: RawRepresentable, Hashable, Sendable, Codable {
        /// The number on the wire.
        public var rawValue: Int

        /// Wraps a number; any number is a code.
        public init(rawValue: Int) { self.rawValue = rawValue }

        /// The operation succeeded.
        public static let success = Code(rawValue: 0)
        /// A parameter that must be there is not.
        public static let requiredParameterMissing = Code(rawValue: 1)
        /// A parameter cannot be understood.
        public static let invalidRequestParameter = Code(rawValue: 2)
        /// The operation is not possible here.
        public static let forbidden = Code(rawValue: 3)
        /// The services, or what they depend on, failed.
        public static let internalError = Code(rawValue: 4)
        /// The user may not do this.
        public static let permissionDenied = Code(rawValue: 5)
        /// There is no such resource.
        public static let notFound = Code(rawValue: 6)
    }

    /// The outcome.
    public var statusCode: Code
    /// What went wrong; nil for a success.
    public var statusMessage: String?

    /// Describes an outcome.
    public init(_ code: Code = .success, _ message: String? = nil) {
        (self.statusCode, self.statusMessage) = (code, message)
    }

    /// Reads the outcome from an answer, whatever else stands in it.
    ///
    /// - Throws: where the bytes are no answer of the web services.
    public init(parsing bytes: [UInt8]) throws(RecordingAPIError) { self = try JSONCoding.decode(from: bytes) }

    /// The answer as JSON.
    public func encoded() -> [UInt8] { JSONCoding.encode(self) }
}

extension HTTPReply {
    /// An answer whose body is JSON.
    public static func json(_ body: [UInt8], status: HTTPResponse.Status = .ok) -> HTTPReply {
        HTTPReply(status, type: "application/json", body: body)
    }

    /// A refusal, or a success without particulars.
    public static func status(
        _ status: HTTPResponse.Status, _ code: StatusReply.Code, _ message: String? = nil
    ) -> HTTPReply {
        .json(StatusReply(code, message).encoded(), status: status)
    }
}
