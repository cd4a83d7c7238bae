// modules: CallCore RecordingStorage
// inputs: 1000000
// seeds: Tests/Fixtures/manifest
import CallCore
import RecordingStorage

/// What is read as a manifest is written as the very same bytes, and what follows from it never traps.
func fuzz(_ bytes: [UInt8]) {
    if let json = try? CanonicalJSON(parsing: bytes) {
        expect(json.encoded() == bytes, "JSON was read that is written in another way")
    }
    let requester = Requester(parsing: bytes)
    expect(Requester(parsing: requester.encoded()) == requester, "Somebody else had the recording paused")
    guard let signed = try? SignedManifest(parsing: bytes) else { return }
    expect(signed.encoded() == bytes, "A manifest was read that is written in another way")
    _ = signed.manifest.contradictions
    _ = signed.manifest.evidence.verdict.summary
}
