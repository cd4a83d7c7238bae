internal import CallCore
internal import RecordingStorage

/// A recording as it stands in the table. The names here are the format: they are not changed, and what is added is
/// optional. Times are milliseconds since 1970, UTC; lengths are nanoseconds.
struct StoredRecording: Codable {
    struct Span: Codable {
        var start: Int64
        var end: Int64

        init(_ mask: Mask) { (self.start, self.end) = (mask.start.nanoseconds, mask.end.nanoseconds) }

        var mask: Mask { Mask(start: .nanoseconds(self.start), end: .nanoseconds(self.end)) }
    }

    struct Stream: Codable {
        var dn: String
        var channel: Int
        var received: Int
        var lost: Int
        var late: Int
        var duplicate: Int
    }

    struct Prompt: Codable {
        var dn: String
        var channel: Int
        var kind: String
        var name: String
        var span: Span
        var played: Int64
        var length: Int64
        var interruption: String?
    }

    struct Consent: Codable {
        var heardAt: Int64?
        var reason: String
    }

    struct File: Codable {
        var mediaID: String
        var playID: String
        var path: String
        var storage: String
        var type: String
        var duration: Int64
        var byteCount: Int64
        var startTime: Int64
        var stopTime: Int64
        var callUUID: String
        var tenant: String
        var profile: String
        var masks: [Span]
        var parameters: [String: String]
        var streams: [Stream]
        var pauses: [Span]
        var exceptions: [String]
        var prompts: [Prompt]?
        var consent: Consent?
        /// Missing in what was stored before there was any.
        var sound: Sound?
    }

    struct Event: Codable {
        var occurredAt: Int64
        var callUUID: String
        var event: String
        var phoneNumber: String
        var userName: String?
        var firstName: String?
        var lastName: String?
        var data: [String: String]
    }

    var id: String
    var callerPhoneNumber: String
    var dialedPhoneNumber: String
    var callType: String
    var region: String
    var startTime: Int64
    var stopTime: Int64
    var mediaFiles: [File]
    var eventHistory: [Event]
}

extension StoredRecording {
    init(_ recording: Recording) {
        self.init(
            id: recording.id.rawValue, callerPhoneNumber: recording.callerPhoneNumber,
            dialedPhoneNumber: recording.dialedPhoneNumber, callType: recording.callType, region: recording.region,
            startTime: recording.startTime.milliseconds, stopTime: recording.stopTime.milliseconds,
            mediaFiles: recording.mediaFiles.map(File.init), eventHistory: recording.eventHistory.map(Event.init))
    }

    /// - Throws: `.corrupt` where the document was not written by this software.
    func recording() throws -> Recording {
        Recording(
            id: RecordingID(rawValue: self.id), callerPhoneNumber: self.callerPhoneNumber,
            dialedPhoneNumber: self.dialedPhoneNumber, callType: self.callType, region: self.region,
            startTime: WallTime(milliseconds: self.startTime), stopTime: WallTime(milliseconds: self.stopTime),
            mediaFiles: try self.mediaFiles.map { try $0.mediaFile() },
            eventHistory: try self.eventHistory.map { try $0.historyEvent() })
    }
}

extension StoredRecording.File {
    init(_ file: MediaFile) {
        self.init(
            mediaID: file.mediaID, playID: file.playID, path: file.path.rawValue, storage: file.storage,
            type: file.type, duration: file.duration.nanoseconds, byteCount: file.byteCount,
            startTime: file.startTime.milliseconds, stopTime: file.stopTime.milliseconds,
            callUUID: file.callUUID.rawValue, tenant: file.tenant.rawValue, profile: file.profile,
            masks: file.masks.map(StoredRecording.Span.init), parameters: file.parameters,
            streams: file.verdict.streams.map {
                StoredRecording.Stream(
                    dn: $0.dn, channel: $0.channel, received: $0.received, lost: $0.lost, late: $0.late,
                    duplicate: $0.duplicate)
            },
            pauses: file.verdict.pauses.map(StoredRecording.Span.init), exceptions: file.verdict.exceptions,
            prompts: file.verdict.prompts.isEmpty ? nil : file.verdict.prompts.map(StoredRecording.Prompt.init),
            consent: file.verdict.consent.map {
                StoredRecording.Consent(heardAt: $0.heardAt?.nanoseconds, reason: $0.reason)
            },
            sound: file.sound.map(StoredRecording.Sound.init))
    }

    func mediaFile() throws -> MediaFile {
        guard let path = RecordingPath(self.path), let callUUID = CallUUID(self.callUUID) else {
            throw StorageError(.corrupt, "media file \(self.mediaID) has no path or no call")
        }
        return MediaFile(
            mediaID: self.mediaID, playID: self.playID, path: path, storage: self.storage, type: self.type,
            duration: .nanoseconds(self.duration), byteCount: self.byteCount,
            startTime: WallTime(milliseconds: self.startTime), stopTime: WallTime(milliseconds: self.stopTime),
            callUUID: callUUID, tenant: TenantName(rawValue: self.tenant), profile: self.profile,
            masks: self.masks.map(\.mask), parameters: self.parameters,
            verdict: Verdict(
                streams: self.streams.map {
                    Verdict.Stream(
                        dn: $0.dn, channel: $0.channel, received: $0.received, lost: $0.lost, late: $0.late,
                        duplicate: $0.duplicate)
                },
                pauses: self.pauses.map(\.mask), exceptions: self.exceptions,
                prompts: (self.prompts ?? []).map(\.prompt),
                consent: self.consent.map {
                    RecordingConsent(heardAt: $0.heardAt.map { .nanoseconds($0) }, reason: $0.reason)
                }),
            sound: self.sound?.profile)
    }
}

extension StoredRecording.Prompt {
    init(_ prompt: PlayedPrompt) {
        self.init(
            dn: prompt.dn, channel: prompt.channel, kind: prompt.kind.rawValue, name: prompt.name,
            span: StoredRecording.Span(prompt.span), played: prompt.played.nanoseconds,
            length: prompt.length.nanoseconds, interruption: prompt.interruption)
    }

    var prompt: PlayedPrompt {
        PlayedPrompt(
            dn: self.dn, channel: self.channel, kind: PlayedPrompt.Kind(rawValue: self.kind), name: self.name,
            span: self.span.mask, played: .nanoseconds(self.played), length: .nanoseconds(self.length),
            interruption: self.interruption)
    }
}

extension StoredRecording.Event {
    init(_ event: HistoryEvent) {
        self.init(
            occurredAt: event.occurredAt.milliseconds, callUUID: event.callUUID.rawValue, event: event.event,
            phoneNumber: event.phoneNumber, userName: event.userName, firstName: event.firstName,
            lastName: event.lastName, data: event.data)
    }

    func historyEvent() throws -> HistoryEvent {
        guard let callUUID = CallUUID(self.callUUID) else {
            throw StorageError(.corrupt, "event \(self.event) has no call")
        }
        return HistoryEvent(
            occurredAt: WallTime(milliseconds: self.occurredAt), callUUID: callUUID, event: self.event,
            phoneNumber: self.phoneNumber, userName: self.userName, firstName: self.firstName,
            lastName: self.lastName, data: self.data)
    }
}
