/// Keeps who was on a call, when: the plug-in point for the interaction history. Open: conform as you like, and run
/// `CallHistoryStoreConformance` on it.
///
/// SIP Server writes it as calls happen; the Recording Processor reads it. In the field this is ICON's database.
public protocol CallHistoryStore: Sendable {
    /// Adds an entry; when this returns, the entry outlives a crash.
    func append(_ entry: CallHistoryEntry) async throws(StorageError)

    /// The entries of a call, in the order in which they were added.
    func history(of call: CallUUID) async throws(StorageError) -> [CallHistoryEntry]
}

/// One thing that happened on a call.
///
/// - Source: ICON, tables G_CALL, G_CALL_HISTORY, G_PARTY, G_PARTY_HISTORY, G_USERDATA_HISTORY.
public struct CallHistoryEntry: Hashable, Sendable {
    /// What happened.
    public enum Kind: Hashable, Sendable {
        /// The call came into being. G_CALL.
        case callCreated(connID: ConnID, callType: String, ani: DN, dnis: DN)
        /// A party came onto the call. G_PARTY; `state` is Alerting, Connected ….
        case partyAdded(DN, role: String, agent: Agent?)
        /// A party's state changed: `Alerting`, `Connected`, `Held`. G_PARTY_HISTORY.
        case partyState(DN, String)
        /// A party left the call. G_PARTY.TERMINATED.
        case partyRemoved(DN)
        /// User data was attached or changed. G_USERDATA_HISTORY.
        case userData(key: String, value: String)
        /// The recording changed: `Started`, `Paused`, `Resumed`, `Stopped`, `Failed`, with the reasons that were given.
        case recording(String, dn: DN, reasons: [String: String])
        /// The call is over. G_CALL.TERMINATED.
        case callEnded
    }

    /// On which call.
    public var callUUID: CallUUID
    /// When it happened, UTC.
    public var time: WallTime
    /// What happened.
    public var kind: Kind

    /// Describes what happened.
    public init(callUUID: CallUUID, time: WallTime, kind: Kind) {
        (self.callUUID, self.time, self.kind) = (callUUID, time, kind)
    }
}
