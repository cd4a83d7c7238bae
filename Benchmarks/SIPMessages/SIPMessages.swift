import Allocations
import ArgumentParser
import CallRecording
import Foundation
import Sofia

/// What a SIP message costs to read and to write, beside sofia-sip.
@main
struct SIPMessages: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "What a SIP message costs to read and to write, beside sofia-sip.",
        discussion: """
            Of each run the least of many slices counts, in CPU time of the thread; the table shows the medians of the \
            runs, with the least and the most. "index" finds the first line and every field; "typed" reads every header \
            into its value, and the body where it is SDP; "written" makes the message of those values and encodes it. \
            sofia-sip makes structures of all headers at once; its ratio to "typed" is with the body parsed by both. \
            The exit code is 1 where the index has allocated.
            """)

    @Option(help: "How often each message is read in a slice.")
    var messages = 2_000
    @Option(help: "Slices a run.")
    var slices = 25
    @Option(help: "Runs.")
    var runs = 5

    func validate() throws {
        guard self.messages > 0, self.slices > 0, self.runs > 0 else {
            throw ValidationError("Messages, slices and runs are 1 or more.")
        }
    }

    func run() throws {
        var hasAllocated = false
        print("message   what                 bytes   ns a message           ratio to sofia-sip     allocations")
        for name in ["invite", "answer", "bye"] {
            let bench = try MessageBench(name)
            let rows = try bench.rows(messages: self.messages, slices: self.slices, runs: self.runs)
            for row in rows { print(row.line) }
            hasAllocated = hasAllocated || rows.contains { $0.work == .index && $0.allocations != 0 }
        }
        if hasAllocated {
            print("!!! THE INDEX HAS ALLOCATED")
            throw ExitCode(1)
        }
    }
}
