/// Something that was waited for and did not come.
struct Overdue: Error, CustomStringConvertible {
    var description: String

    init(_ what: String) { self.description = "waited in vain for \(what)" }
}

/// How long tests wait for what must come: far longer than it ever takes, however busy the machine is.
let patience = Duration.seconds(60)

/// Looks again and again until something is there.
func found<Found>(_ what: String, _ find: () async throws -> Found?) async throws -> Found {
    let end = ContinuousClock.now + patience
    while true {
        if let found = try await find() { return found }
        guard ContinuousClock.now < end else { throw Overdue(what) }
        try await Task.sleep(for: .milliseconds(20))
    }
}

/// Looks again and again until something is so.
func until(_ what: String, _ isSo: () async throws -> Bool) async throws {
    try await found(what) { try await isSo() ? () : nil }
}

/// Does something that must not take for ever.
func bounded<Value: Sendable>(
    _ what: String, _ body: @escaping @Sendable () async throws -> Value
) async throws -> Value {
    try await withThrowingTaskGroup(of: Value.self) { group in
        group.addTask { try await body() }
        group.addTask {
            try await Task.sleep(for: patience)
            throw Overdue(what)
        }
        defer { group.cancelAll() }
        guard let value = try await group.next() else { throw Overdue(what) }
        return value
    }
}
