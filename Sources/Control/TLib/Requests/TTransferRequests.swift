/// A request that brings a third party to a call: ``TInitiateTransfer`` and its like.
///
/// - Parameter code: the number of the message.
public struct TConsultRequest<let code: Int>: TRequest {
    /// The message that asks for it.
    public static var type: TMessageType { TMessageType(rawValue: UInt16(clamping: code)) }

    /// Who asks.
    public var dn: DN
    /// The call.
    public var connID: ConnID
    /// The number that is called.
    public var destination: DN
    /// The switch of the destination, where it is another one.
    public var location: String?
    /// What is attached to the new call.
    public var userData: KVList
    /// Why, for the record.
    public var reasons: KVList
    /// What the switch may want to know beside.
    public var extensions: KVList

    /// Takes the parameters in the order of the function.
    public init(
        _ dn: DN, connID: ConnID, destination: DN, location: String? = nil, userData: KVList = KVList(),
        reasons: KVList = KVList(), extensions: KVList = KVList()
    ) {
        (self.dn, self.connID, self.destination) = (dn, connID, destination)
        (self.location, self.userData, self.reasons) = (location, userData, reasons)
        self.extensions = extensions
    }

    /// Reads the parameters out of a message.
    public init(_ message: TMessage) throws(TMessageError) {
        let message = try message.checked(Self.type)
        try self.init(
            message.required(.thisDN), connID: message.required(.connID), destination: message.required(.otherDN),
            location: message[.location], userData: message[list: .userData], reasons: message[list: .reason],
            extensions: message[list: .extensions])
    }

    /// The message.
    public var message: TMessage {
        var message = TMessage(Self.type)
        message[.thisDN] = self.dn
        message[.connID] = self.connID
        message[.otherDN] = self.destination
        message[.location] = self.location
        message[list: .userData] = self.userData
        message[list: .reason] = self.reasons
        message[list: .extensions] = self.extensions
        return message
    }
}

/// `TInitiateTransfer`: holds the call and asks a third party, to transfer it.
public typealias TInitiateTransfer = TConsultRequest<23>

/// `TMuteTransfer`: transfers the call without asking.
public typealias TMuteTransfer = TConsultRequest<24>

/// `TSingleStepTransfer`: transfers the call in one step.
public typealias TSingleStepTransfer = TConsultRequest<25>

/// `TInitiateConference`: holds the call and asks a third party, to join it.
public typealias TInitiateConference = TConsultRequest<20>

/// `TSingleStepConference`: joins a third party in one step.
public typealias TSingleStepConference = TConsultRequest<120>

/// `TCompleteTransfer`: hands the held call to the party of the active one.
public struct TCompleteTransfer: TRequest {
    /// `RequestCompleteTransfer`.
    public static let type = TMessageType.requestCompleteTransfer

    /// Who transfers.
    public var dn: DN
    /// The call on hold.
    public var heldConnID: ConnID
    /// The call that is active.
    public var currentConnID: ConnID
    /// Why, for the record.
    public var reasons: KVList
    /// What the switch may want to know beside.
    public var extensions: KVList

    /// Takes the parameters in the order of the function.
    public init(
        _ dn: DN, heldConnID: ConnID, currentConnID: ConnID, reasons: KVList = KVList(), extensions: KVList = KVList()
    ) {
        (self.dn, self.heldConnID, self.currentConnID) = (dn, heldConnID, currentConnID)
        (self.reasons, self.extensions) = (reasons, extensions)
    }

    /// Reads the parameters out of a message.
    public init(_ message: TMessage) throws(TMessageError) {
        let message = try message.checked(Self.type)
        try self.init(
            message.required(.thisDN), heldConnID: message.required(.connID),
            currentConnID: message.required(.transferConnID), reasons: message[list: .reason],
            extensions: message[list: .extensions])
    }

    /// The message.
    public var message: TMessage {
        var message = TMessage(Self.type)
        message[.thisDN] = self.dn
        message[.connID] = self.heldConnID
        message[.transferConnID] = self.currentConnID
        message[list: .reason] = self.reasons
        message[list: .extensions] = self.extensions
        return message
    }
}

/// `TCompleteConference`: joins the held and the active call.
public struct TCompleteConference: TRequest {
    /// `RequestCompleteConference`.
    public static let type = TMessageType.requestCompleteConference

    /// Who joins them.
    public var dn: DN
    /// The call on hold.
    public var heldConnID: ConnID
    /// The call that is active.
    public var currentConnID: ConnID
    /// Why, for the record.
    public var reasons: KVList
    /// What the switch may want to know beside.
    public var extensions: KVList

    /// Takes the parameters in the order of the function.
    public init(
        _ dn: DN, heldConnID: ConnID, currentConnID: ConnID, reasons: KVList = KVList(), extensions: KVList = KVList()
    ) {
        (self.dn, self.heldConnID, self.currentConnID) = (dn, heldConnID, currentConnID)
        (self.reasons, self.extensions) = (reasons, extensions)
    }

    /// Reads the parameters out of a message.
    public init(_ message: TMessage) throws(TMessageError) {
        let message = try message.checked(Self.type)
        try self.init(
            message.required(.thisDN), heldConnID: message.required(.connID),
            currentConnID: message.required(.conferenceConnID), reasons: message[list: .reason],
            extensions: message[list: .extensions])
    }

    /// The message.
    public var message: TMessage {
        var message = TMessage(Self.type)
        message[.thisDN] = self.dn
        message[.connID] = self.heldConnID
        message[.conferenceConnID] = self.currentConnID
        message[list: .reason] = self.reasons
        message[list: .extensions] = self.extensions
        return message
    }
}

/// `TMergeCalls`: makes one call of two.
public struct TMergeCalls: TRequest {
    /// `RequestMergeCalls`.
    public static let type = TMessageType.requestMergeCalls

    /// Whose calls they are.
    public var dn: DN
    /// The call on hold.
    public var heldConnID: ConnID
    /// The call that is active.
    public var currentConnID: ConnID
    /// Whether he who merges leaves.
    public var mergeType: TMergeType
    /// Why, for the record.
    public var reasons: KVList
    /// What the switch may want to know beside.
    public var extensions: KVList

    /// Takes the parameters in the order of the function.
    public init(
        _ dn: DN, heldConnID: ConnID, currentConnID: ConnID, mergeType: TMergeType = .forTransfer,
        reasons: KVList = KVList(), extensions: KVList = KVList()
    ) {
        (self.dn, self.heldConnID, self.currentConnID) = (dn, heldConnID, currentConnID)
        (self.mergeType, self.reasons, self.extensions) = (mergeType, reasons, extensions)
    }

    /// Reads the parameters out of a message.
    public init(_ message: TMessage) throws(TMessageError) {
        let message = try message.checked(Self.type)
        try self.init(
            message.required(.thisDN), heldConnID: message.required(.connID),
            currentConnID: message.required(.transferConnID), mergeType: message[.mergeType] ?? .forTransfer,
            reasons: message[list: .reason], extensions: message[list: .extensions])
    }

    /// The message.
    public var message: TMessage {
        var message = TMessage(Self.type)
        message[.thisDN] = self.dn
        message[.connID] = self.heldConnID
        message[.transferConnID] = self.currentConnID
        message[.mergeType] = self.mergeType
        message[list: .reason] = self.reasons
        message[list: .extensions] = self.extensions
        return message
    }
}

/// `TDeleteFromConference`: removes a party from a conference.
public struct TDeleteFromConference: TRequest {
    /// `RequestDeleteFromConference`.
    public static let type = TMessageType.requestDeleteFromConference

    /// Who removes.
    public var dn: DN
    /// The call.
    public var connID: ConnID
    /// Who is removed.
    public var dnToDrop: DN
    /// Why, for the record.
    public var reasons: KVList
    /// What the switch may want to know beside.
    public var extensions: KVList

    /// Takes the parameters in the order of the function.
    public init(_ dn: DN, connID: ConnID, dnToDrop: DN, reasons: KVList = KVList(), extensions: KVList = KVList()) {
        (self.dn, self.connID, self.dnToDrop) = (dn, connID, dnToDrop)
        (self.reasons, self.extensions) = (reasons, extensions)
    }

    /// Reads the parameters out of a message.
    public init(_ message: TMessage) throws(TMessageError) {
        let message = try message.checked(Self.type)
        try self.init(
            message.required(.thisDN), connID: message.required(.connID), dnToDrop: message.required(.otherDN),
            reasons: message[list: .reason], extensions: message[list: .extensions])
    }

    /// The message.
    public var message: TMessage {
        var message = TMessage(Self.type)
        message[.thisDN] = self.dn
        message[.connID] = self.connID
        message[.otherDN] = self.dnToDrop
        message[list: .reason] = self.reasons
        message[list: .extensions] = self.extensions
        return message
    }
}
