public import CallCore
public import HTTPMessaging
private import HTTPTypes
private import RecordingAPI
public import RecordingStorage

/// The reference receiver of speech analytics: is told of recordings, fetches their sound, and keeps both for whoever
/// analyses them.
///
/// `POST /interactionreceiver` with a recording as JSON is answered with 200 once the recording and its WAV files are in
/// the receiver's own store:
///
/// ```
/// interactions/<recording id>/<media id>          the sound
/// interactions/<recording id>/<digits>.json       what was told; the same content always has the same digits
/// ```
/// The same recording again changes nothing.
///
/// - Source: IVR Profile, `recordingclient.rp.speechminer_uri`; GIR, "Recording and Analytics" mode.
public struct InteractionSink: HTTPService {
    private let source: any RecordingStore
    private let store: any RecordingStore
    private let observer: any CallObserver

    /// Makes a receiver.
    ///
    /// - Parameters:
    ///   - source: where the media server puts the files for analytics.
    ///   - store: the receiver's own store.
    public init(
        source: any RecordingStore, store: any RecordingStore, observer: any CallObserver = SilentObserver()
    ) {
        (self.source, self.store, self.observer) = (source, store, observer)
    }

    /// Takes a recording.
    public func respond(to call: HTTPCall) async -> HTTPReply {
        guard call.target?.segments == ["interactionreceiver"] else {
            return .status(.notFound, .notFound, "there is no such resource")
        }
        guard call.request.method == .post else {
            var reply = HTTPReply.status(.methodNotAllowed, .forbidden, "this resource knows POST only")
            reply.response.headerFields[.allow] = "POST"
            return reply
        }
        let recording: Recording
        do {
            recording = try RecordingPost(parsing: call.body).recording
        } catch {
            let code: StatusReply.Code = error.code == .missing ? .requiredParameterMissing : .invalidRequestParameter
            return .status(.badRequest, code, error.message)
        }
        do {
            try await self.keep(recording, toldBy: call.body)
            self.report(.info, "interaction.kept", "a recording and its sound have been received", recording)
            return .status(.ok, .success)
        } catch {
            self.report(.warning, "interaction.notKept", "a recording cannot be received: \(error)", recording)
            switch error.code {
            case .notFound: return .status(.notFound, .notFound, "a file of the recording is not in the store")
            case .refused: return .status(.badRequest, .invalidRequestParameter, "a name in the recording is no name")
            case .conflict: return .status(.conflict, .forbidden, "another file with that name has been kept")
            default: return .status(.serviceUnavailable, .internalError, "a store is out of order; try again later")
            }
        }
    }

    private func keep(_ recording: Recording, toldBy body: [UInt8]) async throws(StorageError) {
        let folder = "interactions/\(recording.id)"
        for file in recording.mediaFiles where MediaType.pathExtension(of: file.type) == "wav" {
            let source = try await self.source.get(file.path, range: nil)
            try await self.store.put(source, at: try Self.path("\(folder)/\(file.mediaID)"))
        }
        try await self.store.put(MemoryBytes(body), at: try Self.path("\(folder)/\(Self.digits(of: body)).json"))
    }

    private func report(_ level: CallReport.Level, _ name: String, _ message: String, _ recording: Recording) {
        self.observer.observe(
            CallReport(level, "InteractionReceiver", name, message, ["recording": recording.id.rawValue]))
    }

    private static func path(_ text: String) throws(StorageError) -> RecordingPath {
        // A slash in an id or a media id would lead to another recording's folder.
        guard let path = RecordingPath(text), text.utf8.count(where: { $0 == UInt8(ascii: "/") }) == 2 else {
            throw StorageError(.refused, "'\(text.prefix(64))' is no path")
        }
        return path
    }

    /// FNV-1a over the bytes, as 16 digits.
    private static func digits(of bytes: [UInt8]) -> String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return ConnID(rawValue: hash).description
    }
}
