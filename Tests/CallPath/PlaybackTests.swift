import CallRecording
import Foundation
import Testing

/// A recording as a client of the web services finds, describes and plays it.
@Suite(.oneRecordedCall) struct PlaybackTests {
    @Test func `a recording is told in the JSON of the reference`() async throws {
        let call = try RecordedCall.required()
        let answer = try await call.client.get("/api/v2/recordings/\(call.recording.id)")
        #expect(answer.status == 200)
        #expect(answer["Content-Type"]?.hasPrefix("application/json") == true)
        let json = try answer.json()
        #expect(json["statusCode"] as? Int == 0)
        let recording = try #require(json["recording"] as? [String: any Sendable])
        #expect(recording["id"] as? String == call.recording.id.rawValue)
        #expect(recording["callerPhoneNumber"] as? String == "7002")
        #expect(recording["dialedPhoneNumber"] as? String == "7001")
        let files = try #require(recording["mediaFiles"] as? [[String: any Sendable]])
        let file = try #require(files.first { $0["type"] as? String == "audio/mp3" })
        let path = "/recordings/\(call.recording.id)/play/\(call.file.playID).mp3"
        #expect(file["mediaUri"] as? String == "http://\(call.client.server)/api/v2\(path)")
        #expect(file["mediaPath"] as? String == path)
        #expect(file["playPath"] as? String == path)
        // Numbers are strings there.
        #expect(file["duration"] as? String == "\(call.file.duration.milliseconds)")
        #expect(file["size"] as? String == "\(call.bytes.count)")
        #expect(file["callUUID"] as? String == call.recording.id.rawValue)
        #expect(file["tenant"] as? String == "Environment")
        #expect(file["ivrprofile"] as? String == "record")
        let mediaID = try #require(file["mediaId"] as? String)
        let form = try Regex(#"\#(call.recording.id)_[-_0-9]{19}-[0-9A-F]{8}-[0-9A-F]{8}-[0-9]{8}\.mp3"#)
        #expect(try form.wholeMatch(in: mediaID) != nil)
        let parameters = try #require(file["parameters"] as? [String: String])
        #expect(parameters["recordDN"] == "7001")
        #expect(parameters["agentId"] == "jane")
        #expect(try #require(recording["eventHistory"] as? [[String: any Sendable]]).isEmpty == false)
    }

    @Test(arguments: [
        ("callerPhoneNumber=7002", true), ("callerPhoneNumber=70*", true), ("dialedPhoneNumber=7001", true),
        ("callerPhoneNumber=7002&dialedPhoneNumber=7001", true), ("userName=jane", true), ("limit=1", true),
        ("callerPhoneNumber=7001", false), ("userName=joe", false), ("startTime=2100-01-01T00:00:00Z", false),
    ])
    func `recordings are found by what is known of them`(_ query: String, _ isFound: Bool) async throws {
        let call = try RecordedCall.required()
        let answer = try await call.client.get("/api/v2/recordings?\(query)")
        #expect(answer.status == 200)
        let found = try #require(try answer.json()["recordings"] as? [[String: any Sendable]])
        #expect(found.compactMap { $0["id"] as? String } == (isFound ? [call.recording.id.rawValue] : []))
    }

    @Test func `a search without a condition is refused`() async throws {
        let answer = try await RecordedCall.required().client.get("/api/v2/recordings")
        #expect(answer.status == 400)
        #expect(try answer.json()["statusCode"] as? Int == 1)
    }

    @Test func `the sound is played as it is stored`() async throws {
        let call = try RecordedCall.required()
        let answer = try await call.client.get(call.address)
        #expect(answer.status == 200)
        #expect(answer["Content-Type"] == "audio/mpeg")
        #expect(answer["Accept-Ranges"] == "bytes")
        #expect(answer["Content-Length"] == "\(call.bytes.count)")
        #expect(answer.body == call.bytes)
        #expect(try Sound(answer.body, type: "audio/mp3").hasPartiesApart)
    }

    @Test func `the WAV is played from the store of analytics`() async throws {
        let call = try RecordedCall.required()
        let file = try call.recording.file("audio/wav")
        let answer = try await call.client.get("/api/v2/recordings/\(call.recording.id)/play/\(file.playID).wav")
        #expect(answer.status == 200)
        #expect(answer["Content-Type"] == "audio/wav")
        #expect(Int64(answer.body.count) == file.byteCount)
    }

    @Test(arguments: ["bytes=0-99", "bytes=100-199", "bytes=1000-", "bytes=-100", "bytes=0-999999999"])
    func `a part of the sound is played where one is asked for`(_ range: String) async throws {
        let call = try RecordedCall.required()
        let count = call.bytes.count
        let expected =
            switch range {
            case "bytes=0-99": 0..<100
            case "bytes=100-199": 100..<200
            case "bytes=1000-": 1_000..<count
            case "bytes=-100": count - 100..<count
            default: 0..<count
            }
        let answer = try await call.client.get(call.address, range: range)
        #expect(answer.status == 206)
        #expect(answer["Content-Range"] == "bytes \(expected.lowerBound)-\(expected.upperBound - 1)/\(count)")
        #expect(answer.body == Array(call.bytes[expected]))
    }

    @Test func `a part that there is not is refused`() async throws {
        let call = try RecordedCall.required()
        let answer = try await call.client.get(call.address, range: "bytes=\(call.bytes.count)-")
        #expect(answer.status == 416)
        #expect(answer["Content-Range"] == "bytes */\(call.bytes.count)")
    }

    @Test func `HEAD tells the length and sends nothing`() async throws {
        let call = try RecordedCall.required()
        let answer = try await call.client.get(call.address, method: "HEAD")
        #expect(answer.status == 200)
        #expect(answer["Content-Length"] == "\(call.bytes.count)")
        #expect(answer.body.isEmpty)
    }

    @Test(arguments: ["no recording", "no file", "another format", "no resource", "a way out"])
    func `what there is not is not found`(_ what: String) async throws {
        let call = try RecordedCall.required()
        let recording = "/api/v2/recordings/\(call.recording.id)"
        let path =
            switch what {
            case "no recording": "/api/v2/recordings/00000000000000000000000000000000"
            case "no file": "\(recording)/play/00000000-0000-8000-a000-000000000000.mp3"
            case "another format": "\(recording)/play/\(call.file.playID).mp4"
            case "no resource": "/api/v2/nothing"
            default: "\(recording)/play/..%2F..%2F\(call.file.mediaID)"
            }
        let answer = try await call.client.get(path)
        #expect(answer.status == 404)
        #expect(try answer.json()["statusCode"] as? Int != 0)
    }

    @Test func `a plain page lists and plays recordings`() async throws {
        let client = try RecordedCall.required().client
        let page = try await client.get("/")
        #expect(page.status == 200)
        #expect(page["Content-Type"] == "text/html; charset=utf-8")
        for name in ["/playback.css", "/playback.js"] {
            #expect(String(decoding: page.body, as: UTF8.self).contains(name.dropFirst()))
            #expect(try await client.get(name).status == 200)
        }
    }

    @Test func `a recording that is deleted is gone, with its files`() async throws {
        try await withSite { site in
            try await site.call(seconds: 0.5)
            let recording = try await site.recording()
            try await site.settled()
            let client = site.client
            #expect(try await client.get("/api/v2/recordings/\(recording.id)", method: "DELETE").status == 200)
            #expect(try await client.get("/api/v2/recordings/\(recording.id)").status == 404)
            let notFound = StorageError(.notFound, "")
            for file in recording.mediaFiles {
                await #expect(throws: notFound) { try await site.ports.recordings.get(file.path, range: nil) }
                await #expect(throws: notFound) { try await site.ports.analytics?.get(file.path, range: nil) }
            }
        }
    }
}

/// A call that was recorded before the tests of a suite begin, and the web server that plays it.
struct RecordedCall: Sendable {
    @TaskLocal static var current: RecordedCall?

    let client: WebClient
    let recording: Recording
    /// The MP3.
    let file: MediaFile
    /// The MP3 as it lies in the store.
    let bytes: [UInt8]

    /// Where the MP3 is played.
    var address: String { "/api/v2/recordings/\(self.recording.id)/play/\(self.file.playID).mp3" }

    static func required() throws -> RecordedCall { try #require(Self.current) }
}

/// Records one call for all tests of a suite.
struct OneRecordedCall: SuiteTrait, TestScoping {
    // Once for the suite, not for each test in it.
    var isRecursive: Bool { false }

    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        try await withSite { site in
            try await site.call()
            let recording = try await site.recording()
            try await site.settled()
            let file = try recording.file("audio/mp3")
            let call = RecordedCall(
                client: site.client, recording: recording, file: file,
                bytes: try await site.bytes(of: file))
            try await RecordedCall.$current.withValue(call) { try await function() }
        }
    }
}

extension Trait where Self == OneRecordedCall {
    /// One call is recorded before the suite's tests begin.
    static var oneRecordedCall: OneRecordedCall { OneRecordedCall() }
}
