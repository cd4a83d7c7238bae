import CallCore
import RecordingStorage
import Testing

@Suite struct RecordingEvidenceTests {
    /// What the evidence is, and what the verdict must be.
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var evidence: RecordingEvidence
        var summary: String
    }

    static func stream(
        _ dn: String = "7001", received: Int = 100, lost: Int = 0, late: Int = 0, duplicate: Int = 0,
        unreadable: Int = 0, sender: RecordingEvidence.Sender? = nil
    ) -> RecordingEvidence.Stream {
        RecordingEvidence.Stream(
            counts: Verdict.Stream(
                dn: dn, channel: 0, received: received, lost: lost, late: late, duplicate: duplicate),
            unreadable: unreadable, sender: sender)
    }

    static let cases = [
        Case(
            testDescription: "nothing is missing", evidence: RecordingEvidence(streams: [stream()]), summary: "complete"
        ),
        Case(
            testDescription: "what came twice is not missing",
            evidence: RecordingEvidence(streams: [stream(duplicate: 7)]), summary: "complete"),
        Case(
            testDescription: "a pause was ordered",
            evidence: RecordingEvidence(
                streams: [stream()],
                pauses: [RecordingEvidence.Pause(span: Mask(start: .seconds(1), end: .seconds(2)))]),
            summary: "complete"),
        Case(
            testDescription: "lost and late packets of all parties",
            evidence: RecordingEvidence(streams: [stream(lost: 2), stream("7002", late: 1)]),
            summary: "complete except 3 lost packets"),
        Case(
            testDescription: "nobody was heard of one party",
            evidence: RecordingEvidence(streams: [stream(lost: 1), stream("7002", received: 0)]),
            summary: "partial: nothing was received from 7002"),
        Case(
            testDescription: "packets that cannot be read",
            evidence: RecordingEvidence(streams: [stream(unreadable: 4)]),
            summary: "partial: 4 packets from 7001 could not be read"),
        Case(
            testDescription: "a cut",
            evidence: RecordingEvidence(streams: [stream()], cuts: ["the media server stopped while it recorded"]),
            summary: "partial: the media server stopped while it recorded"),
        Case(
            testDescription: "a sender whose count agrees but for what may be on its way",
            evidence: RecordingEvidence(streams: [
                stream(sender: RecordingEvidence.Sender(reportCount: 2, packetCount: 500, sent: 250, accounted: 240))
            ]),
            summary: "complete"),
        Case(
            testDescription: "a sender whose packets did not all come, which no number shows",
            evidence: RecordingEvidence(streams: [
                stream(sender: RecordingEvidence.Sender(reportCount: 2, packetCount: 500, sent: 250, accounted: 200))
            ]),
            summary: "partial: 7001 counts 50 packets more than came or are known to be lost"),
        Case(
            testDescription: "a sender who counts less than came",
            evidence: RecordingEvidence(streams: [
                stream(sender: RecordingEvidence.Sender(reportCount: 2, packetCount: 500, sent: 200, accounted: 250))
            ]),
            summary: "complete"),
        Case(
            testDescription: "several things, cuts first",
            evidence: RecordingEvidence(
                streams: [stream(received: 0, unreadable: 1)], cuts: ["a.mp3 could not be made: no encoder"]),
            summary: "partial: a.mp3 could not be made: no encoder; nothing was received from 7001; "
                + "1 packets from 7001 could not be read"),
    ]

    @Test(arguments: cases)
    func `the verdict follows from the evidence`(example: Case) {
        #expect(example.evidence.verdict.summary == example.summary)
    }
}
