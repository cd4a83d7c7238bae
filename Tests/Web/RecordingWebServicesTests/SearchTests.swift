import CallCore
import HTTPMessaging
import HTTPTypes
import RecordingAPI
import RecordingStorage
import Testing

@Suite struct SearchTests {
    @Test(arguments: ["", "?", "?unknown=1"])
    func `a search without any condition is refused`(query: String) async throws {
        let reply = await (try Bench()).get("/api/v2/recordings\(query)")
        #expect(reply.status == 400)
        #expect(try await reply.outcome().statusCode == .requiredParameterMissing)
    }

    @Test(arguments: [
        "startTime=yesterday", "endTime=", "limit=0", "limit=x", "offset=-1", "query=a", "limit=1&after=nonsense",
    ])
    func `a condition that makes no sense is refused`(query: String) async throws {
        let reply = await (try Bench()).get("/api/v2/recordings?\(query)")
        #expect(reply.status == 400)
        #expect(try await reply.outcome().statusCode == .invalidRequestParameter)
    }

    @Test(arguments: [
        ("callerPhoneNumber=8522001", 1), ("callerPhoneNumber=852*", 1), ("callerPhoneNumber=%2B85-22001", 1),
        ("callerPhoneNumber=852", 0), ("dialedPhoneNumber=7001", 1), ("startTime=2015-09-10T16:58:22.000%2B0000", 1),
        ("startTime=2015-09-10T16:58:22.000+0000", 1), ("startTime=2015-09-10T16:58:23Z", 0),
        ("endTime=2015-09-10T16:58:23Z", 1), ("userName=nobody", 0), ("limit=10", 1), ("limit=1000000", 1),
        ("callUUID=011AP643CSAPR4FKQGQE31TAES00029V", 1), ("callUUID=x", 0), ("limit=1&offset=1", 0),
        ("limit=1&offset=99999999", 0),
    ])
    func `a search finds what meets its conditions`(query: String, count: Int) async throws {
        let bench = try Bench()
        _ = await bench.post(bench.recording([try bench.file("a.mp3")]))
        let reply = await bench.get("/api/v2/recordings?\(query)")
        #expect(reply.status == 200)
        #expect(try RecordingsReply(parsing: try await reply.body.bytes()).recordings.count == count)
    }

    @Test func `pages follow one another through their links, the newest recording first`() async throws {
        let bench = try Bench()
        for number in 0..<25 {
            var recording = bench.recording([], id: "call \(number)/ä")
            recording.startTime = bench.start + .seconds(number)
            #expect(await bench.post(recording).status == 200)
        }
        var found: [RecordingID] = []
        var next: String? = "/api/v2/recordings?callerPhoneNumber=852*&limit=10"
        var pages = 0
        while let address = next, pages < 10 {
            let page = try RecordingsReply(parsing: try await bench.get(address).body.bytes())
            found += page.recordings.map(\.id)
            next = page.next
            pages += 1
        }
        #expect(pages == 3)
        #expect(found == (0..<25).reversed().map { RecordingID(rawValue: "call \($0)/ä") })
        let middle = await bench.get("/api/v2/recordings?callerPhoneNumber=852*&offset=20&limit=2")
        #expect(
            try RecordingsReply(parsing: try await middle.body.bytes()).recordings.map(\.id) == Array(found[20..<22]))
    }

    @Test func `an id with any characters has an address`() async throws {
        let bench = try Bench()
        _ = await bench.post(bench.recording([], id: "call/ä ?#"))
        #expect(await bench.get("/api/v2/recordings/\(PercentCoding.encode("call/ä ?#"))").status == 200)
    }
}
