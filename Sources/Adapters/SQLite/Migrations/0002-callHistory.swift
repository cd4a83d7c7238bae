internal import GRDB

extension Migrations {
    /// What happened on calls, in the order in which it was told.
    static func callHistory(_ database: Database) throws {
        try database.create(table: "callHistory", options: .strict) { table in
            table.autoIncrementedPrimaryKey("number")
            table.column("callUUID", .text).notNull()
            // Milliseconds since 1970, UTC.
            table.column("time", .integer).notNull()
            table.column("kind", .text).notNull()
        }
        try database.create(index: "callHistoryByCall", on: "callHistory", columns: ["callUUID", "number"])
    }
}
