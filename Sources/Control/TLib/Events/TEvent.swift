/// An event of a T-Server, typed: what has happened, and the fields that most events have.
///
/// The fields are those of the T-Library's `TEvent`; any other attribute is read from ``message``.
///
/// - Source: T-Library, event model; `TEvent`.
public struct TEvent: Hashable, Sendable {
    /// What has happened, with what only this kind of event says.
    public enum Kind: Hashable, Sendable {
        /// `EventServerConnected`, `EventLinkConnected`: the server, the switch behind it is there.
        case serverConnected, linkConnected
        /// `EventServerDisconnected`, `EventLinkDisconnected`: it is there no more.
        case serverDisconnected, linkDisconnected
        /// `EventACK`: a request is accepted.
        case acknowledged
        /// `EventError`: a request is refused.
        case error(TErrorCode, String)
        /// `EventRegistered`, `EventUnregistered`: whose events come now, come no more.
        case registered(DN), unregistered(DN)
        /// `EventQueued`, `EventRinging`, `EventDialing`, `EventNetworkReached`, `EventDestinationBusy`.
        case queued, ringing, dialing, networkReached, destinationBusy
        /// `EventEstablished`: the parties talk.
        case established
        /// `EventHeld`, `EventRetrieved`.
        case held, retrieved
        /// `EventReleased`, and why.
        case released(TCallState)
        /// `EventAbandoned`: the caller gave up before anybody answered.
        case abandoned
        /// `EventDiverted`: the call left the queue.
        case diverted
        /// `EventPartyChanged`: the call, named here, has become another one; the new name is ``TEvent/connID``.
        case partyChanged(from: ConnID)
        /// `EventPartyAdded`: who has come, and who has added him.
        case partyAdded(DN, by: DN?)
        /// `EventPartyDeleted`: who has gone, and who has removed him.
        case partyDeleted(DN, by: DN?)
        /// `EventAttachedDataChanged`: all user data as they stand now, and on whose behalf they were changed.
        case attachedDataChanged(KVList, by: DN?)
        /// `EventRouteRequest`: a call waits for ``TRouteCall``. `EventRouteUsed`: it has gone.
        case routeRequest, routeUsed
        /// `EventAgentLogin`, `EventAgentLogout`, `EventAgentReady`, `EventAgentNotReady`.
        case agentLogin, agentLogout, agentReady, agentNotReady
        /// `EventPrivateInfo`: something of the vendor's own.
        case privateInfo(PrivateMsgID)
        /// `EventUserEvent`: an event of another client's making.
        case userEvent(TMessageType?)
        /// Any other event.
        case other(TMessageType)
    }

    /// What has happened.
    public let kind: Kind
    /// The event as it was received.
    public let message: TMessage

    /// Reads an event.
    ///
    /// - Throws: where the message is a request, or an attribute without which the event says nothing is absent or of
    ///   another form.
    public init(_ message: TMessage) throws(TMessageError) {
        guard !message.type.isRequest else { throw .request(message.type) }
        (self.kind, self.message) = (try Kind(message), message)
    }

    /// AttributeReferenceID: which request it answers; nil where it answers none.
    public var referenceID: Int? { self.message[.referenceID] }
    /// AttributeConnID: the call.
    public var connID: ConnID? { self.message[.connID] }
    /// AttributeCallUUID: the call, for all time.
    public var callUUID: CallUUID? { self.message[.callUUID] }
    /// AttributeCallType.
    public var callType: TCallType { self.message[.callType] ?? .unknown }
    /// AttributeCallState.
    public var callState: TCallState { self.message[.callState] ?? .ok }
    /// AttributeThisDN: to whom it happened.
    public var thisDN: DN? { self.message[.thisDN] }
    /// AttributeThisDNRole.
    public var thisDNRole: TDNRole { self.message[.thisDNRole] ?? .unknown }
    /// AttributeThisQueue.
    public var thisQueue: DN? { self.message[.thisQueue] }
    /// AttributeOtherDN: the other party.
    public var otherDN: DN? { self.message[.otherDN] }
    /// AttributeOtherDNRole.
    public var otherDNRole: TDNRole { self.message[.otherDNRole] ?? .unknown }
    /// AttributeThirdPartyDN.
    public var thirdPartyDN: DN? { self.message[.thirdPartyDN] }
    /// AttributeANI: who calls.
    public var ani: String? { self.message[.ani] }
    /// AttributeDNIS: what he has dialled.
    public var dnis: String? { self.message[.dnis] }
    /// AttributeAgentID.
    public var agentID: AgentID? { self.message[.agentID] }
    /// AttributeAgentWorkMode.
    public var workMode: TAgentWorkMode { self.message[.agentWorkMode] ?? .unknown }
    /// AttributeUserData; empty where there are none.
    public var userData: KVList { self.message[list: .userData] }
    /// AttributeReason; empty where there are none.
    public var reasons: KVList { self.message[list: .reason] }
    /// AttributeExtensions; empty where there are none.
    public var extensions: KVList { self.message[list: .extensions] }
    /// AttributeEventSequenceNumber: grows with every message of the server.
    public var sequenceNumber: UInt64? { self.message[.eventSequenceNumber] }
    /// AttributeTimeinSecs and AttributeTimeinuSecs: when the server sent it.
    public var time: WallTime? {
        guard let seconds = self.message[.timeinSecs] else { return nil }
        let (milliseconds, overflow) = Int64(seconds).multipliedReportingOverflow(by: 1_000)
        let fraction = Int64(clamping: self.message[.timeinuSecs] ?? 0) / 1_000
        return overflow || !(0..<1_000).contains(fraction) ? nil : WallTime(milliseconds: milliseconds &+ fraction)
    }
}

extension TEvent.Kind {
    fileprivate init(_ message: TMessage) throws(TMessageError) {
        if let plain = Self.plain[message.type] {
            self = plain
            return
        }
        switch message.type {
        case .eventError:
            let code = try message.required(.errorCode)
            self = .error(code, message[.errorMessage] ?? code.text)
        case .eventRegistered: self = .registered(try message.required(.thisDN))
        case .eventUnregistered: self = .unregistered(try message.required(.thisDN))
        case .eventReleased: self = .released(message[.callState] ?? .ok)
        case .eventPartyChanged: self = .partyChanged(from: try message.required(.previousConnID))
        case .eventPartyAdded: self = .partyAdded(try message.required(.otherDN), by: message[.thirdPartyDN])
        case .eventPartyDeleted: self = .partyDeleted(try message.required(.otherDN), by: message[.thirdPartyDN])
        case .eventAttachedDataChanged:
            self = .attachedDataChanged(message[list: .userData], by: message[.thirdPartyDN])
        case .eventPrivateInfo: self = .privateInfo(try message.required(.privateMsgID))
        case .eventUserEvent: self = .userEvent(message[.userEvent])
        default: self = .other(message.type)
        }
    }

    /// Events that say nothing of their own.
    private static let plain: [TMessageType: Self] = [
        .eventServerConnected: .serverConnected, .eventLinkConnected: .linkConnected,
        .eventServerDisconnected: .serverDisconnected, .eventLinkDisconnected: .linkDisconnected,
        .eventACK: .acknowledged, .eventQueued: .queued, .eventRinging: .ringing, .eventDialing: .dialing,
        .eventNetworkReached: .networkReached, .eventDestinationBusy: .destinationBusy,
        .eventEstablished: .established, .eventHeld: .held, .eventRetrieved: .retrieved, .eventAbandoned: .abandoned,
        .eventDiverted: .diverted, .eventRouteRequest: .routeRequest, .eventRouteUsed: .routeUsed,
        .eventAgentLogin: .agentLogin, .eventAgentLogout: .agentLogout, .eventAgentReady: .agentReady,
        .eventAgentNotReady: .agentNotReady,
    ]
}
