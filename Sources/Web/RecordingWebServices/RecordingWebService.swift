private import CallCore
public import HTTPMessaging
private import HTTPTypes
private import RecordingAPI
public import RecordingStorage

/// The web services of recordings: takes finished recordings in, lists them, tells what is known of them, plays them.
///
/// | request | answer |
/// |---|---|
/// | `POST /internal-api/contact-centers/{ccid}/recordings` | `{"statusCode":0}` once the recording is kept |
/// | `GET /api/v2/recordings?…` | those that meet every condition, the newest first, 100 at most |
/// | `GET /api/v2/recordings/{id}` | one recording |
/// | `GET /api/v2/recordings/{id}/play/{uuid}.mp3` | the sound, or the part of it that `Range` names |
/// | `DELETE /api/v2/recordings/{id}` | `{"statusCode":0}` once files and metadata are gone |
/// | `GET /api/v2/diagnostics/version` | what this is |
///
/// Everybody may ask: put a `GatedService` in front. Refusals are JSON, `{"statusCode":…,"statusMessage":"…"}`. The same recording may be posted any number of times; files
/// of one call that come one after another become one recording.
///
/// - Source: GIR API; Web Services API, "Return Values".
public struct RecordingWebService: HTTPService {
    let metadata: any MetadataStore
    let stores: [any RecordingStore]
    let turns = Turns()

    /// Serves recordings.
    ///
    /// - Parameters:
    ///   - metadata: keeps what is known of them; nobody else writes it.
    ///   - stores: keep their files; a file is looked for in one after the other.
    public init(metadata: any MetadataStore, stores: [any RecordingStore]) {
        (self.metadata, self.stores) = (metadata, stores)
    }

    /// Answers a request. Whatever the request is, there is an answer.
    public func respond(to call: HTTPCall) async -> HTTPReply {
        guard let target = call.target else {
            return .status(.badRequest, .invalidRequestParameter, "the address is not encoded properly")
        }
        do {
            let reply = try await self.route(call, target)
            return call.request.method == .head ? reply.withoutBody : reply
        } catch {
            return Self.refusal(error)
        }
    }

    private func route(_ call: HTTPCall, _ target: RequestTarget) async throws(StorageError) -> HTTPReply {
        let path = target.segments
        if path.starts(with: ["api", "v2", "recordings"]) {
            let rest = Array(path.dropFirst(3))
            switch rest.count {
            case 0:
                guard Self.isReading(call) else { return Self.methods("GET, HEAD") }
                return try await self.search(call, target)
            case 1:
                let id = RecordingID(rawValue: rest[0])
                if call.request.method == .delete { return try await self.delete(id) }
                guard Self.isReading(call) else { return Self.methods("GET, HEAD, DELETE") }
                return try await self.read(id, for: call)
            case 3 where rest[1] == "play":
                guard Self.isReading(call) else { return Self.methods("GET, HEAD") }
                return try await self.play(rest[2], of: RecordingID(rawValue: rest[0]), for: call)
            default: break
            }
        } else if path.count == 4, path.starts(with: ["internal-api", "contact-centers"]), path[3] == "recordings" {
            guard call.request.method == .post else { return Self.methods("POST") }
            return try await self.keep(call)
        } else if path == ["api", "v2", "diagnostics", "version"] {
            guard Self.isReading(call) else { return Self.methods("GET, HEAD") }
            return .json(JSONCoding.encode(Version()))
        }
        return .status(.notFound, .notFound, "there is no such resource")
    }

    private static func isReading(_ call: HTTPCall) -> Bool { [.get, .head].contains(call.request.method) }

    private static func methods(_ allowed: String) -> HTTPReply {
        var reply = HTTPReply.status(.methodNotAllowed, .forbidden, "this resource knows \(allowed) only")
        reply.response.headerFields[.allow] = allowed
        return reply
    }

    /// What a store's failure is to a client. What is stored where is not told.
    private static func refusal(_ error: StorageError) -> HTTPReply {
        switch error.code {
        case .notFound: .status(.notFound, .notFound, "there is no such resource")
        case .refused, .conflict: .status(.internalServerError, .internalError, "the store refused")
        case .corrupt, .failed: .status(.internalServerError, .internalError, "the store failed")
        case .full, .unreachable:
            .status(.serviceUnavailable, .internalError, "the store is out of order; try again later")
        }
    }

    private struct Version: Encodable {
        var statusCode = 0
        var name = "call-recording"
        var version = "0.1.0"
    }
}
