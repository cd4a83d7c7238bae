/// Why bytes are no SIP message.
public struct SIPParseError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong.
    public enum Code: Hashable, Sendable {
        /// Nothing but line ends: a keep-alive.
        case empty
        /// More than 65 535 bytes.
        case tooLarge
        /// More than 200 header fields.
        case tooManyFields
        /// The first line is neither a request's nor a response's.
        case badStartLine
        /// The first line names another version than SIP/2.0.
        case badVersion
        /// A header line has no colon, or no proper name before it.
        case badField
        /// The header does not end.
        case truncated
        /// Content-Length is no number, or there are two that differ.
        case badContentLength
        /// Content-Length promises more than there is.
        case truncatedBody
    }

    /// What is wrong.
    public var code: Code
    /// Where, in bytes from the first one given.
    public var offset: Int

    /// Describes what is wrong.
    public init(_ code: Code, at offset: Int) { (self.code, self.offset) = (code, offset) }

    /// The code and the place.
    public var description: String { "\(self.code) at byte \(self.offset)" }
}
