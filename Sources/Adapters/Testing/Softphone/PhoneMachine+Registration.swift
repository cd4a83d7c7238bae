internal import CallCore
internal import SIP

/// How far the phone's registration has come.
struct PhoneRegistration: Hashable, Sendable {
    var callID = ""
    /// Counts the requests; `CSeq` and our name of each.
    var number = 0
    var isWanted = false
    var failures = 0
}

// MARK: - Registration: RFC 3261 §10.2

extension PhoneMachine {
    mutating func register(at now: MonotonicTime) {
        self.registration.isWanted = true
        self.sendRegister(period: self.configuration.registrationPeriod, at: now)
    }

    mutating func unregister(at now: MonotonicTime) {
        guard self.registration.isWanted else { return }
        self.registration.isWanted = false
        self.sendRegister(period: .zero, at: now)
    }

    mutating func registrationIsDue(_ number: Int, at now: MonotonicTime) {
        guard self.registration.isWanted, number == self.registration.number else { return }
        self.sendRegister(period: self.configuration.registrationPeriod, at: now)
    }

    /// - Parameter response: nil where none came.
    mutating func registered(_ response: SIPMessage?, _ request: SIPRequestID, at now: MonotonicTime) {
        let number = self.registration.number
        guard request == SIPRequestID(UInt64(number)), self.registration.isWanted else { return }
        let status = response?.status ?? .requestTimeout
        guard !status.isProvisional else { return }
        guard status.isSuccess else {
            self.registration.failures += 1
            let wait = Duration.seconds(min(60, 1 << min(self.registration.failures, 6)))
            self.effects.append(.tell(.registrationFailed(status)))
            self.effects.append(.setTimer(.register(number), after: wait))
            return
        }
        self.registration.failures = 0
        let own = response?.all(.contact).first { $0.uri.user == self.configuration.number.rawValue }
        let asked = Int(self.configuration.registrationPeriod.components.seconds)
        let granted = own?.parameters["expires"].flatMap { Int($0) } ?? response?[.expires] ?? asked
        self.effects.append(.tell(.registered))
        self.effects.append(.setTimer(.register(number), after: .seconds(max(1, min(granted, asked) / 2))))
    }

    private mutating func sendRegister(period: Duration, at now: MonotonicTime) {
        self.registration.number += 1
        let number = self.registration.number
        var registrar = self.address(of: self.configuration.number)
        registrar.user = nil
        let own = SIPAddress(self.address(of: self.configuration.number))
        var request = SIPMessage(request: .register, uri: registrar)
        request[.from] = own
        request[.to] = own
        request[.callID] = self.registration.callID
        request[.cseq] = SIPCSeq(UInt32(truncatingIfNeeded: number), .register)
        request[.contact] = SIPAddress(
            SIPURI(user: self.configuration.number.rawValue, endpoint: self.sipEndpoint))
        request[.expires] = Int(period.components.seconds)
        self.tell(
            .send(request, to: self.configuration.registrar, as: SIPRequestID(UInt64(number))), at: now)
    }
}
