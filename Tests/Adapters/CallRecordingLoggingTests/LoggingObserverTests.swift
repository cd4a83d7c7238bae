import CallCore
import CallRecordingLogging
import Logging
import Synchronization
import Testing

@Suite struct LoggingObserverTests {
    @Test func `a report is a log line with the box and the event beside its own particulars`() {
        let book = LineBook()
        let observer = LoggingObserver(logger: book.logger)
        observer.observe(CallReport(.info, "SIPServer", "call.connected", "7002 and 7001 talk", ["dn": "7001"]))
        #expect(book.lines == ["info SIPServer 7002 and 7001 talk [box=SIPServer dn=7001 event=call.connected]"])
    }

    @Test(arguments: [
        (CallReport.Level.debug, "debug"), (.info, "info"), (.warning, "warning"), (.alarm, "critical"),
    ])
    func `how much a report matters decides its level`(level: CallReport.Level, expected: String) {
        let book = LineBook()
        LoggingObserver(logger: book.logger).observe(CallReport(level, "MediaControlPlatform", "upload.failed", "text"))
        #expect(book.lines.first?.split(separator: " ").first.map(String.init) == expected)
    }
}

/// Keeps log lines as text.
private final class LineBook: Sendable {
    private let kept = Mutex<[String]>([])

    var lines: [String] { self.kept.withLock { $0 } }

    var logger: Logger {
        var logger = Logger(label: "test") { _ in Handler(book: self) }
        logger.logLevel = .trace
        return logger
    }

    private struct Handler: LogHandler {
        let book: LineBook
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { self.metadata[key] }
            set { self.metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let pairs = (event.metadata ?? [:]).map { "\($0.key)=\($0.value)" }.sorted().joined(separator: " ")
            self.book.kept.withLock { $0.append("\(event.level) \(event.source) \(event.message) [\(pairs)]") }
        }
    }
}
