/// What kind of call it is.
///
/// - Source: T-Library `TCallType`.
public enum TCallType: Int, CaseIterable, TValueConvertible {
    /// Not known.
    case unknown = 0
    /// Between two devices of the switch.
    case `internal` = 1
    /// From outside.
    case inbound = 2
    /// To the outside.
    case outbound = 3
    /// To ask a third party during another call.
    case consult = 4
}

/// How a call stands, or how it ended.
///
/// - Source: T-Library `TCallState`.
public enum TCallState: Int, CaseIterable, TValueConvertible {
    /// All is well.
    case ok = 0
    /// Handed to another party.
    case transferred = 1
    /// Joined with another call.
    case conferenced = 2
    /// Failed.
    case generalError = 3
    /// The switch failed.
    case systemError = 4
    /// The other party hung up.
    case remoteRelease = 5
    /// The destination is busy.
    case busy = 6
    /// Nobody answered.
    case noAnswer = 7
    /// Special information tones were heard.
    case sitDetected = 8
    /// A machine answered.
    case answeringMachine = 9
    /// No way leads out.
    case allTrunksBusy = 10
    /// Tones say: no such number.
    case sitInvalidnum = 11
    /// Tones say: the number is not in use.
    case sitVacant = 12
    /// Tones say: the number has changed.
    case sitIntercept = 13
    /// Tones that say nothing known.
    case sitUnknown = 14
    /// Tones say: no circuit.
    case sitNocircuit = 15
    /// Tones say: try again.
    case sitReorder = 16
    /// A fax answered.
    case faxDetected = 17
    /// The queue takes no more.
    case queueFull = 18
    /// Cleared.
    case cleared = 19
    /// Went on to another queue.
    case overflowed = 20
    /// The caller gave up.
    case abandoned = 21
    /// Sent elsewhere before it was answered.
    case redirected = 22
    /// Forwarded.
    case forwarded = 23
    /// A consultation.
    case consult = 24
    /// Answered at another device.
    case pickedup = 25
    /// Dropped.
    case dropped = 26
    /// Dropped unanswered.
    case droppednoanswer = 27
    /// Not known.
    case unknown = 28
    /// Went down a coverage path.
    case covered = 29
    /// Handed to an IVR for a while.
    case converseOn = 30
    /// Joined by a second device of the same number.
    case bridged = 31
    /// Does not hear the call.
    case deafened = 49
    /// On hold.
    case held = 50
}

/// What a DN does in the call.
///
/// - Source: T-Library `TDNRole`.
public enum TDNRole: Int, CaseIterable, TValueConvertible {
    /// Not known.
    case unknown = 0
    /// Calls.
    case origination = 1
    /// Is called.
    case destination = 2
    /// Takes part in a conference.
    case conferenceMember = 3
    /// Has just come.
    case newParty = 4
    /// Has added the new party.
    case addedBy = 5
    /// Has removed a party.
    case deletedBy = 6
    /// Has transferred the call.
    case transferredBy = 7
    /// Has been removed.
    case deletedParty = 8
    /// Has made the conference.
    case conferencedBy = 9
    /// Listens without taking part.
    case observer = 10
}

/// What kind of address is registered.
///
/// - Source: T-Library `TAddressType`.
public enum TAddressType: Int, CaseIterable, TValueConvertible {
    /// Not known.
    case unknown = 0
    /// A phone.
    case dn = 1
    /// A phone at which agents log in.
    case position = 2
    /// A queue of calls.
    case queue = 3
    /// A routing point.
    case routeDN = 4
    /// A way to the outside.
    case trunk = 5
    /// A channel of voice.
    case voiceChannel = 6
    /// A channel of data.
    case dataChannel = 7
    /// An announcement.
    case announcement = 8
    /// A link to the switch.
    case asai = 9
    /// A group of agents.
    case acdGroup = 10
    /// A voice port of a group.
    case vsp = 11
    /// A queue with a routing point.
    case routeQueue = 12
    /// An agent.
    case agentID = 13
    /// Anything else.
    case other = 99
}

/// With whom a client shares a DN.
///
/// - Source: T-Library `TRegisterMode`.
public enum TRegisterMode: Int, CaseIterable, TValueConvertible {
    /// With any client.
    case share = 0
    /// With none.
    case `private` = 1
    /// Only to watch.
    case monitor = 2
}

/// How hard a registration tries.
///
/// - Source: T-Library `TControlMode`.
public enum TControlMode: Int, CaseIterable, TValueConvertible {
    /// As the switch thinks fit.
    case `default` = 0
    /// The switch must know the DN.
    case force = 1
    /// Only at the server.
    case local = 2
}

/// How an agent works.
///
/// - Source: T-Library `TAgentWorkMode`.
public enum TAgentWorkMode: Int, CaseIterable, TValueConvertible {
    /// Not known.
    case unknown = 0
    /// Takes calls when he says so.
    case manualIn = 1
    /// Takes calls as they come.
    case autoIn = 2
    /// Finishes the last call.
    case afterCallWork = 3
    /// Does something else.
    case auxWork = 4
    /// Stays connected between calls.
    case noCallDisconnect = 5
    /// Is away.
    case walkAway = 6
    /// Is back.
    case returnBack = 7
}

/// How a router sends a call on.
///
/// - Source: T-Library `TRouteType`.
public enum TRouteType: Int, CaseIterable, TValueConvertible {
    /// Not known.
    case unknown = 0
    /// To the default destination.
    case `default` = 1
    /// By label.
    case label = 2
    /// With another DNIS.
    case overwriteDNIS = 3
    /// Dialled within the country.
    case ddd = 4
    /// Dialled abroad.
    case iddd = 5
    /// Straight to the destination.
    case direct = 6
    /// Nowhere.
    case reject = 7
    /// To an announcement.
    case announcement = 8
    /// After a feature.
    case postFeature = 9
    /// To a certain agent.
    case directAgent = 10
    /// Before others.
    case priority = 11
    /// To the destination before others.
    case directPriority = 12
    /// To an agent by name.
    case agentID = 13
    /// Ends the call.
    case callDisconnect = 14
}
