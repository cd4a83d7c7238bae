public import CallCore
public import RecordingStorage

/// The promises of ``CallHistoryStore``, tried on an implementation. It leaves the entries of a few calls behind.
public struct CallHistoryStoreConformance: Sendable {
    private let store: any CallHistoryStore
    private let calls: [CallUUID]
    private let promises = Promises(port: "CallHistoryStore")

    /// Prepares to try a store.
    ///
    /// - Parameter seed: names the calls; another number for each run on a store that is kept.
    public init(_ store: any CallHistoryStore, seed: UInt64 = 1) {
        var tokens = TokenGenerator(seed: seed)
        (self.store, self.calls) = (store, (0..<3).map { _ in CallUUID(tokens: &tokens) })
    }

    /// Tries every promise.
    ///
    /// - Throws: the first promise that is broken.
    public func verify() async throws(ConformanceFailure) {
        let entries = self.calls.prefix(2).map(Self.entries)
        for call in self.calls {
            let read = try await self.history(of: call)
            try self.promises.require(read.isEmpty, "a call without entries has no history", "\(read.count) entries")
        }
        for index in entries[0].indices {
            for call in 0..<2 {
                try await self.promises.expect("an entry can be added") { () async throws(StorageError) in
                    try await self.store.append(entries[call][index])
                }
            }
        }
        for call in 0..<2 {
            let read = try await self.history(of: self.calls[call])
            try self.promises.require(
                read.count == entries[call].count, "a history has the entries of its call and no others",
                "\(read.count) entries, not \(entries[call].count)")
            for (index, (read, written)) in zip(read, entries[call]).enumerated() {
                try self.promises.require(
                    read == written, "entries come whole and in the order in which they were added",
                    "entry \(index) is \(read), not \(written)")
            }
        }
        let rest = try await self.history(of: self.calls[2])
        try self.promises.require(
            rest.isEmpty, "a history has the entries of its call and no others", "of a third call")
    }

    /// An entry of each kind, some of them at the same time and not in the order of time.
    public static func entries(of call: CallUUID) -> [CallHistoryEntry] {
        let agent = Agent(id: "kmilburn", firstName: "Kristi", lastName: "Müller")
        let kinds: [CallHistoryEntry.Kind] = [
            .callCreated(connID: ConnID(rawValue: .max), callType: "Inbound", ani: "8522001", dnis: "+14160000001"),
            .partyAdded("8522001", role: "Origination", agent: nil),
            .partyAdded("7001", role: "Destination", agent: agent),
            .partyState("7001", "Connected"),
            .userData(key: "Käse \"'; DROP", value: "\u{1F600}\n"),
            .userData(key: "", value: ""),
            .recording("Started", dn: "7001", reasons: ["why": "test", "": ""]),
            .recording("Paused", dn: "7001", reasons: [:]),
            .partyRemoved("7001"),
            .callEnded,
        ]
        let times: [Int64] = [5, 5, 4, 6, 6, 7, 0, -1, 8, 9]
        return zip(kinds, times).map { kind, time in
            CallHistoryEntry(callUUID: call, time: WallTime(milliseconds: 1_441_904_302_000 + time), kind: kind)
        }
    }

    private func history(of call: CallUUID) async throws(ConformanceFailure) -> [CallHistoryEntry] {
        try await self.promises.expect("a history can be read") { () async throws(StorageError) in
            try await self.store.history(of: call)
        }
    }
}
