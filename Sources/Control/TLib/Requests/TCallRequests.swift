/// `TMakeCall`: calls from one device to another.
public struct TMakeCall: TRequest {
    /// `RequestMakeCall`.
    public static let type = TMessageType.requestMakeCall

    /// Who calls.
    public var dn: DN
    /// The number that is called.
    public var destination: DN
    /// The switch of the destination, where it is another one.
    public var location: String?
    /// How the call is made.
    public var callType: TMakeCallType
    /// What is attached to the new call.
    public var userData: KVList
    /// Why, for the record.
    public var reasons: KVList
    /// What the switch may want to know beside.
    public var extensions: KVList

    /// Takes the parameters in the order of the function.
    public init(
        _ dn: DN, destination: DN, location: String? = nil, callType: TMakeCallType = .regular,
        userData: KVList = KVList(), reasons: KVList = KVList(), extensions: KVList = KVList()
    ) {
        (self.dn, self.destination, self.location) = (dn, destination, location)
        (self.callType, self.userData, self.reasons) = (callType, userData, reasons)
        self.extensions = extensions
    }

    /// Reads the parameters out of a message.
    public init(_ message: TMessage) throws(TMessageError) {
        let message = try message.checked(Self.type)
        try self.init(
            message.required(.thisDN), destination: message.required(.otherDN), location: message[.location],
            callType: message[.makeCallType] ?? .regular, userData: message[list: .userData],
            reasons: message[list: .reason], extensions: message[list: .extensions])
    }

    /// The message.
    public var message: TMessage {
        var message = TMessage(Self.type)
        message[.thisDN] = self.dn
        message[.otherDN] = self.destination
        message[.location] = self.location
        message[.makeCallType] = self.callType
        message[list: .userData] = self.userData
        message[list: .reason] = self.reasons
        message[list: .extensions] = self.extensions
        return message
    }
}

/// `TMakePredictiveCall`: calls somebody on behalf of a queue, before an agent is free.
public struct TMakePredictiveCall: TRequest {
    /// `RequestMakePredictiveCall`.
    public static let type = TMessageType.requestMakePredictiveCall

    /// The queue on whose behalf.
    public var dn: DN
    /// The number that is called.
    public var destination: DN
    /// How long to let it ring, in seconds.
    public var timeout: Int?
    /// What is attached to the new call.
    public var userData: KVList
    /// Why, for the record.
    public var reasons: KVList
    /// What the switch may want to know beside.
    public var extensions: KVList

    /// Takes the parameters in the order of the function.
    public init(
        _ dn: DN, destination: DN, timeout: Int? = nil, userData: KVList = KVList(), reasons: KVList = KVList(),
        extensions: KVList = KVList()
    ) {
        (self.dn, self.destination, self.timeout) = (dn, destination, timeout)
        (self.userData, self.reasons, self.extensions) = (userData, reasons, extensions)
    }

    /// Reads the parameters out of a message.
    public init(_ message: TMessage) throws(TMessageError) {
        let message = try message.checked(Self.type)
        try self.init(
            message.required(.thisDN), destination: message.required(.otherDN), timeout: message[.timeout],
            userData: message[list: .userData], reasons: message[list: .reason], extensions: message[list: .extensions])
    }

    /// The message.
    public var message: TMessage {
        var message = TMessage(Self.type)
        message[.thisDN] = self.dn
        message[.otherDN] = self.destination
        message[.timeout] = self.timeout
        message[list: .userData] = self.userData
        message[list: .reason] = self.reasons
        message[list: .extensions] = self.extensions
        return message
    }
}

/// A request about one call at one DN: ``TAnswerCall`` and its like.
///
/// - Parameter code: the number of the message.
public struct TCallRequest<let code: Int>: TRequest {
    /// The message that asks for it.
    public static var type: TMessageType { TMessageType(rawValue: UInt16(clamping: code)) }

    /// Whose part in the call it is about.
    public var dn: DN
    /// The call.
    public var connID: ConnID
    /// Why, for the record.
    public var reasons: KVList
    /// What the switch may want to know beside.
    public var extensions: KVList

    /// Takes the parameters in the order of the function.
    public init(_ dn: DN, connID: ConnID, reasons: KVList = KVList(), extensions: KVList = KVList()) {
        (self.dn, self.connID, self.reasons) = (dn, connID, reasons)
        self.extensions = extensions
    }

    /// Reads the parameters out of a message.
    public init(_ message: TMessage) throws(TMessageError) {
        let message = try message.checked(Self.type)
        try self.init(
            message.required(.thisDN), connID: message.required(.connID), reasons: message[list: .reason],
            extensions: message[list: .extensions])
    }

    /// The message.
    public var message: TMessage {
        var message = TMessage(Self.type)
        message[.thisDN] = self.dn
        message[.connID] = self.connID
        message[list: .reason] = self.reasons
        message[list: .extensions] = self.extensions
        return message
    }
}

/// `TAnswerCall`: answers the call that rings.
public typealias TAnswerCall = TCallRequest<16>

/// `TReleaseCall`: leaves the call.
public typealias TReleaseCall = TCallRequest<17>

/// `TClearCall`: ends the call for all.
public typealias TClearCall = TCallRequest<110>

/// `THoldCall`: puts the call on hold.
public typealias THoldCall = TCallRequest<18>

/// `TRetrieveCall`: takes the call off hold.
public typealias TRetrieveCall = TCallRequest<19>

/// `TSetMuteOn`: the DN is not heard.
public typealias TSetMuteOn = TCallRequest<143>

/// `TSetMuteOff`: the DN is heard again.
public typealias TSetMuteOff = TCallRequest<144>

/// A request about the two calls of a DN: ``TAlternateCall``, ``TReconnectCall``.
///
/// - Parameter code: the number of the message.
public struct TSwapCalls<let code: Int>: TRequest {
    /// The message that asks for it.
    public static var type: TMessageType { TMessageType(rawValue: UInt16(clamping: code)) }

    /// Whose calls they are.
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
            message.required(.thisDN), heldConnID: message.required(.previousConnID),
            currentConnID: message.required(.connID), reasons: message[list: .reason],
            extensions: message[list: .extensions])
    }

    /// The message.
    public var message: TMessage {
        var message = TMessage(Self.type)
        message[.thisDN] = self.dn
        message[.previousConnID] = self.heldConnID
        message[.connID] = self.currentConnID
        message[list: .reason] = self.reasons
        message[list: .extensions] = self.extensions
        return message
    }
}

/// `TAlternateCall`: holds the active call and takes up the held one.
public typealias TAlternateCall = TSwapCalls<28>

/// `TReconnectCall`: ends the active call and takes up the held one.
public typealias TReconnectCall = TSwapCalls<29>

/// `TRedirectCall`: sends a call that rings elsewhere.
public struct TRedirectCall: TRequest {
    /// `RequestRedirectCall`.
    public static let type = TMessageType.requestRedirectCall

    /// Where it rings.
    public var dn: DN
    /// Where it is sent.
    public var destination: DN
    /// The call.
    public var connID: ConnID
    /// Why, for the record.
    public var reasons: KVList
    /// What the switch may want to know beside.
    public var extensions: KVList

    /// Takes the parameters in the order of the function.
    public init(_ dn: DN, destination: DN, connID: ConnID, reasons: KVList = KVList(), extensions: KVList = KVList()) {
        (self.dn, self.destination, self.connID) = (dn, destination, connID)
        (self.reasons, self.extensions) = (reasons, extensions)
    }

    /// Reads the parameters out of a message.
    public init(_ message: TMessage) throws(TMessageError) {
        let message = try message.checked(Self.type)
        try self.init(
            message.required(.thisDN), destination: message.required(.otherDN), connID: message.required(.connID),
            reasons: message[list: .reason], extensions: message[list: .extensions])
    }

    /// The message.
    public var message: TMessage {
        var message = TMessage(Self.type)
        message[.thisDN] = self.dn
        message[.otherDN] = self.destination
        message[.connID] = self.connID
        message[list: .reason] = self.reasons
        message[list: .extensions] = self.extensions
        return message
    }
}

/// `TRouteCall`: sends a call on from a routing point; the answer to `EventRouteRequest`.
public struct TRouteCall: TRequest {
    /// `RequestRouteCall`.
    public static let type = TMessageType.requestRouteCall

    /// The routing point.
    public var dn: DN
    /// The call.
    public var connID: ConnID
    /// Where the call goes; nil for the default destination.
    public var destination: DN?
    /// The switch of the destination, where it is another one.
    public var location: String?
    /// How it goes there.
    public var routeType: TRouteType
    /// Why, for the record.
    public var reasons: KVList
    /// What the switch may want to know beside.
    public var extensions: KVList

    /// Takes the parameters in the order of the function.
    public init(
        _ dn: DN, connID: ConnID, destination: DN? = nil, location: String? = nil, routeType: TRouteType = .unknown,
        reasons: KVList = KVList(), extensions: KVList = KVList()
    ) {
        (self.dn, self.connID, self.destination) = (dn, connID, destination)
        (self.location, self.routeType, self.reasons) = (location, routeType, reasons)
        self.extensions = extensions
    }

    /// Reads the parameters out of a message.
    public init(_ message: TMessage) throws(TMessageError) {
        let message = try message.checked(Self.type)
        try self.init(
            message.required(.thisDN), connID: message.required(.connID), destination: message[.otherDN],
            location: message[.location], routeType: message[.routeType] ?? .unknown, reasons: message[list: .reason],
            extensions: message[list: .extensions])
    }

    /// The message.
    public var message: TMessage {
        var message = TMessage(Self.type)
        message[.thisDN] = self.dn
        message[.connID] = self.connID
        message[.otherDN] = self.destination
        message[.location] = self.location
        message[.routeType] = self.routeType
        message[list: .reason] = self.reasons
        message[list: .extensions] = self.extensions
        return message
    }
}

/// `TSendDTMF`: sends digits as tones.
public struct TSendDTMF: TRequest {
    /// `RequestSendDTMF`.
    public static let type = TMessageType.requestSendDTMF

    /// Who sends them.
    public var dn: DN
    /// The call.
    public var connID: ConnID
    /// The digits, `0`-`9`, `*`, `#`, `A`-`D`.
    public var digits: String
    /// Why, for the record.
    public var reasons: KVList
    /// What the switch may want to know beside.
    public var extensions: KVList

    /// Takes the parameters in the order of the function.
    public init(_ dn: DN, connID: ConnID, digits: String, reasons: KVList = KVList(), extensions: KVList = KVList()) {
        (self.dn, self.connID, self.digits) = (dn, connID, digits)
        (self.reasons, self.extensions) = (reasons, extensions)
    }

    /// Reads the parameters out of a message.
    public init(_ message: TMessage) throws(TMessageError) {
        let message = try message.checked(Self.type)
        try self.init(
            message.required(.thisDN), connID: message.required(.connID), digits: message.required(.dtmfDigits),
            reasons: message[list: .reason], extensions: message[list: .extensions])
    }

    /// The message.
    public var message: TMessage {
        var message = TMessage(Self.type)
        message[.thisDN] = self.dn
        message[.connID] = self.connID
        message[.dtmfDigits] = self.digits
        message[list: .reason] = self.reasons
        message[list: .extensions] = self.extensions
        return message
    }
}

/// `TApplyTreatment`: lets a waiting caller hear something.
public struct TApplyTreatment: TRequest {
    /// `RequestApplyTreatment`.
    public static let type = TMessageType.requestApplyTreatment

    /// Where the call waits.
    public var dn: DN
    /// The call.
    public var connID: ConnID
    /// What he hears.
    public var treatmentType: TTreatmentType
    /// What the treatment needs to know.
    public var parameters: KVList
    /// Why, for the record.
    public var reasons: KVList
    /// What the switch may want to know beside.
    public var extensions: KVList

    /// Takes the parameters in the order of the function.
    public init(
        _ dn: DN, connID: ConnID, treatmentType: TTreatmentType, parameters: KVList = KVList(),
        reasons: KVList = KVList(), extensions: KVList = KVList()
    ) {
        (self.dn, self.connID, self.treatmentType) = (dn, connID, treatmentType)
        (self.parameters, self.reasons, self.extensions) = (parameters, reasons, extensions)
    }

    /// Reads the parameters out of a message.
    public init(_ message: TMessage) throws(TMessageError) {
        let message = try message.checked(Self.type)
        try self.init(
            message.required(.thisDN), connID: message.required(.connID),
            treatmentType: message.required(.treatmentType), parameters: message[list: .treatmentParms],
            reasons: message[list: .reason], extensions: message[list: .extensions])
    }

    /// The message.
    public var message: TMessage {
        var message = TMessage(Self.type)
        message[.thisDN] = self.dn
        message[.connID] = self.connID
        message[.treatmentType] = self.treatmentType
        message[list: .treatmentParms] = self.parameters
        message[list: .reason] = self.reasons
        message[list: .extensions] = self.extensions
        return message
    }
}
