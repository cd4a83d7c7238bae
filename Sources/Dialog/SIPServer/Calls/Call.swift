internal import RecordingControl
internal import SIP
internal import TLib

/// One call between two devices.
struct Call: Sendable {
    /// Which of the two a party is. The calling party is side `a` of the media dialog.
    typealias Role = MediaDialog.Side

    /// Where a call stands.
    enum Phase: Hashable, Sendable {
        /// A client asked for the call, and the calling device rings first.
        case ringingCaller
        /// The called device was asked.
        case inviting
        /// The called device has answered, the calling device has not yet confirmed it.
        case answered
        /// Both talk.
        case established
        /// It is being taken down.
        case ended
    }

    /// One of the two devices.
    struct Party: Hashable, Sendable {
        let dn: DN
        let agent: Agent?
        let uuid: String
        var session: SIPSessionID?
        /// The session description that it last gave.
        var description: [UInt8]?
        /// Whether it has been told of the call: it rings, or calls.
        var isInvolved = false
        /// How we name our own descriptions towards it, so that its dialog sees one originator.
        var origin: Origin
    }

    /// One originator of descriptions, and the version that it is at.
    struct Origin: Hashable, Sendable {
        let sessionID: UInt64
        var version: UInt64 = 0
        /// The last description, without the line that has the version.
        var last: [UInt8]?
    }

    /// An offer of one party that was passed to the other.
    struct Negotiation: Hashable, Sendable {
        let from: Role
        /// What was offered; nil where the party asked for an offer.
        let offer: [UInt8]?
        /// The party has the other's offer and has to answer it.
        var isAnswerOwed = false
    }

    let connID: ConnID
    let callUUID: CallUUID
    let callID: Int
    let callType: TCallType
    /// Who calls, and who was called, as the parties see it.
    let ani: DN
    let dnis: DN
    var phase = Phase.inviting
    var caller: Party
    var callee: Party
    var userData = KVList()
    var negotiation: Negotiation?
    var recording = CallRecording()
    /// A client asked for the call: we called both devices.
    var isMadeByClient = false
    /// The called device has answered.
    var isAnswered = false

    subscript(role: Role) -> Party {
        get { role == .a ? self.caller : self.callee }
        set {
            if role == .a { self.caller = newValue } else { self.callee = newValue }
        }
    }

    /// Which of the two a DN is.
    func role(of dn: DN) -> Role? {
        if self.caller.dn == dn { return .a }
        return self.callee.dn == dn ? .b : nil
    }

    /// The call as policies and names see it.
    var snapshot: CallSnapshot {
        CallSnapshot(
            callUUID: self.callUUID, connID: self.connID, ani: self.ani, dnis: self.dnis,
            parties: Role.allCases.map(self.party))
    }

    /// A party as policies see it.
    func party(_ role: Role) -> CallParty {
        CallParty(dn: self[role].dn, agent: self[role].agent?.id, isCaller: role == .a)
    }
}

extension TCallType {
    /// The name that the call history has.
    var name: String {
        switch self {
        case .unknown: "Unknown"
        case .internal: "Internal"
        case .inbound: "Inbound"
        case .outbound: "Outbound"
        case .consult: "Consult"
        }
    }
}
