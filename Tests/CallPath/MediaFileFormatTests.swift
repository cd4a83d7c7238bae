import CallRecording
import Foundation
import Testing

/// The files that IVR profiles ask for, read back by other programs than made them.
@Suite struct MediaFileFormatTests {
    /// What a profile asks for, and what must come of it.
    struct Wanted: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var profile: IVRProfile
        /// What ffprobe calls it.
        var codec: String
        /// What the phones speak.
        var spoken = [AudioCodec.pcmu]

        static let all = [
            Wanted(
                testDescription: "MP3, 8 kbit/s, mono", profile: IVRProfile(type2: nil, bitRate: 8_000, channels: 1),
                codec: "mp3"),
            Wanted(
                testDescription: "MP3, 16 kbit/s, stereo", profile: IVRProfile(type2: nil, bitRate: 16_000),
                codec: "mp3"),
            Wanted(
                testDescription: "MP3, 32 kbit/s, stereo", profile: IVRProfile(type2: nil, bitRate: 32_000),
                codec: "mp3"),
            Wanted(
                testDescription: "WAV, G.711, stereo", profile: IVRProfile(type: "audio/wav", type2: nil),
                codec: "pcm_mulaw"),
            Wanted(
                testDescription: "WAV, G.711 as A-law phones speak it, stereo",
                profile: IVRProfile(type: "audio/wav", type2: nil), codec: "pcm_alaw", spoken: [.pcma]),
            Wanted(
                testDescription: "MP3, of A-law phones, stereo", profile: IVRProfile(type2: nil), codec: "mp3",
                spoken: [.pcma]),
        ]
    }

    @Test(arguments: Wanted.all)
    func `a file is what the profile asks for, with every party in its place`(_ wanted: Wanted) async throws {
        try await withSite(.twoPhones(profile: wanted.profile)) { site in
            try await site.call(codecs: wanted.spoken)
            let recording = try await site.recording()
            try #require(recording.mediaFiles.map(\.type) == [wanted.profile.type])
            let file = recording.mediaFiles[0]
            #expect(file.verdict.summary == "complete")
            let bytes = try await site.bytes(of: file)
            #expect(Int64(bytes.count) == file.byteCount)
            let sound = try Sound(bytes, type: file.type)
            #expect(sound.sampleRate == 8_000)
            if wanted.codec == "mp3" { #expect(sound.bitRate == wanted.profile.bitRate) }
            if wanted.profile.channels == 2 {
                #expect(sound.hasPartiesApart)
            } else {
                #expect(sound.channels.count == 1)
                for voice in Phones.voices { #expect(sound.share(of: voice, in: 0) > 0.25) }
            }
            Self.expectLength(of: sound, file)
            try await Self.expectSecondOpinion(of: bytes, file, wanted)
        }
    }

    /// As long as the recording, and all that was received has its place in it.
    private static func expectLength(of sound: Sound, _ file: MediaFile) {
        let samples = Int(file.duration.nanoseconds / 125_000)
        if sound.bitRate == nil {
            // The length is told in milliseconds.
            #expect((samples..<samples + 8).contains(sound.frameCount))
        } else {
            // MP3 has whole frames only, and what decoders put before and after is cut off at one end.
            #expect((samples..<samples + 3 * 576).contains(sound.frameCount))
        }
        #expect(file.stopTime.milliseconds - file.startTime.milliseconds == file.duration.milliseconds)
        for stream in file.verdict.streams {
            #expect(stream.received > 50)
            // The first packet brings what was said before the recording began.
            #expect((stream.received - 1) * 160 <= samples)
        }
    }

    /// What ffprobe makes of a file, where there is one.
    private static func expectSecondOpinion(of bytes: [UInt8], _ file: MediaFile, _ wanted: Wanted) async throws {
        guard
            let ffprobe = ["/usr/bin/ffprobe", "/usr/local/bin/ffprobe", "/opt/homebrew/bin/ffprobe"]
                .first(where: FileManager.default.isExecutableFile)
        else { return }
        let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID())-\(file.mediaID)")
        try Data(bytes).write(to: path)
        defer { try? FileManager.default.removeItem(at: path) }
        let text = try await Self.output(
            of: ffprobe,
            ["-v", "error", "-of", "default=nw=1", "-show_entries"]
                + ["stream=codec_name,sample_rate,channels,bit_rate:format=duration", path.path()])
        let facts = Dictionary(
            text.split(separator: "\n").map { line in
                let parts = line.split(separator: "=", maxSplits: 1)
                return (String(parts[0]), String(parts.last ?? ""))
            }, uniquingKeysWith: { first, _ in first })
        #expect(facts["codec_name"] == wanted.codec)
        #expect(facts["sample_rate"] == "8000")
        #expect(facts["channels"] == "\(wanted.profile.channels)")
        if wanted.codec == "mp3" { #expect(facts["bit_rate"] == "\(wanted.profile.bitRate)") }
        let seconds = try #require(facts["duration"].flatMap(Double.init))
        #expect(abs(seconds - Double(file.duration.milliseconds) / 1_000) < 0.25)
    }

    private static func output(of program: String, _ arguments: [String]) async throws -> String {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.standardOutput = pipe
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            process.terminationHandler = { _ in continuation.resume() }
            do { try process.run() } catch { continuation.resume(throwing: error) }
        }
        // A few lines fit the pipe, so that the program has ended before anybody reads them.
        return String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    }
}
