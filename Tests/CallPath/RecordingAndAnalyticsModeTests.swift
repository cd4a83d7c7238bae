import CallRecording
import Foundation
import Testing

/// Two files of each call, one to play and one for speech analytics: the guide's "Recording and Analytics" mode.
@Suite struct RecordingAndAnalyticsModeTests {
    @Test func `the files are stored first, then the web services are told, then Interaction Receiver`() async throws {
        let log = Log<String>()
        try await withSite {
            $0.recordings = WatchedStore(name: "recordings", inner: $0.recordings, log: log)
            $0.analytics = $0.analytics.map { WatchedStore(name: "analytics", inner: $0, log: log) }
            $0.interactions = $0.interactions.map { WatchedStore(name: "interactions", inner: $0, log: log) }
            $0.metadata = WatchedMetadata(inner: $0.metadata, log: log)
        } _: { site in
            try await site.call(seconds: 0.5)
            try await site.settled()
            #expect(
                log.all == [
                    "recordings has a mp3", "analytics has a wav", "web services have the metadata",
                    "interactions has a wav", "interactions has a json",
                ])
        }
    }

    @Test func `both files hold the same call`() async throws {
        try await withSite { site in
            try await site.call()
            let recording = try await site.recording()
            #expect(recording.mediaFiles.map(\.type) == ["audio/mp3", "audio/wav"])
            let (mp3, wav) = (try recording.file("audio/mp3"), try recording.file("audio/wav"))
            #expect(mp3.duration == wav.duration)
            #expect(mp3.verdict == wav.verdict)
            for file in [mp3, wav] { #expect(try await site.sound(of: file).hasPartiesApart) }
        }
    }

    @Test func `Interaction Receiver has the sound as it was stored, and the recording as it was told`() async throws {
        try await withSite { site in
            try await site.call(seconds: 0.5)
            let recording = try await site.recording()
            try await site.settled()
            let interactions = try #require(site.ports.interactions)
            let wav = try recording.file("audio/wav")
            let path = try #require(RecordingPath("interactions/\(recording.id)/\(wav.mediaID)"))
            let kept = try await interactions.get(path, range: nil).bytes()
            #expect(try await kept == site.bytes(of: wav))
            let folder = "\(site.folder)/receiver/interactions/\(recording.id)"
            let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".json") }
            try #require(names.count == 1)
            let told = [UInt8](try Data(contentsOf: URL(filePath: "\(folder)/\(names[0])")))
            #expect(try RecordingPost(parsing: told).recording == recording)
        }
    }

    @Test func `the MP3 goes to the recording store alone, the WAV to that of analytics alone`() async throws {
        try await withSite { site in
            try await site.call(seconds: 0.5)
            let recording = try await site.recording()
            let (mp3, wav) = (try recording.file("audio/mp3").path, try recording.file("audio/wav").path)
            let analytics = try #require(site.ports.analytics)
            _ = try await site.ports.recordings.get(mp3, range: nil)
            _ = try await analytics.get(wav, range: nil)
            let notFound = StorageError(.notFound, "")
            await #expect(throws: notFound) { try await site.ports.recordings.get(wav, range: nil) }
            await #expect(throws: notFound) { try await analytics.get(mp3, range: nil) }
        }
    }
}
