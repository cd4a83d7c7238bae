public import CallCore
public import Logging
private import Metrics
private import Synchronization

/// Writes reports to swift-log and counts them in swift-metrics.
///
/// A report's metadata becomes the log line's, with `box` and `event` added. Each name has a counter of that name,
/// with the dimension `box`.
public final class LoggingObserver: CallObserver {
    private struct CounterName: Hashable {
        var box: String
        var name: String
    }

    private let logger: Logger
    private let levels: @Sendable (CallReport.Level) -> Logger.Level
    private let counters = Mutex<[CounterName: Counter]>([:])

    /// Reports to a logger.
    ///
    /// - Parameters:
    ///   - logger: where lines go; its level decides which are written. All reports are counted.
    ///   - levels: the logger's word for how much a report matters; by default an alarm is `critical`.
    public init(
        logger: Logger = Logger(label: "call-recording"),
        levels: @escaping @Sendable (CallReport.Level) -> Logger.Level = { $0.loggerLevel }
    ) {
        (self.logger, self.levels) = (logger, levels)
    }

    /// Writes and counts one report.
    public func observe(_ report: CallReport) {
        self.counter(of: report).increment()
        var metadata = Logger.Metadata(minimumCapacity: report.metadata.count + 2)
        for (key, value) in report.metadata { metadata[key] = .string(value) }
        metadata["box"] = .string(report.box)
        metadata["event"] = .string(report.name)
        self.logger.log(
            level: self.levels(report.level), "\(report.message)", metadata: metadata, source: report.box)
    }

    /// Counters are kept: a metrics system may look each up at a cost, or count one by one those that it makes.
    private func counter(of report: CallReport) -> Counter {
        self.counters.withLock { counters in
            let name = CounterName(box: report.box, name: report.name)
            if let counter = counters[name] { return counter }
            let counter = Counter(label: report.name, dimensions: [("box", report.box)])
            counters[name] = counter
            return counter
        }
    }
}

extension CallReport.Level {
    /// The word of swift-log: `debug`, `info`, `warning`, and `critical` for an alarm.
    public var loggerLevel: Logger.Level {
        switch self {
        case .debug: .debug
        case .info: .info
        case .warning: .warning
        case .alarm: .critical
        }
    }
}
