internal import GRDB

/// The steps that made the tables.
enum Migrations {
    /// Recordings: what is searched by stands in columns, the whole in a document.
    static func recordings(_ database: Database) throws {
        try database.create(table: "recording", options: [.strict, .withoutRowID]) { table in
            table.column("id", .text).notNull().primaryKey()
            // Milliseconds since 1970, UTC.
            table.column("startTime", .integer).notNull()
            // Letters and digits only: what number patterns are compared with.
            table.column("callerKey", .text).notNull()
            table.column("dialedKey", .text).notNull()
            table.column("document", .text).notNull()
        }
        try database.create(index: "recordingByTime", on: "recording", columns: ["startTime", "id"])
        try database.create(index: "recordingByCaller", on: "recording", columns: ["callerKey"])
        try database.create(index: "recordingByDialed", on: "recording", columns: ["dialedKey"])
        try database.create(table: "recordingUser", options: [.strict, .withoutRowID]) { table in
            table.column("recordingID", .text).notNull()
                .references("recording", column: "id", onDelete: .cascade)
            table.column("userName", .text).notNull()
            table.primaryKey(["userName", "recordingID"])
        }
        try database.create(index: "recordingUserByRecording", on: "recordingUser", columns: ["recordingID"])
    }
}
