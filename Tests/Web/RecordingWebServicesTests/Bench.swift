import CallCore
import CallRecordingInProcess
import HTTPMessaging
import HTTPTypes
import RecordingAPI
import RecordingStorage
import RecordingWebServices
import Testing

/// The web services on stores in memory, with one call recorded in two files.
struct Bench {
    let metadata = MemoryMetadata()
    let recordings = MemoryStore()
    let analytics = MemoryStore()
    let service: RecordingWebService
    let call: CallUUID
    let start: WallTime

    init() throws {
        self.service = RecordingWebService(metadata: self.metadata, stores: [self.recordings, self.analytics])
        self.call = try #require(CallUUID("011AP643CSAPR4FKQGQE31TAES00029V"))
        self.start = try #require(WallTime(iso8601: "2015-09-10T16:58:22Z"))
    }

    func file(_ name: String, type: String = "audio/mp3", playID: String? = nil) throws -> MediaFile {
        MediaFile(
            mediaID: name, playID: playID ?? PlayID.derived(from: name), path: try #require(RecordingPath(name)),
            storage: "directory", type: type, duration: .seconds(10), byteCount: 10, startTime: self.start,
            stopTime: self.start + .seconds(10), callUUID: self.call, tenant: "Environment", profile: "record")
    }

    func recording(_ files: [MediaFile], id: String? = nil) -> Recording {
        Recording(
            id: RecordingID(rawValue: id ?? self.call.rawValue), callerPhoneNumber: "8522001",
            dialedPhoneNumber: "7001", callType: "Inbound", region: "us", startTime: self.start,
            stopTime: self.start + .seconds(10), mediaFiles: files,
            eventHistory: [
                HistoryEvent(occurredAt: self.start, callUUID: self.call, event: "Joined", phoneNumber: "8522001")
            ])
    }

    func post(_ recording: Recording) async -> HTTPReply {
        await self.service.respond(
            to: HTTPCall(
                .post, "/internal-api/contact-centers/abcdef/recordings",
                body: RecordingPost(recording, contactCenter: "abcdef").encoded()))
    }

    func get(_ path: String, range: String? = nil, method: HTTPRequest.Method = .get) async -> HTTPReply {
        var request = HTTPRequest(method: method, scheme: "http", authority: "rws.example.com:8090", path: path)
        request.headerFields[.range] = range
        return await self.service.respond(to: HTTPCall(request))
    }

    func put(_ bytes: [UInt8], as name: String) async throws {
        try await self.recordings.put(MemoryBytes(bytes), at: try #require(RecordingPath(name)))
    }
}

extension HTTPReply {
    var status: Int { self.response.status.code }

    /// The outcome that the body tells.
    func outcome() async throws -> StatusReply { try StatusReply(parsing: try await self.body.bytes()) }
}
