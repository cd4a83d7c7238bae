/// `TPrivateService`: asks for a service of the vendor's own, for example to record a call.
public struct TPrivateService: TRequest {
    /// `RequestPrivateService`.
    public static let type = TMessageType.requestPrivateService

    /// Which service.
    public var service: PrivateMsgID
    /// On whose behalf; must be registered, need not take part in the call.
    public var dn: DN
    /// The call.
    public var connID: ConnID
    /// Why, for the record.
    public var reasons: KVList
    /// For example `record` = `destination`, `id`, `dest`.
    public var extensions: KVList

    /// Takes the parameters in the order of the function.
    public init(
        _ service: PrivateMsgID, dn: DN, connID: ConnID, reasons: KVList = KVList(), extensions: KVList = KVList()
    ) {
        (self.service, self.dn, self.connID) = (service, dn, connID)
        (self.reasons, self.extensions) = (reasons, extensions)
    }

    /// Reads the parameters out of a message.
    public init(_ message: TMessage) throws(TMessageError) {
        let message = try message.checked(Self.type)
        try self.init(
            message.required(.privateMsgID), dn: message.required(.thisDN), connID: message.required(.connID),
            reasons: message[list: .reason], extensions: message[list: .extensions])
    }

    /// The message.
    public var message: TMessage {
        var message = TMessage(Self.type)
        message[.privateMsgID] = self.service
        message[.thisDN] = self.dn
        message[.connID] = self.connID
        message[list: .reason] = self.reasons
        message[list: .extensions] = self.extensions
        return message
    }
}

/// `TSendUserEvent`: has the server tell all who have registered a DN of an event of the client's making; the message
/// is `RequestDistributeUserEvent`.
public struct TSendUserEvent: TRequest {
    /// `RequestDistributeUserEvent`.
    public static let type = TMessageType.requestDistributeUserEvent

    /// Whose clients are told.
    public var dn: DN
    /// What they are told: its type travels as AttributeUserEvent, its attributes beside.
    public var event: TMessage

    /// Takes the parameters in the order of the function.
    public init(_ dn: DN, event: TMessage) { (self.dn, self.event) = (dn, event) }

    /// Reads the parameters out of a message.
    public init(_ message: TMessage) throws(TMessageError) {
        let message = try message.checked(Self.type)
        var event = TMessage(try message.required(.userEvent))
        event.entries = message.entries.filter { !Self.own.contains($0.code) }
        try self.init(message.required(.thisDN), event: event)
    }

    /// The message.
    public var message: TMessage {
        var message = TMessage(Self.type)
        message[.thisDN] = self.dn
        message[.userEvent] = self.event.type
        message.entries += self.event.entries.filter { !Self.own.contains($0.code) }
        return message
    }

    /// Attributes of the request itself.
    private static let own: Set<UInt16> = [
        TAttribute.thisDN.code, TAttribute.userEvent.code, TAttribute.referenceID.code,
    ]
}
