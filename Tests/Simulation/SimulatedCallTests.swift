import CallAudio
import CallCore
import CallRecordingInProcess
import CallRecordingTesting
import CaptureJournal
import RecordingStorage
import TLib
import Testing

/// The call of the guide through the whole system, with a virtual clock, network and disk.
@Suite struct SimulatedCallTests {
    /// The parties take turns, so that each can be told by where it is heard.
    private static let callerSpeech = speech(frequency: 440, talking: [0.5..<4.5, 12..<17, 22..<24.8])
    private static let calleeSpeech = speech(frequency: 1_000, talking: [5..<11.3, 18..<21.3])

    private static func speech(frequency: Int, talking: [Range<Double>]) -> [UInt8] {
        let tone = Tone.pulses(frequency: frequency, seconds: 25)
        return tone.indices.map { index in
            talking.contains { $0.contains(Double(index) / 8_000) } ? tone[index] : G711.muLaw.silence
        }
    }

    private static func call(
        seed: UInt64, signalling: SimulatedCall.Signalling = .init(), media: MediaNetworkConditions = .init()
    ) -> SimulatedCall {
        SimulatedCall(
            seed: seed, signalling: signalling, media: media, callerSpeech: Self.callerSpeech,
            calleeSpeech: Self.calleeSpeech)
    }

    @Test func `a call is recorded as the T-Library client asks, and its file is what the parties said`() async throws {
        let outcome = try await Self.call(seed: 1).run()
        #expect(outcome.recordingStates == ["ON", "PAUSED", "ON", "OFF"])
        #expect(outcome.events.filter { $0.message.type == .eventACK }.count >= 4)
        #expect(outcome.events.allSatisfy { $0.message.type != .eventError })
        let recording = try #require(outcome.recording)
        #expect(recording.callerPhoneNumber == "7002")
        #expect(recording.dialedPhoneNumber == "7001")
        let file = try #require(recording.mediaFiles.first)
        #expect(file.verdict.summary == "complete")
        #expect(file.verdict.pauses.count == 1)
        let sound = try RecordedSound(file, of: outcome)
        for (channel, reference) in [Self.callerSpeech, Self.calleeSpeech].enumerated() {
            let match = sound.match(reference, in: channel, of: outcome)
            #expect(match.correlation > 0.99)
            #expect(abs(match.offset - sound.expected(channel, of: outcome)) <= 240)
            #expect(sound.match(reference, in: 1 - channel, of: outcome).correlation < 0.3)
        }
        #expect(sound.loudestInPauses == -120)
    }

    @Test func `nothing that was said in the pause is ever written`() async throws {
        let outcome = try await Self.call(seed: 2).run()
        let file = try #require(outcome.recording?.mediaFiles.first)
        let pause = try #require(file.verdict.pauses.first)
        let began = file.startTime.milliseconds - outcome.epoch.milliseconds
        let paused = (began + pause.start.milliseconds + 1)..<(began + pause.end.milliseconds)
        for batch in outcome.journal {
            var reader = JournalReader()
            while let record = reader.next(in: batch.span) {
                #expect(record.kind != .packet || !paused.contains(record.time.nanoseconds / 1_000_000))
            }
        }
    }

    @Test func `the same seed makes the same call`() async throws {
        let media = MediaNetworkConditions(
            loss: 0.02, duplication: 0.01, reordering: 0.02, delay: .milliseconds(5), jitter: .milliseconds(10))
        let first = try await Self.call(seed: 3, signalling: .init(loss: 0.05), media: media).run()
        let second = try await Self.call(seed: 3, signalling: .init(loss: 0.05), media: media).run()
        #expect(first.files == second.files)
        #expect(first.events.map(\.message) == second.events.map(\.message))
        #expect(first.journal == second.journal)
    }

    @Test(arguments: 10..<16 as Range<UInt64>)
    func `whatever the network does to the media, the verdict says what is missing and the rest is in its place`(
        seed: UInt64
    ) async throws {
        let media = MediaNetworkConditions(
            loss: 0.03, duplication: 0.02, reordering: 0.03, reorderingDelay: .milliseconds(60),
            delay: .milliseconds(10),
            jitter: .milliseconds(15))
        let outcome = try await Self.call(seed: seed, media: media).run()
        let file = try #require(outcome.recording?.mediaFiles.first, "seed \(seed)")
        let sound = try RecordedSound(file, of: outcome)
        for (channel, stream) in file.verdict.streams.enumerated() {
            // All that was sent while it recorded is in the file or is said to be missing; a few packets cross its ends.
            let expected = Int((file.duration - sound.pausedTime).milliseconds) / 20
            #expect(abs(stream.received + stream.lost + stream.late - expected) <= 12, "seed \(seed): \(stream)")
            #expect(stream.lost > 0, "seed \(seed)")
            #expect(stream.duplicate > 0, "seed \(seed)")
            let match = sound.match([Self.callerSpeech, Self.calleeSpeech][channel], in: channel, of: outcome)
            #expect(match.correlation > 0.85, "seed \(seed)")
            #expect(abs(match.offset - sound.expected(channel, of: outcome)) <= 480, "seed \(seed)")
        }
        #expect(sound.loudestInPauses == -120, "seed \(seed)")
    }

    @Test(arguments: 20..<26 as Range<UInt64>)
    func `whatever the network does to the signalling, the client is told the truth and the file is whole`(
        seed: UInt64
    ) async throws {
        var call = Self.call(seed: seed, signalling: .init(loss: 0.1, duplication: 0.05, delay: .milliseconds(40)))
        call.script = SimulatedCall.guide.dropLast() + [SimulatedCall.Step(.seconds(40), .hangUp)]
        let outcome = try await call.run()
        #expect(outcome.recordingStates == ["ON", "PAUSED", "ON", "OFF"], "seed \(seed)")
        let file = try #require(outcome.recording?.mediaFiles.first, "seed \(seed)")
        #expect(file.verdict.summary == "complete", "seed \(seed)")
        #expect(file.verdict.pauses.count == 1, "seed \(seed)")
        #expect(try RecordedSound(file, of: outcome).loudestInPauses == -120, "seed \(seed)")
    }

    @Test func `a file that cannot be stored stays on the node and is stored later`() async throws {
        var call = Self.call(seed: 4)
        call.storeFailures = 5
        let outcome = try await call.run()
        #expect(outcome.recording != nil)
        #expect(outcome.reports.contains { $0.name == "upload.failed" })
        #expect(outcome.files.count == 1)
    }

    @Test func `a call of a DN with record=true is recorded from its answer to its end`() async throws {
        var call = Self.call(seed: 5)
        call.configuration = SimulatedCall.configuration(record: true)
        call.script = [SimulatedCall.Step(.milliseconds(25_500), .hangUp)]
        let outcome = try await call.run()
        let file = try #require(outcome.recording?.mediaFiles.first)
        #expect(file.verdict.summary == "complete")
        #expect(file.verdict.pauses.isEmpty)
        #expect(abs(file.duration.milliseconds - 25_500) < 300)
        let sound = try RecordedSound(file, of: outcome)
        #expect(sound.match(Self.callerSpeech, in: 0, of: outcome).correlation > 0.99)
        #expect(sound.match(Self.calleeSpeech, in: 1, of: outcome).correlation > 0.99)
    }

    @Test func `the parties hear each other without a break while the media is moved`() async throws {
        let outcome = try await Self.call(seed: 6).run()
        for (listener, speech) in [(1, Self.callerSpeech), (0, Self.calleeSpeech)] {
            let heard = outcome.phones[listener].heardSamples().map { G711.muLaw.decode($0) }
            let match = AudioComparison.match(
                speech.map { G711.muLaw.decode($0) }, in: heard, offsets: -8_000...8_000)
            #expect(match.correlation > 0.98)
            let arrivals = outcome.phones[listener].heard.map(\.time)
            let longest = zip(arrivals, arrivals.dropFirst()).map { $0.duration(to: $1) }.max() ?? .zero
            #expect(longest <= .milliseconds(60))
        }
    }
}
