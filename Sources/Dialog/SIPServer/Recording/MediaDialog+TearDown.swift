internal import RecordingControl

// Step 5, and what fails.
extension MediaDialog {
    mutating func hangUp() -> [Effect] {
        switch self.phase {
        case .idle, .ended:
            self.phase = .ended
            return []
        case .restoring:
            return self.end()
        case .inviting, .instructing, .moving, .connected:
            return self.end() + [.report(.stopped)]
        }
    }

    mutating func legEnded(_ side: Side, _ reason: String) -> [Effect] {
        guard self[side].isAlive else { return [] }
        self[side].isAlive = false
        switch self.phase {
        case .inviting, .instructing, .moving, .connected: return self.fail(reason)
        case .idle, .restoring, .ended: return []
        }
    }

    /// Takes the media server out of the call; the call goes on without it.
    mutating func fail(_ reason: String) -> [Effect] {
        var effects: [Effect] = [.report(.failed(reason))]
        for side in Side.allCases {
            // Nobody will answer the party's offer; when it is made again, it goes to the other party.
            if self[side].place == .renegotiating || self[side].place == .lending {
                effects.append(.refuseParty(side, status: Self.requestPending))
                self[side].place = .moved
            }
            effects += self.endLeg(side, owesAnswer: self[side].place == .offered)
            if self[side].place == .asked { self[side].place = .direct }
        }
        self.inFlight = nil
        self.waiting = []
        self.phase = .restoring
        return effects + self.restore()
    }

    /// Moves the parties back to each other, one after the other, so that each is offered what the other last gave.
    mutating func restore() -> [Effect] {
        for side in Side.allCases where self[side].place == .offered || self[side].place == .returning {
            // A phone takes one offer at a time.
            return []
        }
        for side in Side.allCases where self[side].place == .moved {
            self[side].place = .returning
            return [.offerParty(side, self[side.other].description)]
        }
        self.phase = .ended
        return []
    }

    mutating func end() -> [Effect] {
        let effects = Side.allCases.flatMap { self.endLeg($0, owesAnswer: self[$0].place == .offered) }
        self.phase = .ended
        self.inFlight = nil
        self.waiting = []
        return effects
    }

    /// - Parameter owesAnswer: the media server made an offer, which must be answered before the leg can end.
    mutating func endLeg(_ side: Side, owesAnswer: Bool) -> [Effect] {
        guard self[side].isAlive else { return [] }
        self[side].isAlive = false
        let answer: [Effect] = owesAnswer ? [.answerLeg(side, self[side].description)] : []
        return answer + [.endLeg(side)]
    }
}
