/// Why bytes are no session description.
public struct SDPError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of mistake it is.
    public enum Code: Hashable, Sendable {
        /// The description is longer than a peer may send.
        case tooLong
        /// A line is not of the form `x=value`.
        case malformedLine
        /// The description does not begin with `v=0`.
        case unsupportedVersion
        /// An `m=` line lacks a port, a protocol or a format.
        case malformedMedia
    }

    /// What kind of mistake it is.
    public var code: Code
    /// Where the offending line begins.
    ///
    /// - Unit: bytes from the start.
    public var offset: Int
    /// What was found.
    public var message: String

    /// Describes a mistake.
    public init(_ code: Code, at offset: Int, _ message: String) {
        (self.code, self.offset, self.message) = (code, offset, message)
    }

    /// The message with its place.
    public var description: String { "byte \(self.offset): \(self.message)" }

    /// Equal where code and offset are.
    public static func == (left: SDPError, right: SDPError) -> Bool {
        left.code == right.code && left.offset == right.offset
    }

    /// Hashes code and offset.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(self.code)
        hasher.combine(self.offset)
    }
}
