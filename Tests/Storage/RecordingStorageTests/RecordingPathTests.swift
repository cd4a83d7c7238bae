import RecordingStorage
import Testing

@Suite struct RecordingPathTests {
    @Test(arguments: ["a", "a/b.mp3", "ä ö/.hidden", "..a", "a.."])
    func `a path is names joined by slashes`(text: String) {
        #expect(RecordingPath(text)?.rawValue == text)
    }

    @Test(arguments: [
        "", "/", "/a", "a/", "a//b", ".", "..", "a/../b", "./a", "a\\b", "a\u{0}", "a\nb",
        String(repeating: "a", count: 1_025),
    ])
    func `anything that could lead elsewhere is no path`(text: String) {
        #expect(RecordingPath(text) == nil)
    }
}
