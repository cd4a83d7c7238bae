import CallRecording
import CallRecordingEmbedded
import CallRecordingHTTPServer
import Foundation
import Synchronization
import Testing

/// The whole system as a host runs it: the embedded adapters in a folder, a web server, all ports on loopback.
struct Site: Sendable {
    let folder: String
    let clock: any CallClock
    let reports: Log<CallReport>
    let ports: RecordingPorts
    /// RTP ports that belong to the phones of this site alone.
    let media: MediaPorts
    /// The RTP ports of the media server.
    let mediaServerPorts: Range<UInt16>
    let web: HTTPHost
    private let system: RecordingSystem

    /// Puts a site together over a folder; nothing runs yet.
    ///
    /// - Parameter change: replaces what the test wants to be different.
    static func open(
        in folder: String, _ configuration: SwitchConfiguration = .twoPhones(), clock: any CallClock = SystemClock(),
        changing change: (inout RecordingPorts) -> Void = { _ in }
    ) async throws -> Site {
        let (reports, media) = (Log<CallReport>(), MediaPorts())
        let mediaServerPorts = media.take(40)
        var ports = try await RecordingPorts.embedded(
            in: folder, mediaPorts: mediaServerPorts, configuration: configuration, clock: clock, observer: reports)
        change(&ports)
        let system = try await RecordingSystem(ports: ports)
        let web = try await HTTPHost(routes: system.routes, address: "127.0.0.1", port: 0)
        return Site(
            folder: folder, clock: clock, reports: reports, ports: ports, media: media,
            mediaServerPorts: mediaServerPorts, web: web, system: system)
    }

    /// Asks this site's web server.
    var client: WebClient { WebClient(server: self.web.localEndpoint) }

    /// Runs the site, and cuts it off when the test is done with it.
    func run<Value>(_ body: () async throws -> Value) async throws -> Value {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await Self.note { try await self.system.run() } }
            group.addTask { await Self.note { try await self.web.run() } }
            defer { group.cancelAll() }
            return try await body()
        }
    }

    /// Ends the system as an operator does.
    func shutDown() async throws {
        let system = self.system
        try await bounded("the end of the system") { await system.shutDown() }
    }

    private static func note(_ body: () async throws -> Void) async {
        do {
            try await body()
        } catch is CancellationError {
            return
        } catch {
            Issue.record(error, "the system broke")
        }
    }
}

/// Runs a site in a folder of its own, which is removed afterwards.
func withSite(
    _ configuration: SwitchConfiguration = .twoPhones(), changing change: (inout RecordingPorts) -> Void = { _ in },
    _ body: (Site) async throws -> Void
) async throws {
    try await withFolder { folder in
        let site = try await Site.open(in: folder, configuration, changing: change)
        try await site.run { try await body(site) }
    }
}

/// Lends a folder that is removed afterwards.
func withFolder(_ body: (String) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "call-path-\(UUID())").path()
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let outcome: Result<Void, any Error>
    do { outcome = .success(try await body(folder)) } catch { outcome = .failure(error) }
    try await until("an empty disk") {
        // Databases that are being closed take files away, too, and so stop this half-way.
        try? FileManager.default.removeItem(atPath: folder)
        return !FileManager.default.fileExists(atPath: folder)
    }
    try outcome.get()
}

extension SwitchConfiguration {
    /// The agent Jane at 7001 and a customer at 7002.
    static func twoPhones(
        recording recorded: Set<DN> = ["7001"], profile: IVRProfile = IVRProfile()
    ) -> SwitchConfiguration {
        SwitchConfiguration(
            dns: [
                "7001": DNOptions(record: recorded.contains("7001"), agent: "jane"),
                "7002": DNOptions(record: recorded.contains("7002")),
                // Two more, for another call.
                "7003": DNOptions(record: true),
                "7004": DNOptions(),
            ],
            agents: ["jane": Agent(id: "jane", firstName: "Jane", lastName: "Doe")], profile: profile)
    }
}

/// RTP ports that no other test of this process has, below those that the system gives out by itself.
final class MediaPorts: Sendable {
    private static let blocks = Atomic(UInt16.random(in: 0..<100))
    private static let blockSize: UInt16 = 100

    private let next: Mutex<UInt16>
    private let end: UInt16

    init() {
        let block = Self.blocks.wrappingAdd(1, ordering: .relaxed).oldValue % 100
        let start = 12_000 + block * Self.blockSize
        self.next = Mutex(start)
        self.end = start + Self.blockSize
    }

    /// The next ports; fewer, and at last none, where there are not so many left.
    func take(_ count: UInt16) -> Range<UInt16> {
        self.next.withLock { next in
            let start = next
            next = min(start + count, self.end)
            return start..<next
        }
    }
}
