/// Why a body could not be read.
public struct RecordingAPIError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of failure it was.
    public enum Code: Hashable, Sendable {
        /// The bytes are no JSON, or nested deeper or larger than any body of this interface.
        case malformed
        /// Something that must be there is not.
        case missing
        /// Something is there that cannot be understood.
        case invalid
    }

    /// What kind of failure it was.
    public var code: Code
    /// Where it is, and what is wrong there.
    public var message: String

    /// Describes a failure.
    public init(_ code: Code, _ message: String) { (self.code, self.message) = (code, message) }

    /// The message.
    public var description: String { self.message }

    /// Equal where the code is.
    public static func == (left: RecordingAPIError, right: RecordingAPIError) -> Bool { left.code == right.code }

    /// Hashes the code.
    public func hash(into hasher: inout Hasher) { hasher.combine(self.code) }
}
