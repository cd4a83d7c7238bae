import CallRecordingSRTP
import RTP

/// Packets that are arrays.
extension SRTPStream {
    /// What a packet is when it leaves.
    func protected(_ packet: [UInt8], isControl: Bool = false, room: Int = 160) throws -> [UInt8] {
        try packet.changed(room: room) { output in Result { try self.protect(&output, isControl: isControl) } }
    }

    /// What a packet is when it has been taken.
    func unprotected(_ packet: [UInt8], isControl: Bool = false) throws -> [UInt8] {
        try packet.changed(room: 0) { output in Result { try self.unprotect(&output, isControl: isControl) } }
    }
}

extension [UInt8] {
    fileprivate func changed(
        room: Int, _ change: (inout OutputSpan<UInt8>) -> Result<Void, any Error>
    ) throws -> [UInt8] {
        var result = Result<Void, any Error>.success(())
        let bytes = [UInt8](capacity: self.count + room) { output in
            for byte in self { output.append(byte) }
            result = change(&output)
        }
        try result.get()
        return bytes
    }
}

func key(_ suite: SRTPSuite = .aes128CounterSHA1Tag80, seed: UInt64 = 1, lifetime: UInt64? = nil) -> SRTPKey {
    var tokens = TokenGenerator(seed: seed)
    let made = SRTPKey(suite: suite, using: &tokens)
    guard let lifetime else { return made }
    let secret = made.withKeyAndSalt { secret in secret.indices.map { secret[$0] } }
    return SRTPKey(suite: suite, keyAndSalt: secret, lifetime: lifetime) ?? made
}

func speech(_ number: Int, ssrc: UInt32 = 7, count: Int = 160) -> [UInt8] {
    let payload = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ number) }
    let header = RTPHeader(
        payloadType: 0, sequenceNumber: UInt16(truncatingIfNeeded: number),
        timestamp: UInt32(truncatingIfNeeded: 160 &* number), ssrc: ssrc)
    return header.encoded(payload: payload.span)
}

let report = RTCPCompound([
    .receiverReport(RTCPReceiverReport(ssrc: 7, reports: [RTCPReportBlock(ssrc: 8, highestSequenceNumber: 1)])),
    .sourceDescription([RTCPSourceDescription(ssrc: 7, items: [.cname("7001")])]),
])
.encoded()

func bytes(hex: String) -> [UInt8] {
    let digits = hex.compactMap(\.hexDigitValue)
    return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
}
