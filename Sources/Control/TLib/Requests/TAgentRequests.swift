/// `TAgentLogin`: an agent begins to work at a queue. The rank of the agent has no known attribute and is left out.
public struct TAgentLogin: TRequest {
    /// `RequestAgentLogin`.
    public static let type = TMessageType.requestAgentLogin

    /// The queue; nil where the switch knows.
    public var queue: DN?
    /// Where the agent sits.
    public var dn: DN
    /// The agent.
    public var agentID: AgentID
    /// His password.
    public var password: String?
    /// How he begins.
    public var workMode: TAgentWorkMode
    /// Why, for the record.
    public var reasons: KVList
    /// What the switch may want to know beside.
    public var extensions: KVList

    /// Takes the parameters in the order of the function.
    public init(
        queue: DN?, dn: DN, agentID: AgentID, password: String? = nil, workMode: TAgentWorkMode = .unknown,
        reasons: KVList = KVList(), extensions: KVList = KVList()
    ) {
        (self.queue, self.dn, self.agentID) = (queue, dn, agentID)
        (self.password, self.workMode, self.reasons) = (password, workMode, reasons)
        self.extensions = extensions
    }

    /// Reads the parameters out of a message.
    public init(_ message: TMessage) throws(TMessageError) {
        let message = try message.checked(Self.type)
        try self.init(
            queue: message[.thisQueue], dn: message.required(.thisDN), agentID: message.required(.agentID),
            password: message[.password], workMode: message[.agentWorkMode] ?? .unknown,
            reasons: message[list: .reason], extensions: message[list: .extensions])
    }

    /// The message.
    public var message: TMessage {
        var message = TMessage(Self.type)
        message[.thisQueue] = self.queue
        message[.thisDN] = self.dn
        message[.agentID] = self.agentID
        message[.password] = self.password
        message[.agentWorkMode] = self.workMode
        message[list: .reason] = self.reasons
        message[list: .extensions] = self.extensions
        return message
    }
}

/// `TAgentLogout`: an agent ends his work at a queue.
public struct TAgentLogout: TRequest {
    /// `RequestAgentLogout`.
    public static let type = TMessageType.requestAgentLogout

    /// The queue; nil for all.
    public var queue: DN?
    /// Where the agent sits.
    public var dn: DN
    /// Why, for the record.
    public var reasons: KVList
    /// What the switch may want to know beside.
    public var extensions: KVList

    /// Takes the parameters in the order of the function.
    public init(queue: DN?, dn: DN, reasons: KVList = KVList(), extensions: KVList = KVList()) {
        (self.queue, self.dn, self.reasons) = (queue, dn, reasons)
        self.extensions = extensions
    }

    /// Reads the parameters out of a message.
    public init(_ message: TMessage) throws(TMessageError) {
        let message = try message.checked(Self.type)
        try self.init(
            queue: message[.thisQueue], dn: message.required(.thisDN), reasons: message[list: .reason],
            extensions: message[list: .extensions])
    }

    /// The message.
    public var message: TMessage {
        var message = TMessage(Self.type)
        message[.thisQueue] = self.queue
        message[.thisDN] = self.dn
        message[list: .reason] = self.reasons
        message[list: .extensions] = self.extensions
        return message
    }
}

/// A request about the state of an agent: ``TAgentSetReady``, ``TAgentSetNotReady``.
///
/// - Parameter code: the number of the message.
public struct TAgentStateRequest<let code: Int>: TRequest {
    /// The message that asks for it.
    public static var type: TMessageType { TMessageType(rawValue: UInt16(clamping: code)) }

    /// The queue; nil for all.
    public var queue: DN?
    /// Where the agent sits.
    public var dn: DN
    /// What he does.
    public var workMode: TAgentWorkMode
    /// Why, for the record.
    public var reasons: KVList
    /// What the switch may want to know beside.
    public var extensions: KVList

    /// Takes the parameters in the order of the function.
    public init(
        queue: DN?, dn: DN, workMode: TAgentWorkMode = .unknown, reasons: KVList = KVList(),
        extensions: KVList = KVList()
    ) {
        (self.queue, self.dn, self.workMode) = (queue, dn, workMode)
        (self.reasons, self.extensions) = (reasons, extensions)
    }

    /// Reads the parameters out of a message.
    public init(_ message: TMessage) throws(TMessageError) {
        let message = try message.checked(Self.type)
        try self.init(
            queue: message[.thisQueue], dn: message.required(.thisDN), workMode: message[.agentWorkMode] ?? .unknown,
            reasons: message[list: .reason], extensions: message[list: .extensions])
    }

    /// The message.
    public var message: TMessage {
        var message = TMessage(Self.type)
        message[.thisQueue] = self.queue
        message[.thisDN] = self.dn
        message[.agentWorkMode] = self.workMode
        message[list: .reason] = self.reasons
        message[list: .extensions] = self.extensions
        return message
    }
}

/// `TAgentSetReady`: an agent takes calls.
public typealias TAgentSetReady = TAgentStateRequest<10>

/// `TAgentSetNotReady`: an agent takes no calls.
public typealias TAgentSetNotReady = TAgentStateRequest<11>

/// `TMonitorNextCall`: a supervisor listens to an agent's calls.
public struct TMonitorNextCall: TRequest {
    /// `RequestMonitorNextCall`.
    public static let type = TMessageType.requestMonitorNextCall

    /// The supervisor.
    public var dn: DN
    /// The agent.
    public var agentDN: DN
    /// For how long.
    public var monitorType: TMonitorNextCallType
    /// Why, for the record.
    public var reasons: KVList
    /// What the switch may want to know beside.
    public var extensions: KVList

    /// Takes the parameters in the order of the function.
    public init(
        _ dn: DN, agentDN: DN, monitorType: TMonitorNextCallType = .oneCall, reasons: KVList = KVList(),
        extensions: KVList = KVList()
    ) {
        (self.dn, self.agentDN, self.monitorType) = (dn, agentDN, monitorType)
        (self.reasons, self.extensions) = (reasons, extensions)
    }

    /// Reads the parameters out of a message.
    public init(_ message: TMessage) throws(TMessageError) {
        let message = try message.checked(Self.type)
        try self.init(
            message.required(.thisDN), agentDN: message.required(.otherDN),
            monitorType: message[.monitorNextCallType] ?? .oneCall, reasons: message[list: .reason],
            extensions: message[list: .extensions])
    }

    /// The message.
    public var message: TMessage {
        var message = TMessage(Self.type)
        message[.thisDN] = self.dn
        message[.otherDN] = self.agentDN
        message[.monitorNextCallType] = self.monitorType
        message[list: .reason] = self.reasons
        message[list: .extensions] = self.extensions
        return message
    }
}

/// `TCancelMonitoring`: a supervisor listens no more.
public struct TCancelMonitoring: TRequest {
    /// `RequestCancelMonitoring`.
    public static let type = TMessageType.requestCancelMonitoring

    /// The supervisor.
    public var dn: DN
    /// The agent.
    public var agentDN: DN
    /// Why, for the record.
    public var reasons: KVList
    /// What the switch may want to know beside.
    public var extensions: KVList

    /// Takes the parameters in the order of the function.
    public init(_ dn: DN, agentDN: DN, reasons: KVList = KVList(), extensions: KVList = KVList()) {
        (self.dn, self.agentDN, self.reasons) = (dn, agentDN, reasons)
        self.extensions = extensions
    }

    /// Reads the parameters out of a message.
    public init(_ message: TMessage) throws(TMessageError) {
        let message = try message.checked(Self.type)
        try self.init(
            message.required(.thisDN), agentDN: message.required(.otherDN), reasons: message[list: .reason],
            extensions: message[list: .extensions])
    }

    /// The message.
    public var message: TMessage {
        var message = TMessage(Self.type)
        message[.thisDN] = self.dn
        message[.otherDN] = self.agentDN
        message[list: .reason] = self.reasons
        message[list: .extensions] = self.extensions
        return message
    }
}
