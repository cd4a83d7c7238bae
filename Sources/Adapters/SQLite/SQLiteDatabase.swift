private import Foundation
internal import GRDB
public import RecordingStorage

/// A database file that holds recordings' metadata, the history of calls, or both.
///
/// Written through a log (WAL) that is flushed with every transaction: what a call has returned from outlives a crash of
/// the process and of the machine.
public struct SQLiteDatabase: Sendable {
    let pool: DatabasePool

    /// Opens a file, which is made where it is missing, and brings its tables to the present form.
    ///
    /// - Throws: `.refused` where this process may not write there, or where a newer version has written the file;
    ///   `.corrupt` where the file is no database.
    public init(path: String) throws(StorageError) {
        var configuration = Configuration()
        configuration.busyMode = .timeout(10)
        configuration.prepareDatabase { database in
            // With WAL the default of some builds is NORMAL, which loses the last transactions when the power fails.
            try database.execute(sql: "PRAGMA synchronous = FULL")
        }
        do {
            self.pool = try DatabasePool(path: path, configuration: configuration)
            let migrator = Self.migrator
            guard try self.pool.read({ try !migrator.hasBeenSuperseded($0) }) else {
                throw StorageError(.refused, "\(path) was written by a newer version of this software")
            }
            try migrator.migrate(self.pool)
        } catch {
            throw StorageError(error, "\(path)")
        }
    }

    /// The steps that made the tables what they are. A step that has been released is never changed.
    private static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("0001 recordings", migrate: Migrations.recordings)
        migrator.registerMigration("0002 call history", migrate: Migrations.callHistory)
        return migrator
    }

    func read<Value: Sendable>(
        _ action: String, _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(StorageError) -> Value {
        do {
            return try await self.pool.read(body)
        } catch {
            throw StorageError(error, action)
        }
    }

    func write<Value: Sendable>(
        _ action: String, _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(StorageError) -> Value {
        do {
            return try await self.pool.write(body)
        } catch {
            throw StorageError(error, action)
        }
    }
}

extension StorageError {
    /// What an error of the database means for a store.
    init(_ error: any Error, _ action: String) {
        switch error {
        case let error as StorageError:
            self = error
        case let error as DatabaseError:
            let code: Code =
                switch error.resultCode {
                case .SQLITE_FULL: .full
                case .SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_IOERR: .unreachable
                case .SQLITE_CORRUPT, .SQLITE_NOTADB: .corrupt
                case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH, .SQLITE_CANTOPEN: .refused
                default: .failed
                }
            self.init(code, "\(action): \(error.message ?? "SQLite error \(error.resultCode.rawValue)")")
        case is CancellationError:
            self.init(.unreachable, "\(action): the task was cancelled")
        case is DecodingError:
            self.init(.corrupt, "\(action): what is stored cannot be read")
        default:
            self.init(.failed, "\(action): \(error)")
        }
    }
}
