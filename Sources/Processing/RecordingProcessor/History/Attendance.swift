private import CallCore
internal import RecordingStorage

/// Turns the history of a call into the events of a recording: who was on the call from when to when, what was attached,
/// and what became of the recording.
///
/// A party has joined once it is connected; one that only rang has not. A party that is still there when the call ends
/// leaves then.
struct Attendance {
    /// The events, in the order of time.
    private(set) var events: [HistoryEvent] = []

    private var agents: [DN: Agent] = [:]
    /// Those who have joined and not left, in the order in which they joined.
    private var present: [DN] = []
    /// Those whose states are told, so that their being added says nothing about their having joined.
    private let withStates: Set<DN>

    init(_ history: [CallHistoryEntry]) {
        self.withStates = Set(
            history.compactMap { entry in
                if case .partyState(let dn, _) = entry.kind { dn } else { nil }
            })
        for entry in history { self.take(entry) }
        // The sort is stable: what happened at the same moment stays in the order in which it was told.
        self.events.sort { $0.occurredAt < $1.occurredAt }
    }

    private mutating func take(_ entry: CallHistoryEntry) {
        switch entry.kind {
        case .callCreated: break
        case .partyAdded(let dn, _, let agent):
            if let agent { self.agents[dn] = agent }
            if !self.withStates.contains(dn) { self.join(dn, entry) }
        case .partyState(let dn, let state):
            if state == "Connected" { self.join(dn, entry) }
        case .partyRemoved(let dn):
            self.leave(dn, entry)
        case .userData(let key, let value):
            self.add("data", nil, entry, [key: value])
        case .recording(let state, let dn, let reasons):
            self.add("Recording\(state)", dn, entry, reasons)
        case .callEnded:
            for dn in self.present { self.leave(dn, entry) }
        }
    }

    private mutating func join(_ dn: DN, _ entry: CallHistoryEntry) {
        guard !self.present.contains(dn) else { return }
        self.present.append(dn)
        self.add("Joined", dn, entry)
    }

    private mutating func leave(_ dn: DN, _ entry: CallHistoryEntry) {
        guard let index = self.present.firstIndex(of: dn) else { return }
        self.present.remove(at: index)
        self.add("Left", dn, entry)
    }

    private mutating func add(_ name: String, _ dn: DN?, _ entry: CallHistoryEntry, _ data: [String: String] = [:]) {
        let agent = dn.flatMap { self.agents[$0] }
        self.events.append(
            HistoryEvent(
                occurredAt: entry.time, callUUID: entry.callUUID, event: name, phoneNumber: dn?.rawValue ?? "",
                userName: agent?.id.rawValue, firstName: agent?.firstName, lastName: agent?.lastName, data: data))
    }
}
