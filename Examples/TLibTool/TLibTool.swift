import ArgumentParser

/// Looks at what T-Servers say: in logs, and live.
@main
struct TLibTool: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tlib",
        abstract: "Looks at what T-Servers say: in logs, and live.",
        subcommands: [LogCommand.self, WatchCommand.self])
}

/// Which messages are wanted: the same options for logs and live.
struct Filter: ParsableArguments {
    @Option(
        name: .customLong("event"),
        help: ArgumentHelp(
            "Only messages of these types, several separated by commas.", valueName: "EventRinging,…"))
    var types: String?

    @Option(
        name: .customLong("dn"),
        help: ArgumentHelp("Only messages that name this DN as a party or a queue.", valueName: "7001"))
    var dn: String?

    @Option(
        name: .customLong("conn-id"),
        help: ArgumentHelp("Only messages about this call, in any of their ConnIDs.", valueName: "006c02462a161006"))
    var connID: String?
}
