import CallCore
import CaptureJournal
import RecordingStorage
import Testing

@testable import MediaControlPlatform

/// What the journal says of prompts stands in the verdict and travels with the metadata.
@Suite struct RendererPromptTests {
    /// A recording of which the agent, channel 1, is to be asked.
    private func verdict(_ records: [(PromptRecord, at: Int)], asks: Bool = true) throws -> (Verdict, [String: String])
    {
        var scene = RendererScene()
        var ticket = BridgeScene.ticket(files: [RendererScene.wav])
        if asks { ticket.parameters[RecordingTicket.consentParameter] = "1" }
        scene.writer = JournalWriter()
        scene.write(.begun, at: 0, payload: ticket.encoded())
        for time in stride(from: 20, to: 9_000, by: 20) {
            for record in records where (time - 20..<time).contains(record.at) {
                scene.write(.prompted, 1, at: record.at, payload: record.0.encoded())
            }
            scene.callerSays(0x30, at: time)
        }
        scene.write(.ended, at: 9_000)
        let recording = try #require(scene.render().finished.first)
        let record = UploadRecord(recording, tenant: "t", profile: "p", storage: ["directory"])
        return (recording.verdict, record.mediaFiles.first?.parameters ?? [:])
    }

    private func consent(_ end: PromptEnd, played: UInt32) -> PromptRecord {
        PromptRecord(
            kind: .consent, end: end, elapsed: played + 160, played: played, whole: 40_000, name: "file:words.wav")
    }

    @Test func `a beep is listed with its party and its place, and makes the recording no less complete`() throws {
        let beep = PromptRecord(kind: .beep, end: .complete, elapsed: 1_600, played: 1_600, whole: 1_600, name: "tone")
        let (verdict, parameters) = try self.verdict([(beep, at: 3_000)], asks: false)
        #expect(
            verdict.prompts == [
                PlayedPrompt(
                    dn: "7001", channel: 1, kind: .beep, name: "tone",
                    span: Mask(start: .milliseconds(2_800), end: .milliseconds(3_000)), played: .milliseconds(200),
                    length: .milliseconds(200))
            ])
        #expect(verdict.consent == nil)
        #expect(parameters["consent"] == nil)
    }

    @Test func `an announcement that was heard in full is a consent from its end on`() throws {
        let (verdict, parameters) = try self.verdict([
            (self.consent(.held, played: 9_000), at: 1_500), (self.consent(.complete, played: 40_000), at: 7_000),
        ])
        #expect(verdict.consent?.heardAt == .seconds(7))
        #expect(parameters["consent"] == "heard in full at 7.0 s")
        #expect(parameters[RecordingTicket.consentParameter] == nil)
        #expect(verdict.prompts.map(\.interruption) == ["the party was put on hold", nil])
    }

    @Test func `one that was broken off is none, and it is said how far it came`() throws {
        let (verdict, parameters) = try self.verdict([(self.consent(.left, played: 25_600), at: 8_900)])
        #expect(verdict.consent?.heardAt == nil)
        #expect(parameters["consent"] == "not heard by 7001: the call or its recording ended after 3.2 of 5.0 s")
    }

    @Test func `one that never began is none, as after a crash`() throws {
        let (_, parameters) = try self.verdict([])
        #expect(parameters["consent"] == "not heard by 7001: it never began")
    }
}
