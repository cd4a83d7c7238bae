public import CallCore
internal import CaptureJournal
internal import RecordingAPI
internal import RecordingStorage

extension RecordingTicket {
    /// The parameter under which the name of the IVR profile travels.
    static let profileParameter = "ivrprofile"
}

extension UploadRecord {
    /// What is told of a recording whose files are whole.
    ///
    /// - Parameter storage: which kind of store keeps each file, in their order; the last one keeps those that follow.
    public init(_ recording: RenderedRecording, tenant: TenantName, profile: String, storage: [String]) {
        let ticket = recording.ticket
        // A ticket always has a CallUUID; one that was damaged still gets its files to the store, under a name of its own.
        var tokens = TokenGenerator(seed: ticket.number.rawValue)
        let call = CallUUID(ticket.parameters["callUuid"] ?? "") ?? CallUUID(tokens: &tokens)
        var parameters = ticket.parameters
        let chosen = parameters.removeValue(forKey: RecordingTicket.profileParameter)
        parameters[RecordingTicket.consentParameter] = nil
        if let consent = recording.verdict.consent {
            parameters["consent"] = consent.description
        }
        let files = recording.files.enumerated().compactMap { index, file -> MediaFile? in
            guard let path = RecordingPath(file.name) else { return nil }
            return MediaFile(
                mediaID: file.name, playID: PlayID.derived(from: file.name), path: path,
                storage: storage.indices.contains(index) ? storage[index] : storage.last ?? "", type: file.mediaType,
                duration: file.duration, byteCount: file.byteCount, startTime: recording.startTime,
                stopTime: recording.stopTime, callUUID: call, tenant: tenant, profile: chosen ?? profile,
                masks: recording.masks, parameters: parameters, verdict: recording.verdict, sound: recording.sound)
        }
        let first = ticket.files.first?.name ?? ticket.id
        let name = first.lastIndex(of: ".").map { String(first[..<$0]) } ?? first
        self.init(name: name, mediaFiles: files)
    }
}
