extension RTCPPacket {
    /// Writes the packet to the end of a datagram.
    func append(to bytes: inout [UInt8]) {
        let start = bytes.count
        bytes += [0x80, 0, 0, 0]
        let count: Int
        let type: UInt8
        switch self {
        case .senderReport(let report):
            (type, count) = (200, min(report.reports.count, 31))
            bytes.append(network: report.ssrc)
            bytes.append(network: report.ntpTime)
            bytes.append(network: report.rtpTimestamp)
            bytes.append(network: report.packetCount)
            bytes.append(network: report.octetCount)
            for block in report.reports.prefix(31) { block.append(to: &bytes) }
            bytes += report.profileExtension
        case .receiverReport(let report):
            (type, count) = (201, min(report.reports.count, 31))
            bytes.append(network: report.ssrc)
            for block in report.reports.prefix(31) { block.append(to: &bytes) }
            bytes += report.profileExtension
        case .sourceDescription(let descriptions):
            (type, count) = (202, min(descriptions.count, 31))
            for description in descriptions.prefix(31) { description.append(to: &bytes, from: start) }
        case .goodbye(let sources, let reason):
            (type, count) = (203, min(sources.count, 31))
            for source in sources.prefix(31) { bytes.append(network: source) }
            if let reason { Self.append(reason.utf8(prefix: 255), to: &bytes) }
        case .application(let application):
            (type, count) = (204, Int(application.subtype & 0x1F))
            bytes.append(network: application.ssrc)
            bytes.append(network: application.name)
            bytes += application.data
        case .other(let otherType, let otherCount, let body):
            (type, count) = (otherType, Int(otherCount & 0x1F))
            bytes += body
        }
        while (bytes.count - start) % 4 != 0 { bytes.append(0) }
        bytes.removeLast(max(0, bytes.count - start - Self.maximumByteCount))
        bytes[start] = 0x80 | UInt8(count)
        bytes[start + 1] = type
        let words = UInt16(truncatingIfNeeded: (bytes.count - start) / 4 - 1)
        bytes[start + 2] = UInt8(words >> 8)
        bytes[start + 3] = UInt8(truncatingIfNeeded: words)
    }

    /// Writes bytes behind one that says how many they are.
    fileprivate static func append(_ text: some Collection<UInt8>, to bytes: inout [UInt8]) {
        bytes.append(UInt8(clamping: text.count))
        bytes += text.prefix(255)
    }

    /// - Unit: bytes; what the length of a packet can say.
    private static let maximumByteCount = 4 * 65_536
}

extension RTCPReportBlock {
    fileprivate func append(to bytes: inout [UInt8]) {
        bytes.append(network: self.ssrc)
        let lost = min(max(self.cumulativeLost, -0x80_0000), 0x7F_FFFF)
        bytes.append(network: UInt32(self.fractionLost) << 24 | UInt32(bitPattern: lost) & 0xFF_FFFF)
        bytes.append(network: self.highestSequenceNumber)
        bytes.append(network: self.jitter)
        bytes.append(network: self.lastSenderReport)
        bytes.append(network: self.delaySinceLastSenderReport)
    }
}

extension RTCPSourceDescription {
    fileprivate func append(to bytes: inout [UInt8], from start: Int) {
        bytes.append(network: self.ssrc)
        // Type 0 would end the items.
        for item in self.items where item.type != 0 {
            bytes.append(item.type)
            RTCPPacket.append(item.bytes, to: &bytes)
        }
        repeat { bytes.append(0) } while (bytes.count - start) % 4 != 0
    }
}
