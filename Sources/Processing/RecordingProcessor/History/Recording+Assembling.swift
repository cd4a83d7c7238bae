private import CallCore
public import RecordingStorage

extension Recording {
    /// Puts the files of a call together with what happened on it.
    ///
    /// What the history does not tell – because the switch that wrote it failed – is taken from what the media server
    /// was told with the recording.
    ///
    /// - Parameters:
    ///   - files: at least one.
    ///   - history: the entries of the call, in the order in which they were added.
    ///   - region: the region whose web services keep the recording.
    /// - Returns: nil where there is no file.
    public init?(assembling files: [MediaFile], history: [CallHistoryEntry], region: String) {
        guard let first = files.first, let startTime = files.map(\.startTime).min(),
            let stopTime = files.map(\.stopTime).max()
        else { return nil }
        self.init(
            id: RecordingID(first.callUUID), callerPhoneNumber: first.parameters["ani"] ?? "",
            dialedPhoneNumber: first.parameters["dnis"] ?? "", region: region, startTime: startTime,
            stopTime: stopTime, mediaFiles: files, eventHistory: Attendance(history).events)
        for entry in history {
            guard case .callCreated(_, let callType, let ani, let dnis) = entry.kind else { continue }
            self.callType = callType
            if !ani.rawValue.isEmpty { self.callerPhoneNumber = ani.rawValue }
            if !dnis.rawValue.isEmpty { self.dialedPhoneNumber = dnis.rawValue }
            break
        }
    }
}
