/// `TRegisterAddress`: from now on the events of a DN come to the client.
public struct TRegisterAddress: TRequest {
    /// `RequestRegisterAddress`.
    public static let type = TMessageType.requestRegisterAddress

    /// Whose events.
    public var dn: DN
    /// With whom the client shares the DN.
    public var mode: TRegisterMode
    /// How hard the server tries.
    public var controlMode: TControlMode
    /// What kind of address it is.
    public var addressType: TAddressType
    /// What the switch may want to know beside.
    public var extensions: KVList

    /// Takes the parameters in the order of the function.
    public init(
        _ dn: DN, mode: TRegisterMode = .share, controlMode: TControlMode = .default, addressType: TAddressType = .dn,
        extensions: KVList = KVList()
    ) {
        (self.dn, self.mode, self.controlMode) = (dn, mode, controlMode)
        (self.addressType, self.extensions) = (addressType, extensions)
    }

    /// Reads the parameters out of a message.
    public init(_ message: TMessage) throws(TMessageError) {
        let message = try message.checked(Self.type)
        try self.init(
            message.required(.thisDN), mode: message[.registerMode] ?? .share,
            controlMode: message[.controlMode] ?? .default, addressType: message[.addressType] ?? .dn,
            extensions: message[list: .extensions])
    }

    /// The message.
    public var message: TMessage {
        var message = TMessage(Self.type)
        message[.thisDN] = self.dn
        message[.registerMode] = self.mode
        message[.controlMode] = self.controlMode
        message[.addressType] = self.addressType
        message[list: .extensions] = self.extensions
        return message
    }
}

/// `TUnregisterAddress`: the events of a DN come no more.
public struct TUnregisterAddress: TRequest {
    /// `RequestUnregisterAddress`.
    public static let type = TMessageType.requestUnregisterAddress

    /// Whose events.
    public var dn: DN
    /// How hard the server tries.
    public var controlMode: TControlMode
    /// What the switch may want to know beside.
    public var extensions: KVList

    /// Takes the parameters in the order of the function.
    public init(_ dn: DN, controlMode: TControlMode = .default, extensions: KVList = KVList()) {
        (self.dn, self.controlMode, self.extensions) = (dn, controlMode, extensions)
    }

    /// Reads the parameters out of a message.
    public init(_ message: TMessage) throws(TMessageError) {
        let message = try message.checked(Self.type)
        try self.init(
            message.required(.thisDN), controlMode: message[.controlMode] ?? .default,
            extensions: message[list: .extensions])
    }

    /// The message.
    public var message: TMessage {
        var message = TMessage(Self.type)
        message[.thisDN] = self.dn
        message[.controlMode] = self.controlMode
        message[list: .extensions] = self.extensions
        return message
    }
}

/// `TQueryAddress`: how an address stands; answered by `EventAddressInfo`.
public struct TQueryAddress: TRequest {
    /// `RequestQueryAddress`.
    public static let type = TMessageType.requestQueryAddress

    /// The queue that is meant, where one is.
    public var queue: DN?
    /// The device that is meant.
    public var dn: DN
    /// What kind of address it is.
    public var addressType: TAddressType
    /// What is asked.
    public var infoType: TAddressInfoType
    /// What the switch may want to know beside.
    public var extensions: KVList

    /// Takes the parameters in the order of the function.
    public init(
        queue: DN?, dn: DN, addressType: TAddressType = .dn, infoType: TAddressInfoType = .dnStatus,
        extensions: KVList = KVList()
    ) {
        (self.queue, self.dn, self.addressType) = (queue, dn, addressType)
        (self.infoType, self.extensions) = (infoType, extensions)
    }

    /// Reads the parameters out of a message.
    public init(_ message: TMessage) throws(TMessageError) {
        let message = try message.checked(Self.type)
        try self.init(
            queue: message[.thisQueue], dn: message.required(.thisDN), addressType: message[.addressType] ?? .dn,
            infoType: message[.addressInfoType] ?? .dnStatus, extensions: message[list: .extensions])
    }

    /// The message.
    public var message: TMessage {
        var message = TMessage(Self.type)
        message[.thisQueue] = self.queue
        message[.thisDN] = self.dn
        message[.addressType] = self.addressType
        message[.addressInfoType] = self.infoType
        message[list: .extensions] = self.extensions
        return message
    }
}

/// `TQueryCall`: who takes part in a call, or whether it stands; answered by `EventPartyInfo`.
public struct TQueryCall: TRequest {
    /// `RequestQueryCall`.
    public static let type = TMessageType.requestQueryCall

    /// On whose behalf.
    public var dn: DN
    /// The call.
    public var connID: ConnID
    /// What is asked.
    public var infoType: TCallInfoType
    /// What the switch may want to know beside.
    public var extensions: KVList

    /// Takes the parameters in the order of the function.
    public init(_ dn: DN, connID: ConnID, infoType: TCallInfoType = .parties, extensions: KVList = KVList()) {
        (self.dn, self.connID, self.infoType) = (dn, connID, infoType)
        self.extensions = extensions
    }

    /// Reads the parameters out of a message.
    public init(_ message: TMessage) throws(TMessageError) {
        let message = try message.checked(Self.type)
        try self.init(
            message.required(.thisDN), connID: message.required(.connID),
            infoType: message[.callInfoType] ?? .parties, extensions: message[list: .extensions])
    }

    /// The message.
    public var message: TMessage {
        var message = TMessage(Self.type)
        message[.thisDN] = self.dn
        message[.connID] = self.connID
        message[.callInfoType] = self.infoType
        message[list: .extensions] = self.extensions
        return message
    }
}

/// `TQueryServer`: what the server is and can do; answered by `EventServerInfo`.
public struct TQueryServer: TRequest {
    /// `RequestQueryServer`.
    public static let type = TMessageType.requestQueryServer

    /// What the switch may want to know beside.
    public var extensions: KVList

    /// Takes the parameters in the order of the function.
    public init(extensions: KVList = KVList()) {
        self.extensions = extensions
    }

    /// Reads the parameters out of a message.
    public init(_ message: TMessage) throws(TMessageError) {
        let message = try message.checked(Self.type)
        self.init(extensions: message[list: .extensions])
    }

    /// The message.
    public var message: TMessage {
        var message = TMessage(Self.type)
        message[list: .extensions] = self.extensions
        return message
    }
}

/// `TSetInputMask`: which messages the client wants to be sent; see ``TInputMask``.
public struct TSetInputMask: TRequest {
    /// `RequestSetInputMask`.
    public static let type = TMessageType.requestSetInputMask

    /// The messages that are wanted.
    public var mask: TInputMask

    /// Takes the parameters in the order of the function.
    public init(_ mask: TInputMask) {
        self.mask = mask
    }

    /// Reads the parameters out of a message.
    public init(_ message: TMessage) throws(TMessageError) {
        let message = try message.checked(Self.type)
        try self.init(message.required(.inputMask))
    }

    /// The message.
    public var message: TMessage {
        var message = TMessage(Self.type)
        message[.inputMask] = self.mask
        return message
    }
}

/// A request about a DN alone: ``TSetDNDOn`` and its like.
///
/// - Parameter code: the number of the message.
public struct TDNRequest<let code: Int>: TRequest {
    /// The message that asks for it.
    public static var type: TMessageType { TMessageType(rawValue: UInt16(clamping: code)) }

    /// The DN.
    public var dn: DN
    /// Why, for the record.
    public var reasons: KVList
    /// What the switch may want to know beside.
    public var extensions: KVList

    /// Takes the parameters in the order of the function.
    public init(_ dn: DN, reasons: KVList = KVList(), extensions: KVList = KVList()) {
        (self.dn, self.reasons, self.extensions) = (dn, reasons, extensions)
    }

    /// Reads the parameters out of a message.
    public init(_ message: TMessage) throws(TMessageError) {
        let message = try message.checked(Self.type)
        try self.init(
            message.required(.thisDN), reasons: message[list: .reason], extensions: message[list: .extensions])
    }

    /// The message.
    public var message: TMessage {
        var message = TMessage(Self.type)
        message[.thisDN] = self.dn
        message[list: .reason] = self.reasons
        message[list: .extensions] = self.extensions
        return message
    }
}

/// `TSetDNDOn`: no call rings here.
public typealias TSetDNDOn = TDNRequest<12>

/// `TSetDNDOff`: calls ring here again.
public typealias TSetDNDOff = TDNRequest<13>

/// `TSetMessageWaitingOn`: lights the lamp for messages.
public typealias TSetMessageWaitingOn = TDNRequest<46>

/// `TSetMessageWaitingOff`: puts the lamp out.
public typealias TSetMessageWaitingOff = TDNRequest<47>
