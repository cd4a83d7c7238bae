import Allocations
import CallRecording
import Foundation
import Sofia

/// One message, and everything that is measured of it.
struct MessageBench {
    /// What is done with a message.
    enum Work: String, CaseIterable {
        case sofia = "sofia-sip"
        case sofiaWithBody = "sofia-sip with SDP"
        case index = "index"
        case typed = "typed"
        case typedWithBody = "typed with SDP"
        case written = "written"
    }

    struct Flaw: Error, CustomStringConvertible {
        var description: String
    }

    private let name: String
    private let bytes: [UInt8]
    private let message: SIPMessage
    private let headers: TypedHeaders

    init(_ name: String) throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Messages")
        let bytes = Array(try Data(contentsOf: folder.appending(path: name + ".sip")))
        self.name = name
        self.bytes = bytes
        self.message = try SIPMessage(parsing: bytes.span)
        self.headers = TypedHeaders(self.message)
        guard self.headers.encoded() == bytes else {
            throw Flaw(description: "\(name): written, it is another message")
        }
        for work in Work.allCases where self.once(work) == 0 {
            throw Flaw(description: "\(name): \(work.rawValue) does not read it")
        }
    }

    /// Measures all kinds of work in turn, run by run.
    func rows(messages: Int, slices: Int, runs: Int) throws -> [Row] {
        var times: [Work: [Double]] = [:]
        for _ in 0..<runs {
            for work in Work.allCases {
                times[work, default: []].append(self.nanoseconds(work, messages: messages, slices: slices))
            }
        }
        return Work.allCases.map { work in
            let reference = times[work.usesBody ? .sofiaWithBody : .sofia, default: []]
            let own = times[work, default: []]
            return Row(
                message: self.name, work: work, bytes: self.bytes.count, times: own,
                ratios: zip(reference, own).map { $0 / $1 }, allocations: self.allocations(work))
        }
    }

    private func nanoseconds(_ work: Work, messages: Int, slices: Int) -> Double {
        var least = Double.infinity
        var sum = 0
        for _ in 0..<slices {
            let start = Self.processorTime()
            for _ in 0..<messages { sum &+= self.once(work) }
            least = min(least, (Self.processorTime() - start) / Double(messages))
        }
        precondition(sum != 0)
        return least
    }

    private func allocations(_ work: Work) -> Int {
        allocations_start()
        _ = self.once(work)
        return Int(allocations_stop())
    }

    /// - Returns: something that depends on all that was done; 0 where it went wrong.
    @inline(__always)
    private func once(_ work: Work) -> Int {
        switch work {
        case .sofia: self.bytes.withUnsafeBytes { sofia_parse($0.baseAddress, $0.count, false) }
        case .sofiaWithBody: self.bytes.withUnsafeBytes { sofia_parse($0.baseAddress, $0.count, true) }
        case .index: (try? SIPMessageIndex(parsing: self.bytes.span))?.fieldCount ?? 0
        case .typed: (try? SIPMessage(parsing: self.bytes.span)).map(TypedHeaders.countOfValues) ?? 0
        case .typedWithBody: (try? SIPMessage(parsing: self.bytes.span)).map(Self.countWithBody) ?? 0
        case .written: self.headers.encoded().count
        }
    }

    private static func countWithBody(_ message: SIPMessage) -> Int {
        guard let body = message.bodyText else { return TypedHeaders.countOfValues(message) }
        let bytes = body.buffer.span.extracting(body.range)
        guard let description = try? SessionDescription(parsing: bytes) else { return 0 }
        return TypedHeaders.countOfValues(message) + description.media.count
    }

    /// - Returns: nanoseconds of this thread.
    private static func processorTime() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
    }
}

extension MessageBench.Work {
    /// Whether sofia-sip has to read the body as well to do as much.
    var usesBody: Bool { self == .sofiaWithBody || self == .typedWithBody }
}

/// One line of the table.
struct Row {
    var message: String
    var work: MessageBench.Work
    var bytes: Int
    /// - Unit: nanoseconds, a run.
    var times: [Double]
    var ratios: [Double]
    var allocations: Int

    var line: String {
        let ratio = self.work == .sofia || self.work == .sofiaWithBody ? "" : Self.summary(self.ratios, "%.1f")
        return [
            Self.padded(self.message, 9), Self.padded(self.work.rawValue, 20), Self.padded("\(self.bytes)", -5), " ",
            Self.padded(Self.summary(self.times, "%.0f"), 22), Self.padded(ratio, 22), "\(self.allocations)",
        ]
        .joined(separator: " ")
    }

    /// The median, the least and the most.
    private static func summary(_ numbers: [Double], _ format: String) -> String {
        let sorted = numbers.sorted()
        let shown = [sorted[sorted.count / 2], sorted[0], sorted[sorted.count - 1]].map { String(format: format, $0) }
        return "\(shown[0]) (\(shown[1]) – \(shown[2]))"
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        let space = String(repeating: " ", count: max(0, abs(width) - text.count))
        return width < 0 ? space + text : text + space
    }
}
