import CallRecording
import CallRecordingEmbedded
import CallRecordingHTTPServer
import CallRecordingNIO
import CallRecordingSockets
import CallRecordingTesting
import Foundation

/// The whole system, two phones and the play that they perform.
struct HarnessStage {
    static let agent: DN = "7001"
    static let customer: DN = "7002"

    let store: String
    let view: LiveView
    let clock: SystemClock
    let speech: SpeechFiles
    let ports: RecordingPorts
    let system: RecordingSystem
    let web: HTTPHost
    let customer: Softphone
    let agent: Softphone
    /// Whether the phones must hear a beep.
    let beeps: Bool

    static func build(
        store: String, port: UInt16, profile: IVRProfile, recordAlways: Bool, view: LiveView
    ) async throws -> HarnessStage {
        let clock = SystemClock()
        let speech = try SpeechFiles()
        let configuration = SwitchConfiguration(
            applicationName: "SIPServer",
            dns: [Self.agent: DNOptions(record: recordAlways, agent: "jane"), Self.customer: DNOptions()],
            agents: ["jane": Agent(id: "jane", firstName: "Jane", lastName: "Doe")], profile: profile)
        let ports = try await RecordingPorts.embedded(
            in: store, configuration: configuration, clock: clock, observer: view)
        let system = try await RecordingSystem(ports: ports)
        let web = try await Self.host(system.routes, port: port, view: view)
        let registrar = ports.sip.localEndpoint
        let customer = try await Self.phone(
            Self.customer, playing: speech.customer, ports: 30_000..<30_100, registrar: registrar, clock: clock)
        let agent = try await Self.phone(
            Self.agent, playing: speech.agent, ports: 30_100..<30_200, registrar: registrar, clock: clock)
        return HarnessStage(
            store: store, view: view, clock: clock, speech: speech, ports: ports, system: system, web: web,
            customer: customer, agent: agent, beeps: profile.prompts.beep != nil)
    }

    private static func phone(
        _ number: DN, playing samples: [UInt8], ports: Range<UInt16>, registrar: Endpoint, clock: SystemClock
    ) async throws -> Softphone {
        try Softphone(
            configuration: PhoneConfiguration(number: number, registrar: registrar), playing: samples,
            sip: try await UDPTransport.bind(to: .loopback(0)),
            media: try UDPMedia(address: .loopback(0), ports: ports, now: { clock.now }), clock: clock,
            seed: .random(in: .min ... .max))
    }

    /// The page's own port, or any other where that is taken.
    private static func host(
        _ routes: [(prefix: String, service: any HTTPService)], port: UInt16, view: LiveView
    ) async throws -> HTTPHost {
        if let host = try? await HTTPHost(routes: routes, address: "127.0.0.1", port: port) { return host }
        view.plain("Port \(port) is taken; the page gets another one.")
        return try await HTTPHost(routes: routes, address: "127.0.0.1", port: 0)
    }

    /// The address of the page.
    var page: String { "http://\(self.web.localEndpoint)/" }

    /// Performs the call and checks what came of it.
    func perform(askedByClient: Bool, serve: Bool) async throws -> Bool {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await self.system.run() }
            group.addTask { try await self.web.run() }
            group.addTask { try await self.customer.run() }
            group.addTask { try await self.agent.run() }
            defer { group.cancelAll() }
            self.view.begin()
            let call = HarnessCall(stage: self, askedByClient: askedByClient)
            let played = try await call.play()
            let passed = try await HarnessResult(stage: self).show(played)
            if serve {
                self.view.plain("\nThe page is at \(self.page) until you press Ctrl-C.")
                await Interrupt.wait()
            }
            await self.system.shutDown()
            return passed
        }
    }
}

/// Waits for Ctrl-C.
enum Interrupt {
    static func wait() async {
        signal(SIGINT, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
        let (signals, signalled) = AsyncStream<Void>.makeStream()
        source.setEventHandler { signalled.yield() }
        source.resume()
        for await _ in signals { break }
        source.cancel()
    }
}
