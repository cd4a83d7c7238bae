public import CallCore
private import GRDB
public import RecordingStorage

/// A store for the history of calls in an SQLite file.
public struct SQLiteCallHistory: CallHistoryStore {
    private let database: SQLiteDatabase

    /// Keeps the history in a database.
    public init(_ database: SQLiteDatabase) { self.database = database }

    /// Keeps the history in a file.
    ///
    /// - Throws: as ``SQLiteDatabase/init(path:)``.
    public init(path: String) throws(StorageError) { self.database = try SQLiteDatabase(path: path) }

    /// Adds an entry.
    public func append(_ entry: CallHistoryEntry) async throws(StorageError) {
        try await self.database.write("cannot add to the history of call \(entry.callUUID)") { database in
            try database.execute(
                sql: "INSERT INTO callHistory (callUUID, time, kind) VALUES (?, ?, ?)",
                arguments: [
                    entry.callUUID.rawValue, entry.time.milliseconds,
                    try StoredDocument.encode(StoredKind(entry.kind)),
                ])
        }
    }

    /// The entries of a call, in the order in which they were added.
    public func history(of call: CallUUID) async throws(StorageError) -> [CallHistoryEntry] {
        try await self.database.read("cannot read the history of call \(call)") { database in
            try Row.fetchAll(
                database, sql: "SELECT time, kind FROM callHistory WHERE callUUID = ? ORDER BY number",
                arguments: [call.rawValue]
            ).map { row in
                let kind = try StoredDocument.decode(StoredKind.self, from: row["kind"])
                return CallHistoryEntry(
                    callUUID: call, time: WallTime(milliseconds: row["time"]), kind: kind.kind)
            }
        }
    }
}
