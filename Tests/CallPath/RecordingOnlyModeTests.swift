import CallRecording
import Testing

/// One file of each call, and nobody who analyses it: the guide's "Recording Only" mode.
@Suite struct RecordingOnlyModeTests {
    private static let configuration = SwitchConfiguration.twoPhones(profile: IVRProfile(type2: nil))

    @Test func `there is one file, and the web services alone are told`() async throws {
        let log = Log<String>()
        try await withSite(Self.configuration) {
            ($0.analytics, $0.interactions) = (nil, nil)
            $0.recordings = WatchedStore(name: "recordings", inner: $0.recordings, log: log)
            $0.metadata = WatchedMetadata(inner: $0.metadata, log: log)
        } _: { site in
            try await site.call()
            try await site.settled()
            #expect(log.all == ["recordings has a mp3", "web services have the metadata"])
            let recording = try await site.recording()
            #expect(recording.mediaFiles.map(\.type) == ["audio/mp3"])
            #expect(recording.mediaFiles[0].verdict.summary == "complete")
            #expect(try await site.sound(of: recording.mediaFiles[0]).hasPartiesApart)
        }
    }

    @Test func `a second file without a store for analytics rests beside the first`() async throws {
        try await withSite(.twoPhones()) {
            ($0.analytics, $0.interactions) = (nil, nil)
        } _: { site in
            try await site.call(seconds: 0.5)
            let recording = try await site.recording()
            try await site.settled()
            #expect(recording.mediaFiles.map(\.type) == ["audio/mp3", "audio/wav"])
            for file in recording.mediaFiles {
                let stored = try await site.ports.recordings.get(file.path, range: nil)
                #expect(stored.byteCount == file.byteCount)
            }
        }
    }
}
