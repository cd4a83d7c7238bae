/// One packet of the control protocol that goes with RTP.
///
/// - Source: RFC 3550 §6.
public enum RTCPPacket: Hashable, Sendable {
    /// What a sender has sent, and what it received. `SR`, 200.
    case senderReport(RTCPSenderReport)
    /// What somebody who does not send received. `RR`, 201.
    case receiverReport(RTCPReceiverReport)
    /// Who is behind an SSRC. `SDES`, 202.
    case sourceDescription([RTCPSourceDescription])
    /// Who leaves, and why. `BYE`, 203.
    case goodbye(sources: [UInt32], reason: String?)
    /// What an application tells another of its kind. `APP`, 204.
    case application(RTCPApplication)
    /// Any other packet, kept as it came: feedback (205, 206), extended reports (207), and whatever is still to come. The
    /// five bits of its count, and what follows the first four bytes.
    ///
    /// - Source: RFC 4585 §6; RFC 3611 §2.
    case other(type: UInt8, count: UInt8, body: [UInt8])
}

/// The packets of one datagram.
///
/// - Source: RFC 3550 §6.1.
public struct RTCPCompound: Hashable, Sendable {
    /// The packets in their order.
    public var packets: [RTCPPacket]

    /// Puts packets into one datagram.
    ///
    /// A datagram that is sent starts with a report, and has a source description with the CNAME.
    public init(_ packets: [RTCPPacket]) { self.packets = packets }

    /// Whether the datagram does not start with a report, which only those may send who have agreed to it.
    ///
    /// - Source: RFC 3550 appendix A.2; RFC 5506 §3.
    public var isReducedSize: Bool {
        switch self.packets.first {
        case .senderReport, .receiverReport: false
        default: true
        }
    }

    /// Reads a datagram. One that does not start with a report is read all the same; packets of unknown types are kept.
    ///
    /// - Source: RFC 3550 §6.4 to §6.7, appendix A.2; RFC 5506 for datagrams without a report.
    /// - Throws: where a packet does not fit its length; then nothing of the datagram can be trusted.
    public init(parsing datagram: Span<UInt8>) throws(RTPError) {
        self.packets = []
        var start = 0
        repeat {
            let place = try Self.place(at: start, in: datagram)
            let body = datagram.extracting(place.body)
            self.packets.append(try RTCPPacket(type: place.type, count: place.count, body: body, at: start + 4))
            start = place.next
        } while start < datagram.count
    }

    /// Where a packet lies in a datagram.
    struct Place {
        var type: UInt8
        /// The five bits of its count.
        var count: UInt8
        /// What follows its first four bytes, without padding.
        var body: Range<Int>
        /// Where the next packet lies, or the datagram ends.
        var next: Int
    }

    /// Finds the packet that begins at `start`: 0, or the end of another.
    static func place(at start: Int, in datagram: Span<UInt8>) throws(RTPError) -> Place {
        guard start + 4 <= datagram.count else { throw RTPError(.truncated, offset: datagram.count) }
        let first = datagram[start]
        guard first >> 6 == 2 else { throw RTPError(.version, offset: start) }
        let type = datagram[start + 1]
        // Only the first must be RTCP; types that nobody knows may follow.
        guard start > 0 || (192...223).contains(type) else { throw RTPError(.packetType, offset: start + 1) }
        let next = start + 4 + 4 * Int(datagram.loadUInt16(at: start + 2))
        guard next <= datagram.count else { throw RTPError(.truncated, offset: datagram.count) }
        var end = next
        if first & 0x20 != 0 {
            let padding = Int(datagram[next - 1])
            guard next == datagram.count, padding > 0, padding % 4 == 0, padding <= next - start - 4 else {
                throw RTPError(.padding, offset: next - 1)
            }
            end -= padding
        }
        return Place(type: type, count: first & 0x1F, body: start + 4..<end, next: next)
    }

    /// The datagram's bytes.
    ///
    /// What does not fit the wire is left out: more than 31 reports or sources a packet, more than 255 bytes of a text.
    public func encoded() -> [UInt8] {
        var bytes: [UInt8] = []
        for packet in self.packets { packet.append(to: &bytes) }
        return bytes
    }
}

/// A sender's report.
///
/// - Source: RFC 3550 §6.4.1.
public struct RTCPSenderReport: Hashable, Sendable {
    /// Who sends.
    public var ssrc: UInt32
    /// When the report was sent: seconds since 1900 in the upper half, their fraction in the lower.
    public var ntpTime: UInt64
    /// The same moment in ticks of the payload's clock: how streams are lined up.
    public var rtpTimestamp: UInt32
    /// Packets sent since the beginning.
    public var packetCount: UInt32
    /// Bytes of payload sent since the beginning.
    public var octetCount: UInt32
    /// What the sender has received from others, at most 31.
    public var reports: [RTCPReportBlock]
    /// What a profile adds after the reports, as it came; whole words.
    ///
    /// - Source: RFC 3550 §6.4.3.
    public var profileExtension: [UInt8]

    /// Describes what was sent.
    public init(
        ssrc: UInt32, ntpTime: UInt64, rtpTimestamp: UInt32, packetCount: UInt32, octetCount: UInt32,
        reports: [RTCPReportBlock] = [], profileExtension: [UInt8] = []
    ) {
        (self.ssrc, self.ntpTime, self.rtpTimestamp) = (ssrc, ntpTime, rtpTimestamp)
        (self.packetCount, self.octetCount, self.reports) = (packetCount, octetCount, reports)
        self.profileExtension = profileExtension
    }
}

/// A report of somebody who only receives.
///
/// - Source: RFC 3550 §6.4.2.
public struct RTCPReceiverReport: Hashable, Sendable {
    /// Who reports.
    public var ssrc: UInt32
    /// What was received, at most 31.
    public var reports: [RTCPReportBlock]
    /// What a profile adds after the reports, as it came; whole words.
    ///
    /// - Source: RFC 3550 §6.4.3.
    public var profileExtension: [UInt8]

    /// Describes what was received.
    public init(ssrc: UInt32, reports: [RTCPReportBlock] = [], profileExtension: [UInt8] = []) {
        (self.ssrc, self.reports, self.profileExtension) = (ssrc, reports, profileExtension)
    }
}

/// What was received of one stream.
///
/// - Source: RFC 3550 §6.4.1.
public struct RTCPReportBlock: Hashable, Sendable {
    /// Whose stream it is.
    public var ssrc: UInt32
    /// Which part was lost since the last report, in 256ths.
    public var fractionLost: UInt8
    /// Packets lost since the beginning; 24 bits on the wire, negative where packets came twice.
    public var cumulativeLost: Int32
    /// The highest sequence number, extended by the count of its wraps.
    public var highestSequenceNumber: UInt32
    /// How much arrival varies.
    ///
    /// - Unit: ticks of the payload's clock.
    public var jitter: UInt32
    /// The middle 32 bits of the last sender report's ``RTCPSenderReport/ntpTime``. `LSR`.
    public var lastSenderReport: UInt32
    /// How long ago that came. `DLSR`.
    ///
    /// - Unit: 65 536ths of a second.
    public var delaySinceLastSenderReport: UInt32

    /// Describes what was received.
    public init(
        ssrc: UInt32, fractionLost: UInt8 = 0, cumulativeLost: Int32 = 0, highestSequenceNumber: UInt32,
        jitter: UInt32 = 0, lastSenderReport: UInt32 = 0, delaySinceLastSenderReport: UInt32 = 0
    ) {
        (self.ssrc, self.fractionLost, self.cumulativeLost) = (ssrc, fractionLost, cumulativeLost)
        (self.highestSequenceNumber, self.jitter) = (highestSequenceNumber, jitter)
        self.lastSenderReport = lastSenderReport
        self.delaySinceLastSenderReport = delaySinceLastSenderReport
    }
}
