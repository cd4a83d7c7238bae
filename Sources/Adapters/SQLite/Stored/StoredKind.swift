internal import CallCore
internal import RecordingStorage

/// What happened on a call, as it stands in the table. The names here are the format: they are not changed.
enum StoredKind: Codable {
    case callCreated(connID: String, callType: String, ani: String, dnis: String)
    case partyAdded(dn: String, role: String, agent: Agent?)
    case partyState(dn: String, state: String)
    case partyRemoved(dn: String)
    case userData(key: String, value: String)
    case recording(state: String, dn: String, reasons: [String: String])
    case callEnded

    init(_ kind: CallHistoryEntry.Kind) {
        self =
            switch kind {
            case .callCreated(let connID, let callType, let ani, let dnis):
                .callCreated(
                    connID: connID.description, callType: callType, ani: ani.rawValue, dnis: dnis.rawValue)
            case .partyAdded(let dn, let role, let agent): .partyAdded(dn: dn.rawValue, role: role, agent: agent)
            case .partyState(let dn, let state): .partyState(dn: dn.rawValue, state: state)
            case .partyRemoved(let dn): .partyRemoved(dn: dn.rawValue)
            case .userData(let key, let value): .userData(key: key, value: value)
            case .recording(let state, let dn, let reasons):
                .recording(state: state, dn: dn.rawValue, reasons: reasons)
            case .callEnded: .callEnded
            }
    }

    var kind: CallHistoryEntry.Kind {
        switch self {
        case .callCreated(let connID, let callType, let ani, let dnis):
            .callCreated(
                connID: ConnID(connID) ?? ConnID(rawValue: 0), callType: callType, ani: DN(ani), dnis: DN(dnis))
        case .partyAdded(let dn, let role, let agent): .partyAdded(DN(dn), role: role, agent: agent)
        case .partyState(let dn, let state): .partyState(DN(dn), state)
        case .partyRemoved(let dn): .partyRemoved(DN(dn))
        case .userData(let key, let value): .userData(key: key, value: value)
        case .recording(let state, let dn, let reasons): .recording(state, dn: DN(dn), reasons: reasons)
        case .callEnded: .callEnded
        }
    }
}
