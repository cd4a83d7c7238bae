import CallRecording
import CallRecordingNIO

/// A T-Library client over TCP that watches the agent's DN, as the agent's desktop does.
struct Desktop: Sendable {
    static let dn: DN = "7001"

    let client: TClient
    let events = Log<TMessage>()

    init(at site: Site) async throws {
        let server = site.ports.tLibrary.localEndpoint
        let transport = try await TCPTLibraryClient.connect(to: server)
        self.client = TClient(transport: transport, server: server, clock: site.clock, applicationName: "desktop")
    }

    /// Connects, registers the agent's DN, and takes the client away afterwards.
    func run<Value>(_ body: () async throws -> Value) async throws -> Value {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await self.client.run() }
            group.addTask { for await case .message(let event) in self.client.events { self.events.append(event) } }
            defer { group.cancelAll() }
            try await self.client.register(Self.dn)
            return try await body()
        }
    }

    /// Waits for an event of the agent's DN.
    func event(_ type: TMessageType) async throws -> TMessage {
        try await found("\(type)") { self.events.all.first { $0.type == type && $0[.thisDN] == Self.dn } }
    }

    /// Asks for a service of recording, and waits until everybody was told that it is done.
    func ask(_ service: PrivateMsgID, _ connID: ConnID, reason: String) async throws -> TMessage {
        let told = { self.events.all.count { $0.type == .eventPrivateInfo && $0[.privateMsgID] == service } }
        let before = told()
        let answer = try await self.client.privateService(
            service, thisDN: Self.dn, connID: connID, reasons: ["reason": .string(reason)])
        try await until("EventPrivateInfo of \(service)") { told() > before }
        return answer
    }

    /// What `GSIP_RECORD` went through, as the client was told.
    var recordingStates: [String] {
        self.events.all.filter { $0.type == .eventAttachedDataChanged && $0[.thisDN] == Self.dn }
            .compactMap { $0[.userData]?.string("GSIP_RECORD") }
    }
}
