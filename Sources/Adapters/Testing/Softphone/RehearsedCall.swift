public import CallCore
public import RTP
public import SIP

/// Two softphones that register, call each other, talk for a while and hang up: a call for examples and tests.
public struct RehearsedCall: Sendable {
    /// One of the two phones.
    public struct Party: Sendable {
        /// Its number.
        public var number: DN
        /// What it says: µ-law at 8 kHz.
        public var speech: [UInt8]
        /// Its way to the switch.
        public var sip: any Transport<SIPMessage>
        /// Its way to the other's ear.
        public var media: any MediaTransport

        /// Describes a phone.
        public init(
            _ number: DN, speech: [UInt8], sip: any Transport<SIPMessage>, media: any MediaTransport
        ) {
            (self.number, self.speech, self.sip, self.media) = (number, speech, sip, media)
        }
    }

    /// What the two phones said and heard.
    public struct Heard: Sendable {
        /// The caller's side.
        public var caller: PhoneMedia
        /// The called party's side.
        public var callee: PhoneMedia
    }

    private let caller: Party
    private let callee: Party
    private let registrar: Endpoint
    private let clock: any CallClock

    /// Describes a call that is still to be made.
    public init(from caller: Party, to callee: Party, registrar: Endpoint, clock: any CallClock) {
        (self.caller, self.callee, self.registrar, self.clock) = (caller, callee, registrar, clock)
    }

    /// Makes the call, lets the parties talk, and hangs up.
    ///
    /// - Throws: where a phone cannot register or the call is refused.
    public func play(for duration: Duration) async throws -> Heard {
        let phones = try [self.caller, self.callee].enumerated().map { index, party in
            try Softphone(
                configuration: PhoneConfiguration(
                    number: party.number, registrar: self.registrar, answersAfter: .milliseconds(200)),
                playing: party.speech, sip: party.sip, media: party.media, clock: self.clock, seed: UInt64(index + 1))
        }
        return try await withThrowingTaskGroup(of: Void.self) { group in
            for phone in phones { group.addTask { try await phone.run() } }
            defer { group.cancelAll() }
            for phone in phones {
                await phone.register()
                try await self.wait(phone) { $0 == .registered }
            }
            await phones[0].call(self.callee.number)
            try await self.wait(phones[0]) { $0 == .established }
            try await self.clock.sleep(for: duration)
            let heard = Heard(caller: phones[0].media, callee: phones[1].media)
            await phones[0].hangUp()
            try await self.wait(phones[1]) { $0 == .ended }
            return heard
        }
    }

    private func wait(_ phone: Softphone, until expected: (PhoneReport) -> Bool) async throws {
        for await report in phone.reports {
            if expected(report) { return }
            switch report {
            case .registrationFailed(let status), .refused(let status):
                throw TransportError(.failed, "The rehearsed call failed: the switch answered \(status)")
            default: continue
            }
        }
        throw TransportError(.closed, "The rehearsed call ended before it was made")
    }
}
