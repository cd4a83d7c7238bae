import CallRecording
import CallRecordingNIO
import CallRecordingTesting
import Foundation

/// What was played, by which the files are checked.
struct PlayedCall {
    var callUUID: CallUUID
    /// The wall time of the first sample that each phone said: the customer's, then the agent's.
    var beganSpeaking: [WallTime]
    var packetsSent: [Int]
}

/// The play: who calls whom, and what the T-Library client asks for when.
struct HarnessCall {
    let stage: HarnessStage
    let askedByClient: Bool

    private var view: LiveView { self.stage.view }
    private var clock: SystemClock { self.stage.clock }

    func play() async throws -> PlayedCall {
        try await self.register(self.stage.customer, HarnessStage.customer)
        try await self.register(self.stage.agent, HarnessStage.agent)
        let transport = try await TCPTLibraryClient.connect(to: self.stage.ports.tLibrary.localEndpoint)
        let client = TClient(
            transport: transport, server: self.stage.ports.tLibrary.localEndpoint, clock: self.clock,
            applicationName: "harness")
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await client.run() }
            defer { group.cancelAll() }
            try await client.register(HarnessStage.agent)
            self.view.line("T-Library client: registered DN \(HarnessStage.agent)")
            let events = client.events
            self.view.line("\(HarnessStage.customer) calls \(HarnessStage.agent)")
            await self.stage.customer.call(HarnessStage.agent)
            let established = try await self.established(events)
            guard let connID = established[.connID], let callUUID = established[.callUUID] else {
                throw HarnessError("EventEstablished came without AttributeConnID or AttributeCallUUID")
            }
            let start = self.clock.now
            let moving = Task { await self.move(from: start, connID: connID, events: client.events) }
            defer { moving.cancel() }
            if self.askedByClient {
                try await self.ask(client, for: connID, from: start)
            } else {
                try await self.clock.sleep(until: start + .milliseconds(25_200), tolerance: nil)
            }
            let began = [self.stage.customer.media.began, self.stage.agent.media.began]
            let sent = [self.stage.customer, self.stage.agent].map { $0.media.counts.packetsSent }
            guard let customer = began[0], let agent = began[1] else { throw HarnessError("a phone never spoke") }
            await self.stage.customer.hangUp()
            self.view.clearStatus()
            self.view.line("\(HarnessStage.customer) hangs up")
            let epoch = self.clock.epoch
            return PlayedCall(
                callUUID: callUUID,
                beganSpeaking: [WallTime(epoch: epoch, moment: customer), WallTime(epoch: epoch, moment: agent)],
                packetsSent: sent)
        }
    }

    private func register(_ phone: Softphone, _ number: DN) async throws {
        await phone.register()
        for await report in phone.reports {
            switch report {
            case .registered:
                self.view.line("\(number) has registered")
                return
            case .registrationFailed(let status): throw HarnessError("\(number) cannot register: \(status)")
            default: continue
            }
        }
    }

    /// Waits until the agent has answered; gives `EventEstablished`.
    private func established(_ events: AsyncStream<TClient.Event>) async throws -> TMessage {
        for await case .message(let message) in events {
            self.tell(message)
            if message.type == .eventEstablished { return message }
        }
        throw HarnessError("the T-Library link ended before EventEstablished")
    }

    private func tell(_ message: TMessage) {
        var text = "T-Library: \(message.type)"
        if let dn = message[.thisDN] { text += " ThisDN=\(dn)" }
        if let other = message[.otherDN] { text += " OtherDN=\(other)" }
        if let state = message[.userData]?.string("GSIP_RECORD") { text += " GSIP_RECORD=\(state)" }
        self.view.line(text)
    }

    /// START at once, PAUSE before the card number, RESUME after it, STOP at the end; each must be answered by EventACK.
    private func ask(_ client: TClient, for connID: ConnID, from start: MonotonicTime) async throws {
        let requests: [(Duration, PrivateMsgID, String)] = [
            (.zero, .recordStart, "order"), (.milliseconds(11_600), .recordPause, "card number"),
            (.milliseconds(17_500), .recordResume, "card number taken"), (.milliseconds(25_200), .recordStop, "done"),
        ]
        for (time, service, reason) in requests {
            try await self.clock.sleep(until: start + time, tolerance: nil)
            let answer = try await client.privateService(
                service, thisDN: HarnessStage.agent, connID: connID, reasons: ["reason": .string(reason)])
            self.view.line("T-Library: TPrivateService \(service) (\(reason)) → \(answer.type)")
            guard answer.type == .eventACK else { throw HarnessError("\(service) was answered by \(answer.type)") }
        }
        try await self.clock.sleep(for: .milliseconds(300))
    }

    /// Shows what the client is told, and keeps the moving line moving.
    private func move(from start: MonotonicTime, connID: ConnID, events: AsyncStream<TClient.Event>) async {
        let state = RecordingStateWatch()
        async let watching: Void = {
            for await case .message(let message) in events {
                guard message[.connID] == connID, message.type != .eventACK else { continue }
                self.tell(message)
                if let text = message[.userData]?.string("GSIP_RECORD") { state.set(text) }
            }
        }()
        var tick = 0
        while !Task.isCancelled {
            let elapsed = start.duration(to: self.clock.now)
            let customer = self.stage.customer.media.counts
            let agent = self.stage.agent.media.counts
            let speech = self.stage.speech
            self.view.status(
                String(format: "[%5.1f s] ", Double(elapsed.milliseconds) / 1_000) + state.sign
                    + "  customer " + Self.meter(speech.bars(speech.customer, at: elapsed))
                    + "  agent " + Self.meter(speech.bars(speech.agent, at: elapsed))
                    + "  sent \(customer.packetsSent)+\(agent.packetsSent) packets"
                    + ", heard \(customer.packetsReceived)+\(agent.packetsReceived)"
                    + ", \((customer.bytesSent + agent.bytesSent) / 1_000) kB", tick: tick)
            tick += 1
            guard (try? await self.clock.sleep(for: .milliseconds(200))) != nil else { break }
        }
        await watching
    }

    private static func meter(_ bars: Int) -> String {
        String(repeating: "▮", count: bars) + String(repeating: "·", count: 5 - bars)
    }
}

/// Something that must not happen in the play.
struct HarnessError: Error, CustomStringConvertible {
    var description: String

    init(_ description: String) { self.description = description }
}
