/// Decides who is recorded: the plug-in point for rules beyond the options of DNs. Open: conform as you like.
///
/// It is pure: it is asked when a party is connected to a call and when somebody asks for a recording, and the same
/// question always has the same answer. Of several parties, one that says ``RecordingDecision/record`` is enough, and
/// one that says ``RecordingDecision/forbid`` rules out the recording of the call.
public protocol RecordingPolicy: Sendable {
    /// What is to happen, as far as one party is concerned.
    func decision(on party: CallParty, joining call: CallSnapshot) -> RecordingDecision
}

/// What a policy has to say about one party.
public enum RecordingDecision: Hashable, Sendable {
    /// Record the call for this party's sake.
    case record
    /// Do nothing; record where somebody asks for it.
    case leave
    /// Do not record, whoever asks.
    case forbid
}

/// One party of a call, as a policy sees it.
public struct CallParty: Hashable, Sendable {
    /// The party's number.
    public var dn: DN
    /// The agent who works at it.
    public var agent: AgentID?
    /// Whether the party placed the call.
    public var isCaller: Bool

    /// Describes a party.
    public init(dn: DN, agent: AgentID? = nil, isCaller: Bool = false) {
        (self.dn, self.agent, self.isCaller) = (dn, agent, isCaller)
    }
}

/// A call at one moment, as a policy sees it.
public struct CallSnapshot: Hashable, Sendable {
    /// The call's name.
    public var callUUID: CallUUID
    /// The switch's name of the call.
    public var connID: ConnID
    /// Who calls.
    public var ani: DN
    /// Who was called.
    public var dnis: DN
    /// The parties who are connected.
    public var parties: [CallParty]

    /// Describes a call.
    public init(callUUID: CallUUID, connID: ConnID, ani: DN, dnis: DN, parties: [CallParty] = []) {
        (self.callUUID, self.connID, self.ani, self.dnis) = (callUUID, connID, ani, dnis)
        self.parties = parties
    }
}

/// Records the parties whose DN has `record=true`.
///
/// - Source: GIR Solution Guide, "How Recording Works", Overview, step 1, "Static configuration".
public struct DNOptionsPolicy: RecordingPolicy, Hashable {
    private let recorded: Set<DN>

    /// Takes the options of all DNs.
    public init(_ dns: [DN: DNOptions]) {
        self.recorded = Set(dns.lazy.filter(\.value.record).map(\.key))
    }

    /// Record where the party's DN says so.
    public func decision(on party: CallParty, joining call: CallSnapshot) -> RecordingDecision {
        self.recorded.contains(party.dn) ? .record : .leave
    }
}
