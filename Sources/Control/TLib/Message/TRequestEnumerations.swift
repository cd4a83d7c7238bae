/// How a call is made.
///
/// - Source: T-Library `TMakeCallType`.
public enum TMakeCallType: Int, CaseIterable, TValueConvertible {
    /// As any call.
    case regular = 0
    /// To a certain agent, counted for his queue.
    case directAgent = 1
    /// To the supervisor.
    case supervisorAssist = 2
    /// Before others in the queue.
    case priority = 3
    /// To a certain agent, before others.
    case directPriority = 4
}

/// What merging two calls amounts to.
///
/// - Source: T-Library `TMergeType`.
public enum TMergeType: Int, CaseIterable, TValueConvertible {
    /// The party that merges leaves.
    case forTransfer = 0
    /// The party that merges stays.
    case forConference = 1
}

/// For how long a supervisor listens.
///
/// - Source: T-Library `TMonitorNextCallType`.
public enum TMonitorNextCallType: Int, CaseIterable, TValueConvertible {
    /// During the next call.
    case oneCall = 0
    /// During every call, until it is cancelled.
    case allCalls = 1
}

/// What is asked of a call.
///
/// - Source: T-Library `TCallInfoType`.
public enum TCallInfoType: Int, CaseIterable, TValueConvertible {
    /// Who takes part.
    case parties = 0
    /// Whether it stands.
    case status = 1
}

/// What is asked of an address.
///
/// - Source: T-Library `TAddressInfoType`.
public enum TAddressInfoType: Int, CaseIterable, TValueConvertible {
    /// What the device does.
    case addressStatus = 0
    /// Whether its lamp for messages is lit.
    case messageWaitingStatus = 1
    /// Whether it is registered.
    case associationStatus = 2
    /// Where it forwards calls.
    case callForwardingStatus = 3
    /// What its agent does.
    case agentStatus = 4
    /// How many agents serve the queue.
    case numberOfAgentsInQueue = 5
    /// How many of them are ready.
    case numberOfAvailableAgentsInQueue = 6
    /// How many calls wait.
    case numberOfCallsInQueue = 7
    /// What kind of address it is.
    case addressType = 8
    /// Which calls it has.
    case callsQuery = 9
    /// Whether all its calls are sent elsewhere.
    case sendAllCallsStatus = 10
    /// Who is logged in at the queue.
    case queueLoginAudit = 11
    /// Obsolete.
    case numberOfIdleClassifiers = 12
    /// Obsolete.
    case numberOfClassifiersInUse = 13
    /// How many trunks are free.
    case numberOfIdleTrunks = 14
    /// How many trunks are in use.
    case numberOfTrunksInUse = 15
    /// What the configuration says of it.
    case databaseValue = 16
    /// All of a device, in the extensions.
    case dnStatus = 17
    /// All of a queue, in the extensions.
    case queueStatus = 18
}

/// What a caller hears while he waits.
///
/// - Source: T-Library `TTreatmentType`.
public enum TTreatmentType: Int, CaseIterable, TValueConvertible {
    /// Not known.
    case unknown = 0
    /// What an IVR says.
    case ivr = 1
    /// Music.
    case music = 2
    /// Ringing.
    case ringBack = 3
    /// Nothing.
    case silence = 4
    /// The busy tone.
    case busy = 5
    /// Nothing, while digits are collected.
    case collectDigits = 6
    /// An announcement.
    case playAnnouncement = 7
    /// An announcement that asks for digits.
    case playAnnouncementAndDigits = 8
    /// A question for digits that are checked.
    case verifyDigits = 9
    /// A request to say something that is kept.
    case recordUserAnnouncement = 10
    /// Nothing, while what was kept is deleted.
    case deleteUserAnnouncement = 11
    /// Nothing more: the call ends.
    case cancelCall = 12
    /// What a voice application says.
    case playApplication = 13
    /// Nothing, while the default route is set.
    case setDefaultRoute = 14
    /// A text, spoken.
    case textToSpeech = 15
    /// A text, spoken, that asks for digits.
    case textToSpeechAndDigits = 16
    /// The fast busy tone.
    case fastBusy = 17
    /// A recorded announcement of the switch.
    case ran = 18
}
