extension TMessageType {
    /// `RequestRegisterClient`.
    public static let requestRegisterClient = Self(rawValue: 0)
    /// `RequestQueryServer`.
    public static let requestQueryServer = Self(rawValue: 1)
    /// `RequestQueryAddress`.
    public static let requestQueryAddress = Self(rawValue: 2)
    /// `RequestRegisterAddress`.
    public static let requestRegisterAddress = Self(rawValue: 3)
    /// `RequestUnregisterAddress`.
    public static let requestUnregisterAddress = Self(rawValue: 4)
    /// `RequestRegisterAll`.
    public static let requestRegisterAll = Self(rawValue: 5)
    /// `RequestUnregisterAll`.
    public static let requestUnregisterAll = Self(rawValue: 6)
    /// `RequestSetInputMask`.
    public static let requestSetInputMask = Self(rawValue: 7)
    /// `RequestAgentLogin`.
    public static let requestAgentLogin = Self(rawValue: 8)
    /// `RequestAgentLogout`.
    public static let requestAgentLogout = Self(rawValue: 9)
    /// `RequestAgentReady`.
    public static let requestAgentReady = Self(rawValue: 10)
    /// `RequestAgentNotReady`.
    public static let requestAgentNotReady = Self(rawValue: 11)
    /// `RequestSetDNDOn`.
    public static let requestSetDNDOn = Self(rawValue: 12)
    /// `RequestSetDNDOff`.
    public static let requestSetDNDOff = Self(rawValue: 13)
    /// `RequestMakeCall`.
    public static let requestMakeCall = Self(rawValue: 14)
    /// `RequestMakePredictiveCall`.
    public static let requestMakePredictiveCall = Self(rawValue: 15)
    /// `RequestAnswerCall`.
    public static let requestAnswerCall = Self(rawValue: 16)
    /// `RequestReleaseCall`.
    public static let requestReleaseCall = Self(rawValue: 17)
    /// `RequestHoldCall`.
    public static let requestHoldCall = Self(rawValue: 18)
    /// `RequestRetrieveCall`.
    public static let requestRetrieveCall = Self(rawValue: 19)
    /// `RequestInitiateConference`.
    public static let requestInitiateConference = Self(rawValue: 20)
    /// `RequestCompleteConference`.
    public static let requestCompleteConference = Self(rawValue: 21)
    /// `RequestDeleteFromConference`.
    public static let requestDeleteFromConference = Self(rawValue: 22)
    /// `RequestInitiateTransfer`.
    public static let requestInitiateTransfer = Self(rawValue: 23)
    /// `RequestMuteTransfer`.
    public static let requestMuteTransfer = Self(rawValue: 24)
    /// `RequestSingleStepTransfer`.
    public static let requestSingleStepTransfer = Self(rawValue: 25)
    /// `RequestCompleteTransfer`.
    public static let requestCompleteTransfer = Self(rawValue: 26)
    /// `RequestMergeCalls`.
    public static let requestMergeCalls = Self(rawValue: 27)
    /// `RequestAlternateCall`.
    public static let requestAlternateCall = Self(rawValue: 28)
    /// `RequestReconnectCall`.
    public static let requestReconnectCall = Self(rawValue: 29)
    /// `RequestAttachUserData`.
    public static let requestAttachUserData = Self(rawValue: 30)
    /// `RequestUpdateUserData`.
    public static let requestUpdateUserData = Self(rawValue: 31)
    /// `RequestDeleteUserData`.
    public static let requestDeleteUserData = Self(rawValue: 32)
    /// `RequestDeletePair`.
    public static let requestDeletePair = Self(rawValue: 33)
    /// `RequestCallForwardSet`.
    public static let requestCallForwardSet = Self(rawValue: 34)
    /// `RequestCallForwardCancel`.
    public static let requestCallForwardCancel = Self(rawValue: 35)
    /// `RequestRouteCall`.
    public static let requestRouteCall = Self(rawValue: 36)
    /// `RequestSetMessageWaitingOn`.
    public static let requestSetMessageWaitingOn = Self(rawValue: 46)
    /// `RequestSetMessageWaitingOff`.
    public static let requestSetMessageWaitingOff = Self(rawValue: 47)
    /// `RequestDistributeUserEvent`.
    public static let requestDistributeUserEvent = Self(rawValue: 48)
    /// `RequestDistributeEvent`.
    public static let requestDistributeEvent = Self(rawValue: 49)
    /// `EventServerConnected`.
    public static let eventServerConnected = Self(rawValue: 50)
    /// `EventServerDisconnected`.
    public static let eventServerDisconnected = Self(rawValue: 51)
    /// `EventError`.
    public static let eventError = Self(rawValue: 52)
    /// `EventRegistered`.
    public static let eventRegistered = Self(rawValue: 53)
    /// `EventUnregistered`.
    public static let eventUnregistered = Self(rawValue: 54)
    /// `EventRegisteredAll`.
    public static let eventRegisteredAll = Self(rawValue: 55)
    /// `EventUnregisteredAll`.
    public static let eventUnregisteredAll = Self(rawValue: 56)
    /// `EventQueued`.
    public static let eventQueued = Self(rawValue: 57)
    /// `EventDiverted`.
    public static let eventDiverted = Self(rawValue: 58)
    /// `EventAbandoned`.
    public static let eventAbandoned = Self(rawValue: 59)
    /// `EventRinging`.
    public static let eventRinging = Self(rawValue: 60)
    /// `EventDialing`.
    public static let eventDialing = Self(rawValue: 61)
    /// `EventNetworkReached`.
    public static let eventNetworkReached = Self(rawValue: 62)
    /// `EventDestinationBusy`.
    public static let eventDestinationBusy = Self(rawValue: 63)
    /// `EventEstablished`.
    public static let eventEstablished = Self(rawValue: 64)
    /// `EventReleased`.
    public static let eventReleased = Self(rawValue: 65)
    /// `EventHeld`.
    public static let eventHeld = Self(rawValue: 66)
    /// `EventRetrieved`.
    public static let eventRetrieved = Self(rawValue: 67)
    /// `EventPartyChanged`.
    public static let eventPartyChanged = Self(rawValue: 68)
    /// `EventPartyAdded`.
    public static let eventPartyAdded = Self(rawValue: 69)
    /// `EventPartyDeleted`.
    public static let eventPartyDeleted = Self(rawValue: 70)
    /// `EventRouteRequest`.
    public static let eventRouteRequest = Self(rawValue: 71)
    /// `EventRouteUsed`.
    public static let eventRouteUsed = Self(rawValue: 72)
    /// `EventAgentLogin`.
    public static let eventAgentLogin = Self(rawValue: 73)
    /// `EventAgentLogout`.
    public static let eventAgentLogout = Self(rawValue: 74)
    /// `EventAgentReady`.
    public static let eventAgentReady = Self(rawValue: 75)
    /// `EventAgentNotReady`.
    public static let eventAgentNotReady = Self(rawValue: 76)
    /// `EventDNDOn`.
    public static let eventDNDOn = Self(rawValue: 77)
    /// `EventDNDOff`.
    public static let eventDNDOff = Self(rawValue: 78)
    /// `EventAttachedDataChanged`.
    public static let eventAttachedDataChanged = Self(rawValue: 85)
    /// `EventOffHook`.
    public static let eventOffHook = Self(rawValue: 86)
    /// `EventOnHook`.
    public static let eventOnHook = Self(rawValue: 87)
    /// `EventForwardSet`.
    public static let eventForwardSet = Self(rawValue: 88)
    /// `EventForwardCancel`.
    public static let eventForwardCancel = Self(rawValue: 89)
    /// `EventMessageWaitingOn`.
    public static let eventMessageWaitingOn = Self(rawValue: 90)
    /// `EventMessageWaitingOff`.
    public static let eventMessageWaitingOff = Self(rawValue: 91)
    /// `EventAddressInfo`.
    public static let eventAddressInfo = Self(rawValue: 92)
    /// `EventServerInfo`.
    public static let eventServerInfo = Self(rawValue: 93)
    /// `EventLinkDisconnected`.
    public static let eventLinkDisconnected = Self(rawValue: 94)
    /// `EventLinkConnected`.
    public static let eventLinkConnected = Self(rawValue: 95)
    /// `EventUserEvent`.
    public static let eventUserEvent = Self(rawValue: 96)
    /// `RequestSendDTMF`.
    public static let requestSendDTMF = Self(rawValue: 97)
    /// `EventDTMFSent`.
    public static let eventDTMFSent = Self(rawValue: 98)
    /// `RequestRedirectCall`.
    public static let requestRedirectCall = Self(rawValue: 103)
    /// `RequestListenDisconnect`.
    public static let requestListenDisconnect = Self(rawValue: 104)
    /// `RequestListenReconnect`.
    public static let requestListenReconnect = Self(rawValue: 105)
    /// `EventListenDisconnected`.
    public static let eventListenDisconnected = Self(rawValue: 106)
    /// `EventListenReconnected`.
    public static let eventListenReconnected = Self(rawValue: 107)
    /// `RequestQueryCall`.
    public static let requestQueryCall = Self(rawValue: 108)
    /// `EventPartyInfo`.
    public static let eventPartyInfo = Self(rawValue: 109)
    /// `RequestClearCall`.
    public static let requestClearCall = Self(rawValue: 110)
    /// `RequestApplyTreatment`.
    public static let requestApplyTreatment = Self(rawValue: 113)
    /// `EventTreatmentApplied`.
    public static let eventTreatmentApplied = Self(rawValue: 114)
    /// `EventTreatmentNotApplied`.
    public static let eventTreatmentNotApplied = Self(rawValue: 115)
    /// `EventTreatmentEnd`.
    public static let eventTreatmentEnd = Self(rawValue: 116)
    /// `EventAgentAfterCallWork`.
    public static let eventAgentAfterCallWork = Self(rawValue: 118)
    /// `EventTreatmentRequired`.
    public static let eventTreatmentRequired = Self(rawValue: 119)
    /// `RequestSingleStepConference`.
    public static let requestSingleStepConference = Self(rawValue: 120)
    /// `RequestQuerySwitch`.
    public static let requestQuerySwitch = Self(rawValue: 121)
    /// `EventSwitchInfo`.
    public static let eventSwitchInfo = Self(rawValue: 122)
    /// `EventACK`.
    public static let eventACK = Self(rawValue: 138)
    /// `RequestMonitorNextCall`.
    public static let requestMonitorNextCall = Self(rawValue: 139)
    /// `RequestCancelMonitoring`.
    public static let requestCancelMonitoring = Self(rawValue: 140)
    /// `EventMonitoringNextCall`.
    public static let eventMonitoringNextCall = Self(rawValue: 141)
    /// `EventMonitoringCancelled`.
    public static let eventMonitoringCancelled = Self(rawValue: 142)
    /// `RequestSetMuteOn`.
    public static let requestSetMuteOn = Self(rawValue: 143)
    /// `RequestSetMuteOff`.
    public static let requestSetMuteOff = Self(rawValue: 144)
    /// `EventMuteOn`.
    public static let eventMuteOn = Self(rawValue: 145)
    /// `EventMuteOff`.
    public static let eventMuteOff = Self(rawValue: 146)
    /// `EventDNOutOfService`.
    public static let eventDNOutOfService = Self(rawValue: 147)
    /// `EventDNBackInService`.
    public static let eventDNBackInService = Self(rawValue: 148)
    /// `RequestPrivateService`.
    public static let requestPrivateService = Self(rawValue: 149)
    /// `EventPrivateInfo`.
    public static let eventPrivateInfo = Self(rawValue: 150)
    /// `EventBridged`.
    public static let eventBridged = Self(rawValue: 151)
    /// `EventQueueLogout`.
    public static let eventQueueLogout = Self(rawValue: 152)
    /// `EventCallCreated`.
    public static let eventCallCreated = Self(rawValue: 160)
    /// `EventCallDataChanged`.
    public static let eventCallDataChanged = Self(rawValue: 161)
    /// `EventCallDeleted`.
    public static let eventCallDeleted = Self(rawValue: 162)
    /// `EventCallPartyAdded`.
    public static let eventCallPartyAdded = Self(rawValue: 163)
    /// `EventCallPartyState`.
    public static let eventCallPartyState = Self(rawValue: 164)
    /// `EventCallPartyMoved`.
    public static let eventCallPartyMoved = Self(rawValue: 165)
    /// `EventCallPartyDeleted`.
    public static let eventCallPartyDeleted = Self(rawValue: 166)
    /// `RequestStartCallMonitoring`.
    public static let requestStartCallMonitoring = Self(rawValue: 167)
    /// `RequestStopCallMonitoring`.
    public static let requestStopCallMonitoring = Self(rawValue: 168)
    /// Whether the other side is there: ours, not of the T-Library.
    public static let keepAlivePoll = Self(rawValue: 0xF000)
    /// It is: ours, not of the T-Library.
    public static let keepAliveAnswer = Self(rawValue: 0xF001)

    /// The names on the wire, by number.
    ///
    /// - Source: T-Library headers, `TMessageType`.
    static let names: [UInt16: String] = [
        0: "RequestRegisterClient",
        1: "RequestQueryServer",
        2: "RequestQueryAddress",
        3: "RequestRegisterAddress",
        4: "RequestUnregisterAddress",
        5: "RequestRegisterAll",
        6: "RequestUnregisterAll",
        7: "RequestSetInputMask",
        8: "RequestAgentLogin",
        9: "RequestAgentLogout",
        10: "RequestAgentReady",
        11: "RequestAgentNotReady",
        12: "RequestSetDNDOn",
        13: "RequestSetDNDOff",
        14: "RequestMakeCall",
        15: "RequestMakePredictiveCall",
        16: "RequestAnswerCall",
        17: "RequestReleaseCall",
        18: "RequestHoldCall",
        19: "RequestRetrieveCall",
        20: "RequestInitiateConference",
        21: "RequestCompleteConference",
        22: "RequestDeleteFromConference",
        23: "RequestInitiateTransfer",
        24: "RequestMuteTransfer",
        25: "RequestSingleStepTransfer",
        26: "RequestCompleteTransfer",
        27: "RequestMergeCalls",
        28: "RequestAlternateCall",
        29: "RequestReconnectCall",
        30: "RequestAttachUserData",
        31: "RequestUpdateUserData",
        32: "RequestDeleteUserData",
        33: "RequestDeletePair",
        34: "RequestCallForwardSet",
        35: "RequestCallForwardCancel",
        36: "RequestRouteCall",
        37: "RequestGiveMusicTreatment",
        38: "RequestGiveSilenceTreatment",
        39: "RequestGiveRingBackTreatment",
        40: "RequestLoginMailBox",
        41: "RequestLogoutMailBox",
        42: "RequestOpenVoiceFile",
        43: "RequestCloseVoiceFile",
        44: "RequestPlayVoiceFile",
        45: "RequestCollectDigits",
        46: "RequestSetMessageWaitingOn",
        47: "RequestSetMessageWaitingOff",
        48: "RequestDistributeUserEvent",
        49: "RequestDistributeEvent",
        50: "EventServerConnected",
        51: "EventServerDisconnected",
        52: "EventError",
        53: "EventRegistered",
        54: "EventUnregistered",
        55: "EventRegisteredAll",
        56: "EventUnregisteredAll",
        57: "EventQueued",
        58: "EventDiverted",
        59: "EventAbandoned",
        60: "EventRinging",
        61: "EventDialing",
        62: "EventNetworkReached",
        63: "EventDestinationBusy",
        64: "EventEstablished",
        65: "EventReleased",
        66: "EventHeld",
        67: "EventRetrieved",
        68: "EventPartyChanged",
        69: "EventPartyAdded",
        70: "EventPartyDeleted",
        71: "EventRouteRequest",
        72: "EventRouteUsed",
        73: "EventAgentLogin",
        74: "EventAgentLogout",
        75: "EventAgentReady",
        76: "EventAgentNotReady",
        77: "EventDNDOn",
        78: "EventDNDOff",
        79: "EventMailBoxLogin",
        80: "EventMailBoxLogout",
        81: "EventVoiceFileOpened",
        82: "EventVoiceFileClosed",
        83: "EventVoiceFileEndPlay",
        84: "EventDigitsCollected",
        85: "EventAttachedDataChanged",
        86: "EventOffHook",
        87: "EventOnHook",
        88: "EventForwardSet",
        89: "EventForwardCancel",
        90: "EventMessageWaitingOn",
        91: "EventMessageWaitingOff",
        92: "EventAddressInfo",
        93: "EventServerInfo",
        94: "EventLinkDisconnected",
        95: "EventLinkConnected",
        96: "EventUserEvent",
        97: "RequestSendDTMF",
        98: "EventDTMFSent",
        99: "EventResourceAllocated",
        100: "EventResourceFreed",
        101: "EventRemoteConnectionSuccess",
        102: "EventRemoteConnectionFailed",
        103: "RequestRedirectCall",
        104: "RequestListenDisconnect",
        105: "RequestListenReconnect",
        106: "EventListenDisconnected",
        107: "EventListenReconnected",
        108: "RequestQueryCall",
        109: "EventPartyInfo",
        110: "RequestClearCall",
        111: "RequestSetCallInfo",
        112: "EventCallInfoChanged",
        113: "RequestApplyTreatment",
        114: "EventTreatmentApplied",
        115: "EventTreatmentNotApplied",
        116: "EventTreatmentEnd",
        117: "EventHardwareError",
        118: "EventAgentAfterCallWork",
        119: "EventTreatmentRequired",
        120: "RequestSingleStepConference",
        121: "RequestQuerySwitch",
        122: "EventSwitchInfo",
        123: "RequestGetAccessNumber",
        124: "RequestCancelReqGetAccessNumber",
        125: "EventAnswerAccessNumber",
        126: "EventReqGetAccessNumberCanceled",
        127: "RequestReserveAgent",
        128: "EventAgentReserved",
        129: "RequestReserveAgentAndGetAccessNumber",
        130: "RequestAgentSetIdleReason",
        131: "EventAgentIdleReasonSet",
        132: "EventRestoreConnection",
        133: "EventPrimaryChanged",
        134: "RequestLostBackupConnection",
        135: "RequestSetDNInfo",
        136: "RequestQueryLocation",
        137: "EventLocationInfo",
        138: "EventACK",
        139: "RequestMonitorNextCall",
        140: "RequestCancelMonitoring",
        141: "EventMonitoringNextCall",
        142: "EventMonitoringCancelled",
        143: "RequestSetMuteOn",
        144: "RequestSetMuteOff",
        145: "EventMuteOn",
        146: "EventMuteOff",
        147: "EventDNOutOfService",
        148: "EventDNBackInService",
        149: "RequestPrivateService",
        150: "EventPrivateInfo",
        151: "EventBridged",
        152: "EventQueueLogout",
        160: "EventCallCreated",
        161: "EventCallDataChanged",
        162: "EventCallDeleted",
        163: "EventCallPartyAdded",
        164: "EventCallPartyState",
        165: "EventCallPartyMoved",
        166: "EventCallPartyDeleted",
        167: "RequestStartCallMonitoring",
        168: "RequestStopCallMonitoring",
        169: "RequestSendReturnReceipt",
        170: "EventReturnReceipt",
        171: "RequestNetworkConsult",
        172: "RequestNetworkAlternate",
        173: "RequestNetworkTransfer",
        174: "RequestNetworkMerge",
        175: "RequestNetworkReconnect",
        176: "RequestNetworkSingleStepTransfer",
        177: "RequestNetworkPrivateService",
        178: "EventNetworkCallStatus",
        179: "EventNetworkPrivateInfo",
        0xF000: "KeepAlivePoll",
        0xF001: "KeepAliveAnswer",
    ]

    /// The numbers, by name.
    static let numbers = Dictionary(names.map { ($0.value, $0.key) }, uniquingKeysWith: { first, _ in first })
}
