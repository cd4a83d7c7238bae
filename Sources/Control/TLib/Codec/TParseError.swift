/// Why bytes are not a T-Library frame.
public struct TParseError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong.
    public enum Code: Hashable, Sendable {
        /// The frame is longer than is allowed, or too short to be one.
        case length
        /// The frame is of a version that is not spoken here.
        case version
        /// An attribute runs past the end of what holds it.
        case truncated
        /// The form of a value is unknown, or its bytes do not fit the form.
        case value
        /// Lists stand in lists deeper than is allowed.
        case depth
    }

    /// What is wrong.
    public var code: Code
    /// Where: the offset from the first byte of the frame.
    public var offset: Int

    /// Describes what is wrong, and where.
    public init(_ code: Code, at offset: Int) { (self.code, self.offset) = (code, offset) }

    /// What a server answers before it closes the connection, in the version that it speaks; nil where nobody could
    /// read it.
    public var answer: TMessage? {
        guard self.code == .version else { return nil }
        var message = TMessage(.eventError)
        message[.errorCode] = .incorrectProtocolVersion
        message[.errorMessage] = "This server speaks version \(TFrame.version) of the T-Library frames, and no other"
        return message
    }

    /// What is wrong, and where.
    public var description: String { "T-Library frame: wrong \(self.code) at byte \(self.offset)" }
}
