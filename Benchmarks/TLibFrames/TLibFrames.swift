import ArgumentParser
import Foundation
import TLib

/// What it takes to read and to write an event of the T-Library, beside Foundation's JSON of the same event.
@main
struct TLibFrames: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "What it takes to read and to write a T-Library event, beside Foundation's JSON of the same event.",
        discussion: """
            The event is an EventEstablished with 20 pairs of user data. Rounds of all four are measured in turn, by the \
            CPU that they take, so that a busy machine weighs on each of them; the figures are the medians of the rounds.
            """)

    @Option(help: "How often an event is read or written in one round.")
    var events = 2_000
    @Option(help: "Rounds.")
    var rounds = 21

    func validate() throws {
        guard self.events > 0, self.rounds > 0 else { throw ValidationError("Events and rounds are 1 or more.") }
    }

    func run() throws {
        let message = TMessage.benchmarkEvent()
        let frame = message.encodedFrame()
        let record = EventJSON(message)
        let encoder = JSONEncoder()
        let decoder = JSONDecoder()
        let json = try encoder.encode(record)
        var times: [[Double]] = [[], [], [], []]
        for _ in 0..<self.rounds {
            try times[0].append(self.nanoseconds { try decoder.decode(EventJSON.self, from: json).userData.count })
            try times[1].append(
                self.nanoseconds {
                    var stream = TFrameDecoder()
                    stream.append(frame.span)
                    return try stream.next()?.entries.count ?? 0
                })
            try times[2].append(self.nanoseconds { try encoder.encode(record).count })
            try times[3].append(self.nanoseconds { message.encodedFrame().count })
        }
        let medians = times.map { $0.sorted()[$0.count / 2] }
        let ratios = [(0, 1), (2, 3)].map { pair in
            zip(times[pair.0], times[pair.1]).map { $0 / $1 }.sorted()[self.rounds / 2]
        }
        print("an EventEstablished with 20 pairs of user data; medians of \(self.rounds) rounds of \(self.events)")
        print("         JSON, \(json.count) bytes   T-Library frame, \(frame.count) bytes   ratio")
        print(
            String(
                format: "read     %10.2f µs      %14.2f µs           %10.1f", medians[0] / 1_000, medians[1] / 1_000,
                ratios[0]))
        print(
            String(
                format: "written  %10.2f µs      %14.2f µs           %10.1f", medians[2] / 1_000, medians[3] / 1_000,
                ratios[1]))
    }

    /// What one event costs: CPU of the process, so that others on the machine do not count.
    private func nanoseconds(_ work: () throws -> Int) throws -> Double {
        var sum = 0
        let start = Self.cpuNanoseconds
        for _ in 0..<self.events { sum &+= try work() }
        let time = Self.cpuNanoseconds - start
        guard sum != 0 else { throw ValidationError("Nothing was read or written.") }
        return time / Double(self.events)
    }

    private static var cpuNanoseconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
    }
}
