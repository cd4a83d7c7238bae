import CallRecording
import Foundation

/// A ``Sender`` in a process of its own, so that its CPU is not that of the recorder.
struct SenderProcess {
    let seconds: Int
    let isTimed: Bool
    /// Of the ports from which it speaks. No two runs at a time have the same.
    let firstMouth = UInt16(40_000 + 4 * (Int(ProcessInfo.processInfo.processIdentifier) % 2_000))

    /// Where a party hears.
    func mouth(of party: Int) -> UInt16 { Sender.mouth(of: party, first: self.firstMouth) }

    /// Speaks to those ports from a moment on, in seconds since the machine was started; returns when all is said.
    func speak(to ports: [UInt16], from begin: Double) async throws -> Sender.Report {
        let sender = Process()
        sender.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        sender.arguments = [
            "--send", ports.map(String.init).joined(separator: ","), "--seconds", String(self.seconds), "--begin",
            String(begin), "--first-mouth", String(self.firstMouth),
        ]
        if self.isTimed { sender.arguments?.append("--timed") }
        let output = Pipe()
        sender.standardOutput = output
        try await withCheckedThrowingContinuation { (done: CheckedContinuation<Void, any Error>) in
            sender.terminationHandler = { _ in done.resume() }
            do { try sender.run() } catch { done.resume(throwing: error) }
        }
        let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        guard let report = Sender.Report(parsing: line) else {
            throw TransportError(.failed, "the sender has failed")
        }
        return report
    }

    /// When speaking to so many calls can begin, all of which must be set up until then.
    static func begin(calls: Int) -> Double { ProcessInfo.processInfo.systemUptime + 0.7 + 0.002 * Double(calls) }
}
