import TLib

/// The same event as a Codable structure: what a program that speaks JSON instead would decode.
struct EventJSON: Codable {
    var event: String
    var referenceID: Int
    var connID: String
    var callUUID: String
    var partyUUID: String
    var callID: Int
    var callType: Int
    var callState: Int
    var thisDN: String
    var thisDNRole: Int
    var otherDN: String
    var otherDNRole: Int
    var ani: String
    var dnis: String
    var agentID: String
    var timeinSecs: Int
    var timeinuSecs: Int
    var eventSequenceNumber: String
    var userData: [String: String]
    var extensions: [String: String]

    init(_ message: TMessage) {
        (self.event, self.referenceID) = (message.type.description, message[.referenceID] ?? 0)
        (self.connID, self.callID) = (message[.connID]?.description ?? "", message[.callID] ?? 0)
        (self.callUUID, self.partyUUID) = (message[.callUUID]?.rawValue ?? "", message[.partyUUID] ?? "")
        (self.callType, self.callState) = (message[.callType]?.rawValue ?? 0, message[.callState]?.rawValue ?? 0)
        (self.thisDN, self.thisDNRole) = (message[.thisDN]?.rawValue ?? "", message[.thisDNRole]?.rawValue ?? 0)
        (self.otherDN, self.otherDNRole) = (message[.otherDN]?.rawValue ?? "", message[.otherDNRole]?.rawValue ?? 0)
        (self.ani, self.dnis, self.agentID) = (
            message[.ani] ?? "", message[.dnis] ?? "", message[.agentID]?.rawValue ?? ""
        )
        (self.timeinSecs, self.timeinuSecs) = (message[.timeinSecs] ?? 0, message[.timeinuSecs] ?? 0)
        self.eventSequenceNumber = ConnID(rawValue: message[.eventSequenceNumber] ?? 0).description
        self.userData = Self.texts(message[.userData])
        self.extensions = Self.texts(message[.extensions])
    }

    private static func texts(_ list: KVList?) -> [String: String] {
        Dictionary(
            (list?.pairs ?? []).map { ($0.key, list?.string($0.key) ?? "") }, uniquingKeysWith: { first, _ in first })
    }
}

extension TMessage {
    /// An `EventEstablished` as a desktop gets it: 18 attributes, 20 pairs of user data, 3 extensions.
    static func benchmarkEvent() -> TMessage {
        var message = TMessage(.eventEstablished)
        message[.referenceID] = 4_711
        message[.connID] = ConnID("006c02462a161006")
        message[.callUUID] = CallUUID("AM5D3AE9D90757BKTSVJTCIAR4000014")
        message[.partyUUID] = "AM5D3AE9D90757BKTSVJTCIAR4000015"
        message[.callID] = 16
        message[.callType] = .inbound
        message[.callState] = .ok
        message[.thisDN] = "7001"
        message[.thisDNRole] = .destination
        message[.otherDN] = "+49301234567"
        message[.otherDNRole] = .origination
        message[.ani] = "+49301234567"
        message[.dnis] = "0800123456"
        message[.agentID] = "agent01"
        message[.timeinSecs] = 1_439_853_377
        message[.timeinuSecs] = 458_658
        message[.eventSequenceNumber] = 0x10C_9288
        message[.userData] = [
            "GSIP_RECORD": "ON", "GSIP_REC_FN": "01RCC3N118B1V0SL8O7GK2LAES00000V_2015-10-16_14-26-23",
            "RTargetAgentSelected": "agent01", "RTargetPlaceSelected": "place01", "RTargetTypeSelected": "0",
            "RTargetObjectSelected": "Sales", "RRequestedSkillCombination": "German > 5 & Sales > 3",
            "RStrategyName": "inbound-main", "RTenant": "Environment", "RVQID": "N6NKOJMDT16I93HFG6V041D9L0000001",
            "RVQDBID": "1045", "CustomerName": "Erika Mustermann", "CustomerNumber": "4711-0815",
            "CustomerSegment": "gold", "CaseNumber": "2015-104455", "Language": "de", "IVR_Path": "1-3-2-9",
            "ServiceType": "complaint", "WaitTime": "37", "Position": "3",
        ]
        message[.extensions] = ["SIGNATURE": "router", "NAME": "URS76", "BusinessCall": "1"]
        return message
    }
}
