extension RTCPPacket {
    /// Reads what follows the first four bytes of a packet.
    ///
    /// - Parameter offset: where `body` starts in the datagram, for errors.
    init(type: UInt8, count: UInt8, body: Span<UInt8>, at offset: Int) throws(RTPError) {
        switch type {
        case 200:
            guard body.count >= 24 else { throw RTPError(.truncated, offset: offset + body.count) }
            self = .senderReport(
                RTCPSenderReport(
                    ssrc: body.loadUInt32(at: 0), ntpTime: body.loadUInt64(at: 4),
                    rtpTimestamp: body.loadUInt32(at: 12), packetCount: body.loadUInt32(at: 16),
                    octetCount: body.loadUInt32(at: 20),
                    reports: try Self.reports(Int(count), from: 24, in: body, at: offset),
                    profileExtension: Self.bytes(from: 24 + 24 * Int(count), in: body)))
        case 201:
            guard body.count >= 4 else { throw RTPError(.truncated, offset: offset + body.count) }
            self = .receiverReport(
                RTCPReceiverReport(
                    ssrc: body.loadUInt32(at: 0), reports: try Self.reports(Int(count), from: 4, in: body, at: offset),
                    profileExtension: Self.bytes(from: 4 + 24 * Int(count), in: body)))
        case 202:
            self = .sourceDescription(try Self.descriptions(Int(count), in: body, at: offset))
        case 203:
            let sources = Int(count)
            guard body.count >= 4 * sources else { throw RTPError(.truncated, offset: offset + body.count) }
            self = .goodbye(
                sources: (0..<sources).map { body.loadUInt32(at: 4 * $0) },
                reason: try Self.reason(from: 4 * sources, in: body, at: offset))
        case 204:
            guard body.count >= 8 else { throw RTPError(.truncated, offset: offset + body.count) }
            self = .application(
                RTCPApplication(
                    subtype: count, ssrc: body.loadUInt32(at: 0), name: body.loadUInt32(at: 4),
                    data: Self.bytes(from: 8, in: body)))
        default:
            self = .other(type: type, count: count, body: Self.bytes(from: 0, in: body))
        }
    }

    private static func reports(
        _ count: Int, from start: Int, in body: Span<UInt8>, at offset: Int
    ) throws(RTPError) -> [RTCPReportBlock] {
        guard body.count >= start + 24 * count else { throw RTPError(.truncated, offset: offset + body.count) }
        return (0..<count).map { index in
            let block = start + 24 * index
            let loss = body.loadUInt32(at: block + 4)
            return RTCPReportBlock(
                ssrc: body.loadUInt32(at: block), fractionLost: UInt8(loss >> 24),
                // The shifts carry the sign of the 24 bits into all 32.
                cumulativeLost: Int32(bitPattern: loss << 8) >> 8,
                highestSequenceNumber: body.loadUInt32(at: block + 8),
                jitter: body.loadUInt32(at: block + 12), lastSenderReport: body.loadUInt32(at: block + 16),
                delaySinceLastSenderReport: body.loadUInt32(at: block + 20))
        }
    }

    private static func descriptions(
        _ count: Int, in body: Span<UInt8>, at offset: Int
    ) throws(RTPError) -> [RTCPSourceDescription] {
        var descriptions: [RTCPSourceDescription] = []
        var start = 0
        for _ in 0..<count {
            guard start + 4 <= body.count else { throw RTPError(.truncated, offset: offset + body.count) }
            var description = RTCPSourceDescription(ssrc: body.loadUInt32(at: start), items: [])
            start += 4
            while true {
                guard start < body.count else { throw RTPError(.truncated, offset: offset + body.count) }
                let type = body[start]
                if type == 0 { break }
                let bytes = try Self.counted(from: start + 1, in: body, at: offset)
                description.items.append(.init(type: type, bytes: bytes))
                start += 2 + bytes.count
            }
            // The items end with a zero, and more of them up to the next word.
            start = (start + 4) & ~3
            descriptions.append(description)
        }
        return descriptions
    }

    /// What is not UTF-8 in a reason is replaced, and what the wire then could not hold is left out.
    private static func reason(from start: Int, in body: Span<UInt8>, at offset: Int) throws(RTPError) -> String? {
        guard start < body.count else { return nil }
        let text = String(decoding: try Self.counted(from: start, in: body, at: offset), as: UTF8.self)
        return String(Substring(text.utf8(prefix: 255)))
    }

    /// The bytes behind one that says how many they are.
    private static func counted(from start: Int, in body: Span<UInt8>, at offset: Int) throws(RTPError) -> [UInt8] {
        guard start < body.count, start + 1 + Int(body[start]) <= body.count else {
            throw RTPError(.truncated, offset: offset + body.count)
        }
        return (start + 1..<start + 1 + Int(body[start])).map { body[$0] }
    }

    private static func bytes(from start: Int, in body: Span<UInt8>) -> [UInt8] {
        (start..<body.count).map { body[$0] }
    }
}
