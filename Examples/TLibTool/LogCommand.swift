import ArgumentParser
import CallRecording
import Foundation

/// Finds the messages in logs and prints them, as they stand or as JSON lines.
struct LogCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log",
        abstract: "Prints the messages of logs, as they stand or as JSON lines.",
        discussion: """
            Reads logs of T-Server, of URS and of programs on the Platform SDK, of any length; "-" is the standard input. \
            What belongs to no message is skipped; how much that was is said at the end, on the standard error, with the \
            numbers of the lines that are damaged.

            EXAMPLES:
              tlib log sip.log --json | jq -c 'select(.attributes.ANI == "0301234567")'
              zcat sip.log.gz | tlib log - --event EventRinging,EventReleased --dn 7001
              tlib log sip.log --conn-id 006c02462a161006
            """)

    @Argument(help: "The logs; - for the standard input.")
    var files: [String]

    @Flag(help: "Print JSON, one message a line.")
    var json = false

    @OptionGroup var filter: Filter

    func validate() throws { _ = try Matcher(self.filter) }

    func run() throws {
        let matcher = try Matcher(self.filter)
        var hasFailed = false
        for file in self.files {
            do throws(LogFile.Unreadable) {
                var log = try LogFile(file)
                try log.print(matcher, json: self.json)
                log.report()
            } catch {
                FileHandle.standardError.write(Data("tlib: \(error)\n".utf8))
                hasFailed = true
            }
        }
        if hasFailed { throw ExitCode(1) }
    }
}
