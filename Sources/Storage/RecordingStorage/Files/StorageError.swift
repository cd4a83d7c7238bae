/// Why something could not be stored or read.
public struct StorageError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of failure it was.
    public enum Code: Hashable, Sendable {
        /// Nothing is stored under that name.
        case notFound
        /// Something else is stored under that name.
        case conflict
        /// The store is full.
        case full
        /// The store cannot be reached, or not in time.
        case unreachable
        /// The store says that this may not be done.
        case refused
        /// What is stored cannot be read.
        case corrupt
        /// Anything else; the message says what.
        case failed
    }

    /// What kind of failure it was.
    public var code: Code
    /// What happened, where, and what to do about it.
    public var message: String

    /// Describes a failure.
    public init(_ code: Code, _ message: String) { (self.code, self.message) = (code, message) }

    /// Whether the same call may succeed later without anybody's doing.
    public var isTransient: Bool {
        switch self.code {
        case .full, .unreachable, .failed: true
        case .notFound, .conflict, .refused, .corrupt: false
        }
    }

    /// The message.
    public var description: String { self.message }

    /// Equal where the code is.
    public static func == (left: StorageError, right: StorageError) -> Bool { left.code == right.code }

    /// Hashes the code.
    public func hash(into hasher: inout Hasher) { hasher.combine(self.code) }
}
