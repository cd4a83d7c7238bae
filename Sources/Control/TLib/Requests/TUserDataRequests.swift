/// A request that changes user data: ``TAttachUserData``, ``TUpdateUserData``.
///
/// - Parameter code: the number of the message.
public struct TUserDataRequest<let code: Int>: TRequest {
    /// The message that asks for it.
    public static var type: TMessageType { TMessageType(rawValue: UInt16(clamping: code)) }

    /// On whose behalf.
    public var dn: DN
    /// The call.
    public var connID: ConnID
    /// The pairs.
    public var userData: KVList

    /// Takes the parameters in the order of the function.
    public init(_ dn: DN, connID: ConnID, userData: KVList) {
        (self.dn, self.connID, self.userData) = (dn, connID, userData)
    }

    /// Reads the parameters out of a message.
    public init(_ message: TMessage) throws(TMessageError) {
        let message = try message.checked(Self.type)
        try self.init(
            message.required(.thisDN), connID: message.required(.connID), userData: message.required(.userData))
    }

    /// The message.
    public var message: TMessage {
        var message = TMessage(Self.type)
        message[.thisDN] = self.dn
        message[.connID] = self.connID
        message[.userData] = self.userData
        return message
    }
}

/// `TAttachUserData`: adds pairs.
public typealias TAttachUserData = TUserDataRequest<30>

/// `TUpdateUserData`: replaces the pairs of the same keys.
public typealias TUpdateUserData = TUserDataRequest<31>

/// `TDeleteUserData`: removes the pairs of one key; the message is `RequestDeletePair`.
public struct TDeleteUserData: TRequest {
    /// `RequestDeletePair`.
    public static let type = TMessageType.requestDeletePair

    /// On whose behalf.
    public var dn: DN
    /// The call.
    public var connID: ConnID
    /// The key.
    public var key: String

    /// Takes the parameters in the order of the function.
    public init(_ dn: DN, connID: ConnID, key: String) {
        (self.dn, self.connID, self.key) = (dn, connID, key)
    }

    /// Reads the parameters out of a message.
    public init(_ message: TMessage) throws(TMessageError) {
        let message = try message.checked(Self.type)
        try self.init(message.required(.thisDN), connID: message.required(.connID), key: message.required(.dataKey))
    }

    /// The message.
    public var message: TMessage {
        var message = TMessage(Self.type)
        message[.thisDN] = self.dn
        message[.connID] = self.connID
        message[.dataKey] = self.key
        return message
    }
}

/// ``TDeleteUserData``, by the name of its message.
public typealias TDeletePair = TDeleteUserData

/// `TDeleteAllUserData`: removes all pairs; the message is `RequestDeleteUserData`.
public struct TDeleteAllUserData: TRequest {
    /// `RequestDeleteUserData`.
    public static let type = TMessageType.requestDeleteUserData

    /// On whose behalf.
    public var dn: DN
    /// The call.
    public var connID: ConnID

    /// Takes the parameters in the order of the function.
    public init(_ dn: DN, connID: ConnID) {
        (self.dn, self.connID) = (dn, connID)
    }

    /// Reads the parameters out of a message.
    public init(_ message: TMessage) throws(TMessageError) {
        let message = try message.checked(Self.type)
        try self.init(message.required(.thisDN), connID: message.required(.connID))
    }

    /// The message.
    public var message: TMessage {
        var message = TMessage(Self.type)
        message[.thisDN] = self.dn
        message[.connID] = self.connID
        return message
    }
}
