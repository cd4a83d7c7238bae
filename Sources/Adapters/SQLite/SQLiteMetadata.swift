private import CallCore
private import GRDB
public import RecordingStorage

/// A store for recordings' metadata in an SQLite file.
public struct SQLiteMetadata: MetadataStore {
    private let database: SQLiteDatabase

    /// Keeps recordings in a database.
    public init(_ database: SQLiteDatabase) { self.database = database }

    /// Keeps recordings in a file.
    ///
    /// - Throws: as ``SQLiteDatabase/init(path:)``.
    public init(path: String) throws(StorageError) { self.database = try SQLiteDatabase(path: path) }

    /// Adds a recording, or puts it in the place of the one with the same id.
    public func save(_ recording: Recording) async throws(StorageError) {
        let users = Set(recording.eventHistory.compactMap(\.userName))
        try await self.database.write("cannot save recording \(recording.id)") { database in
            let document = try StoredDocument.encode(StoredRecording(recording))
            try database.execute(
                sql: """
                    INSERT INTO recording (id, startTime, callerKey, dialedKey, document) VALUES (?, ?, ?, ?, ?)
                    ON CONFLICT (id) DO UPDATE SET startTime = excluded.startTime, callerKey = excluded.callerKey,
                        dialedKey = excluded.dialedKey, document = excluded.document
                    """,
                arguments: [
                    recording.id.rawValue, recording.startTime.milliseconds,
                    NumberPattern.normalized(recording.callerPhoneNumber),
                    NumberPattern.normalized(recording.dialedPhoneNumber), document,
                ])
            try database.execute(
                sql: "DELETE FROM recordingUser WHERE recordingID = ?", arguments: [recording.id.rawValue])
            for user in users {
                try database.execute(
                    sql: "INSERT INTO recordingUser (recordingID, userName) VALUES (?, ?)",
                    arguments: [recording.id.rawValue, user])
            }
        }
    }

    /// Finds a recording.
    public func recording(_ id: RecordingID) async throws(StorageError) -> Recording? {
        try await self.database.read("cannot read recording \(id)") { database in
            let document = try String.fetchOne(
                database, sql: "SELECT document FROM recording WHERE id = ?", arguments: [id.rawValue])
            return try document.map { try StoredDocument.decode(StoredRecording.self, from: $0).recording() }
        }
    }

    /// Finds recordings, the newest first; of those that started together the one with the greater id.
    ///
    /// - Throws: `.refused` where `token` is none of ours.
    public func recordings(
        matching query: RecordingQuery, after token: String?, limit: Int
    ) async throws(StorageError) -> RecordingPage {
        var conditions: [String] = []
        var arguments = StatementArguments()
        func require(_ condition: String, _ values: any DatabaseValueConvertible...) {
            conditions.append(condition)
            arguments += StatementArguments(values)
        }
        // A pattern holds letters, digits and stars only, so nothing else in it can mean something to GLOB.
        if let text = query.callerPhoneNumber { require("callerKey GLOB ?", NumberPattern(text).text) }
        if let text = query.dialedPhoneNumber { require("dialedKey GLOB ?", NumberPattern(text).text) }
        if let time = query.startTime { require("startTime >= ?", time.milliseconds) }
        if let time = query.endTime { require("startTime < ?", time.milliseconds) }
        if let name = query.userName {
            require("id IN (SELECT recordingID FROM recordingUser WHERE userName = ?)", name)
        }
        if let token {
            guard let place = PagePlace(token) else {
                throw StorageError(.refused, "'\(token.prefix(64))' ends no page")
            }
            require("(startTime, id) < (?, ?)", place.startTime, place.id)
        }
        let count = min(max(1, limit), 10_000)
        let filter = conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND ")
        arguments += [count + 1]
        let (sql, values) = (
            "SELECT document FROM recording \(filter) ORDER BY startTime DESC, id DESC LIMIT ?", arguments
        )
        let found = try await self.database.read("cannot search recordings") { database in
            try String.fetchAll(database, sql: sql, arguments: values)
                .map { try StoredDocument.decode(StoredRecording.self, from: $0).recording() }
        }
        let page = Array(found.prefix(count))
        return RecordingPage(
            recordings: page, next: found.count > count ? page.last.map { PagePlace($0).token } : nil)
    }

    /// Forgets a recording.
    public func delete(_ id: RecordingID) async throws(StorageError) {
        try await self.database.write("cannot delete recording \(id)") { database in
            try database.execute(sql: "DELETE FROM recording WHERE id = ?", arguments: [id.rawValue])
        }
    }
}
