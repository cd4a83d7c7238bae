import CallCore
import RecordingAPI
import RecordingStorage
import Testing

@Suite struct HostileJSONTests {
    @Test(arguments: [
        ("", RecordingAPIError.Code.malformed), ("{", .malformed), ("[]", .invalid), ("null", .missing),
        (#"{"mediaFiles":null}"#, .missing), (#"{"mediaFiles":{}}"#, .invalid), (#"{"mediaFiles":[{}]}"#, .missing),
        (#"{"mediaFiles":[1]}"#, .invalid), ("\u{0}", .malformed), (#"{"mediaFiles":["#, .malformed),
        ("{\"mediaFiles\":[\"\\ud800\"]}", .invalid),
    ])
    func `what is no post is refused with a reason`(text: String, code: RecordingAPIError.Code) {
        #expect(throws: RecordingAPIError.self) { try MediaFilesPost(parsing: Array(text.utf8)) }
        do {
            _ = try MediaFilesPost(parsing: Array(text.utf8))
        } catch {
            #expect(error.code == code || error.code == .malformed, "\(error)")
            #expect(!error.message.isEmpty)
        }
    }

    @Test(arguments: [
        (#""12523""#, #""-1""#), (#""12523""#, #""nan""#), (#""12523""#, #""inf""#), (#""12523""#, #""1e308""#),
        (#""12523""#, "1e999"), (#""12523""#, "123456789012345678901234567890"), (#""12523""#, #""0x10""#),
        (#""12523""#, "[]"), (#""12523""#, "true"), (#""12523""#, #""9223372036854775807""#),
        (#""199296""#, #""-5""#), (#""199296""#, #""99999999999999999999""#), (#""199296""#, "1.5"),
        (#""masks":[]"#, #""masks":[{"start":5,"end":1}]"#), (#""masks":[]"#, #""masks":[{}]"#),
        ("2015-09-10T16:58:22Z", "2015-13-10T16:58:22Z"), ("2015-09-10T16:58:22Z", "yesterday"),
        (#""callUUID":"011AP643CSAPR4FKQGQE31TAES00029V""#, #""callUUID":"x""#),
        ("http://10.0.0.1/recordings", "http://10.0.0.1/../.."), ("http://10.0.0.1/recordings", "/etc"),
        (
            #""masks":[]"#,
            #""verdict":{"streams":[{"dn":"1","channel":-1,"received":0,"lost":0,"late":0,"duplicate":0}]}"#
        ),
        (
            #""masks":[]"#,
            #""verdict":{"streams":[{"dn":"1","channel":0,"received":9223372036854775807,"lost":0,"late":0,"duplicate":0}]}"#
        ),
        (#""masks":[]"#, #""sound":{"length":-1,"silence":0,"peakInterval":100,"channels":[]}"#),
        (
            #""masks":[]"#,
            #""sound":{"length":1,"silence":0,"peakInterval":100,"channels":[{"talk":-1,"crossTalk":0}]}"#
        ),
        (
            #""masks":[]"#,
            #""sound":{"length":1,"silence":0,"peakInterval":1,"channels":[{"talk":1,"crossTalk":0,"peaks":"gA=="}]}"#
        ),
        (
            #""masks":[]"#,
            #""sound":{"length":1,"silence":0,"peakInterval":1,"channels":[{"talk":1,"crossTalk":0,"peaks":"?"}]}"#
        ),
        (
            #""masks":[]"#,
            #""sound":{"length":1,"silence":0,"peakInterval":1,"channels":[{"talk":1,"crossTalk":0,"level":1e300}]}"#
        ),
    ])
    func `a field that makes no sense is refused`(part: String, other: String) throws {
        let body = try RecordingBodyTests.body(replacing: part, by: other)
        #expect(throws: RecordingAPIError.self) { try MediaFilesPost(parsing: body) }
    }

    @Test(arguments: [10, 40, 600, 100_000])
    func `deep nesting is refused or read, and never more than that`(depth: Int) throws {
        for (open, close) in [("[", "]"), (#"{"a":"#, "}")] {
            let nested = String(repeating: open, count: depth) + "1" + String(repeating: close, count: depth)
            let body = try RecordingBodyTests.body(
                replacing: #""parameters":{"#, by: #""parameters":{"deep":\#(nested),"#)
            let read = try? MediaFilesPost(parsing: body)
            #expect((read != nil) == (depth == 10))
            let unknown = try RecordingBodyTests.body(replacing: #""masks":[]"#, by: #""unknown":\#(nested)"#)
            _ = try? MediaFilesPost(parsing: unknown)
        }
    }

    @Test func `a body that is too large is refused unread`() {
        let bytes = [UInt8](repeating: 0x20, count: JSONCoding.byteLimit + 1)
        #expect(throws: RecordingAPIError(.malformed, "")) { try MediaFilesPost(parsing: bytes) }
    }

    @Test func `a body with bytes changed or missing never ends the process`() throws {
        let files = try ["media-files-post.json", "create-recording.2014.json", "event-history.json"].map {
            try fixture($0)
        }
        var tokens = TokenGenerator(seed: 4_711)
        for body in files {
            for _ in 0..<300 {
                var changed = body
                for _ in 0..<(1 + tokens.next() % 4) {
                    changed[Int(tokens.next() % UInt64(changed.count))] = UInt8(truncatingIfNeeded: tokens.next())
                }
                if tokens.next() % 4 == 0 { changed.removeLast(Int(tokens.next() % UInt64(changed.count))) }
                _ = try? MediaFilesPost(parsing: changed)
                _ = try? RecordingPost(parsing: changed)
                _ = try? StatusReply(parsing: changed)
            }
        }
    }
}
