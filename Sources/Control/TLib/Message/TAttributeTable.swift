extension TAttribute<String> {
    /// `AttributeProtocolVersion`.
    public static var protocolVersion: Self { Self(code: 0) }
    /// `AttributeErrorMessage`.
    public static var errorMessage: Self { Self(code: 1) }
    /// `AttributeDNIS`.
    public static var dnis: Self { Self(code: 18) }
    /// `AttributeANI`.
    public static var ani: Self { Self(code: 19) }
    /// `AttributePassword`.
    public static var password: Self { Self(code: 36) }
    /// `AttributeCollectedDigits`.
    public static var collectedDigits: Self { Self(code: 43) }
    /// `AttributeDataKey`.
    public static var dataKey: Self { Self(code: 52) }
    /// `AttributeServerVersion`.
    public static var serverVersion: Self { Self(code: 61) }
    /// `AttributeApplicationName`.
    public static var applicationName: Self { Self(code: 64) }
    /// `AttributeApplicationPassword`.
    public static var applicationPassword: Self { Self(code: 65) }
    /// `AttributeDTMFDigits`.
    public static var dtmfDigits: Self { Self(code: 68) }
    /// `AttributeLocation`.
    public static var location: Self { Self(code: 69) }
    /// `AttributeCustomerID`.
    public static var customerID: Self { Self(code: 76) }
    /// `AttributePlace`.
    public static var place: Self { Self(code: 92) }
    /// `AttributePartyUUID`.
    public static var partyUUID: Self { Self(code: 145) }
}

extension TAttribute<Int> {
    /// `AttributeReferenceID`.
    public static var referenceID: Self { Self(code: 2) }
    /// `AttributeCallID`.
    public static var callID: Self { Self(code: 3) }
    /// `AttributeThisTrunk`.
    public static var thisTrunk: Self { Self(code: 22) }
    /// `AttributeOtherTrunk`.
    public static var otherTrunk: Self { Self(code: 26) }
    /// `AttributeTimeout`.
    public static var timeout: Self { Self(code: 42) }
    /// `AttributeAddressInfoStatus`.
    public static var addressInfoStatus: Self { Self(code: 57) }
    /// `AttributeServerRole`.
    public static var serverRole: Self { Self(code: 62) }
    /// `AttributeTimeinSecs`.
    public static var timeinSecs: Self { Self(code: 86) }
    /// `AttributeTimeinuSecs`.
    public static var timeinuSecs: Self { Self(code: 87) }
    /// `AttributeClientID`.
    public static var clientID: Self { Self(code: 102) }
    /// `AttributeSessionID`.
    public static var sessionID: Self { Self(code: 108) }
    /// `AttributeCause`.
    public static var cause: Self { Self(code: 114) }
    /// `AttributeServerStartTime`.
    public static var serverStartTime: Self { Self(code: 147) }
    /// After how many milliseconds of silence the server is to poll the client: ours, not of the T-Library.
    public static var keepAliveTimeout: Self { Self(code: 0xF000) }
}

extension TAttribute<ConnID> {
    /// `AttributeConnID`.
    public static var connID: Self { Self(code: 9) }
    /// `AttributePreviousConnID`.
    public static var previousConnID: Self { Self(code: 10) }
    /// `AttributeTransferConnID`.
    public static var transferConnID: Self { Self(code: 11) }
    /// `AttributeConferenceConnID`.
    public static var conferenceConnID: Self { Self(code: 12) }
    /// `AttributeNewConnID`.
    public static var newConnID: Self { Self(code: 82) }
}

extension TAttribute<TCallState> {
    /// `AttributeCallState`.
    public static var callState: Self { Self(code: 13) }
}

extension TAttribute<AgentID> {
    /// `AttributeAgentID`.
    public static var agentID: Self { Self(code: 14) }
}

extension TAttribute<TAgentWorkMode> {
    /// `AttributeAgentWorkMode`.
    public static var agentWorkMode: Self { Self(code: 16) }
}

extension TAttribute<KVList> {
    /// `AttributeReason`.
    public static var reason: Self { Self(code: 17) }
    /// `AttributeUserData`.
    public static var userData: Self { Self(code: 51) }
    /// `AttributeExtensions`.
    public static var extensions: Self { Self(code: 53) }
    /// `AttributeTreatmentParms`.
    public static var treatmentParms: Self { Self(code: 84) }
}

extension TAttribute<DN> {
    /// `AttributeThisDN`.
    public static var thisDN: Self { Self(code: 20) }
    /// `AttributeThisQueue`.
    public static var thisQueue: Self { Self(code: 21) }
    /// `AttributeOtherDN`.
    public static var otherDN: Self { Self(code: 24) }
    /// `AttributeOtherQueue`.
    public static var otherQueue: Self { Self(code: 25) }
    /// `AttributeThirdPartyDN`.
    public static var thirdPartyDN: Self { Self(code: 28) }
    /// `AttributeThirdPartyQueue`.
    public static var thirdPartyQueue: Self { Self(code: 29) }
}

extension TAttribute<TDNRole> {
    /// `AttributeThisDNRole`.
    public static var thisDNRole: Self { Self(code: 23) }
    /// `AttributeOtherDNRole`.
    public static var otherDNRole: Self { Self(code: 27) }
    /// `AttributeThirdPartyDNRole`.
    public static var thirdPartyDNRole: Self { Self(code: 31) }
}

extension TAttribute<TInputMask> {
    /// `AttributeInputMask`.
    public static var inputMask: Self { Self(code: 45) }
}

extension TAttribute<TErrorCode> {
    /// `AttributeErrorCode`.
    public static var errorCode: Self { Self(code: 46) }
}

extension TAttribute<TAddressType> {
    /// `AttributeAddressType`.
    public static var addressType: Self { Self(code: 47) }
}

extension TAttribute<TRegisterMode> {
    /// `AttributeRegisterMode`.
    public static var registerMode: Self { Self(code: 49) }
}

extension TAttribute<TControlMode> {
    /// `AttributeControlMode`.
    public static var controlMode: Self { Self(code: 50) }
}

extension TAttribute<TCallType> {
    /// `AttributeCallType`.
    public static var callType: Self { Self(code: 54) }
}

extension TAttribute<TMessageType> {
    /// `AttributeUserEvent`.
    public static var userEvent: Self { Self(code: 58) }
}

extension TAttribute<TRouteType> {
    /// `AttributeRouteType`.
    public static var routeType: Self { Self(code: 60) }
}

extension TAttribute<TMediaType> {
    /// `AttributeMediaType`.
    public static var mediaType: Self { Self(code: 97) }
}

extension TAttribute<PrivateMsgID> {
    /// `AttributePrivateMsgID`.
    public static var privateMsgID: Self { Self(code: 105) }
}

extension TAttribute<CallUUID> {
    /// `AttributeCallUUID`.
    public static var callUUID: Self { Self(code: 141) }
    /// `AttributeNewCallUUID`.
    public static var newCallUUID: Self { Self(code: 142) }
    /// `AttributeOrigCallUUID`.
    public static var origCallUUID: Self { Self(code: 143) }
    /// `AttributeRefCallUUID`.
    public static var refCallUUID: Self { Self(code: 144) }
}

extension TAttribute<UInt64> {
    /// `AttributeEventSequenceNumber`.
    public static var eventSequenceNumber: Self { Self(code: 148) }
}

extension TAttribute<TMergeType> {
    /// `AttributeMergeType`.
    public static var mergeType: Self { Self(code: 66) }
}

extension TAttribute<TMakeCallType> {
    /// `AttributeMakeCallType`.
    public static var makeCallType: Self { Self(code: 73) }
}

extension TAttribute<TCallInfoType> {
    /// `AttributeCallInfoType`.
    public static var callInfoType: Self { Self(code: 74) }
}

extension TAttribute<TTreatmentType> {
    /// `AttributeTreatmentType`.
    public static var treatmentType: Self { Self(code: 83) }
}

extension TAttribute<TMonitorNextCallType> {
    /// `AttributeMonitorNextCallType`.
    public static var monitorNextCallType: Self { Self(code: 101) }
}

extension TAttribute<TAddressInfoType> {
    /// `AttributeAddressInfoType`.
    public static var addressInfoType: Self { Self(code: 56) }
}

extension TAttribute<TPartyState> {
    /// `AttributePartyState`.
    public static var partyState: Self { Self(code: 124) }
}

/// What is known of each attribute: its name in logs and the form of its value.
enum TAttributeTable {
    /// Names and forms, by number.
    ///
    /// - Source: T-Library headers, `TAttribute`.
    static let rows: [UInt16: (name: String, form: TValueForm)] = [
        0: ("AttributeProtocolVersion", .string),
        1: ("AttributeErrorMessage", .string),
        2: ("AttributeReferenceID", .integer),
        3: ("AttributeCallID", .integer),
        4: ("AttributeNodeID", .integer),
        5: ("AttributeNetworkCallID", .integer),
        6: ("AttributeNetworkNodeID", .integer),
        7: ("AttributeTransferredNetworkCallID", .integer),
        8: ("AttributeTransferredNetworkNodeID", .integer),
        9: ("AttributeConnID", .identity),
        10: ("AttributePreviousConnID", .identity),
        11: ("AttributeTransferConnID", .identity),
        12: ("AttributeConferenceConnID", .identity),
        13: ("AttributeCallState", .integer),
        14: ("AttributeAgentID", .string),
        16: ("AttributeAgentWorkMode", .integer),
        17: ("AttributeReason", .list),
        18: ("AttributeDNIS", .string),
        19: ("AttributeANI", .string),
        20: ("AttributeThisDN", .string),
        21: ("AttributeThisQueue", .string),
        22: ("AttributeThisTrunk", .integer),
        23: ("AttributeThisDNRole", .integer),
        24: ("AttributeOtherDN", .string),
        25: ("AttributeOtherQueue", .string),
        26: ("AttributeOtherTrunk", .integer),
        27: ("AttributeOtherDNRole", .integer),
        28: ("AttributeThirdPartyDN", .string),
        29: ("AttributeThirdPartyQueue", .string),
        30: ("AttributeThirdPartyTrunk", .integer),
        31: ("AttributeThirdPartyDNRole", .integer),
        32: ("AttributeMusicPath", .string),
        33: ("AttributeVoiceFileName", .string),
        34: ("AttributeFileHandle", .integer),
        35: ("AttributeUserID", .string),
        36: ("AttributePassword", .string),
        37: ("AttributeVoiceSegment", .string),
        38: ("AttributeVoiceIFlag", .integer),
        39: ("AttributeVoiceCFlag", .integer),
        40: ("AttributeNumberOfDigits", .integer),
        41: ("AttributeTerminateDigits", .string),
        42: ("AttributeTimeout", .integer),
        43: ("AttributeCollectedDigits", .string),
        44: ("AttributeLastDigit", .string),
        45: ("AttributeInputMask", .binary),
        46: ("AttributeErrorCode", .integer),
        47: ("AttributeAddressType", .integer),
        48: ("AttributeAddressMode", .integer),
        49: ("AttributeRegisterMode", .integer),
        50: ("AttributeControlMode", .integer),
        51: ("AttributeUserData", .list),
        52: ("AttributeDataKey", .string),
        53: ("AttributeExtensions", .list),
        54: ("AttributeCallType", .integer),
        55: ("AttributeCallingLineName", .string),
        56: ("AttributeAddressInfoType", .integer),
        57: ("AttributeAddressInfoStatus", .integer),
        58: ("AttributeUserEvent", .messageType),
        59: ("AttributeCommunicationDN", .string),
        60: ("AttributeRouteType", .integer),
        61: ("AttributeServerVersion", .string),
        62: ("AttributeServerRole", .integer),
        63: ("AttributeServerCapabilityMask", .binary),
        64: ("AttributeApplicationName", .string),
        65: ("AttributeApplicationPassword", .string),
        66: ("AttributeMergeType", .integer),
        67: ("AttributeForwardMode", .integer),
        68: ("AttributeDTMFDigits", .string),
        69: ("AttributeLocation", .string),
        70: ("AttributeRemoteLocation", .string),
        71: ("AttributeRemoteConnID", .identity),
        72: ("AttributeRemoteDN", .string),
        73: ("AttributeMakeCallType", .integer),
        74: ("AttributeCallInfoType", .integer),
        75: ("AttributeHomeLocation", .string),
        76: ("AttributeCustomerID", .string),
        77: ("AttributeFirstTransferHomeLocation", .string),
        78: ("AttributeFirstTransferOrigDN", .string),
        79: ("AttributeLastTransferHomeLocation", .string),
        80: ("AttributeLastTransferOrigDN", .string),
        81: ("AttributeSetOperation", .integer),
        82: ("AttributeNewConnID", .identity),
        83: ("AttributeTreatmentType", .integer),
        84: ("AttributeTreatmentParms", .list),
        85: ("AttributeCLID", .string),
        86: ("AttributeTimeinSecs", .integer),
        87: ("AttributeTimeinuSecs", .integer),
        88: ("AttributeSwitchInfoType", .integer),
        89: ("AttributeXRouteType", .integer),
        90: ("AttributeAccessNumber", .string),
        91: ("AttributeXReferenceID", .integer),
        92: ("AttributePlace", .string),
        93: ("AttributePriority", .integer),
        94: ("AttributeAgentIdleReason", .string),
        95: ("AttributeRegistrationCode", .integer),
        96: ("AttributeDNSyncInfo", .integer),
        97: ("AttributeMediaType", .integer),
        98: ("AttributeLocationInfoType", .integer),
        99: ("AttributeOriginalConnID", .identity),
        100: ("AttributeConsultType", .integer),
        101: ("AttributeMonitorNextCallType", .integer),
        102: ("AttributeClientID", .integer),
        103: ("AttributeProtocolID", .string),
        104: ("AttributePreviousCallID", .integer),
        105: ("AttributePrivateMsgID", .integer),
        106: ("AttributeFirstTransferConnID", .identity),
        107: ("AttributeLastTransferConnID", .identity),
        108: ("AttributeSessionID", .integer),
        109: ("AttributeHost", .string),
        110: ("AttributePort", .integer),
        111: ("AttributeDBID", .integer),
        112: ("AttributeOtherDBID", .integer),
        113: ("AttributeThirdPartyDBID", .integer),
        114: ("AttributeCause", .integer),
        115: ("AttributeDN", .string),
        116: ("AttributeDialedNumber", .string),
        117: ("AttributeOriginConnID", .identity),
        118: ("AttributeRefConnID", .identity),
        119: ("AttributeReliability", .integer),
        120: ("AttributeTimeStamp", .integer),
        121: ("AttributeSwitchTime", .integer),
        122: ("AttributePartyID", .string),
        123: ("AttributePartyType", .integer),
        124: ("AttributePartyState", .integer),
        125: ("AttributeRefParty", .string),
        126: ("AttributeCtrlParty", .string),
        127: ("AttributeRemoteLoc", .string),
        128: ("AttributeRemoteParty", .string),
        129: ("AttributeDevice", .string),
        132: ("AttributeUpdateRevision", .integer),
        133: ("AttributeReturnReceipt", .integer),
        134: ("AttributeReturnReceiptDN", .string),
        135: ("AttributeServerXCapabilities", .string),
        136: ("AttributeNetworkCallState", .integer),
        137: ("AttributeNetworkDestState", .integer),
        138: ("AttributeNetworkPartyRole", .integer),
        139: ("AttributeNetworkOrigDN", .string),
        140: ("AttributeNetworkDestDN", .string),
        141: ("AttributeCallUUID", .string),
        142: ("AttributeNewCallUUID", .string),
        143: ("AttributeOrigCallUUID", .string),
        144: ("AttributeRefCallUUID", .string),
        145: ("AttributePartyUUID", .string),
        146: ("AttributeISLinkList", .list),
        147: ("AttributeServerStartTime", .integer),
        148: ("AttributeEventSequenceNumber", .identity),
        0xF000: ("AttributeKeepAliveTimeout", .integer),
    ]

    /// Numbers, by name.
    static let numbers = Dictionary(rows.map { ($0.value.name, $0.key) }, uniquingKeysWith: { first, _ in first })
}
