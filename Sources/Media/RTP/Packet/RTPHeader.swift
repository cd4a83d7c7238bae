/// The header of an RTP packet, and where in the datagram its payload lies.
///
/// Parsing looks at the bytes where they are and allocates nothing; the payload is `datagram.extracting(payloadRange)`.
///
/// - Source: RFC 3550 §5.1, §5.3.1.
public struct RTPHeader: Hashable, Sendable {
    /// What the payload is, 0 to 127, as the session description says. `PT`.
    public var payloadType: UInt8
    /// For sound: the first packet after silence; for a telephone event: its first packet. `M`.
    public var marker: Bool
    /// Counts packets, and wraps.
    public var sequenceNumber: UInt16
    /// When the payload's first sample was taken.
    ///
    /// - Unit: ticks of the payload's clock; wraps.
    public var timestamp: UInt32
    /// Who sends. `SSRC`.
    public var ssrc: UInt32
    /// How many contributing sources follow the fixed header, 0 to 15. `CC`.
    public let contributingSourceCount: Int
    /// Where the header extension lies, its four-byte head included; empty where there is none. `X`.
    public let extensionRange: Range<Int>
    /// Where the payload lies, without contributing sources, extension and padding.
    public let payloadRange: Range<Int>

    /// - Unit: bytes of the fixed header.
    public static let byteCount = 12

    /// Describes a packet that is to be sent.
    @inlinable
    public init(payloadType: UInt8, marker: Bool = false, sequenceNumber: UInt16, timestamp: UInt32, ssrc: UInt32) {
        self.init(
            payloadType: payloadType, marker: marker, sequenceNumber: sequenceNumber, timestamp: timestamp, ssrc: ssrc,
            contributingSourceCount: 0, extensionRange: 12..<12, payloadRange: 12..<12)
    }

    /// Reads the header of a datagram.
    ///
    /// - Throws: `.truncated`, `.version` or `.padding`; nothing that a peer can send traps.
    /// - Complexity: O(1); no allocation.
    @inlinable
    public init(parsing datagram: Span<UInt8>) throws(RTPError) {
        let count = datagram.count
        guard count >= 12 else { throw RTPError(.truncated, offset: count) }
        let first = datagram[0]
        guard first >> 6 == 2 else { throw RTPError(.version, offset: 0) }
        let sources = Int(first & 0x0F)
        let extensionStart = 12 + 4 * sources
        guard extensionStart <= count else { throw RTPError(.truncated, offset: count) }
        var start = extensionStart
        if first & 0x10 != 0 {
            guard start + 4 <= count else { throw RTPError(.truncated, offset: count) }
            start += 4 + 4 * Int(datagram.loadUInt16(at: start + 2))
            guard start <= count else { throw RTPError(.truncated, offset: count) }
        }
        var end = count
        if first & 0x20 != 0 {
            let padding = Int(datagram[count - 1])
            guard padding > 0, padding <= count - start else { throw RTPError(.padding, offset: count - 1) }
            end -= padding
        }
        let second = datagram[1]
        self.init(
            payloadType: second & 0x7F, marker: second & 0x80 != 0, sequenceNumber: datagram.loadUInt16(at: 2),
            timestamp: datagram.loadUInt32(at: 4), ssrc: datagram.loadUInt32(at: 8), contributingSourceCount: sources,
            extensionRange: extensionStart..<start, payloadRange: start..<end)
    }

    /// A contributing source of the datagram that this header was read from; nil past the last.
    @inlinable
    public func contributingSource(_ index: Int, in datagram: Span<UInt8>) -> UInt32? {
        guard (0..<self.contributingSourceCount).contains(index), 16 + 4 * index <= datagram.count else { return nil }
        return datagram.loadUInt32(at: 12 + 4 * index)
    }

    @inlinable
    init(
        payloadType: UInt8, marker: Bool, sequenceNumber: UInt16, timestamp: UInt32, ssrc: UInt32,
        contributingSourceCount: Int, extensionRange: Range<Int>, payloadRange: Range<Int>
    ) {
        self.payloadType = payloadType & 0x7F
        self.marker = marker
        (self.sequenceNumber, self.timestamp, self.ssrc) = (sequenceNumber, timestamp, ssrc)
        (self.contributingSourceCount, self.extensionRange) = (contributingSourceCount, extensionRange)
        self.payloadRange = payloadRange
    }
}
