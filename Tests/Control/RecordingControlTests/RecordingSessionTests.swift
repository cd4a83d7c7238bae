import CallRecordingTesting
import FoundationEssentials
import RecordingControl
import Testing

@Suite struct RecordingSessionTests {
    @Test(arguments: [
        "mid-call-control", "start-again-after-stop", "sticky", "second-start", "recorder-fails",
        "pause-not-confirmed", "pause-races-stop", "leaves-while-starting", "start-while-stopping", "stop-refused",
        "wrong-state",
    ])
    func `a recording does what its transcript says`(name: String) throws {
        let transcript = try Transcript(Self.fixture("recording.\(name).call"))
        var session = RecordingSession()
        try transcript.replay(
            on: &session, event: { RecordingSession.Event($0) }, describe: { $0.description })
    }

    @Test(arguments: [
        RecorderReport.failed("gone"), .stopped, .refused("no"), .started, .paused, .resumed,
    ])
    func `a recorder without a recording changes nothing`(report: RecorderReport) {
        var session = RecordingSession()
        #expect(session.handle(.recorder(report)).isEmpty)
        #expect(session == RecordingSession())
    }

    @Test func `whatever happens, what was announced is what the recorder last confirmed`() {
        var tokens = TokenGenerator(seed: 7)
        for _ in 0..<300 {
            var session = RecordingSession()
            var announced = RecordingState.off
            for _ in 0..<40 {
                let event = Self.events.randomElement(using: &tokens) ?? .stopRequested
                for case .announce(let state) in session.handle(event) {
                    guard case .recorder = event else {
                        Issue.record("\(event) announced \(state)")
                        return
                    }
                    #expect(state != announced)
                    announced = state
                }
                #expect(session.announced == announced)
                #expect((session.phase == .off) == session.recordedParties.isEmpty || session.phase == .stopping)
            }
        }
    }

    private static let events: [RecordingSession.Event] = [
        .requested(for: "7001", by: .dnOption), .requested(for: "7002", by: .tLibraryClient), .released("7001"),
        .released("7002"), .pauseRequested, .resumeRequested, .stopRequested, .recorder(.started), .recorder(.paused),
        .recorder(.resumed), .recorder(.stopped), .recorder(.failed("gone")),
    ]

    private static func fixture(_ name: String) throws -> String {
        let file = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        return try String(contentsOf: URL(filePath: "/\(file)/Fixtures/transcripts/\(name)"), encoding: .utf8)
    }
}
