internal import RecordingControl

// Step 4: one instruction at a time, each reported when the media server has done it.
extension MediaDialog {
    mutating func instruct(_ instruction: Instruction) -> [Effect] {
        guard self.phase == .connected else {
            let reason = "the call is not connected to a media server"
            return [.report(instruction == .start ? .failed(reason) : .refused(reason))]
        }
        guard self.inFlight == nil else {
            self.waiting.append(instruction)
            return []
        }
        return self.send(instruction)
    }

    mutating func stop() -> [Effect] {
        switch self.phase {
        case .idle, .restoring, .ended:
            return [.report(.stopped)]
        case .inviting, .instructing:
            // No media has been moved yet: without legs there is no recording.
            return self.end() + [.report(.stopped)]
        case .moving:
            self.stopWanted = true
            return []
        case .connected:
            return self.instruct(.stop)
        }
    }

    mutating func send(_ instruction: Instruction) -> [Effect] {
        self.lastToken += 1
        self.inFlight = Pending(token: self.lastToken, instruction: instruction)
        self.overdue = nil
        return [
            .instruct(instruction, token: self.lastToken),
            .setTimer(.instruction(self.lastToken), after: self.patience.instruction),
        ]
    }

    mutating func instructionAnswered(_ token: Int, _ refusal: String?) -> [Effect] {
        if let late = self.overdue, late.token == token, refusal == nil, self.phase == .connected {
            // It was given up for lost, yet it was done: the truth has to be told.
            self.overdue = nil
            return self.done(late.instruction)
        }
        guard let pending = self.inFlight, pending.token == token else { return [] }
        self.inFlight = nil
        if self.phase == .instructing {
            return refusal.map { self.fail($0) } ?? self.move()
        }
        guard self.phase == .connected else { return [] }
        return (refusal.map { self.refused(pending.instruction, $0) } ?? self.done(pending.instruction)) + self.next()
    }

    mutating func instructionTimedOut(_ token: Int) -> [Effect] {
        guard let pending = self.inFlight, pending.token == token else { return [] }
        self.inFlight = nil
        let reason = "the media server did not answer"
        if self.phase == .instructing { return self.fail(reason) }
        guard self.phase == .connected else { return [] }
        self.overdue = pending
        return self.refused(pending.instruction, reason) + self.next()
    }

    private func done(_ instruction: Instruction) -> [Effect] {
        switch instruction {
        case .create, .start: [.report(.started)]
        case .pause: [.report(.paused)]
        case .resume: [.report(.resumed)]
        case .stop: [.report(.stopped)]
        }
    }

    private mutating func refused(_ instruction: Instruction, _ reason: String) -> [Effect] {
        // Nobody knows of a recording that goes on, so it must not.
        if instruction == .stop, !self.hasStarted { return self.fail(reason) }
        return [.report(instruction == .start ? .failed(reason) : .refused(reason))]
    }

    private mutating func next() -> [Effect] {
        guard self.inFlight == nil, !self.waiting.isEmpty else { return [] }
        return self.send(self.waiting.removeFirst())
    }
}
