import CallAudio
import CallRecordingDirectory
import Foundation
import Testing

@Suite struct SoundDirectoryTests {
    private static func withFolder(_ files: [String: [UInt8]], _ body: (String) throws -> Void) throws {
        let folder = NSTemporaryDirectory() + "sounds-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        for (name, bytes) in files { try Data(bytes).write(to: URL(fileURLWithPath: folder + "/" + name)) }
        try body(folder)
    }

    private static let wav =
        WAVHeader(format: AudioFormat(.linear16, channels: 1), sampleByteCount: 4).encoded() + [1, 0, 2, 0]

    @Test func `the WAV files of a folder are its sounds, by their names`() throws {
        try Self.withFolder(["beep.wav": Self.wav, "Words.WAV": Self.wav, "notes.txt": [1]]) { folder in
            let sounds = try SoundLibrary(directory: folder)
            #expect(sounds["file:beep.wav"]?.samples == [1, 2])
            #expect(sounds["file:Words.WAV"] != nil)
            #expect(sounds["file:notes.txt"] == nil)
        }
    }

    @Test func `a folder that is not there has no sounds`() throws {
        #expect(try SoundLibrary(directory: "/none/of/this") == SoundLibrary())
    }

    @Test func `a file that cannot be played is named`() throws {
        try Self.withFolder(["odd.wav": [1, 2, 3]]) { folder in
            let error = #expect(throws: AudioError.self) { try SoundLibrary(directory: folder) }
            #expect(error?.message.contains("odd.wav") == true)
        }
    }
}
