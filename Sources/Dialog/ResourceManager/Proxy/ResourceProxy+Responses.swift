import SIP

extension ResourceProxy {
    /// Carries a response back the way its request came, and learns from it what became of a leg.
    ///
    /// - Source: RFC 3261 §16.7 steps 3, 9; §16.11.
    mutating func response(_ message: SIPMessage, at now: MonotonicTime) -> [Effect] {
        guard let own = message[.via], Endpoint(host: own.host, port: own.port ?? 5060) == self.endpoint else {
            return [.report(.debug, "message.dropped", "a response that did not come by us")]
        }
        var response = message
        response.removeFirst(.via)
        guard let next = response[.via]?.responseEndpoint else {
            return [.report(.debug, "message.dropped", "a response that leads nowhere")]
        }
        return [.sendSIP(response, to: next)] + self.learn(from: response, at: now)
    }

    private mutating func learn(from response: SIPMessage, at now: MonotonicTime) -> [Effect] {
        guard let status = response.status, let callID = response[.callID], let leg = self.table.legs[callID] else {
            return []
        }
        self.table.touch(callID, at: now)
        switch response.method {
        case .invite where status.code >= 300 && leg.state == .placed:
            return self.end(callID, leg, "the media server refused: \(status.code)")
        case .invite where (200..<300).contains(status.code):
            self.table.establish(callID)
            return []
        case .bye where (200..<300).contains(status.code) || status == .callDoesNotExist || status == .requestTimeout:
            return self.end(callID, leg, "the leg has ended")
        default:
            return []
        }
    }

    /// Ends a leg now, so that its place is free, and forgets its way when its last messages have come.
    private mutating func end(_ callID: String, _ leg: LegTable.Leg, _ reason: String) -> [Effect] {
        guard self.table.end(callID) != nil else { return [] }
        return [
            .setTimer(Timer(purpose: .over(callID: callID, serial: leg.serial)), after: Patience.over),
            .report(.info, "leg.ended", reason, ["conference": leg.conference, "callID": callID]),
        ]
    }
}
