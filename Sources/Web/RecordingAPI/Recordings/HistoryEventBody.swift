/// An event as it stands in JSON.
///
/// - Source: GIR API, `recording.eventHistory[]`.
struct HistoryEventBody: Codable {
    struct Contact: Codable {
        /// `User` for an agent, `External` for anybody else.
        var type: String?
        var phoneNumber: String?
        var userName: String?
        var firstName: String?
        var lastName: String?
    }

    var occurredAt: String
    var calluuid: String
    var contact: Contact?
    var event: String
    var data: [String: JSONValue]?

    init(_ event: HistoryEvent) {
        self.occurredAt = event.occurredAt.iso8601Milliseconds
        self.calluuid = event.callUUID.rawValue
        self.contact = Contact(
            type: event.userName == nil ? "External" : "User", phoneNumber: event.phoneNumber,
            userName: event.userName, firstName: event.firstName, lastName: event.lastName)
        self.event = event.event
        self.data = event.data.isEmpty ? nil : event.data.mapValues { .string($0) }
    }

    func historyEvent() throws(RecordingAPIError) -> HistoryEvent {
        guard let occurredAt = WallTime(iso8601: self.occurredAt) else {
            throw RecordingAPIError(.invalid, "eventHistory: occurredAt '\(self.occurredAt.prefix(64))' is no date")
        }
        guard let callUUID = CallUUID(self.calluuid) else {
            throw RecordingAPIError(.invalid, "eventHistory: calluuid '\(self.calluuid.prefix(64))' is no CallUUID")
        }
        return HistoryEvent(
            occurredAt: occurredAt, callUUID: callUUID, event: self.event,
            phoneNumber: self.contact?.phoneNumber ?? "", userName: self.contact?.userName,
            firstName: self.contact?.firstName, lastName: self.contact?.lastName,
            data: (self.data ?? [:]).mapValues(\.text))
    }
}
