import CallRecording
import Foundation

/// How much memory the process has held over time.
struct Memory: Sendable {
    /// - Unit: kB that are resident.
    private(set) var samples: [Int] = []

    /// Looks every so often, and prints what it sees.
    static func watch(every interval: Duration, until end: MonotonicTime, clock: SystemClock) async -> Memory {
        var memory = Memory()
        let start = clock.now
        while clock.now < end {
            try? await clock.sleep(for: interval)
            memory.samples.append(Self.resident)
            print("after \((clock.now - start).milliseconds / 1_000) s: \(Self.resident) kB")
        }
        return memory
    }

    /// Why memory is not flat; nil where it is, or where there are too few samples to say so.
    var growth: String? {
        let third = self.samples.count / 3
        guard third > 0, let last = self.samples.suffix(third).max(),
            let before = self.samples.dropLast(third).suffix(third).max()
        else { return nil }
        let allowed = before + before / 20 + 4_000
        return last > allowed ? "memory has grown from \(before) kB to \(last) kB; \(allowed) were allowed" : nil
    }

    private static var resident: Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") } ?? ""
        return line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0
    }
}
