internal import RecordingControl

// Steps 1 to 3: the legs, the recorder, the media.
extension MediaDialog {
    mutating func start(a: [UInt8], b: [UInt8]) -> [Effect] {
        guard self.phase == .idle else { return [] }
        self.phase = .inviting
        self[.a] = Leg(description: a, isAlive: true)
        self[.b] = Leg(description: b, isAlive: true)
        return [.inviteLeg(.a, a), .inviteLeg(.b, b), .setTimer(.setUp, after: self.patience.setUp)]
    }

    mutating func legAnswered(_ side: Side, _ connection: String) -> [Effect] {
        guard self.phase == .inviting, self[side].isAlive else { return [] }
        self[side].connection = connection
        guard let a = self[.a].connection, let b = self[.b].connection else { return [] }
        self.phase = .instructing
        return self.send(.create(a: a, b: b))
    }

    /// The parties may have agreed on something that only phones speak. They will be offered what the media server
    /// speaks before their media is moved, so the leg need not fail for what they speak now.
    mutating func legUnacceptable(_ side: Side, _ reason: String) -> [Effect] {
        guard self.phase == .inviting, self[side].isAlive, !self[side].isPlain else {
            return self.legEnded(side, reason)
        }
        self[side].isPlain = true
        return [.inviteLegPlainly(side, self[side].description)]
    }

    /// The recorder is there; now the media.
    mutating func move() -> [Effect] {
        self.phase = .moving
        self[.a].place = .asked
        self[.b].place = .asked
        return [.askLeg(.a), .askLeg(.b), .setTimer(.move, after: self.patience.move)]
    }

    mutating func legOffered(_ side: Side, _ description: [UInt8]) -> [Effect] {
        switch self[side].place {
        case .asked:
            self[side].place = .offered
            return [.offerParty(side, description)]
        case .lending:
            return [.answerParty(side, description)]
        default:
            return []
        }
    }

    mutating func partyAnswered(_ side: Side, _ description: [UInt8]) -> [Effect] {
        switch (self.phase, self[side].place) {
        case (.moving, .offered):
            self[side].description = description
            self[side].place = .moved
            let answer = [Effect.answerLeg(side, description)]
            return self[side.other].place == .moved ? answer + self.connect() : answer
        case (.connected, .lending):
            self[side].description = description
            self[side].place = .moved
            return [.answerLeg(side, description)]
        case (.restoring, .offered):
            // The answer to an offer of a media server that is gone.
            self[side].description = description
            self[side].place = .moved
            return self.restore()
        case (.restoring, .returning):
            self[side].description = description
            self[side].place = .direct
            return self.restore()
        default:
            return []
        }
    }

    mutating func partyRefused(_ side: Side, _ status: Int) -> [Effect] {
        switch (self.phase, self[side].place) {
        case (.moving, .offered):
            self[side].place = .direct
            return self.endLeg(side, owesAnswer: true) + self.fail("party \(side.rawValue) refused with \(status)")
        case (.connected, .lending):
            // It asked for an offer, and has not answered it: its media stays where it is.
            self[side].place = .moved
            return [.answerLeg(side, self[side].description)]
        case (.restoring, .offered), (.restoring, .returning):
            self[side].place = .direct
            return self.restore()
        default:
            return []
        }
    }

    private mutating func connect() -> [Effect] {
        self.phase = .connected
        if self.stopWanted {
            self.stopWanted = false
            return self.send(.stop)
        }
        self.hasStarted = true
        return [.report(.started)]
    }
}
