import CallRecording
import CallRecordingNIO
import CallRecordingSockets
import CallRecordingTesting

/// Two phones that call each other again and again.
struct Lane: Sendable {
    let number: Int

    init(_ number: Int) { self.number = number }

    var agent: DN { DN(rawValue: "\(7_000 + 2 * self.number)") }
    var customer: DN { DN(rawValue: "\(7_001 + 2 * self.number)") }

    /// Makes calls until the time is over, each of which is recorded with a pause in it.
    ///
    /// - Returns: how many.
    func play(at registrar: Endpoint, _ desk: Desk, _ clock: SystemClock, until end: MonotonicTime) async throws -> Int
    {
        let phones = [
            try await self.phone(self.customer, 440, at: registrar, clock),
            try await self.phone(self.agent, 1_000, at: registrar, clock),
        ]
        return try await withThrowingTaskGroup(of: Void.self) { group in
            for phone in phones { group.addTask { try await phone.run() } }
            defer { group.cancelAll() }
            var reports = phones.map { $0.reports.makeAsyncIterator() }
            for index in phones.indices {
                await phones[index].register()
                try await Self.wait(&reports[index], for: .registered)
            }
            var chance = TokenGenerator(seed: UInt64(self.number + 1))
            var made = 0
            while clock.now < end {
                desk.forgetCall(of: self.agent)
                await phones[0].call(self.agent)
                for index in phones.indices { try await Self.wait(&reports[index], for: .established) }
                let connID = try await desk.call(of: self.agent)
                for service in [PrivateMsgID.recordStart, .recordPause, .recordResume, .recordStop] {
                    try await desk.ask(service, of: self.agent, connID)
                    try await clock.sleep(for: .milliseconds(500 + chance.next() % 4_000))
                }
                await phones[Int(chance.next() % 2)].hangUp()
                for index in phones.indices { try await Self.wait(&reports[index], for: .ended) }
                made += 1
            }
            return made
        }
    }

    private func phone(_ number: DN, _ voice: Int, at registrar: Endpoint, _ clock: SystemClock) async throws
        -> Softphone
    {
        let first = UInt16(24_000 + 16 * self.number) + (number == self.agent ? 8 : 0)
        return try Softphone(
            configuration: PhoneConfiguration(
                number: number, registrar: registrar, answersAfter: .milliseconds(100), codecs: [.pcmu]),
            playing: Tone.pulses(frequency: voice, seconds: 30), sip: try await UDPTransport.bind(to: .loopback(0)),
            media: try UDPMedia(address: .loopback(0), ports: first..<first + 8, now: { clock.now }), clock: clock,
            seed: .random(in: .min ... .max))
    }

    private static func wait(
        _ reports: inout AsyncStream<PhoneReport>.Iterator, for expected: PhoneReport
    ) async throws {
        while let report = await reports.next() {
            if report == expected { return }
            switch report {
            case .registrationFailed(let status), .refused(let status):
                throw TransportError(.failed, "the switch answered \(status) where a phone waited for \(expected)")
            default: continue
            }
        }
        throw TransportError(.closed, "a phone has ended")
    }
}
