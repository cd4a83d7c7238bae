private import CallCore

/// How the recording processor waits and tries again.
public struct ProcessingConfiguration: Hashable, Sendable {
    /// The region whose web services keep the recordings.
    public var region: String
    /// How long a recording waits for the end of its call to be in the history. After that it is published with what
    /// the history has.
    public var historyPatience: Duration
    /// How soon a history that is not complete is read again; the wait doubles each time up to ``historyIntervalLimit``.
    public var historyInterval: Duration
    /// The longest wait until a history is read again.
    public var historyIntervalLimit: Duration
    /// How soon a recording that was not accepted is published again; the wait doubles up to ``retryIntervalLimit``.
    public var retryInterval: Duration
    /// The longest wait until a recording is published again. There is no last attempt.
    public var retryIntervalLimit: Duration
    /// Failures in a row after which each further one is an alarm.
    public var alarmThreshold: Int
    /// Most histories that are read and recordings that are published at the same time.
    public var parallelism: Int

    /// Describes how to wait; the defaults suit a site.
    public init(
        region: String = "region1", historyPatience: Duration = .seconds(60),
        historyInterval: Duration = .milliseconds(250), historyIntervalLimit: Duration = .seconds(5),
        retryInterval: Duration = .seconds(1), retryIntervalLimit: Duration = .seconds(300), alarmThreshold: Int = 5,
        parallelism: Int = 16
    ) {
        (self.region, self.historyPatience, self.historyInterval) = (region, historyPatience, historyInterval)
        (self.historyIntervalLimit, self.retryInterval) = (historyIntervalLimit, retryInterval)
        (self.retryIntervalLimit, self.alarmThreshold) = (retryIntervalLimit, alarmThreshold)
        self.parallelism = parallelism
    }
}
