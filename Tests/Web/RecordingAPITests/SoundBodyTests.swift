import RecordingAPI
import Testing

@Suite struct `The sound of a media file in JSON` {
    @Test func `times are milliseconds, levels dBov, and outlines base64`() throws {
        let text = String(decoding: MediaFilesPost([try sampleFile()]).encoded(), as: UTF8.self)
        let expected =
            #""sound":{"channels":["#
            + #"{"crossTalk":20,"level":-23.4,"peaks":"gH//AA==","silence":7500,"talk":5020},"#
            + #"{"crossTalk":0,"peaks":"","silence":12520,"talk":0}],"length":12520,"peakInterval":100,"silence":7500}"#
        #expect(text.contains(expected))
    }

    @Test func `a file of before has none`() throws {
        #expect(try MediaFilesPost(parsing: fixture("media-files-post.json")).mediaFiles.allSatisfy { $0.sound == nil })
    }
}
