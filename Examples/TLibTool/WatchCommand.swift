import ArgumentParser
import CallRecording
import CallRecordingNIO
import Foundation

/// Registers DNs at a T-Server and prints what happens at them.
struct WatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: "Registers DNs at a T-Server and prints their events as they come, until Ctrl-C.",
        discussion: """
            The server is one that speaks the frames of Documentation/Protocols/TLib.md, for example recording-node. When \
            the connection breaks it is opened again; the time without events is said on the standard error.

            EXAMPLES:
              tlib watch 127.0.0.1:3000 7001 7002
              tlib watch localhost:3000 7001 --json --event EventAttachedDataChanged
            """)

    @Argument(help: "The T-Server, HOST:PORT.")
    var server: String

    @Argument(help: "The DNs.")
    var dns: [String]

    @Flag(help: "Print JSON, one message a line.")
    var json = false

    @OptionGroup var filter: Filter

    func validate() throws {
        _ = try Matcher(self.filter)
        guard !self.dns.isEmpty else { throw ValidationError("Name the DNs that are to be watched.") }
    }

    func run() async throws {
        let endpoint = try Self.endpoint(self.server)
        let transport: TCPTLibraryClient
        do {
            transport = try await TCPTLibraryClient.connect(to: endpoint)
        } catch {
            throw ValidationError("\(error)")
        }
        let client = TClient(
            transport: transport, server: endpoint, clock: SystemClock(), applicationName: "tlib",
            keepAlive: TKeepAlive())
        try await withThrowingTaskGroup { group in
            group.addTask { try await client.run() }
            group.addTask { try await self.printEvents(of: client) }
            for dn in self.dns {
                do {
                    try await client.request(TRegisterAddress(DN(rawValue: dn)))
                } catch {
                    FileHandle.standardError.write(Data("tlib: \(dn): \(error)\n".utf8))
                }
            }
            try await group.waitForAll()
        }
    }

    private func printEvents(of client: TClient) async throws {
        let matcher = try Matcher(self.filter)
        for await event in client.events {
            switch event {
            case .message(let message):
                let record = TLogRecord(message)
                guard matcher.matches(record) else { continue }
                var output = Output()
                if self.json {
                    output.json.append(record, [], time: try? TEvent(message).time?.iso8601Milliseconds)
                } else {
                    output.text("\(record)\n")
                }
                output.flush()
            case .gap(let gap):
                FileHandle.standardError.write(Data("tlib: \(gap)\n".utf8))
            case .dropped(let count):
                FileHandle.standardError.write(Data("tlib: \(count) events are missing here\n".utf8))
            }
        }
    }

    private static func endpoint(_ text: String) throws -> Endpoint {
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else {
            throw ValidationError("\(text) is not HOST:PORT.")
        }
        let host = text[..<colon].filter { $0 != "[" && $0 != "]" }
        if let endpoint = Endpoint(host: host, port: port) { return endpoint }
        for address in Host(name: host).addresses {
            if let endpoint = Endpoint(host: address, port: port) { return endpoint }
        }
        throw ValidationError("\(host) is no address, and no host of that name is known.")
    }
}
