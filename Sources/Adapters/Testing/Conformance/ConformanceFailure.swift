internal import RecordingStorage

/// Which promise of a port an implementation broke.
public struct ConformanceFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The port, for example `RecordingStore`.
    public var port: String
    /// The promise, a sentence.
    public var promise: String
    /// What was seen instead.
    public var observation: String

    /// Describes a broken promise.
    public init(port: String, promise: String, observation: String) {
        (self.port, self.promise, self.observation) = (port, promise, observation)
    }

    /// Port, promise and what was seen.
    public var description: String { "\(self.port) promises: \(self.promise). But: \(self.observation)" }
}

/// Checks promises of one port and names those that are broken.
struct Promises {
    var port: String

    func fail(_ promise: String, _ observation: String) -> ConformanceFailure {
        ConformanceFailure(port: self.port, promise: promise, observation: observation)
    }

    func require(_ holds: Bool, _ promise: String, _ observation: @autoclosure () -> String) throws(ConformanceFailure)
    {
        if !holds { throw self.fail(promise, observation()) }
    }

    /// Something that must succeed.
    func expect<Value>(
        _ promise: String, _ body: () async throws(StorageError) -> Value
    ) async throws(ConformanceFailure) -> Value {
        do {
            return try await body()
        } catch {
            throw self.fail(promise, "it threw .\(error.code): \(error.message)")
        }
    }

    /// Something that must be refused with one of certain codes.
    func expectFailure<Value>(
        _ codes: [StorageError.Code], _ promise: String, _ body: () async throws(StorageError) -> Value
    ) async throws(ConformanceFailure) {
        do {
            _ = try await body()
        } catch {
            guard codes.contains(error.code) else {
                throw self.fail(promise, "it threw .\(error.code): \(error.message)")
            }
            return
        }
        throw self.fail(promise, "it succeeded")
    }
}

/// A source whose bytes end too early or whose reading fails.
struct BrokenSource: ByteSource {
    var byteCount: Int64
    var bytes: [UInt8]
    var error: StorageError?

    func open() async throws(StorageError) -> any ByteReader { Reader(rest: self.bytes, error: self.error) }

    private struct Reader: ByteReader {
        var rest: [UInt8]
        var error: StorageError?

        mutating func read(upTo count: Int) async throws(StorageError) -> [UInt8]? {
            if self.rest.isEmpty {
                if let error { throw error }
                return nil
            }
            defer { self.rest = [] }
            return self.rest
        }
    }
}
