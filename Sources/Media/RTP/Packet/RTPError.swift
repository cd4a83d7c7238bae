/// Why bytes are no RTP, RTCP or telephone event.
public struct RTPError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of mistake it is.
    public enum Code: Hashable, Sendable {
        /// Bytes are missing.
        case truncated
        /// Not version 2 of the protocol.
        case version
        /// The padding is longer than what could be padded, or empty.
        case padding
        /// The packet is of another kind than the one that must stand here.
        case packetType
    }

    /// What kind of mistake it is.
    public var code: Code
    /// - Unit: bytes from the start of the datagram.
    public var offset: Int

    /// Describes a mistake.
    @inlinable
    public init(_ code: Code, offset: Int) { (self.code, self.offset) = (code, offset) }

    /// The mistake and where it is.
    public var description: String {
        let text =
            switch self.code {
            case .truncated: "bytes are missing"
            case .version: "the version is not 2"
            case .padding: "the padding does not fit the packet"
            case .packetType: "the packet is of the wrong type"
            }
        return "\(text), at byte \(self.offset)"
    }
}
