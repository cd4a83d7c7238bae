/// A recording as it stands in JSON, with the names of the wire.
///
/// - Source: GIR API, `recording`.
struct RecordingBody: Codable {
    var id: String
    var ccid: String?
    var callerPhoneNumber: String?
    var dialedPhoneNumber: String?
    var callType: String?
    var region: String?
    var startTime: String?
    var stopTime: String?
    var mediaFiles: [MediaFileBody]
    var eventHistory: [HistoryEventBody]?

    /// The recording as servers tell it to each other.
    init(internal recording: Recording, contactCenter: String) {
        self.init(common: recording, mediaFiles: recording.mediaFiles.map(MediaFileBody.init(internal:)))
        self.ccid = contactCenter
    }

    /// The recording as clients are told.
    init(resource recording: Recording, base: String?) {
        self.init(
            common: recording,
            mediaFiles: recording.mediaFiles.map { MediaFileBody(resource: $0, of: recording.id, base: base) })
    }

    private init(common recording: Recording, mediaFiles: [MediaFileBody]) {
        self.id = recording.id.rawValue
        self.callerPhoneNumber = recording.callerPhoneNumber
        self.dialedPhoneNumber = recording.dialedPhoneNumber
        self.callType = recording.callType
        self.region = recording.region
        self.startTime = recording.startTime.iso8601Milliseconds
        self.stopTime = recording.stopTime.iso8601Milliseconds
        self.mediaFiles = mediaFiles
        self.eventHistory = recording.eventHistory.map(HistoryEventBody.init)
    }

    /// The recording. Where it has no times of its own, those of its files are taken.
    ///
    /// - Throws: `.missing` where it has no id, or neither times nor files; `.invalid` where a field cannot be understood.
    func recording() throws(RecordingAPIError) -> Recording {
        let files = try self.mediaFiles.map { file throws(RecordingAPIError) in try file.mediaFile() }
        func time(_ text: String?, _ field: String, _ fallback: WallTime?) throws(RecordingAPIError) -> WallTime {
            guard let text else {
                guard let fallback else { throw RecordingAPIError(.missing, "\(field) is missing") }
                return fallback
            }
            guard let time = WallTime(iso8601: text) else {
                throw RecordingAPIError(.invalid, "\(field) '\(text.prefix(64))' is no date")
            }
            return time
        }
        guard !self.id.isEmpty, self.id.utf8.count <= 256 else {
            throw RecordingAPIError(.invalid, "id is empty or longer than 256 bytes")
        }
        return Recording(
            id: RecordingID(rawValue: self.id), callerPhoneNumber: self.callerPhoneNumber ?? "",
            dialedPhoneNumber: self.dialedPhoneNumber ?? "", callType: self.callType ?? "", region: self.region ?? "",
            startTime: try time(self.startTime, "startTime", files.map(\.startTime).min()),
            stopTime: try time(self.stopTime, "stopTime", files.map(\.stopTime).max()), mediaFiles: files,
            eventHistory: try (self.eventHistory ?? []).map { event throws(RecordingAPIError) in
                try event.historyEvent()
            })
    }
}
