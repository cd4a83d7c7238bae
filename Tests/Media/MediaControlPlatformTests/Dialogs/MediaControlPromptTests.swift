import CallAudio
import CallCore
import MSML
import Testing

@testable import MediaControlPlatform

/// What of an IVR profile becomes sounds for the parties.
@Suite struct MediaControlPromptTests {
    private static let agent = LegID(rawValue: 1)
    private static let customer = LegID(rawValue: 2)
    private static let words = SoundClip(samples: [1, 2, 3])

    /// The plan of a call that 7800000, the agent, is recorded for.
    private func plan(
        _ prompts: RecordingPrompts, parameters: [String: String] = [:]
    ) throws -> (plan: PromptPlan?, bench: MediaControlBench) {
        var bench = MediaControlBench(
            MediaServerConfiguration(
                profile: IVRProfile(prompts: prompts), sounds: SoundLibrary(["file:words.wav": Self.words])))
        var first = try bench.leg(dn: "7800000")
        let second = try bench.leg(dn: "15105550123")
        var document = MediaControlBench.startDocument(first, second)
        for (name, value) in parameters {
            document = document.replacing(
                "</gvp:params>", with: "<gvp:param name=\"\(name)\">\(value)</gvp:param></gvp:params>")
        }
        #expect(try bench.msml(document, in: &first).response == 200)
        for case .promptParties(_, let plan) in bench.orders { return (plan, bench) }
        return (nil, bench)
    }

    @Test func `by default the parties hear nothing`() throws {
        let (plan, bench) = try self.plan(.none)
        #expect(plan == nil)
        #expect(bench.tickets.first?.consentChannels == nil)
    }

    @Test(arguments: [
        (PromptListeners.both, [Self.agent, Self.customer]), (.recordDN, [Self.agent]), (.otherDN, [Self.customer]),
    ])
    func `a beep goes to whom the profile says`(listeners: PromptListeners, legs: [LegID]) throws {
        let (plan, _) = try self.plan(RecordingPrompts(beep: RecordingBeep(listeners: listeners)))
        #expect(plan?.beep?.legs == legs)
        #expect(plan?.beep?.clip == SoundClip(PromptTone()))
        #expect(plan?.silence == .seconds(15))
    }

    @Test func `the prompts are ordered with the recording, before any packet after it`() throws {
        let (_, bench) = try self.plan(RecordingPrompts(beep: RecordingBeep()))
        let start = bench.orders.firstIndex { if case .startRecording = $0 { true } else { false } }
        let prompts = bench.orders.firstIndex { if case .promptParties = $0 { true } else { false } }
        #expect(start.map { $0 + 1 } == prompts)
    }

    @Test func `silence below the least is brought up to it`() throws {
        let (plan, _) = try self.plan(RecordingPrompts(beep: RecordingBeep(silence: .milliseconds(10))))
        #expect(plan?.silence == .milliseconds(1_500))
    }

    @Test func `extensions of the request stand above the profile`() throws {
        let (plan, _) = try self.plan(
            RecordingPrompts(beep: RecordingBeep()),
            parameters: ["AudioSrc": "file:words.wav", "ToneSilenceDuration": "20000"])
        #expect(plan?.beep?.clip == Self.words)
        #expect(plan?.silence == .seconds(20))
        let (other, _) = try self.plan(.none, parameters: ["audiosrc": "file:words.wav"])
        #expect(other?.silence == .seconds(30))
        let (none, _) = try self.plan(RecordingPrompts(beep: RecordingBeep()), parameters: ["audiosrc": ""])
        #expect(none == nil)
    }

    @Test func `who must hear an announcement stands in the ticket, whatever SIP Server says of it`() throws {
        let announcement = RecordingAnnouncement(
            sound: .file("file:words.wav"), listeners: .otherDN, asksConsent: true)
        let (plan, bench) = try self.plan(
            RecordingPrompts(announcement: announcement), parameters: [RecordingTicket.consentParameter: "0"])
        #expect(plan?.asksConsent == true)
        #expect(plan?.announcement?.legs == [Self.customer])
        #expect(bench.tickets.first?.consentChannels == [1])
        let (_, other) = try self.plan(.none, parameters: [RecordingTicket.consentParameter: "0"])
        #expect(other.tickets.first?.consentChannels == nil)
    }

    @Test func `a sound that is not there raises an alarm, the call is recorded, and nobody counts as asked`() throws {
        let announcement = RecordingAnnouncement(sound: .file("file:other.wav"), asksConsent: true)
        let (plan, bench) = try self.plan(RecordingPrompts(announcement: announcement))
        #expect(plan == nil)
        #expect(bench.reports.contains { $0.level == .alarm && $0.name == "prompt.missing" })
        #expect(bench.tickets.first?.consentChannels == [0, 1])
    }

    @Test func `where the recorded DN is none of the parties all hear it`() throws {
        let channels = [RecordingTicket.Channel(leg: Self.agent, dn: "1"), .init(leg: Self.customer, dn: "2")]
        var control = MediaControlBench(
            MediaServerConfiguration(
                profile: IVRProfile(prompts: RecordingPrompts(beep: RecordingBeep(listeners: .otherDN))))
        ).control
        let plan = control.promptPlan(for: channels, ["recordDN": "3"])
        #expect(plan?.beep?.legs == [Self.agent, Self.customer])
    }
}
