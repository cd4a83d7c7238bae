import ArgumentParser
import Foundation
import MSML

/// What it takes to read MSML, beside a pass of FoundationXML that makes nothing of it.
@main
struct MSMLDocuments: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "What it takes to read MSML, beside a pass of FoundationXML that makes nothing of it.",
        discussion: """
            "bare" is FoundationXML with a delegate that counts, over bytes that lie ready. "typed" makes a document of \
            the same bytes. "all fields" reads every field of it as well. Rounds of the three are measured in turn, in \
            CPU time of this thread, so that a busy machine weighs on each of them; figures are medians with the least \
            and the most, ratios are those of each round.
            """)

    @Option(help: "How often a document is read in one round.")
    var documents = 300
    @Option(help: "Rounds.")
    var rounds = 41

    func validate() throws {
        guard self.documents > 0, self.rounds > 0 else { throw ValidationError("Documents and rounds are 1 or more.") }
    }

    func run() throws {
        print("medians of \(self.rounds) rounds of \(self.documents), with the least and the most")
        print(Self.row(["document", "bytes", "bare, µs", "typed, µs", "typed / bare", "all fields / bare"]))
        for sample in Sample.all {
            let data = Data(sample.bytes)
            var times: [[Double]] = [[], [], []]
            for _ in 0..<self.rounds {
                try times[0].append(self.microseconds { BareParser.parse(data) })
                try times[1].append(self.microseconds { try Self.typed(sample.bytes) })
                try times[2].append(self.microseconds { try sample.readAll() })
            }
            let ratios = [1, 2].map { column in zip(times[column], times[0]).map { $0 / $1 } }
            print(
                Self.row([
                    sample.name, "\(sample.bytes.count)", Self.figure(times[0], 1), Self.figure(times[1], 1),
                    Self.figure(ratios[0], 2), Self.figure(ratios[1], 2),
                ]))
        }
    }

    private static func typed(_ bytes: [UInt8]) throws -> Int {
        guard case .request(let request) = try MSMLDocument(parsing: bytes.span) else { return 0 }
        return request.elements.count
    }

    /// What one document costs.
    private func microseconds(_ work: () throws -> Int) throws -> Double {
        var sum = 0
        let start = Self.cpuNanoseconds()
        for _ in 0..<self.documents { sum &+= try work() }
        let time = Self.cpuNanoseconds() - start
        guard sum != 0 else { throw ValidationError("Nothing was read.") }
        return time / 1_000 / Double(self.documents)
    }

    private static func cpuNanoseconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
    }

    private static func figure(_ values: [Double], _ digits: Int) -> String {
        let sorted = values.sorted()
        let (least, median, most) = (sorted[0], sorted[sorted.count / 2], sorted[sorted.count - 1])
        return String(format: "%.\(digits)f (%.\(digits)f – %.\(digits)f)", median, least, most)
    }

    private static func row(_ cells: [String]) -> String {
        let widths = [24, 7, 26, 26, 22, 22]
        return zip(cells, widths).map { cell, width in
            cell + String(repeating: " ", count: max(1, width - cell.count))
        }.joined()
    }
}
