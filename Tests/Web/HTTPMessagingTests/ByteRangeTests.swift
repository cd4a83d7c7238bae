import HTTPMessaging
import HTTPTypes
import RecordingStorage
import Testing

@Suite("RFC 9110 §14") struct ByteRangeTests {
    @Test(arguments: [
        ("bytes=0-499", ByteRange.span(first: 0, last: 499)), ("bytes=500-", .from(500)), ("bytes=-500", .suffix(500)),
        ("Bytes = 1-1", .span(first: 1, last: 1)), ("bytes=0-99999999999999999999", .span(first: 0, last: .max)),
        ("bytes=-0", .suffix(0)),
    ])
    func `a range is read`(field: String, range: ByteRange) {
        #expect(ByteRange(field) == range)
    }

    @Test(arguments: [
        "", "bytes", "bytes=", "bytes=-", "bytes=5-4", "bytes=0-1,3-4", "items=0-1", "bytes=a-b", "bytes=+1-2",
        "bytes=1--2", "bytes=--1", "bytes=0x1-2", "bytes=1-2-3", "=1-2",
    ])
    func `what is no single range is passed over`(field: String) {
        #expect(ByteRange(field) == nil)
    }

    @Test(arguments: [
        ("bytes=0-499", ByteRange.Resolution.part(0..<500)), ("bytes=500-", .part(500..<1_000)),
        ("bytes=-500", .part(500..<1_000)), ("bytes=-5000", .part(0..<1_000)), ("bytes=999-5000", .part(999..<1_000)),
        ("bytes=0-99999999999999999999", .part(0..<1_000)), ("bytes=1000-", .unsatisfiable),
        ("bytes=99999999999999999999-", .unsatisfiable), ("bytes=-0", .unsatisfiable),
        ("bytes=1000-2000", .unsatisfiable),
    ])
    func `a range of a thousand bytes`(field: String, resolution: ByteRange.Resolution) throws {
        #expect(try #require(ByteRange(field)).resolve(byteCount: 1_000) == resolution)
    }

    @Test func `an empty body has no parts`() {
        for range: ByteRange in [.from(0), .suffix(1), .span(first: 0, last: 0)] {
            #expect(range.resolve(byteCount: 0) == .unsatisfiable)
        }
    }

    @Test(
        arguments: [
            (nil, 200, nil, "10", Array(0..<10)), ("bytes=2-4", 206, "bytes 2-4/10", "3", [2, 3, 4]),
            ("bytes=-1", 206, "bytes 9-9/10", "1", [9]), ("bytes=10-", 416, "bytes */10", nil, []),
            ("bytes=0-1,2-3", 200, nil, "10", Array(0..<10)),
        ] as [(String?, Int, String?, String?, [UInt8])])
    func `a file is answered whole or in part`(
        field: String?, status: Int, contentRange: String?, length: String?, bytes: [UInt8]
    ) async throws {
        let all = [UInt8](0..<10)
        let reply = try await HTTPReply.file(byteCount: 10, type: "audio/mpeg", range: field) {
            range throws(StorageError) in
            MemoryBytes(range.map { Array(all[Int($0.lowerBound)..<Int($0.upperBound)]) } ?? all)
        }
        #expect(reply.response.status.code == status)
        #expect(reply.response.headerFields[.contentRange] == contentRange)
        #expect(reply.response.headerFields[.contentLength] == length)
        #expect(reply.response.headerFields[.acceptRanges] == "bytes")
        #expect(try await reply.body.bytes() == bytes)
    }

    @Test func `HEAD tells the length and sends nothing`() async throws {
        let reply = HTTPReply(.ok, type: "text/plain", body: [1, 2, 3]).withoutBody
        #expect(reply.response.headerFields[.contentLength] == "3")
        #expect(reply.body.byteCount == 0)
    }
}
