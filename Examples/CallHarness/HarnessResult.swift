import CallRecording
import CallRecordingTesting
import Foundation
import FoundationNetworking

/// What was made of the call: fetched from the web services like anybody would, read back and checked.
struct HarnessResult {
    let stage: HarnessStage

    private var view: LiveView { self.stage.view }

    /// Prints what was made; true where everything is as it must be.
    func show(_ played: PlayedCall) async throws -> Bool {
        let recording = try await self.recording(of: played.callUUID)
        var passed = true
        self.view.plain("\nRecording \(recording.id), \(recording.callerPhoneNumber) → \(recording.dialedPhoneNumber)")
        for event in recording.eventHistory {
            let who = [event.firstName, event.lastName].compactMap(\.self).joined(separator: " ")
            let data = event.data.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
            self.view.plain(
                "   \(event.occurredAt.timeOfDay)  \(event.event) \(event.phoneNumber) \(who) \(data)")
        }
        for file in recording.mediaFiles {
            passed = try await self.show(file, of: recording, played) && passed
        }
        passed = try await self.showAnalytics(recording, played) && passed
        if self.stage.beeps {
            for (name, phone) in [("customer", self.stage.customer), ("agent", self.stage.agent)] {
                passed = self.showBeep(heardBy: phone, name) && passed
            }
        }
        self.view.plain(
            "\n\(passed ? "✔ The recording is right." : "✘ The recording is not right.")  Page: \(self.stage.page)")
        return passed
    }

    private func show(_ file: MediaFile, of recording: Recording, _ played: PlayedCall) async throws -> Bool {
        let address =
            "api/v2/recordings/\(recording.id)/play/\(file.playID).\(file.type == "audio/mp3" ? "mp3" : "wav")"
        let (bytes, _) = try await self.get(address, range: nil)
        let (part, status) = try await self.get(address, range: "bytes=100-199")
        let seconds = Double(file.duration.milliseconds) / 1_000
        let folder = file.type == recording.mediaFiles.first?.type ? "recordings" : "analytics"
        self.view.plain("\n   file      \(self.stage.store)/\(folder)/\(file.path)")
        self.view.plain("   length    \(seconds) s, \(file.byteCount) bytes, \(file.type)")
        self.view.plain("   plays at  \(self.stage.page)\(address)")
        let verdict = file.verdict
        for stream in verdict.streams {
            self.view.plain(
                "   channel \(stream.channel)  \(stream.dn): \(stream.received) packets received, \(stream.lost) lost, "
                    + "\(stream.late) late, \(stream.duplicate) duplicate")
        }
        for pause in verdict.pauses {
            self.view.plain("   paused    \(pause.start.milliseconds) – \(pause.end.milliseconds) ms")
        }
        for prompt in verdict.prompts {
            self.view.plain(
                "   played    \(prompt.dn): \(prompt.name), \(prompt.span.start.milliseconds) – "
                    + "\(prompt.span.end.milliseconds) ms")
        }
        self.view.plain("   verdict   \(verdict.summary)")
        let sound = try self.check(file, bytes, played)
        for finding in sound.findings { self.view.plain("   " + finding) }
        let ranges = status == 206 && part == Array(bytes[100..<200])
        self.view.plain("   \(ranges ? "✔" : "✘") plays by byte ranges")
        let whole = bytes.count == Int(file.byteCount)
        if !whole { self.view.plain("   ✘ the store gave \(bytes.count) bytes of \(file.byteCount)") }
        return sound.passed && ranges && whole && verdict.summary == "complete"
    }

    /// Counts the beeps that a phone heard, at least a second apart.
    private func showBeep(heardBy phone: Softphone, _ name: String) -> Bool {
        let heard = phone.media.heardSamples().map { G711.muLaw.decode($0) }
        let frames = stride(from: 0, to: heard.count - 160, by: 160).filter {
            ToneMeter.level(of: PromptTone().frequency, in: heard[$0..<$0 + 160]) > -26
        }
        let count = frames.indices.filter { $0 == 0 || frames[$0] - frames[$0 - 1] > 8_000 }.count
        self.view.plain("   \(count > 1 ? "✔" : "✘") the \(name) heard \(count) beeps")
        return count > 1
    }

    /// What Interaction Receiver keeps: the files for analytics, checked like the others.
    private func showAnalytics(_ recording: Recording, _ played: PlayedCall) async throws -> Bool {
        guard let interactions = self.stage.ports.interactions else { return true }
        var passed = true
        for file in recording.mediaFiles where file.type == "audio/wav" {
            guard let path = RecordingPath("interactions/\(recording.id)/\(file.mediaID)") else { return false }
            let bytes = try await self.wait(for: path, in: interactions)
            self.view.plain("\n   analytics \(self.stage.store)/receiver/\(path)")
            let sound = try self.check(file, bytes, played)
            for finding in sound.findings { self.view.plain("   " + finding) }
            passed = sound.passed && passed
        }
        return passed
    }

    private func wait(for path: RecordingPath, in store: any RecordingStore) async throws -> [UInt8] {
        for _ in 0..<100 {
            if let source = try? await store.get(path, range: nil) { return try await source.bytes() }
            try await Task.sleep(for: .milliseconds(100))
        }
        throw HarnessError("Interaction Receiver did not get \(path) within 10 s")
    }

    private func check(_ file: MediaFile, _ bytes: [UInt8], _ played: PlayedCall) throws -> (
        findings: [String], passed: Bool
    ) {
        try SoundCheck(
            speech: self.stage.speech,
            // A phone sends what was said in the 20 ms before.
            expected: played.beganSpeaking.map { Int($0.milliseconds - 20 - file.startTime.milliseconds) * 8 },
            pauses: file.verdict.pauses.map { Int($0.start.milliseconds) * 8..<Int($0.end.milliseconds) * 8 }
        ).check(bytes, type: file.type)
    }

    /// Asks until the web services have the recording.
    private func recording(of call: CallUUID) async throws -> Recording {
        self.view.line("waiting for the recording to reach the web services")
        for _ in 0..<300 {
            let (bytes, status) = try await self.get("api/v2/recordings/\(call)", range: nil)
            if status == 200 { return try RecordingReply(parsing: bytes).recording }
            try await Task.sleep(for: .milliseconds(100))
        }
        throw HarnessError("the recording of call \(call) did not reach the web services within 30 s")
    }

    private func get(_ path: String, range: String?) async throws -> ([UInt8], Int) {
        guard let url = URL(string: self.stage.page + path) else { throw HarnessError("no address: \(path)") }
        var request = URLRequest(url: url)
        if let range { request.setValue(range, forHTTPHeaderField: "Range") }
        let (data, response) = try await URLSession.shared.data(for: request)
        return (Array(data), (response as? HTTPURLResponse)?.statusCode ?? 0)
    }
}
