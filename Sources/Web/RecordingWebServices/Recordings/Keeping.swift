private import CallCore
internal import HTTPMessaging
private import HTTPTypes
private import RecordingAPI
internal import RecordingStorage

extension RecordingWebService {
    /// Keeps a recording that the recording processor posts.
    func keep(_ call: HTTPCall) async throws(StorageError) -> HTTPReply {
        let posted: Recording
        do {
            posted = try RecordingPost(parsing: call.body).recording
        } catch {
            let code: StatusReply.Code = error.code == .missing ? .requiredParameterMissing : .invalidRequestParameter
            return .status(.badRequest, code, error.message)
        }
        guard !posted.region.isEmpty else {
            return .status(.badRequest, .requiredParameterMissing, "region is missing")
        }
        try await self.turns.take(for: posted.id) { () async throws(StorageError) in
            let known = try await self.metadata.recording(posted.id)
            let merged = known?.merged(with: posted) ?? posted
            if merged != known { try await self.metadata.save(merged) }
        }
        return .status(.ok, .success)
    }

    /// Removes the files of a recording, then what is known of it: where a file cannot be removed, it is not forgotten.
    func delete(_ id: RecordingID) async throws(StorageError) -> HTTPReply {
        try await self.turns.take(for: id) { () async throws(StorageError) in
            guard let recording = try await self.metadata.recording(id) else {
                throw StorageError(.notFound, "there is no recording \(id)")
            }
            for file in recording.mediaFiles {
                for store in self.stores { try await store.delete(file.path) }
            }
            try await self.metadata.delete(id)
        }
        return .status(.ok, .success)
    }
}
