// modules: CallCore RTP
// inputs: 2000000
// seeds: Tests/Fuzz/Corpus/RTP
import CallCore
import RTP

/// Payload and extension lie within the packet, and a packet that is written anew from its parts is read as it was.
func fuzz(_ bytes: [UInt8]) {
    _ = MediaDatagramKind(of: bytes.span)
    guard let header = try? RTPHeader(parsing: bytes.span) else { return }
    let payload = header.payloadRange
    expect(payload.lowerBound >= 12 && payload.upperBound <= bytes.count, "The payload lies outside the packet")
    for id in 0...16 as ClosedRange<UInt8> {
        guard let place = header.extensionElement(id, in: bytes.span) else { continue }
        expect(
            place.lowerBound > header.extensionRange.lowerBound + 4
                && place.upperBound <= header.extensionRange.upperBound,
            "An element lies outside the extension")
    }
    let part = RTPHeaderExtension(of: header, in: bytes.span)
    let elements = part?.elements ?? []
    if let anew = RTPHeaderExtension(elements) { expect(anew.elements == elements, "Read as other elements") }
    let parts = RTPHeader.Parts(
        contributingSources: header.contributingSources(in: bytes.span), headerExtension: part,
        paddingCount: UInt8(clamping: bytes.count - payload.upperBound))
    let written = header.encoded(payload: bytes.span.extracting(payload), with: parts)
    // What padding holds but its last byte means nothing.
    let end = payload.upperBound
    expect(written.count == bytes.count && written[..<end] == bytes[..<end], "Written as another packet")
    _ = try? ComfortNoise(parsing: bytes.span.extracting(payload))
}
