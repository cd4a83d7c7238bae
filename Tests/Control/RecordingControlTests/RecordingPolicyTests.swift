import RecordingControl
import Testing

@Suite struct RecordingPolicyTests {
    @Test(arguments: [
        (DN("7001"), RecordingDecision.record), ("7002", .leave), ("unknown", .leave),
    ])
    func `a DN is recorded where its options say so`(dn: DN, expected: RecordingDecision) throws {
        let policy = DNOptionsPolicy(["7001": DNOptions(record: true), "7002": DNOptions()])
        var tokens = TokenGenerator(seed: 1)
        let call = CallSnapshot(
            callUUID: CallUUID(tokens: &tokens), connID: ConnID(rawValue: 1), ani: "9000", dnis: "7001")
        #expect(policy.decision(on: CallParty(dn: dn), joining: call) == expected)
    }
}
