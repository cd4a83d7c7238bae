/// Keeps what is known of recordings: the plug-in point for the web services' database. Open: conform as you like, and
/// run `MetadataStoreConformance` on it.
///
/// A store promises: saving the same recording again changes nothing; what ``save(_:)`` returned from outlives a crash;
/// pages are stable while recordings are added.
public protocol MetadataStore: Sendable {
    /// Adds a recording, or puts it in the place of the one with the same id.
    func save(_ recording: Recording) async throws(StorageError)

    /// Finds a recording; nil where there is none.
    func recording(_ id: RecordingID) async throws(StorageError) -> Recording?

    /// Finds recordings, the newest first.
    ///
    /// - Parameter token: what the page before ended with; nil for the first page.
    func recordings(
        matching query: RecordingQuery, after token: String?, limit: Int
    ) async throws(StorageError) -> RecordingPage

    /// Forgets a recording; succeeds where there was none.
    func delete(_ id: RecordingID) async throws(StorageError)
}

/// Which recordings are wanted: every condition that is set must hold.
public struct RecordingQuery: Hashable, Sendable {
    /// The caller, compared by letters and digits only; `*` stands for any row of them.
    public var callerPhoneNumber: String?
    /// The number that was dialled, compared like the caller's.
    public var dialedPhoneNumber: String?
    /// Started at or after this.
    public var startTime: WallTime?
    /// Started before this.
    public var endTime: WallTime?
    /// Log-in name of an agent who was on the call.
    public var userName: String?

    /// Wants every recording unless conditions are given.
    public init(
        callerPhoneNumber: String? = nil, dialedPhoneNumber: String? = nil, startTime: WallTime? = nil,
        endTime: WallTime? = nil, userName: String? = nil
    ) {
        (self.callerPhoneNumber, self.dialedPhoneNumber) = (callerPhoneNumber, dialedPhoneNumber)
        (self.startTime, self.endTime, self.userName) = (startTime, endTime, userName)
    }
}

/// Some of the recordings that were asked for.
public struct RecordingPage: Hashable, Sendable {
    /// The recordings, the newest first.
    public var recordings: [Recording]
    /// What to ask for the next page with; nil where this was the last.
    public var next: String?

    /// Describes a page.
    public init(recordings: [Recording], next: String?) { (self.recordings, self.next) = (recordings, next) }
}
