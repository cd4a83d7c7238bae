import CallRecording
import CallRecordingNIO
import Foundation
import Synchronization

/// A T-Library client that watches all agents and asks for their recordings.
final class Desk: Sendable {
    let client: TClient
    private let calls = Mutex<[DN: ConnID]>([:])

    init(at server: Endpoint, clock: SystemClock) async throws {
        let transport = try await TCPTLibraryClient.connect(to: server)
        self.client = TClient(transport: transport, server: server, clock: clock, applicationName: "soak")
    }

    func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await self.client.run() }
            for await case .message(let message) in self.client.events {
                guard message.type == .eventEstablished, let agent = message[.thisDN], let connID = message[.connID]
                else { continue }
                self.calls.withLock { $0[agent] = connID }
            }
            try await group.waitForAll()
        }
    }

    func forgetCall(of agent: DN) { self.calls.withLock { $0[agent] = nil } }

    /// Waits until the client was told of an agent's call.
    func call(of agent: DN) async throws -> ConnID {
        for _ in 0..<3_000 {
            if let connID = self.calls.withLock({ $0[agent] }) { return connID }
            try await Task.sleep(for: .milliseconds(10))
        }
        throw TransportError(.failed, "the client was not told of the call of \(agent) within 30 s")
    }

    func ask(_ service: PrivateMsgID, of agent: DN, _ connID: ConnID) async throws {
        let answer = try await self.client.privateService(service, thisDN: agent, connID: connID, reasons: [:])
        guard answer.type == .eventACK else {
            throw TransportError(.failed, "\(service) of \(agent) was answered by \(answer.type)")
        }
    }
}

/// What the system has to complain about.
final class Troubles: CallObserver {
    private let messages = Mutex<[String]>([])

    /// The first twenty, and how many more there are.
    var all: [String] {
        self.messages.withLock { $0.count > 20 ? $0.prefix(20) + ["\($0.count - 20) reports more"] : $0 }
    }

    func observe(_ report: CallReport) {
        guard report.level >= .warning else { return }
        self.messages.withLock { $0.append("\(report.box) \(report.name): \(report.message)") }
    }
}
