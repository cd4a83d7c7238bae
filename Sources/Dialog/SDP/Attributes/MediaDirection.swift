/// Which way media flows, seen by the party whose description says so.
///
/// - Source: RFC 8866 §6.7.
public enum MediaDirection: String, Hashable, Sendable, CaseIterable {
    /// Both ways; what holds where nothing is said.
    case sendrecv
    /// The describing party only sends: it has put the other on hold.
    case sendonly
    /// The describing party only listens.
    case recvonly
    /// Nothing flows.
    case inactive

    /// Says which ways are open.
    public init(sends: Bool, receives: Bool) {
        switch (sends, receives) {
        case (true, true): self = .sendrecv
        case (true, false): self = .sendonly
        case (false, true): self = .recvonly
        case (false, false): self = .inactive
        }
    }

    /// Reads an attribute; nil where it is another one.
    init?(_ span: Span<UInt8>, _ range: Range<Int>) {
        guard range.count == 8 else { return nil }
        switch span[range.lowerBound] {
        case UInt8(ascii: "s"):
            if span.equals(range, "sendrecv") {
                self = .sendrecv
            } else if span.equals(range, "sendonly") {
                self = .sendonly
            } else {
                return nil
            }
        case UInt8(ascii: "r") where span.equals(range, "recvonly"): self = .recvonly
        case UInt8(ascii: "i") where span.equals(range, "inactive"): self = .inactive
        default: return nil
        }
    }

    /// Whether the describing party sends.
    public var sends: Bool { self == .sendrecv || self == .sendonly }

    /// Whether the describing party wants to receive.
    public var receives: Bool { self == .sendrecv || self == .recvonly }

    /// The same flow seen by the other party.
    ///
    /// - Source: RFC 3264 §6.1.
    public var mirrored: MediaDirection { MediaDirection(sends: self.receives, receives: self.sends) }

    /// What both allow.
    public func intersection(_ other: MediaDirection) -> MediaDirection {
        MediaDirection(sends: self.sends && other.sends, receives: self.receives && other.receives)
    }
}
