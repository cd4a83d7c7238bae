import CallAudio
import CallCore
import CallRecordingTesting
import RTP
import RecordingStorage
import Testing

/// Whole calls whose parties hear that they are recorded.
@Suite struct PromptedCallTests {
    private static let words = SoundClip(PromptTone(frequency: 700, duration: .seconds(5), level: -10))
    private static let speech = [UInt8](repeating: G711.muLaw.encode(3_000), count: 30 * 8_000)

    private static func call(_ prompts: RecordingPrompts, hangingUpAfter end: Duration) -> SimulatedCall {
        var configuration = SimulatedCall.configuration(record: true)
        configuration.profile.prompts = prompts
        var call = SimulatedCall(
            seed: 8, configuration: configuration, script: [SimulatedCall.Step(end, .hangUp)],
            callerSpeech: Self.speech, calleeSpeech: Self.speech)
        call.sounds = SoundLibrary(["file:words.wav": Self.words])
        return call
    }

    /// Which 20 ms of what a phone heard are a tone.
    private static func frames(of frequency: Int, heardBy phone: PhoneMedia) -> [Int] {
        let heard = phone.heardSamples().map { G711.muLaw.decode($0) }
        return stride(from: 0, to: heard.count - 160, by: 160).filter {
            ToneMeter.level(of: frequency, in: heard[$0..<$0 + 160]) > -26
        }.map { $0 / 160 }
    }

    private static func asking(_ listeners: PromptListeners = .both) -> RecordingPrompts {
        RecordingPrompts(
            announcement: RecordingAnnouncement(
                sound: .file("file:words.wav"), listeners: listeners, asksConsent: true))
    }

    @Test func `both phones hear the beep again and again, and the recording has none of it`() async throws {
        let outcome = try await Self.call(
            RecordingPrompts(beep: RecordingBeep(silence: .seconds(4))), hangingUpAfter: .seconds(14)
        ).run()
        let file = try #require(outcome.recording?.mediaFiles.first)
        for phone in outcome.phones {
            let frames = Self.frames(of: 1_400, heardBy: phone)
            // Four beeps of ten packets, whose first and last may be cut in two.
            #expect((36...44).contains(frames.count))
            let begins = frames.indices.filter { $0 == 0 || frames[$0] - frames[$0 - 1] > 100 }.map { frames[$0] }
            #expect(begins.count == 4)
            for (one, other) in zip(begins, begins.dropFirst()) { #expect((208...213).contains(other - one)) }
        }
        #expect(file.verdict.summary == "complete")
        #expect(file.verdict.prompts.count == 8)
        #expect(Set(file.verdict.prompts.map(\.dn)) == ["7001", "7002"])
        #expect(file.verdict.prompts.allSatisfy { $0.kind == .beep && $0.interruption == nil })
        #expect(file.verdict.consent == nil)
        let sound = try RecordedSound(file, of: outcome)
        for channel in sound.channels { #expect(ToneMeter.level(of: 1_400, in: channel) < -60) }
    }

    @Test func `a consent that both have heard in full is a fact of the recording`() async throws {
        let outcome = try await Self.call(Self.asking(), hangingUpAfter: .seconds(12)).run()
        let file = try #require(outcome.recording?.mediaFiles.first)
        for phone in outcome.phones {
            #expect((248...252).contains(Self.frames(of: 700, heardBy: phone).count))
        }
        let heardAt = try #require(file.verdict.consent?.heardAt)
        #expect((.seconds(5)...Duration.seconds(6)).contains(heardAt))
        #expect(file.parameters["consent"]?.hasPrefix("heard in full at 5.") == true)
    }

    @Test func `a call that ends within the announcement is not consented, and it is said why`() async throws {
        let outcome = try await Self.call(Self.asking(.recordDN), hangingUpAfter: .milliseconds(3_400)).run()
        let file = try #require(outcome.recording?.mediaFiles.first)
        #expect(Self.frames(of: 700, heardBy: outcome.phones[0]).isEmpty)
        #expect(file.verdict.consent?.heardAt == nil)
        let prompt = try #require(file.verdict.prompts.first)
        #expect(prompt.dn == "7001")
        #expect((.seconds(2)...Duration.milliseconds(3_400)).contains(prompt.played))
        let tenths = prompt.played.milliseconds / 100
        #expect(
            file.parameters["consent"]
                == "not heard by 7001: the call or its recording ended after \(tenths / 10).\(tenths % 10) of 5.0 s")
    }

    @Test func `the phones' streams have no break where prompts come and go`() async throws {
        let prompts = RecordingPrompts(
            beep: RecordingBeep(silence: .seconds(2)), announcement: Self.asking().announcement)
        let outcome = try await Self.call(prompts, hangingUpAfter: .seconds(14)).run()
        for phone in outcome.phones {
            // The stream of the media server is the one that holds the most.
            let streams = Dictionary(grouping: phone.heard, by: \.header.ssrc)
            let heard = try #require(streams.values.max { $0.count < $1.count })
            for (one, next) in zip(heard, heard.dropFirst()) {
                #expect(next.header.sequenceNumber == one.header.sequenceNumber &+ 1)
                #expect(one.time.duration(to: next.time) <= .milliseconds(40))
                let step = Int32(bitPattern: next.header.timestamp &- one.header.timestamp)
                #expect((160...400).contains(step))
            }
        }
    }
}
