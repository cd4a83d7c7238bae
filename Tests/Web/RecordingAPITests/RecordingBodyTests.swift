import CallCore
import RecordingAPI
import RecordingStorage
import Testing

@Suite struct RecordingBodyTests {
    @Test func `the post of a media server is understood`() throws {
        let file = try #require(try MediaFilesPost(parsing: fixture("media-files-post.json")).mediaFiles.first)
        #expect(file.duration == .milliseconds(12_523))
        #expect(file.byteCount == 199_296)
        #expect(file.startTime.iso8601 == "2015-09-10T16:58:22Z")
        #expect(file.path.rawValue == "recordings/011AP643CSAPR4FKQGQE31TAES00029V-006B015F-1000427D-00000001.mp3")
        #expect(file.storage == "webDAV")
        #expect(file.parameters["connId"] == "006a0269722cd93f")
        #expect(file.profile == "CallRecProfile")
    }

    @Test func `everything of a media file travels in a post`() throws {
        let post = MediaFilesPost([try sampleFile(), try sampleFile("b.mp3")])
        #expect(try MediaFilesPost(parsing: post.encoded()) == post)
    }

    @Test func `a post can stand inside a larger record`() throws {
        struct Job: Codable, Equatable {
            var attempts: Int
            var post: MediaFilesPost
        }
        let job = Job(attempts: 3, post: MediaFilesPost([try sampleFile()]))
        #expect(try JSONCoding.decode(Job.self, from: JSONCoding.encode(job)) == job)
    }

    @Test func `the body of 2014 is understood, its seconds too`() throws {
        let post = try RecordingPost(parsing: fixture("create-recording.2014.json"))
        #expect(post.contactCenter == "abcdef")
        #expect(post.recording.region == "us")
        #expect(post.recording.callerPhoneNumber == "alchoi4")
        #expect(post.recording.startTime.iso8601 == "2014-12-03T13:31:20Z")
        let file = try #require(post.recording.mediaFiles.first)
        #expect(file.duration == .milliseconds(6_192))
        #expect(file.path.rawValue == "Environment1/callrec.01840147-10010BF9.141203133120.mp3")
    }

    @Test func `a file without a play name gets one that is always the same`() throws {
        let first = try RecordingPost(parsing: fixture("create-recording.2014.json")).recording.mediaFiles
        let second = try RecordingPost(parsing: fixture("create-recording.2014.json")).recording.mediaFiles
        #expect(first.map(\.playID) == second.map(\.playID))
        #expect(first.first?.playID.utf8.count == 36)
        #expect(PlayID.derived(from: "a") != PlayID.derived(from: "b"))
    }

    @Test func `the resource of the interface's documentation is understood`() throws {
        let bytes = Array(#"{"statusCode":0,"recording":"#.utf8) + (try fixture("recording-resource.json")) + [0x7D]
        let recording = try RecordingReply(parsing: bytes).recording
        #expect(recording.id == "011AP643CSAPR4FKQGQE31TAES00029V")
        #expect(recording.mediaFiles.first?.playID == "4f82ee48-4fe4-40e1-961d-309ba6e38698")
        #expect(recording.stopTime.iso8601 == "2015-09-10T16:58:34Z")
    }

    @Test func `a resource has the links and strings of the interface's documentation`() throws {
        let bytes = Array(#"{"statusCode":0,"recording":"#.utf8) + (try fixture("recording-resource.json")) + [0x7D]
        let text = String(
            decoding: try RecordingReply(parsing: bytes).encoded(base: "http://htcc1.example.com/api/v2"),
            as: UTF8.self)
        let play = "/recordings/011AP643CSAPR4FKQGQE31TAES00029V/play/4f82ee48-4fe4-40e1-961d-309ba6e38698.mp3"
        for part in [
            #""statusCode":0"#, #""mediaUri":"http://htcc1.example.com/api/v2\#(play)""#, #""mediaPath":"\#(play)""#,
            #""playPath":"\#(play)""#, #""duration":"12523""#, #""size":"199296""#,
            #""startTime":"2015-09-10T16:58:22.000+0000""#, #""ivrprofile":"CallRecProfile""#,
        ] { #expect(text.contains(part), "\(part)") }
        #expect(!text.contains("mediaDescriptor"), "clients are not told where files are stored")
    }

    @Test func `an event history tells who came when`() throws {
        let events = try RecordingPost(parsing: fixture("event-history.json")).recording.eventHistory
        #expect(events.map(\.event) == ["Joined", "Joined", "data"])
        #expect(events.map(\.userName) == [nil, "kmilburn", nil])
        #expect(events.map(\.phoneNumber) == ["555001", "7001", ""])
        #expect(events[1].lastName == "Milburn")
        #expect(events[1].occurredAt.milliseconds % 1_000 == 500)
        #expect(events[2].data == ["CustomerID": "42"])
    }

    @Test func `everything of a recording travels in a post`() throws {
        var recording = try RecordingPost(parsing: fixture("event-history.json")).recording
        recording.mediaFiles = [try sampleFile()]
        recording.callerPhoneNumber = "8522001"
        let post = RecordingPost(recording, contactCenter: "abcdef")
        #expect(try RecordingPost(parsing: post.encoded()) == post)
    }

    @Test func `a list of recordings has a way to the next page`() throws {
        let recording = try RecordingPost(parsing: fixture("event-history.json")).recording
        let reply = RecordingsReply([recording], next: "/api/v2/recordings?after=1")
        #expect(try RecordingsReply(parsing: reply.encoded(base: nil)) == reply)
    }

    @Test(arguments: [
        ("12523", 12_523), ("6.192", 6_192), ("0", 0), ("0.0", 0), ("6.", 6_000),
    ])
    func `lengths come in milliseconds or with a point in seconds`(text: String, milliseconds: Int64) throws {
        for value in ["\"\(text)\"", text == "6." ? "\"6.\"" : text] {
            let body = try Self.body(replacing: #""12523""#, by: value)
            let file = try #require(try MediaFilesPost(parsing: body).mediaFiles.first)
            // A bare 0.0 is the number 0, whichever unit it had.
            #expect(file.duration == .milliseconds(milliseconds))
        }
    }

    @Test func `masks are milliseconds, as numbers or as strings`() throws {
        for span in [#"{"start":1000,"end":2500}"#, #"{"start":"1000","end":"2500"}"#] {
            let body = try Self.body(replacing: #""masks":[]"#, by: #""masks":[\#(span)]"#)
            #expect(
                try MediaFilesPost(parsing: body).mediaFiles.first?.masks
                    == [Mask(start: .milliseconds(1_000), end: .milliseconds(2_500))])
        }
    }

    @Test func `parameters that are no strings are kept as text`() throws {
        let body = try Self.body(
            replacing: #""parameters":{"#, by: #""parameters":{"n":7,"o":{"contact":{"userName":"a"}},"x":null,"#)
        let parameters = try #require(try MediaFilesPost(parsing: body).mediaFiles.first?.parameters)
        #expect(parameters["n"] == "7")
        #expect(parameters["o"] == #"{"contact":{"userName":"a"}}"#)
        #expect(parameters["x"] == "null")
    }

    static func body(replacing part: String, by other: String) throws -> [UInt8] {
        let text = String(decoding: try fixture("media-files-post.json"), as: UTF8.self)
        return Array(text.replacing(part, with: other).utf8)
    }
}
