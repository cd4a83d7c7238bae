/// Why a packet could not be protected, or is not what the other side has protected.
public struct SRTPError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of failure it is.
    public enum Code: Hashable, Sendable {
        /// The packet was not protected with this key, or was changed on the way.
        case unauthentic
        /// The packet came before, or is too old to know.
        case replayed
        /// The bytes are no packet of the kind.
        case malformed
        /// The key has protected as many packets as it may.
        case expired
        /// The packet does not fit the space with what protects it.
        case noRoom
        /// The library does not have the suite.
        case unsupported
        /// Whatever else the library says.
        case failed
    }

    /// What kind of failure it is.
    public var code: Code

    /// Describes a failure.
    public init(_ code: Code) { self.code = code }

    /// A sentence.
    public var description: String {
        switch self.code {
        case .unauthentic: "The packet was not protected with this key, or was changed on the way."
        case .replayed: "The packet came before, or is too old to know whether it did."
        case .malformed: "The bytes are no packet that could be protected."
        case .expired: "The key has protected as many packets as it may; agree on another."
        case .noRoom: "The space behind the packet is too small for its tag."
        case .unsupported: "This libsrtp does not have the suite; agree on another."
        case .failed: "libsrtp has failed; is memory short?"
        }
    }
}
