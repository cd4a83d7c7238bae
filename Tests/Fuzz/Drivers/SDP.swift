// modules: CallCore SDP
// inputs: 350000
// seeds: Tests/Fixtures/sdp
import CallCore
import SDP

/// What was read and written is read as the same description, also after a change.
func fuzz(_ bytes: [UInt8]) {
    guard var description = try? SessionDescription(parsing: bytes.span) else { return }
    expect(description.encoded() == bytes, "Not written as it was read")
    expectSame(description)
    _ = (description.times, description.groups, description.bandwidths, description.description)
    for media in description.media {
        _ = (media.rtcp, media.sources, media.content, media.portCount, media.bandwidths, media.maximumPacketTime)
        for crypto in media.crypto {
            expect(SDPCrypto(crypto.value) == crypto, "A key is written as another")
        }
        for codec in media.codecs where codec.isTelephoneEvent {
            let events = codec.formatParameters.flatMap { TelephoneEvents($0) }
            expect(events.flatMap { TelephoneEvents($0.description) } == events, "Events are written as others")
        }
    }
    description.connection = SDPConnection(.loopback(1))
    description.direction = .inactive
    expectSame(description)
}

private func expectSame(_ description: SessionDescription) {
    let written = description.encoded()
    guard let again = try? SessionDescription(parsing: written.span) else { return expect(false, "Not read again") }
    expect(again == description, "Read as another description")
}
