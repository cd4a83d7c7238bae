private import CallCore
internal import HTTPMessaging
private import HTTPTypes
private import RecordingAPI
internal import RecordingStorage

extension RecordingWebService {
    /// Most recordings on one page.
    ///
    /// - Source: GIR API: more than 100 hits are given page by page.
    static let pageLimit = 100
    /// Most recordings that are passed over.
    static let offsetLimit = 10_000

    /// Tells what is known of one recording.
    func read(_ id: RecordingID, for call: HTTPCall) async throws(StorageError) -> HTTPReply {
        guard let recording = try await self.metadata.recording(id) else {
            throw StorageError(.notFound, "there is no recording \(id)")
        }
        return .json(RecordingReply(recording).encoded(base: Self.base(of: call)))
    }

    /// Finds recordings. At least one parameter is needed, as the interface has always demanded.
    func search(_ call: HTTPCall, _ target: RequestTarget) async throws(StorageError) -> HTTPReply {
        let search: Search
        do {
            search = try Search(target)
        } catch {
            return .status(.badRequest, error.code, error.message)
        }
        let base = Self.base(of: call)
        if let id = search.id {
            let recording = try await self.metadata.recording(id)
            return .json(RecordingsReply(recording.map { [$0] } ?? [], next: nil).encoded(base: base))
        }
        do {
            var token = search.after
            var toSkip = search.offset
            while toSkip > 0 {
                let skipped = try await self.metadata.recordings(
                    matching: search.query, after: token, limit: min(toSkip, 1_000))
                toSkip -= skipped.recordings.count
                token = skipped.next
                if token == nil { return .json(RecordingsReply([], next: nil).encoded(base: base)) }
            }
            let page = try await self.metadata.recordings(matching: search.query, after: token, limit: search.limit)
            let next = page.next.map { search.address(after: $0) }
            return .json(RecordingsReply(page.recordings, next: next).encoded(base: base))
        } catch {
            guard error.code == .refused, search.after != nil else { throw error }
            return .status(.badRequest, .invalidRequestParameter, "after is the end of no page")
        }
    }

    /// Plays a file, or the part of it that is asked for.
    func play(_ name: String, of id: RecordingID, for call: HTTPCall) async throws(StorageError) -> HTTPReply {
        let parts = name.split(separator: ".", maxSplits: 1)
        guard parts.count == 2, let playID = parts.first, let pathExtension = parts.last,
            let type = MediaType.registered(forPathExtension: pathExtension),
            let file = try await self.metadata.recording(id)?.mediaFiles.first(where: {
                $0.playID == playID && MediaType.pathExtension(of: $0.type) == pathExtension.lowercased()
            })
        else { throw StorageError(.notFound, "there is no such file") }
        let (store, whole) = try await self.find(file.path)
        var reply = try await HTTPReply.file(
            byteCount: whole.byteCount, type: type, range: Self.range(of: call)
        ) { range throws(StorageError) in
            guard let range else { return whole }
            return try await store.get(file.path, range: range)
        }
        reply.response.headerFields[.xContentTypeOptions] = "nosniff"
        reply.response.headerFields[.cacheControl] = "private"
        return reply
    }

    /// The part that is asked for. Only GET has parts, and a condition on them never holds, since files here have no
    /// validators.
    ///
    /// - Source: RFC 9110 §13.1.5, §14.2.
    private static func range(of call: HTTPCall) -> String? {
        let fields = call.request.headerFields
        return call.request.method == .get && fields[.ifRange] == nil ? fields[.range] : nil
    }

    private func find(_ path: RecordingPath) async throws(StorageError) -> (any RecordingStore, any ByteSource) {
        var error = StorageError(.notFound, "\(path) is in no store")
        for store in self.stores {
            do {
                return (store, try await store.get(path, range: nil))
            } catch let failure {
                // That one store is out of order matters only where no other has the file.
                if failure.code != .notFound { error = failure }
            }
        }
        throw error
    }

    /// The address under which the client reached this interface; nil where its request does not say it.
    private static func base(of call: HTTPCall) -> String? {
        guard let authority = call.request.authority, !authority.isEmpty, authority.utf8.count <= 256,
            authority.utf8.allSatisfy({ (0x21...0x7E).contains($0) && !"/\\?#@\"<>".utf8.contains($0) })
        else { return nil }
        return "\(call.request.scheme ?? "http")://\(authority)/api/v2"
    }
}
