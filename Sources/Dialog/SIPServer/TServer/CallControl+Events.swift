internal import RecordingStorage
internal import TLib

extension CallControl {
    /// Tells the clients of a party's DN what happened to it.
    ///
    /// - Source: T-Library, event model.
    mutating func distribute(
        _ type: TMessageType, to role: Call.Role, of connID: ConnID, state: TCallState = .ok,
        service: PrivateMsgID? = nil, reasons: KVList? = nil, attachedBy: DN? = nil
    ) {
        guard let call = self.calls[connID], self.tServer.hasSubscribers(call[role].dn) else { return }
        var message = TMessage(type)
        message[.connID] = call.connID
        message[.callUUID] = call.callUUID
        message[.callID] = call.callID
        message[.partyUUID] = call[role].uuid
        message[.callType] = call.callType
        message[.callState] = state
        message[.thisDN] = call[role].dn
        message[.thisDNRole] = role == .a ? .origination : .destination
        message[.otherDN] = call[role.other].dn
        message[.otherDNRole] = role == .a ? .destination : .origination
        message[.thirdPartyDN] = attachedBy
        message[.ani] = call.ani.rawValue
        message[.dnis] = call.dnis.rawValue
        message[.agentID] = call[role].agent?.id
        message[.privateMsgID] = service
        if !call.userData.isEmpty { message[.userData] = call.userData }
        if let reasons, !reasons.isEmpty { message[.reason] = reasons }
        for (message, client) in self.tServer.distribute(message, at: self.now) {
            self.effects.append(.sendTLibrary(message, to: client))
        }
    }

    /// Changes user data of a call and tells both parties' clients.
    mutating func attach(_ data: KVList, to connID: ConnID, by dn: DN?, reasons: KVList? = nil) {
        guard let call = self.calls[connID], !data.isEmpty else { return }
        for pair in data.pairs {
            self.calls[connID]?.userData[pair.key] = pair.value
            self.history(.userData(key: pair.key, value: pair.value.text), of: call.callUUID)
        }
        self.announceUserData(of: connID, by: dn, reasons: reasons)
    }

    mutating func announceUserData(of connID: ConnID, by dn: DN?, reasons: KVList? = nil) {
        for role in Call.Role.allCases where self.calls[connID]?[role].isInvolved == true {
            self.distribute(.eventAttachedDataChanged, to: role, of: connID, reasons: reasons, attachedBy: dn)
        }
    }
}

extension KVList.Value {
    /// The value as the call history keeps it.
    var text: String {
        switch self {
        case .string(let text): text
        case .integer(let number): String(number)
        case .binary(let bytes): "\(bytes.count) bytes"
        case .list(let list): list.pairs.map { "\($0.key)=\($0.value.text)" }.joined(separator: ";")
        }
    }
}

extension KVList {
    /// The pairs as the call history keeps reasons.
    var texts: [String: String] {
        Dictionary(self.pairs.map { ($0.key, $0.value.text) }, uniquingKeysWith: { first, _ in first })
    }
}
