/// What the sender of a stream says about itself, apart from all else that a datagram of RTCP holds.
public enum RTCPStatement: Hashable, Sendable {
    /// What it has sent; without what it received from others.
    case sent(RTCPSenderReport)
    /// The source leaves.
    case left(ssrc: UInt32)

    /// Whose stream it is about.
    public var ssrc: UInt32 {
        switch self {
        case .sent(let report): report.ssrc
        case .left(let ssrc): ssrc
        }
    }

    /// Finds the statements in a datagram, in order, without copying anything.
    ///
    /// - Source: RFC 3550 §6.4.1, §6.6.
    /// - Throws: where a packet does not fit its length; then nothing of the datagram is handed over.
    /// - Complexity: O(n) in the datagram's packets; no allocation.
    public static func find(
        in datagram: Span<UInt8>, _ body: (RTCPStatement) -> Void
    ) throws(RTPError) {
        // Twice: nothing of a datagram can be trusted before its last packet is found whole.
        var start = 0
        repeat {
            let place = try RTCPCompound.place(at: start, in: datagram)
            let needed = place.type == 200 ? 24 + 24 * Int(place.count) : place.type == 203 ? 4 * Int(place.count) : 0
            guard place.body.count >= needed else { throw RTPError(.truncated, offset: place.body.upperBound) }
            start = place.next
        } while start < datagram.count
        start = 0
        repeat {
            let place = try RTCPCompound.place(at: start, in: datagram)
            let packet = datagram.extracting(place.body)
            switch place.type {
            case 200: body(.sent(RTCPSenderReport(head: packet)))
            case 203: for source in 0..<Int(place.count) { body(.left(ssrc: packet.loadUInt32(at: 4 * source))) }
            default: break
            }
            start = place.next
        } while start < datagram.count
    }

    /// Writes the statement as an RTCP packet to the end of a datagram.
    public func append(to bytes: inout [UInt8]) {
        switch self {
        case .sent(let report): RTCPPacket.senderReport(report).append(to: &bytes)
        case .left(let ssrc): RTCPPacket.goodbye(sources: [ssrc], reason: nil).append(to: &bytes)
        }
    }
}

extension RTCPSenderReport {
    /// Reads the 24 bytes before the blocks.
    fileprivate init(head packet: Span<UInt8>) {
        self.init(
            ssrc: packet.loadUInt32(at: 0), ntpTime: packet.loadUInt64(at: 4), rtpTimestamp: packet.loadUInt32(at: 12),
            packetCount: packet.loadUInt32(at: 16), octetCount: packet.loadUInt32(at: 20))
    }
}
