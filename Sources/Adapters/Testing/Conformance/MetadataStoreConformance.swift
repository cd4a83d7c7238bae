private import CallCore
public import RecordingStorage

/// The promises of ``MetadataStore``, tried on an implementation. It saves a few recordings and deletes them.
public struct MetadataStoreConformance: Sendable {
    private let store: any MetadataStore
    private let calls: [CallUUID]
    private let user: String
    private let promises = Promises(port: "MetadataStore")

    /// Prepares to try a store.
    ///
    /// - Parameter seed: names the recordings; another number for each run on a store that is kept.
    public init(_ store: any MetadataStore, seed: UInt64 = 1) {
        var tokens = TokenGenerator(seed: seed)
        self.store = store
        self.calls = (0..<12).map { _ in CallUUID(tokens: &tokens) }
        self.user = tokens.token()
    }

    /// Tries every promise.
    ///
    /// - Throws: the first promise that is broken.
    public func verify() async throws(ConformanceFailure) {
        try await self.savingAndReading()
        try await self.searching()
        try await self.paging()
        try await self.deleting()
    }

    private func savingAndReading() async throws(ConformanceFailure) {
        let whole = Self.recording(self.calls[0], user: self.user)
        let absent = try await self.read(whole.id)
        try self.promises.require(absent == nil, "what was not saved is not there", "\(whole.id) is")
        for _ in 0..<2 { try await self.save(whole) }
        let read = try await self.read(whole.id)
        try self.promises.require(read == whole, "what is read is what was saved", "\(String(describing: read))")
        let found = try await self.search(RecordingQuery(userName: self.user))
        try self.promises.require(
            found == [whole], "saving the same recording again changes nothing", "\(found.count) recordings are found")

        var changed = whole
        changed.callerPhoneNumber = "1"
        changed.mediaFiles = []
        changed.eventHistory = []
        try await self.save(changed)
        let after = try await self.read(whole.id)
        try self.promises.require(after == changed, "a recording takes the place of the one with its id", "it did not")
        let byOldAgent = try await self.search(RecordingQuery(userName: self.user))
        try self.promises.require(byOldAgent.isEmpty, "a search finds what is saved now", "it finds what was before")
    }

    private func searching() async throws(ConformanceFailure) {
        let recording = Self.recording(self.calls[1], user: self.user)
        try await self.save(recording)
        let start = recording.startTime
        let cases: [(String, Bool, RecordingQuery)] = [
            ("the caller", true, RecordingQuery(callerPhoneNumber: "8522001")),
            ("only letters and digits count", true, RecordingQuery(callerPhoneNumber: "+85 22-00.1")),
            ("a star stands for any row", true, RecordingQuery(callerPhoneNumber: "*22*1")),
            ("a star stands for an empty row", true, RecordingQuery(callerPhoneNumber: "8522001*")),
            ("a part is not enough", false, RecordingQuery(callerPhoneNumber: "852200")),
            ("another caller", false, RecordingQuery(callerPhoneNumber: "8522002")),
            ("the number that was dialled", true, RecordingQuery(dialedPhoneNumber: "14160000001")),
            ("small and capital letters differ", false, RecordingQuery(dialedPhoneNumber: "SIP")),
            ("a pattern's signs are signs", false, RecordingQuery(callerPhoneNumber: "[0-9]522001")),
            ("from its start", true, RecordingQuery(startTime: start)),
            ("from after its start", false, RecordingQuery(startTime: start + .milliseconds(1))),
            ("until its start", false, RecordingQuery(endTime: start)),
            ("until after its start", true, RecordingQuery(endTime: start + .milliseconds(1))),
            ("all conditions", true, RecordingQuery(callerPhoneNumber: "*", startTime: start)),
            ("all conditions must hold", false, RecordingQuery(callerPhoneNumber: "*", endTime: start)),
        ]
        for (name, wanted, condition) in cases {
            var query = condition
            query.userName = self.user
            let found = try await self.search(query)
            try self.promises.require(
                found == (wanted ? [recording] : []), "a search finds what meets every condition: \(name)",
                "\(found.count) recordings are found")
        }
        let others = try await self.search(RecordingQuery(userName: "nobody-\(self.user)"))
        try self.promises.require(
            others.isEmpty, "a search by agent finds the agent's recordings", "\(others.count) others")
        try await self.delete(recording.id)
    }

    private func paging() async throws(ConformanceFailure) {
        let promise = "pages are stable while recordings are added, the newest first"
        var saved: [Recording] = []
        for (index, call) in self.calls[2..<10].enumerated() {
            var recording = Self.recording(call, user: self.user)
            // Two and two start together, so that the start alone is no order.
            recording.startTime = recording.startTime + .seconds(index / 2)
            saved.append(recording)
            try await self.save(recording)
        }
        var found: [Recording] = []
        var token: String?
        var pages = 0
        repeat {
            let page = try await self.promises.expect(promise) { () async throws(StorageError) in
                try await self.store.recordings(matching: RecordingQuery(userName: self.user), after: token, limit: 3)
            }
            try self.promises.require(page.recordings.count <= 3, "a page has no more than was asked for", "\(page)")
            found += page.recordings
            token = page.next
            pages += 1
            if pages == 1 {
                var newer = Self.recording(self.calls[10], user: self.user)
                newer.startTime = newer.startTime + .seconds(100)
                try await self.save(newer)
            }
        } while token != nil && pages < 10
        try self.promises.require(
            found.map(\.startTime) == found.map(\.startTime).sorted(by: >), promise, "they are not in order")
        try self.promises.require(
            Set(found.map(\.id)) == Set(saved.map(\.id)) && found.count == saved.count, promise,
            "\(found.count) recordings on \(pages) pages, not \(saved.count)")
        try self.promises.require(pages == 3, "the last page says that it is the last", "\(pages) pages")
        try await self.promises.expectFailure([.refused], "a token that ends no page is refused") {
            () async throws(StorageError) in
            try await self.store.recordings(matching: RecordingQuery(), after: "no token", limit: 3)
        }
        for call in self.calls[2...10] { try await self.delete(RecordingID(call)) }
    }

    private func deleting() async throws(ConformanceFailure) {
        let id = RecordingID(self.calls[0])
        for _ in 0..<2 { try await self.delete(id) }
        let read = try await self.read(id)
        try self.promises.require(read == nil, "what was deleted is not there", "it is")
    }

    private func save(_ recording: Recording) async throws(ConformanceFailure) {
        try await self.promises.expect("a recording can be saved") { () async throws(StorageError) in
            try await self.store.save(recording)
        }
    }

    private func read(_ id: RecordingID) async throws(ConformanceFailure) -> Recording? {
        try await self.promises.expect("a recording can be read") { () async throws(StorageError) in
            try await self.store.recording(id)
        }
    }

    private func delete(_ id: RecordingID) async throws(ConformanceFailure) {
        try await self.promises.expect("deleting succeeds") { () async throws(StorageError) in
            try await self.store.delete(id)
        }
    }

    private func search(_ query: RecordingQuery) async throws(ConformanceFailure) -> [Recording] {
        try await self.promises.expect("recordings can be searched") { () async throws(StorageError) in
            try await self.store.recordings(matching: query, after: nil, limit: 100).recordings
        }
    }
}
