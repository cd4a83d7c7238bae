/// Is told what happens: the plug-in point for logs, metrics and live views. Open: conform as you like.
///
/// Called from any thread. It returns at once, and must: whoever reports does not wait.
public protocol CallObserver: Sendable {
    /// Takes one report.
    func observe(_ report: CallReport)
}

/// One thing that happened in a box, worth a log line.
public struct CallReport: Hashable, Sendable {
    /// How much it matters.
    public enum Level: Int, Hashable, Sendable, Comparable {
        /// Only of use when looking for a fault.
        case debug
        /// The ordinary course of a call.
        case info
        /// Something went wrong and was dealt with.
        case warning
        /// Something was lost, or will be unless somebody acts.
        case alarm

        /// By how much it matters.
        public static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }
    }

    /// How much it matters.
    public var level: Level
    /// The box that reports, by its name in the guide, for example `SIPServer`.
    public var box: String
    /// What happened: a short name that stays the same, for example `recording.started`. Metrics count by it.
    public var name: String
    /// One sentence for people.
    public var message: String
    /// The particulars: never secrets, never audio.
    public var metadata: [String: String]

    /// Describes what happened.
    public init(_ level: Level, _ box: String, _ name: String, _ message: String, _ metadata: [String: String] = [:]) {
        (self.level, self.box, self.name, self.message) = (level, box, name, message)
        self.metadata = metadata
    }
}

/// Listens to nothing.
public struct SilentObserver: CallObserver {
    /// Listens to nothing.
    public init() {}

    /// Does nothing.
    public func observe(_ report: CallReport) {}
}
