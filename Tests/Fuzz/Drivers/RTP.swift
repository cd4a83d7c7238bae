// modules: CallCore RTP
// seeds: Tests/Fuzz/Corpus/RTP
import CallCore
import RTP

/// The payload lies within the packet; events and control packets are read without a trap.
func fuzz(_ bytes: [UInt8]) {
    if let header = try? RTPHeader(parsing: bytes.span) {
        let payload = header.payloadRange
        expect(payload.lowerBound >= 12 && payload.upperBound <= bytes.count, "The payload lies outside the packet")
        _ = try? TelephoneEvent(parsing: bytes.span.extracting(payload))
    }
    guard let compound = try? RTCPCompound(parsing: bytes.span) else { return }
    let written = compound.encoded()
    let again = try? RTCPCompound(parsing: written.span)
    expect(again == compound || compound.packets.isEmpty, "Read as other control packets")
}
