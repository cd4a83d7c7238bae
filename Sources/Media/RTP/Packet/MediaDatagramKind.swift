/// What a datagram is at a port to which more than RTP comes, by its first bytes.
///
/// - Source: RFC 5761 §4 for RTP and RTCP; RFC 7983 §7 for the others.
public enum MediaDatagramKind: Hashable, Sendable {
    /// A packet of media.
    case rtp
    /// A packet of the control protocol: 192 to 223 stand where RTP has marker and payload type, so payload types 64 to 95
    /// must not be used at such a port.
    case rtcp
    /// STUN, DTLS, TURN channels and whatever else is not version 2 of RTP.
    case other

    /// Looks at a datagram. That it may be RTP does not mean that it is well-formed.
    @inlinable
    public init(of datagram: Span<UInt8>) {
        guard datagram.count >= 4, datagram[0] >> 6 == 2 else {
            self = .other
            return
        }
        self = (192...223).contains(datagram[1]) ? .rtcp : datagram.count >= 12 ? .rtp : .other
    }
}
