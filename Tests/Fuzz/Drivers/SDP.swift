// modules: CallCore SDP
// seeds: Tests/Fixtures/sdp
import CallCore
import SDP

/// What was read and written is read as the same description.
func fuzz(_ bytes: [UInt8]) {
    guard let description = try? SessionDescription(parsing: bytes.span) else { return }
    _ = description.audioTarget
    let written = description.encoded()
    guard let again = try? SessionDescription(parsing: written.span) else { return expect(false, "Not read again") }
    expect(again == description, "Read as another description")
}
